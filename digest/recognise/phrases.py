"""Noun phrases of a passage: forwards from a unit, backwards from a unit, and which of them can speak.

No parser stands behind this: a phrase is what lies between words of grammar, and a name is a name. What it cannot tell
(an object before a verb, a verb that looks like a noun) the rules that ask for a phrase must rule out.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from digest.model import Mention, SourceLabel
from digest.recognise.passage import POSSESSIVE, Passage, once

LONGEST_PHRASE = 24  # units; a longer run of nouns is a list or a headline, not somebody who speaks
_NAME_IN_MARKS = 4  # words of a name between marks


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """A noun phrase: units ``begin..end``, of which ``begin..head`` is the part before its first preposition.

    A struct like ``Token``, for the rules make a great many.
    """

    begin: int
    head: int
    end: int
    label: SourceLabel
    mention: Mention | None = None


@once
def phrase_from(p: Passage, i: int, limit: int | None = None) -> Phrase | None:
    """Return the noun phrase that begins at unit ``i``, or None."""
    end = min(len(p.units) if limit is None else limit, len(p.units), i + LONGEST_PHRASE)
    if i >= end or p.kind(i) != "word":
        return None
    if p.low(i) in p.language.pronouns and not (p.is_in(i, "possessives") and p.noun(i + 1)):
        return Phrase(i, i + 1, i + 1, "pronoun")
    j, head, name = i, -1, None
    while j < end:
        found = p.names.get(p.units[j].start)
        if found is not None:
            j = p.after(found.end)
            head, name = j, found
            if p.low(j) in POSSESSIVE or _modifies_noun(p, j, end):
                name = None
                continue
            break
        if p.low(j) in p.language.titles and p.low(j + 1) == "." and p.noun(j + 2):
            j += 2
        elif p.low(j) in POSSESSIVE and head > 0:
            j, name = j + 1, None
        elif p.kind(j) == "quote" and _bears_name(p, j):
            j, head = j + 1, j + 1
        elif head > 0 and p.language.raw.nouns_capitalised and not p.units[j].capital:
            owner = _genitive(p, j)
            if not owner:
                break
            j = owner
        elif head > 0 and (p.is_in(j, "adverbs") or _acts(p, j)):
            break
        elif p.noun(j):
            j, head, name = j + 1, j + 1 if p.heads(j) else head, None
        elif head < 0 and (p.is_in(j, "determiners") or p.is_in(j, "possessives") or p.low(j).isdigit()):
            if j > i and p.noun(j - 1) and not p.low(j - 1).isdigit():
                return None  # befand der Minister: what looks like an adjective before an article is a verb
            j += 1
        elif head < 0 and j > i and (inner := _attribute_end(p, j, end)):
            j = inner
        else:
            break
    if head < 0:
        return None
    return Phrase(i, head, _links(p, head, end), "name" if name else "nominal", name)


def _attribute_end(p: Passage, j: int, limit: int) -> int:
    """Return the unit at the participle that ends what stands before it at ``j`` in a noun phrase, 0 without one.

    German puts before a noun what others put behind it: eine gestern verbreitete Erklärung, die in Kestrel geborene
    Malerin.
    """
    if not p.language.raw.nouns_capitalised:
        return 0
    k = j
    if p.is_in(j, "prepositions"):
        inner = phrase_from(p, j + 1, limit)
        k = inner.end if inner is not None else j
    while k < limit and p.adverb(k):
        k += 1
    participle = j < k < limit and p.noun(k) and not p.heads(k)
    return k if participle and p.heads(k + 1) else 0


def _acts(p: Passage, j: int) -> bool:
    """Whether a word with a verb's ending stands behind somebody: the mayor rallied supporters."""
    endings = p.language.raw.verb_endings
    if not endings or p.units[j].capital or not p.low(j).endswith(endings):
        return False
    if p.person_noun(j - 1) or p.units[j - 1].end in p.name_ends:
        return True
    return p.noun(j - 1) and not p.adverb(j - 1) and not p.noun(j + 1)  # the report declined to, the union based in


def _genitive(p: Passage, j: int) -> int:
    """Return the noun of a genitive that begins at ``j``, 0 without one: der Sprecher des westlichen Ministeriums."""
    if not p.is_in(j, "genitives"):
        return 0
    k = j + 1
    while p.noun(k) and not p.heads(k):
        k += 1
    return k if p.noun(k) or (p.kind(k) == "quote" and _bears_name(p, k)) else 0


def _bears_name(p: Passage, j: int) -> bool:
    """Whether the quoted unit ``j`` is the name of what stands before it: der Bericht der Zeitung „Küstenbote“.

    Only a language whose nouns have capitals tells a name from other words in marks; behind a person stands speech.
    """
    if not p.language.raw.nouns_capitalised or j == 0:
        return False
    span = p.quotes[p.units[j].quote]
    words = p.text[span.start : span.end].split()
    if len(words) > _NAME_IN_MARKS or any(w[0].islower() for w in words):
        return False
    thing = p.units[j - 1].capital and p.language.roles.get(p.low(j - 1)) != "person"
    return p.is_in(j - 1, "determiners") or (thing and p.units[j - 1].end not in p.name_ends)


