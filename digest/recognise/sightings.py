"""What weighing names looks at: runs of capitalised words, the segments of each, and a segment's features.

A feature is a template's name and a value: shapes, memberships in word lists, signs of the neighbours, the rules' own
proposal, what the rest of the article shows. None holds a word of an article, except words of grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from digest.model import Mention
from digest.recognise.looks import Look, Looks
from digest.recognise.scene import Scene
from digest.recognise.tokens import Token

LONGEST = 8  # tokens of a segment
_LINKS = frozenset(["&", "-", "/", ".", "'", "’", "'s", "’s"])
COARSE = {
    "person": "person", "organisation": "organisation", "media": "organisation", "armed-group": "organisation",
    "party": "organisation", "company": "organisation", "state": "place", "place": "place",
}  # fmt: skip
Features = list[tuple[str, str]]
Rules = Mapping[tuple[int, int], tuple[str, str]]
"""Where the rules propose a name -> the class they give it and the rule."""
TEMPLATES = {
    "a rule proposes it": ("1rule", "mrule", "why", "1vr"),
    "the rest of the article": ("1votes", "mvotes", "1seen", "fsmall", "lsmall", "lastl"),
    "a listed name": (
        "1kind", "1is", "1kindcase", "1kindL", "1kindR", "fkind", "lkind", "flkind", "fis", "lis", "midkind", "place",
    ),
    "what stands before it": ("1L1", "mL1", "L2", "L1c", "L1s", "Lname", "1prefixL", "1shapeL"),
    "what stands behind it": ("1R1", "mR1", "R2", "R1c", "R1s", "Rname", "1prefixR"),
    "what stands around it": ("LR",),
    "words like it": ("1cluster", "1prefix", "fcluster", "lcluster", "fprefix", "lprefix", "flprefix"),
    "its spelling": (
        "always", "n",
        "1shape", "1shapeo", "1case", "1tail", "1end", "mshapes", "flshape", "fcase", "lcase", "ftail", "ltail",
        "lend",
    ),
    "a word in it": ("1sign", "1sg", "fsign", "lsign", "fsg", "lsg", "mid", "midsign", "anysign"),
}  # fmt: skip
"""The templates of features by what they look at, in words."""
_NONE = Look("", "^", "", "", "", "", "", "", "", "^", opens=False, leads=False)

Part = tuple[Callable[..., Features], *tuple[Look | str | bool, ...]]
"""A function below with its arguments: some features of a segment, which are the same wherever the part is the same."""


class Segment(msgspec.Struct, frozen=True, gc=False):
    """Tokens ``begin`` to ``end`` (half-open) of a block; ``parts`` is what is seen of them.

    ``listed``: whether it is of several words, or a word of a list. A struct for the reason that a token is one.
    """

    begin: int
    end: int
    listed: bool
    parts: tuple[Part, ...]

    def features(self) -> Features:
        """Return all features."""
        return [feature for part, *given in self.parts for feature in part(*given)]


# --- the parts --------------------------------------------------------------------------------------------------------
# ``one`` is "1" for a segment of one word and "m" for one of several; ``opening`` is "1" where a sentence begins.


def _alone(look: Look) -> Features:
    return [
        ("1shape", look.shape), ("1kind", look.kind), ("1sign", look.sign), ("1cluster", look.cluster),
        ("1prefix", look.prefix), ("1tail", look.tail), ("1end", look.end), ("1kindcase", look.kind + look.case),
        *(("1is", letter) for letter in look.kind), *(("1sg", letter) for letter in look.sign),
    ]  # fmt: skip


def _opened(look: Look, opening: str) -> Features:
    return [("1case", look.case + opening), ("1shapeo", look.shape + look.case + opening)]


def _alone_behind(look: Look, context: str) -> Features:
    return [
        ("1kindL", look.kind + context), ("1prefixL", look.prefix + "|" + context), ("1shapeL", look.shape + context),
    ]  # fmt: skip


def _alone_before(look: Look, context: str) -> Features:
    return [("1kindR", look.kind + context), ("1prefixR", look.prefix + "|" + context)]


def _first(look: Look, opening: str) -> Features:
    return [
        ("fkind", look.kind), ("fsign", look.sign), ("fcluster", look.cluster), ("fprefix", look.prefix),
        ("ftail", look.tail), ("fcase", look.case + opening),
        *(("fis", letter) for letter in look.kind), *(("fsg", letter) for letter in look.sign),
    ]  # fmt: skip


def _last(look: Look) -> Features:
    return [
        ("lkind", look.kind), ("lsign", look.sign), ("lcluster", look.cluster), ("lprefix", look.prefix),
        ("lcase", look.case), ("ltail", look.tail), ("lend", look.end),
        *(("lis", letter) for letter in look.kind), *(("lsg", letter) for letter in look.sign),
    ]  # fmt: skip


def _ends(first: Look, last: Look, short: bool) -> Features:
    kinds = [("flkind", first.kind + "|" + last.kind)] if short else []
    return [("flprefix", first.prefix + "|" + last.prefix), ("flshape", first.shape + "|" + last.shape), *kinds]


def _inside(look: Look) -> Features:
    return [("mid", look.shape if look.opens else look.context), ("midsign", look.sign), ("midkind", look.kind)]


def _shaped(size: str, shapes: str) -> Features:
    return [("n", size), ("mshapes", shapes)]


def _signed(signs: str) -> Features:
    return [("anysign", sign) for sign in signs]


def _before(one: str, glued: str, look: Look) -> Features:
    name = [("Lname", look.shape + look.kind)] if look.opens else []
    return [(one + "L1", glued + look.context), ("L1c", look.cluster), ("L1s", look.sign), *name]


def _behind(one: str, look: Look) -> Features:
    name = [("Rname", look.shape + look.kind)] if look.opens else []
    return [(one + "R1", look.context), ("R1c", look.cluster), ("R1s", look.sign), *name]


def _two_before(context: str, nearer: str) -> Features:
    return [("L2", context + " " + nearer)]


def _two_behind(nearer: str, context: str) -> Features:
    return [("R2", nearer + " " + context)]


def _around(before: str, behind: str) -> Features:
    return [("LR", before + "|" + behind)]


def _ruled(one: str, proposal: str, why: str, votes: str) -> Features:
    """Return what the rules say: of every segment the last feature is seen, and that it is one."""
    found = [("always", "1")]
    if proposal:
        found += [(one + "rule", proposal), ("why", proposal + why)]
    if votes:
        found.append((one + "votes", votes))
    return [*found, ("1vr", votes + proposal)] if one == "1" else found


def _seen(elsewhere: str) -> Features:
    return [("1seen", elsewhere)]


def _several_seen(place: str, first_small: str, last_small: str, last: str) -> Features:
    return [("place", place), ("fsmall", first_small), ("lsmall", last_small), ("lastl", last)]


# --- the segments -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a block's segments are seen against.

    ``starts`` are the offsets at which a sentence begins, ``links`` the small words that stand inside names, ``small``
    and ``inner`` the article's words seen in small letters and with a capital inside a sentence; ``votes`` maps a text
    to the classes the rules gave it in this article, ``lasts`` are the last words of persons named in full.
    """

    looks: Looks
    starts: frozenset[int]
    links: frozenset[str]
    small: frozenset[str]
    inner: frozenset[str]
    votes: Mapping[str, str]
    lasts: frozenset[str]
    firsts: frozenset[str]


