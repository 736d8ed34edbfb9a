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

from digest.knowledge import Knowledge
from digest.knowledge.words import FOLDER
from digest.language import Language
from digest.model import ActorType, DigestError, Mention
from digest.recognise.gazetteer import Hit
from digest.recognise.looks import Looks
from digest.recognise.mentions import WEAK
from digest.recognise.scene import Scene
from digest.recognise.sightings import COARSE, PARTS, TEMPLATES, Features, Segment, sighted
from digest.recognise.tokens import Token

CLASSES = ("person", "organisation", "place")
Row = tuple[float, float, float]
Weights = Mapping[str, Mapping[str, Row]]
_NOTHING: Mapping[str, Row] = {}
# Rules that know a name: no weight goes against them.
_CERTAIN = frozenset({"alias", "gated", "metonym"})
# What the rules say of a body by one of its words.
_FIRM = ("ends in ", "begins with ")
# A weak proposal with a score above this is left to the stage that resolves, which keeps what comes again.
_UNSURE = -2.0
# What a word that opens a sentence and stands in no list must weigh.
_SLIGHT = 1.5
_MOST = 50_000  # sums kept for each part
_WORDS = {template: words for words, templates in TEMPLATES.items() for template in templates}


class Scale:
    """The weights of a language, and the sums over what depends on a word alone, made when they are asked for."""

    def __init__(self, weights: Weights) -> None:
        """Prepare for ``weights``: template -> value -> a weight for each class."""
        self.weights = weights
        self._sums: dict[str, dict[str, Row]] = {part: {} for part in PARTS}

    def weigh(self, segment: Segment) -> Row:
        """Return the score of each class for ``segment``."""
        x, y, z = self._sum(segment.own)
        for part, look in segment.words:
            row = self._sums[part].get(look.text)
            if row is None:
                if len(self._sums[part]) > _MOST:
                    self._sums[part].clear()
                row = self._sums[part][look.text] = self._sum(PARTS[part](look))
            x, y, z = x + row[0], y + row[1], z + row[2]
        return x, y, z

    def _sum(self, features: Features) -> Row:
        x = y = z = 0.0
        for template, value in features:
            row = self.weights.get(template, _NOTHING).get(value)
            if row is not None:
                x += row[0]
                y += row[1]
                z += row[2]
        return x, y, z

    def best(self, run: tuple[int, int], found: Sequence[Segment]) -> list[tuple[Segment, int]]:
        """Return the best split of a run, whose segments are ``found``: segments in order, each with its class."""
        by_end: dict[int, list[Segment]] = {}
        for segment in found:
            by_end.setdefault(segment.end, []).append(segment)
        score = {run[0]: 0.0}
        back: dict[int, tuple[Segment, int] | None] = {}
        for k in range(run[0] + 1, run[1] + 1):
            score[k], back[k] = score[k - 1], None
            for segment in by_end.get(k, ()):
                row = self.weigh(segment)
                own = max(row)
                if score[segment.begin] + own > score[k]:
                    score[k], back[k] = score[segment.begin] + own, (segment, row.index(own))
        out, k = [], run[1]
        while k > run[0]:
            step = back[k]
            k = k - 1 if step is None else step[0].begin
            if step is not None:
                out.append(step)
        return out[::-1]

    def totals(self, segments: Iterable[tuple[str, Segment]]) -> dict[str, Row]:
        """Return the summed scores of the segments of each text: a name has one class in one article.

        One sense per discourse: Gale, Church and Yarowsky 1992.
        """
        sums: dict[str, Row] = {}
        for text, segment in segments:
            a, b = sums.get(text, (0.0, 0.0, 0.0)), self.weigh(segment)
            sums[text] = (a[0] + b[0], a[1] + b[1], a[2] + b[2])
        return sums

    def why(self, segment: Segment, c: int) -> str:
        """Return, in words, what speaks most for the class ``c`` of ``segment``."""
        sums: dict[str, float] = dict.fromkeys(TEMPLATES, 0.0)
        for template, value in segment.features():
            row = self.weights.get(template, _NOTHING).get(value)
            if row is not None and template != "always":
                sums[_WORDS[template]] += row[c]
        return f"weighed: {max(sums, key=lambda words: sums[words])}"


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
    out = []
    blocks = sighted(tokens, named, starts, around, looks)
    split = [[segment for run, found in block for segment, _ in scale.best(run, found)] for block in blocks]
    sums = scale.totals((_text(words, s, around), s) for words, found in zip(tokens, split, strict=True) for s in found)
    # "the Playhouse" where the article names the Osterhaven Playhouse
    bodies = {text.split()[-1] for text, row in sums.items() if " " in text and _class(row) == 1}
    for words, names, known, found, block in zip(tokens, named, hits, split, blocks, strict=True):
        rules = {(m.start, m.end): m for m in names if m.label == "name"}
        spans = {(h.start, h.end): h for h in known}
        chosen = [
            _mention(words, segment, _class(sums[_text(words, segment, around)]), rules, spans, scale, around)
            for segment in found
            if not _slight(words[segment.begin], segment, sums[_text(words, segment, around)], starts)
        ]
        unsure = {
            (words[s.begin].start, words[s.end - 1].end)
            for _, all_ in block
            for s in all_
            if (words[s.begin].start, words[s.end - 1].end) in rules and max(scale.weigh(s)) > _UNSURE
        }
        certain = [m for m in rules.values() if m.text in bodies or _certain(m, words, around)]
        kept = sorted((m.start, m.end) for m in certain)
        chosen = [m for m in chosen if not _covered(m, kept)]
        taken = [(m.start, m.end) for m in chosen]
        chosen += [m for m in certain if not _touched(m, taken)]
        taken = sorted((m.start, m.end) for m in chosen)
        chosen += [
            m for m in rules.values() if m.rule in WEAK and (m.start, m.end) in unsure and not _touched(m, taken)
        ]
        out.append([*chosen, *(m for m in names if m.label != "name")])
    return out


