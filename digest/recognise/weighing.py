"""Weigh which words are names: a semi-Markov linear model over runs of capitalised words.

A segment (a few words in a row) is scored as a person, an organisation or a place by the sum of the weights of its
features (``sightings``); a word outside every segment scores nothing. The best split of a run is found by dynamic
programming (Sarawagi and Cohen 2004, Semi-Markov Conditional Random Fields for Information Extraction). The rules
propose, the weights decide. They lie in ``knowledge/weights_<code>.tsv``, whose head says how they were fitted.
"""

from __future__ import annotations

import functools
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from digest.knowledge import Knowledge, variants
from digest.knowledge.words import FOLDER
from digest.language import Language
from digest.model import ActorType, DigestError, Mention
from digest.readings import A_PLACE, ALIAS, GATED, METONYM, WEAK
from digest.recognise.gazetteer import Hit
from digest.recognise.looks import Looks
from digest.recognise.mentions import BODIES
from digest.recognise.scene import Scene
from digest.recognise.sightings import COARSE, TEMPLATES, Part, Segment, sighted
from digest.recognise.tokens import Token

CLASSES = ("person", "organisation", "place")
Row = tuple[int, int, int]
"""A weight or a score for each class, in hundredths."""
Weights = Mapping[str, Mapping[str, Row]]
_NOTHING: Mapping[str, Row] = {}
# Rules that know a name: no weight goes against them.
_CERTAIN = frozenset({ALIAS, GATED, METONYM})
# What the rules say of a body by one of its words, and the bodies whose words are few and clear: "Radio", "Ltd".
_FIRM = ("ends in ", "begins with ")
_OWN_WORDS = frozenset({"media", "company", "party"})
# What a word that opens a sentence and stands in no list must weigh.
_SLIGHT = 150
_MOST = 100_000  # sums kept
_WORDS = {template: words for words, templates in TEMPLATES.items() for template in templates}
# Three sums lie in one integer, ``_BITS`` each, so that one addition adds all three; ``_HALF`` keeps each from going
# below zero while it is taken out.
_BITS = 24
_MASK, _HALF = (1 << _BITS) - 1, 1 << (_BITS - 1)
_ZERO = _HALF * (1 + (1 << _BITS) + (1 << 2 * _BITS))


class _Sums(dict[Part, int]):
    """Part of a segment -> the packed sum of its features' weights, made when it is asked for."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self._weights = {
            template: {value: x + (y << _BITS) + (z << 2 * _BITS) for value, (x, y, z) in rows.items()}
            for template, rows in weights.items()
        }

    def __missing__(self, part: Part) -> int:
        if len(self) > _MOST:
            self.clear()
        total, (function, *given) = 0, part
        for template, value in function(*given):
            rows = self._weights.get(template)
            if rows is not None:
                total += rows.get(value, 0)
        self[part] = total
        return total


class _Reasons(dict[Part, tuple[tuple[str, Row], ...]]):
    """Part of a segment -> what each kind of feature in it weighs, in the words of TEMPLATES, made when asked for."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, part: Part) -> tuple[tuple[str, Row], ...]:
        if len(self) > _MOST:
            self.clear()
        function, *given = part
        rows = (
            (_WORDS[template], row)
            for template, value in function(*given)
            if template != "always" and (row := self._weights.get(template, _NOTHING).get(value)) is not None
        )
        found = self[part] = tuple(totals(rows).items())
        return found


