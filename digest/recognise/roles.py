"""Roles beside names: "US Secretary of State" before one, ", the head of the press bureau," behind one."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from digest.knowledge.words import cluster_of
from digest.language import Language
from digest.model import Mention
from digest.recognise.scene import Scene
from digest.recognise.tokens import Token
from digest.text import POSSESSIVE

ROLE_BEFORE = "role before the name"
ROLE_AFTER = "role after the name"
# The apostrophe of a possessive is the same sign as a closing mark.
APOSTROPHES = ("'", "’")
_MOST_ADJECTIVES = 3
# Verbs of saying that a cluster of verbs holds at least.
_ENOUGH_VERBS = 4


def role_end(tokens: Sequence[Token], begin: int, end: int, around: Scene) -> int:
    """Return the index after the last role noun or title of the run that still leaves a name, or ``begin``."""
    best = begin
    for k in range(begin, end):
        low = tokens[k].low
        if low in around.language.titles and k < end - 1:
            best = k + 2 if tokens[k + 1].text == "." else k + 1
        for width in (3, 2, 1) if low in _tails(around.language) else (1,):
            if k - width + 1 < begin:
                continue
            phrase = " ".join(t.low for t in tokens[k - width + 1 : k + 1])
            if role_noun(phrase, around.language) and _not_a_surname(tokens, k, end, around):
                best = k + 1
    return min(_over_office(tokens, begin, best, end, around), end)


def _over_office(tokens: Sequence[Token], begin: int, cut: int, end: int, around: Scene) -> int:
    """Return the index behind what a role holds, where a given name follows: Chancellor of the Exchequer Ida Quill."""
    if not begin < cut < end - 3 or tokens[cut].low not in around.language.sets["sources_in"]:
        return cut
    return next((k for k in range(cut + 2, end - 1) if tokens[k].capital and around.given(tokens[k].text)), cut)


@functools.lru_cache(8)
def _tails(language: Language) -> frozenset[str]:
    """Return the last words of the role nouns that are several words: "general" in "secretary general"."""
    nouns = (noun.lower() for group in language.raw.role_nouns.values() for noun in group)
    return frozenset(noun.split()[-1] for noun in nouns if " " in noun)


def _not_a_surname(tokens: Sequence[Token], k: int, end: int, around: Scene) -> bool:
    """A role noun that ends the run after a given name is a surname: "Stephen King", "Kate Bishop"."""
    return not (k == end - 1 and k > 0 and around.given(tokens[k - 1].text) and tokens[k - 1].capital)


def title_only(tokens: Sequence[Token], begin: int, cut: int, around: Scene) -> bool:
    """Whether no noun for a role stands in ``tokens[begin:cut]``, for titles are none: Mr, Dr."""
    lows = [t.low for t in tokens[begin:cut]]
    roles = around.language.roles
    return not any(
        roles.get(" ".join(lows[i : i + n])) == "person"
        for i in range(len(lows))
        for n in (1, 2, 3)
        if i + n <= len(lows)
    )


def role_noun(low: str, language: Language) -> bool:
    """Whether a word in small letters is what a person is, or was: minister, ex-minister."""
    if language.roles.get(low) == "person":
        return True
    prefix = next((p for p in language.past_prefixes if low.startswith(p)), None)
    return prefix is not None and language.roles.get(low.removeprefix(prefix)) == "person"


def widen_role(tokens: Sequence[Token], begin: int, around: Scene) -> int:
    """Extend a role over what stands before it: "Iran's" + "Grand Ayatollah", "frühere" + "Ministerin"."""
    if begin >= 2 and tokens[begin - 1].text in POSSESSIVE and tokens[begin - 2].capital:
        return tokens[begin - 2].start
    i = begin
    while i > 0 and begin - i < _MOST_ADJECTIVES and _adjective(tokens[i - 1], around):
        i -= 1
    opened = i > 0 and tokens[i - 1].low in around.language.sets["determiners"]
    past = next((k for k in range(i, begin) if tokens[k].low in around.language.sets["past_words"]), begin)
    return tokens[i if opened else past].start


def _adjective(token: Token, around: Scene) -> bool:
    """Whether a word in small letters before a noun describes it, where nouns have capitals and adjectives endings."""
    if not around.language.raw.nouns_capitalised or token.kind != "word" or token.capital:
        return False
    plain = token.low.endswith(around.language.raw.adjective_endings) and not around.function(token.low)
    return token.low not in around.language.verbs and (plain or token.low in around.language.sets["past_words"])


def small_role(tokens: Sequence[Token], begin: int, around: Scene) -> tuple[int, int] | None:
    """Return the span of a role written small before a name: "campaign spokeswoman" in "… spokeswoman Ana Ruiz"."""
    i = begin - 1
    if i < 0 or not role_noun(tokens[i].low, around.language) or tokens[i].end + 1 != tokens[begin].start:
        return None
    last = tokens[i].end
    while i > 0 and begin - i < 9 and _modifies(tokens, i - 1, around):
        i -= 1
    return tokens[i].start, last


def _modifies(tokens: Sequence[Token], k: int, around: Scene) -> bool:
    """Whether the word ``tokens[k]`` can stand before a role noun as part of it, by itself and by its neighbours."""
    token, sets = tokens[k], around.language.sets
    if token.text in POSSESSIVE:
        return True  # Norland's foreign minister
    if token.kind != "word" or token.low in around.language.verbs:
        return False
    if token.low in sets["past_words"] or token.low in sets["role_ranks"] or role_noun(token.low, around.language):
        return True  # the then mayor, the deputy Labour leader
    if token.capital or (len(token.text) > 1 and token.text.isupper()):
        return token.text.isupper() or not around.function(token.low)
    if around.function(token.low):
        return False
    return _described(tokens, k, around) or not (tokens[k + 1].capital or _verbal(token.low, around.language))


def _verbal(low: str, language: Language) -> bool:
    """Whether a word in small letters is rather a verb: it ends as one, or stands among verbs of saying.

    Words that stand in the same places have one Brown cluster; one that holds several verbs of saying holds verbs.
    """
    return _ends_as_verb(low, language) or cluster_of(language.raw.code, low) in _verb_clusters(language)


def _ends_as_verb(low: str, language: Language) -> bool:
    endings = language.raw.verb_endings
    return low in language.sets["irregular_verbs"] or ("-" not in low and low.endswith(endings))


def _described(tokens: Sequence[Token], k: int, around: Scene) -> bool:
    """Whether an article or an owner stands before ``tokens[k]``, an adverb between them or not: the newly formed."""
    k -= 1 if k and tokens[k - 1].low.endswith(around.language.raw.adverb_endings) else 0
    before = tokens[k - 1] if k else None
    return before is not None and (before.low in around.language.sets["determiners"] or before.text in POSSESSIVE)


@functools.lru_cache(8)
def _verb_clusters(language: Language) -> frozenset[str]:
    counts = Counter(cluster_of(language.raw.code, low) for low in language.verbs)
    return frozenset(cluster for cluster, n in counts.items() if cluster and n >= _ENOUGH_VERBS)


def with_suffixes(found: Sequence[Mention], tokens: Sequence[Token], around: Scene) -> list[Mention]:
    """Take what tells a father from a son into the name before it: "Tom Vask senior", "Tom Vask, Jr."."""
    if not found:
        return []
    ends = {t.end: i for i, t in enumerate(tokens)}
    out = []
    for m in found:
        i = ends.get(m.end, len(tokens)) + 1
        if m.label == "name" and m.type == "person" and " " in m.text and (end := _suffix_end(tokens, i, around)):
            m = replace(m, end=end, text=around.text[m.start : end])
        out.append(m)
    return out


def _suffix_end(tokens: Sequence[Token], i: int, around: Scene) -> int | None:
    """Return where the suffix ends that stands at ``i`` behind a name; a comma before it asks for one behind it."""
    comma = i < len(tokens) and tokens[i].text == ","
    i += comma
    if i >= len(tokens) or tokens[i].low not in around.language.sets["name_suffixes"]:
        return None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is not None and after.kind == "word" and (comma or after.low in around.language.roles):
        return None  # "Tom Vask, senior minister"
    return tokens[i].end


def with_roles(found: Sequence[Mention], tokens: Sequence[Token], around: Scene) -> list[Mention]:
    """Keep the roles before a person's name, and add those that the reading of runs missed and those behind a name."""
    if not found:
        return []
    at = {t.start: i for i, t in enumerate(tokens)}
    ends = {t.end: i for i, t in enumerate(tokens)}
    persons = {m.start for m in found if m.label == "name" and m.type == "person"}
    named = {m.end for m in found if m.label == "name"}
    full = sorted(
        (m for m in found if m.start in persons and m.label == "name" and _full_name(m.text, around)),
        key=lambda m: m.start,
    )
    out: list[Mention] = []
    roles = []
    for m in found:
        if m.label == "role" and m.rule != ROLE_BEFORE:
            out.append(m)
        elif m.label == "role" and m.end + 1 in persons:
            roles.append(_opened(_cut(m, full, tokens, around), named, tokens, around))
    # "Harbour engineer Mara Vask": nobody is called Harbour
    begins = sorted(persons)
    inside = {x for r in roles for x in begins[bisect_left(begins, r.start) : bisect_left(begins, r.end)]}
    out += [*roles, *(m for m in found if m.label == "name" and m.start not in inside)]
    titled = {r.end + 1 for r in roles}
    for start in persons - titled:
        before = small_role(tokens, at[start], around) if start in at else None
        if before is not None:
            out.append(Mention(*before, around.text[before[0] : before[1]], "role", "person", rule=ROLE_BEFORE))
    for m in found:
        if m.label != "name" or m.type != "person" or m.end not in ends:
            continue
        span = _apposition(tokens, ends[m.end] + 1, around)
        if span is not None and not _anothers(span, begins, at, tokens, around):
            out.append(Mention(*span, around.text[span[0] : span[1]], "role", "person", rule=ROLE_AFTER))
        span = _before_comma(tokens, at.get(m.start, 0) - 1, ends[m.end] + 1, around) if m.start not in titled else None
        if span is not None:
            out.append(Mention(*span, around.text[span[0] : span[1]], "role", "person", rule=ROLE_BEFORE))
    return sorted(out, key=lambda m: (m.start, m.end))