def _modifies_noun(p: Passage, j: int, end: int) -> bool:
    """Whether the name before ``j`` only describes who follows: "Clinton campaign spokesman", not "Clinton left"."""
    while j < end and p.noun(j):
        if p.person_noun(j):
            return True
        j += 1
    return False


def _links(p: Passage, j: int, end: int) -> int:
    """Return the end of a phrase that goes on behind its head: "head" + "of the press office of the ministry"."""
    named = p.language.raw.nouns_capitalised and p.units[j - 1].end in p.name_ends
    links = "sources_in" if named else "role_links"  # Theo Vask vom Hafenamt, but: Theo Vask im Hafenamt
    while j < end and p.is_in(j, "prepositions") and p.is_in(j, links):
        k, seen = j + 1, -1
        while k < end and (
            p.noun(k) or p.is_in(k, "determiners") or p.is_in(k, "possessives") or p.low(k) in POSSESSIVE
        ):
            seen = k + 1 if p.noun(k) and p.heads(k) else seen
            k += 1
        if seen < 0 or p.is_in(seen - 1, "occasion_words"):
            return j
        j = seen
    return j


@once
def phrase_before(p: Passage, j: int, begin: int) -> Phrase | None:
    """Return the noun phrase that ends at unit ``j`` (inclusive) and begins at ``begin`` or later, or None.

    Adverbs and auxiliaries before ``j`` are stepped over, and so is what stands between two commas, dashes or
    brackets behind the phrase ("Ivanov, the head of the press bureau, said").
    """
    while j >= begin and (p.adverb(j) or p.auxiliary(j)):
        j -= 1
    if j < begin:
        return None
    if p.kind(j) in ("comma", "dash") or p.low(j) == ")":
        return _before_aside(p, j, begin)
    if p.low(j) in p.language.pronouns:
        return Phrase(j, j + 1, j + 1, "pronoun")
    if not p.heads(j):
        return None
    i = _walk_left(p, j, begin)
    if i > j:
        return None
    return _phrase(p, i, j + 1)


def _before_aside(p: Passage, j: int, begin: int) -> Phrase | None:
    opener = "(" if p.low(j) == ")" else p.units[j].text
    k = j - 1
    while k > begin and p.units[k].text != opener:
        if p.kind(k) == "quote":
            return None
        k -= 1
    if k <= begin:
        return None
    found = phrase_before(p, k - 1, begin)
    if found is None or found.label == "pronoun":
        return None
    if p.kind(found.begin - 1) == "comma" and found.begin - 2 > begin and p.is_in(found.begin, "determiners"):
        named = phrase_before(p, found.begin - 2, begin)
        if named is not None and named.begin == begin and not p.grammar(begin):
            return named  # Anton Tauber, der Hafenmeister von Kestrel, der seit Mai dort arbeitet, sagte
    return found if opener == "(" or _is_aside(p, k + 1, j) else None


def _is_aside(p: Passage, begin: int, end: int) -> bool:
    """Whether the units between two commas only describe: a role, an age, a relative clause, a participle."""
    if end - begin > 30 or begin >= end:
        return False
    first = p.low(begin)
    if first.isdigit() or p.is_in(begin, "relatives") or p.is_in(begin, "determiners") or p.is_in(begin, "possessives"):
        return True
    if any(p.low(i) in p.language.roles for i in range(begin, end)):
        return True
    return end - begin <= 6 and not any(p.low(i) in p.language.verbs for i in range(begin, end))


def _walk_left(p: Passage, j: int, begin: int) -> int:
    """Return the first unit of the phrase that ends at ``j``; greater than ``j`` when there is none."""
    i = j + 1
    while i > begin and j - i < LONGEST_PHRASE:
        k = i - 1
        name = p.name_ends.get(p.units[k].end)
        if name is not None and name.start >= p.units[begin].start:
            i = p.after(name.start)
        elif i <= j and p.low(k) == "." and k > begin and p.low(k - 1) in p.language.titles:
            i = k - 1
        elif p.noun(k) or p.low(k) in POSSESSIVE:
            i = k
        elif i <= j and (p.is_in(k, "determiners") or p.is_in(k, "possessives")):
            i = k
            if p.is_in(k, "genitives") and k - 1 >= begin and p.heads(k - 1) and _ends_phrase(p, k - 1):
                i = k
            elif p.is_in(k, "genitives") and k - 1 >= begin and p.is_in(k - 1, "indefinites"):
                i = k - 1  # einer der Feuerwehrleute
                break
            elif not (p.is_in(k - 1, "role_links") and k - 2 >= begin and _ends_phrase(p, k - 2)):
                break
        elif (
            i <= j and p.is_in(k, "prepositions") and p.is_in(k, "role_links") and k > begin and _ends_phrase(p, k - 1)
        ):
            i = k
        elif i <= j and p.is_in(k, "conjunctions") and k > begin and _shares(p, k - 1) and _describes(p, i, j):
            i = k - 1
        else:
            break
    return i