class Scale:
    """The weights of a language; what the parts of segments sum up to is kept, for most come again."""

    def __init__(self, weights: Weights) -> None:
        """Prepare for ``weights``: template -> value -> a weight for each class."""
        self._sum = _Sums(weights).__getitem__
        self._reasons = _Reasons(weights)

    def weigh(self, segment: Segment) -> Row:
        """Return the score of each class for ``segment``."""
        total = sum(map(self._sum, segment.parts), _ZERO)
        return (total & _MASK) - _HALF, (total >> _BITS & _MASK) - _HALF, (total >> 2 * _BITS) - _HALF

    def best(self, run: tuple[int, int], found: Sequence[Segment]) -> list[tuple[Segment, Row]]:
        """Return the best split of a run, whose segments are ``found``: segments in order, each with its scores."""
        if not found:
            return []
        if len(found) == 1:  # most runs: against it stands only that nothing is a name, which scores nothing
            row = self.weigh(found[0])
            return [(found[0], row)] if max(row) >= 0 else []
        first, size = run[0], run[1] - run[0]
        into: list[list[tuple[Segment, Row, int]]] = [[] for _ in range(size + 1)]
        for segment in found:
            row = self.weigh(segment)
            own = max(row)
            into[segment.end - first].append((segment, row, own))
        score = [0] * (size + 1)
        back: list[tuple[Segment, Row] | None] = [None] * (size + 1)
        for k in range(1, size + 1):
            score[k] = score[k - 1]
            for segment, row, own in into[k]:
                total = score[segment.begin - first] + own
                if total >= score[k]:
                    score[k], back[k] = total, (segment, row)
        out, k = [], size
        while k > 0:
            step = back[k]
            k = k - 1 if step is None else step[0].begin - first
            if step is not None:
                out.append(step)
        return out[::-1]

    def why(self, segment: Segment, c: int) -> str:
        """Return, in words, what speaks most for the class ``c`` of ``segment``."""
        sums = dict.fromkeys(TEMPLATES, 0)
        for part in segment.parts:
            for words, row in self._reasons[part]:
                sums[words] += row[c]
        return f"weighed: {max(sums, key=sums.__getitem__)}"


def totals(segments: Iterable[tuple[str, Row]]) -> dict[str, Row]:
    """Return the summed scores of the segments of each text: a name has one class in one article.

    One sense per discourse: Gale, Church and Yarowsky 1992.
    """
    sums: dict[str, Row] = {}
    for text, b in segments:
        a = sums.get(text)
        sums[text] = b if a is None else (a[0] + b[0], a[1] + b[1], a[2] + b[2])
    return sums


def class_of(row: Row) -> int:
    """Return the class with the highest score; a body where it is as high, for nobody becomes a person by a hair."""
    most = max(row)
    return 1 if row[1] == most else row.index(most)


def weighed(
    tokens: Sequence[Sequence[Token]], named: Sequence[Sequence[Mention]], hits: Sequence[Sequence[Hit]],
    starts: frozenset[int], around: Scene,
) -> list[list[Mention]]:  # fmt: skip
    """Return the mentions of each block with the names that weighing finds in the place of those the rules propose.

    ``named`` are the rules' proposals and the roles, ``hits`` the known names. A language without weights keeps the
    proposals.
    """
    scale = scale_of(around.language.raw.code)
    if scale is None:
        return [list(names) for names in named]
    looks = looks_of(around.language, around.knowledge)
    out: list[list[Mention]] = []
    blocks = sighted(tokens, named, starts, around, looks)
    split = [
        [(_text(words, s, around), s, row) for run, found in block for s, row in scale.best(run, found)]
        for words, block in zip(tokens, blocks, strict=True)
    ]
    sums = totals((text, row) for found in split for text, _, row in found)
    # "the Playhouse" where the article names the Osterhaven Playhouse
    bodies = {text.split()[-1] for text, row in sums.items() if " " in text and class_of(row) == 1}
    for words, names, known, found in zip(tokens, named, hits, split, strict=True):
        if not names and not found:
            out.append([])
            continue
        rules = {(m.start, m.end): m for m in names if m.label == "name"}
        spans = {(h.start, h.end): h for h in known}
        chosen = [
            _mention(words, segment, class_of(sums[text]), rules, spans, scale, around)
            for text, segment, _ in found
            if not _slight(words[segment.begin], segment, sums[text], starts, around)
            and not (class_of(sums[text]) == 0 and _one_of_many(words, segment, around))
        ]
        certain = [m for m in rules.values() if m.text in bodies or _certain(m, words, around)]
        kept = sorted((m.start, m.end) for m in certain)
        chosen = [m for m in chosen if not _covered(m, kept)]
        taken = [(m.start, m.end) for m in chosen]
        chosen += [m for m in certain if not _touched(m, taken)]
        out.append([*chosen, *(m for m in names if m.label != "name")])
    return out


def _text(tokens: Sequence[Token], segment: Segment, around: Scene) -> str:
    return around.text[tokens[segment.begin].start : tokens[segment.end - 1].end]


def _slight(token: Token, segment: Segment, row: Row, starts: frozenset[int], around: Scene) -> bool:
    """Whether hardly anything speaks for a word that opens a sentence and stands in no list, or it tells a group."""
    opens = not segment.listed and token.start in starts
    return opens and (max(row) < _SLIGHT or around.group(token.low))