def _full_name(text: str, around: Scene) -> bool:
    """Whether a name has several words, and the last one is no role: UK Chancellor."""
    return " " in text and not role_noun(text.rpartition(" ")[2].lower(), around.language)


def _opened(role: Mention, named: Collection[int], tokens: Sequence[Token], around: Scene) -> Mention:
    """Return a role with the capitals before it that open a sentence or a compound: "Home" + "Secretary Ida Quill".

    ``named`` are where names end.
    """
    i = first = bisect_left(tokens, role.start, key=lambda t: t.start)
    while i and tokens[i].capital and tokens[i - 1].end + 1 == tokens[i].start and tokens[i - 1].end not in named:
        before = tokens[i - 1]
        past = before.low.startswith(around.language.past_prefixes) or before.low in around.language.sets["role_ranks"]
        both = role_noun(f"{before.low} {tokens[i].low}", around.language)  # First Minister
        if before.kind != "word" or not (before.capital or past) or (around.function(before.low) and not both):
            break
        i -= 1
    start = tokens[i].start
    return role if i == first else replace(role, start=start, text=around.text[start : role.end])


def _anothers(
    span: tuple[int, int], begins: Sequence[int], at: Mapping[int, int], tokens: Sequence[Token], around: Scene
) -> bool:
    """Whether a role goes on to the name of whoever holds it: "Ida Quill, harbour master Tom Vask and others".

    ``begins`` are where persons' names begin, ``at`` maps an offset to its token.
    """
    inside = begins[bisect_left(begins, span[0]) : bisect_left(begins, span[1] + 2)]
    return any(start in at and role_noun(tokens[at[start] - 1].low, around.language) for start in inside)