def runs(tokens: Sequence[Token], looks: Sequence[Look], links: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the runs that may hold names, as half-open token ranges that begin and end with a word that may."""
    i, size = 0, len(tokens)
    while i < size:
        if not looks[i].leads:
            i += 1
            continue
        last, j = i, i + 1
        while j < size and j - last <= 3 and tokens[j].start - tokens[j - 1].end <= 1:
            if looks[j].leads:
                last = j
            elif tokens[j].text not in _LINKS and tokens[j].low not in links and not _comma(tokens, looks, j):
                break
            j += 1
        yield i, last + 1
        i = last + 1


def _comma(tokens: Sequence[Token], looks: Sequence[Look], j: int) -> bool:
    """Whether the comma ``tokens[j]`` stands before a word for a company: "Vennor Freight, Inc."."""
    return tokens[j].text == "," and j + 1 < len(looks) and "C" in looks[j + 1].sign


def segments(
    tokens: Sequence[Token], looks: Sequence[Look], run: tuple[int, int], rules: Rules, taken: Sequence[int],
    around: Surroundings,
) -> list[Segment]:  # fmt: skip
    """Return the segments of a run with what is seen; ``taken`` numbers, for each token, the rules' mention on it."""
    found = []
    for i in range(run[0], run[1]):
        if not looks[i].leads:
            continue
        for j in range(i + 1, min(run[1], i + LONGEST) + 1):
            if not looks[j - 1].opens:
                continue
            span = (tokens[i].start, tokens[j - 1].end)
            if j == i + 1 and _ordinary(looks[i]) and span not in rules:
                continue
            found.append(_segment(tokens, looks, i, j, rules.get(span) or _crossed(i, j, taken), around))
    return found


def _ordinary(look: Look) -> bool:
    """Whether a word alone is hardly a name: a common noun of a language that gives nouns a capital."""
    common = look.kind == "c" or (look.kind == "+" and look.cluster not in ("", "0"))
    return (common and look.shape == "Xx") or (look.case == "0" and not look.kind)


def _segment(
    tokens: Sequence[Token], looks: Sequence[Look], i: int, j: int, proposed: tuple[str, str], around: Surroundings
) -> Segment:
    """Return the segment ``tokens[i:j]``; ``proposed`` is the class that the rules give it and the rule."""
    before, behind = (looks[i - 1] if i else _NONE), (looks[j] if j < len(looks) else _NONE)
    before2, behind2 = (looks[i - 2] if i > 1 else _NONE), (looks[j + 1] if j + 1 < len(looks) else _NONE)
    left, right = before.context, behind.context
    one = "1" if j == i + 1 else "m"
    glued = "+" if i and tokens[i - 1].end == tokens[i].start else ""
    opening = "1" if tokens[i].start in around.starts else "0"
    text = tokens[i].text if j == i + 1 else " ".join([t.text for t in tokens[i:j]])
    parts: tuple[Part, ...] = (
        (_before, one, glued, before),
        (_behind, one, behind),
        (_two_before, before2.context, left),
        (_two_behind, right, behind2.context),
        (_around, left, right),
        (_ruled, one, *proposed, around.votes.get(text, "")),
    )
    if j > i + 1:
        return Segment(i, j, True, parts + _several(tokens[i:j], looks[i:j], opening, around))
    look = looks[i]
    elsewhere = ("s" if tokens[i].low in around.small else "") + ("i" if text in around.inner else "")
    elsewhere += ("l" if text in around.lasts else "") + ("f" if text in around.firsts else "")
    single: tuple[Part, ...] = (
        (_alone, look),
        (_opened, look, opening),
        (_alone_behind, look, left),
        (_alone_before, look, right),
        (_seen, elsewhere + opening),
    )
    return Segment(i, j, bool(look.kind), parts + single)


def _several(tokens: Sequence[Token], looks: Sequence[Look], opening: str, around: Surroundings) -> tuple[Part, ...]:
    """Return what is seen of several words together."""
    first, last, size = looks[0], looks[-1], len(looks)
    signs = "".join([look.sign for look in looks])
    return (
        (_first, first, opening),
        (_last, last),
        (_ends, first, last, size < 4),
        (_shaped, str(size), " ".join([look.shape for look in looks]) if size < 5 else "long"),
        (_signed, "".join(sorted(set(signs)))),
        (
            _several_seen,
            "1" if " ".join([t.low for t in tokens]) in around.looks.places else "0",
            "1" if tokens[0].low in around.small else "0",
            "1" if tokens[-1].low in around.small else "0",
            "1" if tokens[-1].text in around.lasts else "0",
        ),
        *[(_inside, look) for look in looks[1:-1]],
    )


def _crossed(i: int, j: int, taken: Sequence[int]) -> tuple[str, str]:
    """Return "x" and how the names that the rules propose lie across a segment, or nothing where none does."""
    if not any(taken[i:j]):
        return "", ""
    opens = not taken[i] or i == 0 or taken[i - 1] != taken[i]
    closes = not taken[j - 1] or j == len(taken) or taken[j] != taken[j - 1]
    return f"x{int(opens)}{int(closes)}", ""


Sighted = list[tuple[tuple[int, int], list[Segment]]]


def sighted(
    tokens: Sequence[Sequence[Token]], named: Sequence[Sequence[Mention]],
    starts: frozenset[int], around: Scene, looks: Looks,
) -> list[Sighted]:  # fmt: skip
    """Return, for every block, its runs with their segments."""
    votes: dict[str, set[str]] = {}
    lasts, firsts = set(), set()
    for names in named:
        for m in names:
            if m.label == "name":
                votes.setdefault(m.text, set()).add(COARSE[m.type][0])
                if m.type == "person" and " " in m.text:
                    first, *_, last = m.text.split()
                    firsts.add(first)
                    lasts.add(last)
    for short in (text for words in tokens for text in _abbreviations(words)):
        votes.setdefault(short, set()).add("a")
    surroundings = Surroundings(
        looks=looks,
        starts=starts,
        links=around.language.sets["name_particles"] | around.language.sets["role_links"],
        small=around.small,
        inner=around.inner,
        votes={text: "".join(sorted(found)) for text, found in votes.items()},
        lasts=frozenset(lasts),
        firsts=frozenset(firsts),
    )
    out = []
    for words, names in zip(tokens, named, strict=True):
        seen = looks.of(words)
        rules = {(m.start, m.end): (COARSE[m.type], " ".join(m.rule.split()[:2])) for m in names if m.label == "name"}
        taken = [0] * len(words)
        at = {t.start: k for k, t in enumerate(words)} if rules else {}
        for number, (start, end) in enumerate(rules, 1):
            k = at.get(start)
            while k is not None and k < len(words) and words[k].start < end:
                taken[k] = number
                k += 1
        out.append(
            [
                (run, segments(words, seen, run, rules, taken, surroundings))
                for run in runs(words, seen, surroundings.links)
            ]
        )
    return out


def _abbreviations(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the acronyms in brackets behind the words that they are made of: "the Harbour Workers' Union (HWU)"."""
    for i in [k - 1 for k, t in enumerate(tokens) if t.text == ")" and k > 2]:
        text = tokens[i].text
        if tokens[i - 1].text == "(" and text.isupper() and 1 < len(text) < 9:
            initials = {t.text[0] for t in tokens[max(0, i - 2 * len(text) - 2) : i - 1] if t.capital}
            if set(text[:2]) <= initials:
                yield text