def _one_of_many(tokens: Sequence[Token], segment: Segment, around: Scene) -> bool:
    """Whether an indefinite article stands before a word that is weighed as a person's name, or before its adjective,
    where nouns have capitals: "ein alter Seemann" is one of many, and nobody in particular.
    """
    i = segment.begin
    if segment.end - i > 1 or not around.language.raw.nouns_capitalised:
        return False
    indefinites = around.language.sets["indefinites"]
    before = tokens[max(i - 2, 0) : i]
    if before and before[-1].low.endswith(around.language.raw.adjective_endings) and before[-1].text.islower():
        before = before if before[-1].low in indefinites or around.function(before[-1].low) else before[:-1]
    return bool(before) and before[-1].low in indefinites


def _covered(m: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of ``spans``, in order and without overlap, holds all of ``m``."""
    at = bisect_right(spans, (m.start, sys.maxsize)) - 1
    return at >= 0 and m.end <= spans[at][1]


def _touched(m: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether ``m`` overlaps one of ``spans``, in order and without overlap."""
    at = bisect_left(spans, (m.start, m.end))
    return any(start < m.end and m.start < end for start, end in spans[max(at - 1, 0) : at + 1])


def _certain(m: Mention, tokens: Sequence[Token], around: Scene) -> bool:
    """Whether no weight goes against a proposal: a known name, a firm named by its kind, somebody who speaks."""
    if m.rule in _CERTAIN or (m.type in _OWN_WORDS and m.rule.startswith(_FIRM)):
        return True
    if m.rule == A_PLACE and not variants.in_latin(m.text):
        return True  # the weights know no other letters
    first = bisect_left(tokens, m.start, key=lambda t: t.start)
    behind = bisect_left(tokens, m.end, key=lambda t: t.start)
    beside = [*tokens[max(first - 1, 0) : first], *tokens[behind : behind + 1]]
    return any(t.low in around.language.verbs for t in beside)


def _mention(
    tokens: Sequence[Token], segment: Segment, c: int, rules: Mapping[tuple[int, int], Mention],
    hits: Mapping[tuple[int, int], Hit], scale: Scale, around: Scene,
) -> Mention:  # fmt: skip
    """Return the name that a segment is, with what spoke for it: the rules' own reason or the heaviest feature."""
    start, end, kind = tokens[segment.begin].start, tokens[segment.end - 1].end, CLASSES[c]
    rule = rules.get((start, end))
    if rule is not None and COARSE[rule.type] == kind:
        return rule if rule.rule not in WEAK else replace(rule, rule=scale.why(segment, c))
    text = around.text[start:end]
    for reading in hits[start, end].readings if (start, end) in hits else ():
        actor = around.knowledge.actors.get(reading.actor)
        if actor is not None and COARSE[actor.type] == kind and reading.rule == ALIAS:
            return Mention(start, end, text, "name", actor.type, reading.actor, reading.rule)
        if reading.rule == "capital" and kind == "place" and not around.elsewhere(text):
            return Mention(start, end, text, "name", "place", reading.actor, A_PLACE)
    final: ActorType = "person" if kind == "person" else "place" if kind == "place" else "organisation"
    if kind == "organisation":
        lows = [t.low for t in tokens[segment.begin : segment.end]]
        sets = around.language.sets
        ends = (lows[-1], lows[0]) if len(lows) > 1 else ()
        kinds = (t for low in ends for key, t in BODIES if low in sets[key])
        final = next(kinds, final)
    return Mention(start, end, text, "name", final, rule=scale.why(segment, c))


_LOOKS: dict[str, tuple[Knowledge, Looks]] = {}


def looks_of(language: Language, knowledge: Knowledge) -> Looks:
    """Return the looks of the language's words, kept from one article to the next."""
    code = language.raw.code
    kept = _LOOKS.get(code)
    if kept is None or kept[0] is not knowledge:
        kept = _LOOKS[code] = (knowledge, Looks(language, frozenset(knowledge.demonyms.get(code, {}))))
    return kept[1]


@functools.cache
def scale_of(code: str) -> Scale | None:
    """Return the scale of a language, None when it has no weights.

    Raises DigestError naming the file when it cannot be read.
    """
    path = FOLDER / f"weights_{code}.tsv"
    table: dict[str, dict[str, Row]] = {}
    if not path.exists():
        return None
    try:
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line and not line.startswith("#"):
                template, value, x, y, z = line.split("\t")
                table.setdefault(template, {})[value] = (int(x), int(y), int(z))
    except (OSError, ValueError) as error:
        raise DigestError(f"{path.name} cannot be read: {error}; install the program again") from error
    return Scale(table)