def _cut(role: Mention, people: Sequence[Mention], tokens: Sequence[Token], around: Scene) -> Mention:
    """Return a role without another person before it: "Mayor Ansel Wirth met harbour master" is only the last two."""
    at = bisect_left(people, role.end, key=lambda m: m.start) - 1
    if at < 0 or people[at].end <= role.start:
        return role
    ends = bisect_left(tokens, role.end, key=lambda t: t.start)
    first = bisect_left(tokens, people[at].end, key=lambda t: t.start)
    owner = first + 1  # "Ida Quill met Norway's foreign minister"
    owned = owner + 1 < ends and tokens[owner].capital and tokens[owner + 1].text in POSSESSIVE
    start = tokens[owner].start if owned else max(tokens[max(ends - 2, 0)].start, people[at].end + 1)
    return replace(role, start=start, text=around.text[start : role.end])


def _carries_on(tokens: Sequence[Token], i: int, around: Scene, *, seen: bool) -> bool:
    """Whether a word in small letters goes on with a role: a noun, or behind the role noun a link such as "of"."""
    low, sets = tokens[i].low, around.language.sets
    if low in around.language.verbs or (_ends_as_verb(low, around.language) and not _described(tokens, i, around)):
        return False
    if seen and low in sets["role_goals"]:
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        return after is not None and (after.capital or after.low in sets["determiners"])
    return not around.function(low) or (seen and low in sets["role_links"])