def _text(tokens: Sequence[Token], segment: Segment, around: Scene) -> str:
    return around.text[tokens[segment.begin].start : tokens[segment.end - 1].end]


def _class(row: Row) -> int:
    return row.index(max(row))


def _slight(token: Token, segment: Segment, row: Row, starts: frozenset[int]) -> bool:
    """Whether hardly anything speaks for a word that opens a sentence and stands in no list."""
    listed = any(part != "alone" or look.kind for part, look in segment.words if part not in ("before", "behind"))
    return not listed and token.start in starts and max(row) < _SLIGHT


def _covered(m: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of ``spans``, in order and without overlap, holds all of ``m``."""
    at = bisect_right(spans, (m.start, sys.maxsize)) - 1
    return at >= 0 and m.end <= spans[at][1]


def _touched(m: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether ``m`` overlaps one of ``spans``, in order and without overlap."""
    at = bisect_left(spans, (m.start, m.end))
    return any(start < m.end and m.start < end for start, end in spans[max(at - 1, 0) : at + 1])


def _certain(m: Mention, tokens: Sequence[Token], around: Scene) -> bool:
    """Whether no weight goes against a proposal: a known name, a body named by its kind, somebody who speaks."""
    if m.rule in _CERTAIN or m.rule.startswith(_FIRM):
        return True
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
        if actor is not None and COARSE[actor.type] == kind and reading.rule in ("alias", "metonym"):
            return Mention(start, end, text, "name", actor.type, reading.actor, reading.rule)
    final: ActorType = "person" if kind == "person" else "place" if kind == "place" else "organisation"
    if kind == "organisation":
        lows = [t.low for t in tokens[segment.begin : segment.end]]
        sets = around.language.sets
        finer: tuple[tuple[str, ActorType], ...] = (
            ("party_words", "party"), ("company_words", "company"), ("media_words", "media")
        )  # fmt: skip
        final = next(
            (t for key, t in finer if len(lows) > 1 and (lows[-1] in sets[key] or lows[0] in sets[key])), final
        )
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
                table.setdefault(template, {})[value] = (int(x) / 100, int(y) / 100, int(z) / 100)
    except (OSError, ValueError) as error:
        raise DigestError(f"{path.name} cannot be read: {error}; install the program again") from error
    return Scale(table)