def _shares(p: Passage, i: int) -> bool:
    """Whether unit ``i`` before a conjunction describes as well: "Syrian and Russian aides", not "Vask and Renk"."""
    name = p.name_ends.get(p.units[i].end)
    return p.adjective(i) and (name is None or name.type in ("state", "place"))


def _describes(p: Passage, i: int, j: int) -> bool:
    """Whether unit ``i`` only describes the head ``j`` of its phrase: "US-backed", "Syrian", "Veldmark newspapers"."""
    return p.adjective(i) or (i < j and p.units[i].start in p.names)


def _ends_phrase(p: Passage, i: int) -> bool:
    return p.noun(i) or p.units[i].end in p.name_ends


def _phrase(p: Passage, i: int, end: int) -> Phrase | None:
    """Label the units ``i..end``: the head stands before the first preposition."""
    head, links = end, p.sets["prepositions"]
    for k in range(i + 1, end):
        if p.lows[k] in links and p.units[k].start not in _inside(p, i, end):
            head = k
            break
    name = p.name_ends.get(p.units[head - 1].end)
    if name is not None and name.start >= p.units[i].start:
        return Phrase(i, head, head, "name", name)
    return Phrase(i, head, end, "nominal")


def _inside(p: Passage, i: int, end: int) -> frozenset[int]:
    """Return the starts of the units that lie inside a name ("Secretary of State", "Bank of England")."""
    inside: set[int] = set()
    for k in range(i, end):
        name = p.names.get(p.units[k].start)
        if name is not None:
            inside.update(u.start for u in p.units[k:end] if name.start < u.start < name.end)
    return frozenset(inside)


def first_subject(p: Passage, begin: int, limit: int) -> Phrase | None:
    """Return the first phrase of the sentence that no preposition stands before: its subject, most likely."""
    for phrase in phrases_in(p, begin, limit):
        named = p.units[phrase.begin].capital and phrase.begin == begin and not p.language.raw.nouns_capitalised
        if not oblique(p, phrase) and (phrase.label != "nominal" or named or speakable(p, phrase)):
            return phrase
    return None


def phrases_in(p: Passage, begin: int, limit: int) -> Iterator[Phrase]:
    """Yield the noun phrases among units ``begin..limit``, in order."""
    i = begin
    while i < limit:
        phrase = phrase_from(p, i)  # without the limit, which differs from cue to cue, it is known already
        if phrase is not None and phrase.end > limit:
            phrase = phrase_from(p, i, limit)
        if phrase is None:
            i += 1
        else:
            yield phrase
            i = phrase.end


def owner_in(p: Passage, phrase: Phrase) -> Phrase | None:
    """Return the owner at the beginning of a phrase: "his plan", "Lindqvist's plan"."""
    if phrase.label == "pronoun":
        return None
    if p.is_in(phrase.begin, "possessives"):
        return Phrase(phrase.begin, phrase.begin + 1, phrase.begin + 1, "pronoun")
    sign = next((i for i in range(phrase.begin + 1, phrase.end) if p.low(i) in POSSESSIVE), -1)
    if sign < 0:
        return None
    name = p.name_ends.get(p.units[sign - 1].end)
    return Phrase(phrase.begin, sign, sign, "name" if name else "nominal", name)


def oblique(p: Passage, phrase: Phrase) -> bool:
    """Whether the phrase cannot be a subject: a preposition stands before it, or its article is of another case."""
    before = p.is_in(phrase.begin - 1, "prepositions") and p.kind(phrase.begin - 1) == "word"
    return before or dependent(p, phrase.begin)


def dependent(p: Passage, i: int) -> bool:
    """Whether the article or pronoun at ``i`` is of a case that no subject has, as it or the adjective behind it tells.

    German "der" is a man's nominative, a woman's dative and everybody's genitive; before an adjective in -en it cannot
    be the first: der englischen Zeitung sagte er.
    """
    if p.is_in(i, "oblique_determiners"):
        return True
    endings = p.language.raw.weak_endings
    weak = bool(endings) and p.is_in(i, "genitives") and p.low(i + 1).endswith(endings)
    return weak and not p.heads(i + 1) and p.noun(i + 1)


def speakable(p: Passage, phrase: Phrase) -> bool:
    """Whether the phrase can speak: it names somebody, or its head is a role, a group or an organisation."""
    if phrase.label == "pronoun":
        return True
    if phrase.label == "name":
        return phrase.mention is None or phrase.mention.type != "place"
    return any(p.person_noun(i) for i in range(phrase.begin, phrase.head))


def may_speak(p: Passage, phrase: Phrase) -> bool:
    """Whether reported words may be attributed to the phrase: it can speak and no preposition stands before it."""
    return speakable(p, phrase) and not oblique(p, phrase)