def _owns(tokens: Sequence[Token], i: int, around: Scene) -> bool:
    """Whether ``tokens[i]`` is an apostrophe alone, behind one who owns what follows: the Farmers' Association."""
    if tokens[i].text not in APOSTROPHES or i == 0 or i + 1 >= len(tokens):
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    glued = before.end == tokens[i].start and before.low.endswith(around.language.raw.owner_endings)
    return glued and after.kind == "word" and after.start == tokens[i].end + 1


def _left_over(token: Token, around: Scene) -> bool:
    """Whether a word ends no role: a link without what it links to, an adverb of what followed."""
    sets = around.language.sets
    adverb = not token.capital and token.low.endswith(around.language.raw.adverb_endings)
    return token.low in sets["role_links"] or token.low in sets["role_goals"] or adverb or token.text in APOSTROPHES


def _apposition(tokens: Sequence[Token], i: int, around: Scene) -> tuple[int, int] | None:
    """Return the role that begins behind the comma ``tokens[i]``, without its article, or None."""
    if i + 1 < len(tokens) and tokens[i].text == "." and tokens[i + 1].text == ",":
        i += 1  # Tom Vask Jr., a farmer
    if i >= len(tokens) or tokens[i].text != ",":
        return None
    i += 1
    sets = around.language.sets
    if i < len(tokens) and tokens[i].low in sets["determiners"]:
        i += 1
    begin, seen = i, False
    if i + 1 < len(tokens) and tokens[i].low in sets["past_words"]:
        i += 1 + (tokens[i + 1].low in sets["determiners"])  # then the mayor of Tarn
    while i < len(tokens) and i - begin < 16:
        t = tokens[i]
        if role_noun(t.low, around.language):
            seen = True
        elif _owns(tokens, i, around):
            pass
        elif t.kind != "word" or not (t.capital or _carries_on(tokens, i, around, seen=seen)):
            break
        i += 1
    while i > begin and _left_over(tokens[i - 1], around):
        i -= 1
    return (tokens[begin].start, tokens[i - 1].end) if seen and i > begin else None


def _before_comma(tokens: Sequence[Token], i: int, behind: int, around: Scene) -> tuple[int, int] | None:
    """Return the role that ends before the comma ``tokens[i]`` and belongs to the name between it and a second comma.

    "The ambassador to NATO, Ida Quill, left": ``behind`` is the unit after the name. What goes on with "and" or with a
    name is a list.
    """
    sets = around.language.sets
    after = tokens[behind + 1] if behind + 1 < len(tokens) else None
    if i < 2 or tokens[i].text != "," or after is None or tokens[behind].text != ",":
        return None
    if after.kind != "word" or after.capital or after.low in sets["conjunctions"]:
        return None
    for begin in range(i - 1, max(i - 16, -1), -1):
        t = tokens[begin]
        if t.kind != "word" or (t.low in around.language.verbs and not t.capital):
            return None
        if t.low in sets["determiners"] and t.low not in sets["indefinites"]:
            near = range(begin + 1, min(begin + 5, i))
            if any(role_noun(tokens[k].low, around.language) for k in near):
                return tokens[begin + 1].start, tokens[i - 1].end
    return None
