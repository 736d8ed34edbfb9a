"""Persons of one article: which of their names mean the same one, and whether they are men or women.

Linking a bare surname to the full name in the same article is the largest single gain there is for names.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.knowledge import Knowledge, variants
from digest.language import Language
from digest.model import Gender, Mention
from digest.readings import WEAK
from digest.text import fold, slug, without_possessive

"""A name that only its capital letters speak for is an actor when it comes again, else it may be anything."""

_LONGEST_TITLE = 24
# Haines, 44, and Haines (44)
_AGE = re.compile(r"(?:, | \()[1-9]\d[,.;)]")
_ENDS = re.compile(r"[.!?\n]")
# Every name is compared with the people of the same last name; a longer row of these is a register, not an article.
_MOST_BEARERS = 64
# Characters before a name in which an article says that somebody's name is also written so.
_ALSO = 32
# Characters of a name whose words are remembered; a longer one is not seen again.
_KEPT_LENGTH = 80


@dataclass(slots=True)
class _Known:
    """A person of this article while names are being linked; ``full`` counts how often the name stands in full.

    ``generation`` tells a father from a son of the same name.
    """

    id: str
    words: tuple[str, ...]
    gender: Gender | None
    last_seen: int
    full: int = 0
    generation: str = ""


@dataclass(frozen=True, slots=True)
class _People:
    """The persons named in full, by id and by the words of their names; a middle word may be the usual surname."""

    by_id: dict[str, _Known]
    by_last: dict[str, list[_Known]]
    by_middle: dict[str, list[_Known]]
    by_first: dict[str, list[_Known]]


def persons(
    text: str, mentions: Sequence[Mention], titled: Mapping[int, Gender], language: Language, knowledge: Knowledge
) -> list[Mention]:
    """Return the mentions, each person's name with its actor: full names first, then what is only a part of one.

    ``text`` is the article's, ``titled`` maps where a name begins to the gender that the title before it tells.
    """
    mentions = _as_persons(text, mentions, titled, language, knowledge)
    named = [(i, m, name_words(m.text, language)) for i, m in enumerate(mentions) if _person(m)]
    people = _People({}, defaultdict(list), defaultdict(list), defaultdict(list))
    ids: dict[int, str] = {}
    told = _generations(named)
    for i, m, words in named:
        own = variants.generation(m.text)
        either = told.get(words, frozenset())
        if m.actor or (len(words) > 1 and (own or len(either) < 2)):
            generation = own or next(iter(either), "")
            known = _spelled_also(m, text, people, language)
            known = known or _full(m, words, generation, titled.get(m.start), people, language, knowledge)
            known.full += 1
            ids[i] = known.id
    _by_titles(named, titled, people, knowledge)
    for i, m, words in named:
        if i not in ids:
            paragraph = text.rfind("\n", 0, m.start) + 1
            ids[i] = _part(m, words, people, knowledge, titled.get(m.start), text, paragraph)
        if ids[i] in people.by_id:
            people.by_id[ids[i]].last_seen = m.start
    return [m.of(ids[i] or None) if i in ids else m for i, m in enumerate(mentions)]


def _generations(named: Sequence[tuple[int, Mention, tuple[str, ...]]]) -> dict[tuple[str, ...], frozenset[str]]:
    """Return what tells the bearers of each full name apart, where anything does: jr, sr, ii."""
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for _, m, words in named:
        if own := variants.generation(m.text):
            found[words] = found.get(words, frozenset()) | {own}
    return found


def _as_persons(
    text: str, mentions: Sequence[Mention], titled: Mapping[int, Gender], language: Language, knowledge: Knowledge
) -> list[Mention]:
    """Take names that only capitals speak for as persons: behind a title, before an age, as part of a full name."""
    full = [name_words(m.text, language) for m in mentions if m.type == "person" and " " in m.text]
    firsts = {words[0] for words in full if words[0] in knowledge.given_names}
    known = {words[-1] for words in full} | firsts
    return [
        replace(m, type="person")
        if m.label == "name"
        and (
            (m.rule in WEAK and (_AGE.match(text, m.end) or _is_part(m, known, language)))
            or _is_called(m, firsts)
            or (m.start in titled and (m.rule in WEAK or _is_mister(m)))
        )
        else m
        for m in mentions
    ]


def _is_mister(m: Mention) -> bool:
    """Whether a name behind a title is a person's whatever it looks like: Mr Quill-Sedge. Duke University is not."""
    return m.type == "organisation" and m.actor is None and " " not in m.text


def _is_called(m: Mention, firsts: Collection[str]) -> bool:
    """Whether a name that was weighed as a body's is the given name of somebody named in full: "Wait, Tobias"."""
    return m.type == "organisation" and m.actor is None and m.rule.startswith("weighed") and fold(m.text) in firsts


def _is_part(m: Mention, known: set[str], language: Language) -> bool:
    return " " not in m.text and name_words(m.text, language)[-1] in known


def _full(
    m: Mention,
    words: tuple[str, ...],
    generation: str,
    titled: Gender | None,
    people: _People,
    language: Language,
    knowledge: Knowledge,
) -> _Known:
    for other in people.by_last.get(words[-1], []):
        alike = _same(words, other.words) and (not generation or other.generation in (generation, ""))
        if (m.actor is not None and other.id == m.actor) or (m.actor is None and alike):
            other.gender = other.gender or titled
            other.generation = other.generation or generation
            return other
    bare = name_words(m.text, language, folded=False) or (m.text,)
    key = m.actor or _by_initials(bare, knowledge) or slug(" ".join([*bare, generation]))
    known = people.by_id.get(key)
    if known is None:
        gender = titled or gender_of(key, words, knowledge)
        known = people.by_id[key] = _Known(key, words, gender, m.start, generation=generation)
        _row(people.by_first, words[0], known)
        for word in words[1:-1]:
            _row(people.by_middle, word, known)
    _row(people.by_last, words[-1], known)
    return known


def _spelled_also(m: Mention, text: str, people: _People, language: Language) -> _Known | None:
    """Return the person of whom an article says that the name is also written as here: both spellings are his."""
    before = text[max(m.start - _ALSO, 0) : m.start].casefold().rstrip()
    if m.actor is not None or not before.endswith(tuple(language.raw.also_written)):
        return None
    known = next((k for k in people.by_id.values() if variants.same_name(m.text, " ".join(k.words))), None)
    if known is not None:
        _row(people.by_last, name_words(m.text, language)[-1], known)
    return known


def _by_initials(words: Sequence[str], knowledge: Knowledge) -> str | None:
    """Return the known person whose initial and surname these are: V. Putin, W. Putin. M. Putin is somebody else."""
    known = knowledge.actors.get(knowledge.surnames.get(words[-1], ""))
    if known is None or len(words) != 2 or len(words[0]) > 1:
        return None
    given = variants.skeleton(known.name.split()[0], given=True)
    return known.id if given.startswith(variants.skeleton(words[0], given=True)) else None


def spelled_as_known(name: str, knowledge: Knowledge) -> str:
    """Return a full name with its surname as it is spelled first of a known person's: Ida Selenskyj, Ida Zelensky."""
    given, _, surname = name.rpartition(" ")
    known = knowledge.actors.get(knowledge.surnames.get(surname, "")) if given else None
    return f"{given} {known.surnames[0]}" if known else name


def _row(rows: dict[str, list[_Known]], word: str, known: _Known) -> None:
    """Add a person to those whose name holds ``word``."""
    if len(rows[word]) < _MOST_BEARERS:
        rows[word].append(known)


def _same(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: the same last name, and first names equal, short or left out."""
    if words[-1] != other[-1] or words == other:
        return words == other
    a, b = words[0], other[0]
    if a == b:
        return set(words) <= set(other) or set(other) <= set(words)
    return min(len(a), len(b)) == 1 and a[0] == b[0]


def _by_titles(
    named: Sequence[tuple[int, Mention, tuple[str, ...]]],
    titled: Mapping[int, Gender],
    people: _People,
    knowledge: Knowledge,
) -> None:
    """Believe "Mr Vale" rather than the given name of Lindsey Vale, where one bears the name and no woman's title does.

    The other way round, "Mrs Aldin" is not Henrik Aldin but his wife.
    """
    told: dict[str, set[Gender]] = defaultdict(set)
    for _, m, words in named:
        if m.start in titled:
            told[words[-1]].add(titled[m.start])
    for last, found in told.items():
        bearers = {b.id: b for b in people.by_last.get(last, ())}
        if found == {"m"} and len(bearers) == 1:
            bearer = next(iter(bearers.values()))
            if bearer.id not in knowledge.actors:
                bearer.gender = "m"


def _part(
    m: Mention,
    words: tuple[str, ...],
    people: _People,
    knowledge: Knowledge,
    gender: Gender | None,
    text: str,
    paragraph: int,
) -> str:
    """Return the actor that a single name means: the bearer of the surname, of a middle name, of the first name.

    It is "" where two bear the name alike.
    """
    word = words[-1] if words else ""
    for bearers in (people.by_last.get(word), people.by_middle.get(word), people.by_first.get(word)):
        if bearers and len(words) > 1:  # a full name that a father and a son bear
            bearers = [b for b in bearers if b.words == words]
        if not bearers:
            continue
        fitting = [b for b in bearers if gender is None or b.gender in (gender, None)]
        if fitting:
            bearer = _bearer(fitting, m, text, paragraph)
            return bearer.id if bearer is not None else ""
        return f"{slug(m.text)}-{gender}"  # "Mrs Aldin", where only Henrik Aldin is named in full
    return knowledge.surnames.get(m.text) or slug(m.text)


def _bearer(bearers: Sequence[_Known], m: Mention, text: str, paragraph: int) -> _Known | None:
    """Return whom a name of several means: of those in this paragraph, else of all, the one most often named in full.

    The other bearers are named in full each time, so that readers can tell them apart. Two who are named as often, and
    last in the same sentence, cannot be told apart: Henrik Aldin and Marit Aldin came. Aldin said … Nor can a father
    and a son of one name, whom an article tells apart whenever it means one.
    """
    here = [b for b in bearers if paragraph <= b.last_seen <= m.start] or list(bearers)
    first, *others = sorted(here, key=lambda b: (-b.full, b.last_seen > m.start, -b.last_seen, b.id))
    for other in others[:1]:
        between = text[other.last_seen : first.last_seen] if other.last_seen < first.last_seen <= m.start else "."
        if other.words == first.words or (other.full == first.full and not _ENDS.search(between)):
            return None
    return first


def titles_of(mentions: Sequence[Mention], text: str, language: Language) -> dict[int, str]:
    """Return where names begin that have a title before them or in them, with the title: "ms", "sen"."""
    found: dict[int, str] = {}
    for m in mentions:
        if m.label == "name":
            first, _, rest = m.text.partition(" ")
            before = text[max(m.start - _LONGEST_TITLE, 0) : m.start].rpartition(" ")
            for word in (first if rest else "", before[0].rpartition(" ")[2] if not before[2] else ""):
                title = word.strip(".").lower()
                if word[:1].isupper() and title in language.titles:
                    found[m.start] = title
                    break
    return found


def told_by(titles: Mapping[int, str], language: Language) -> dict[int, Gender]:
    """Return the titles that tell a gender, with it."""
    groups = {start: language.titles[title] for start, title in titles.items()}
    return {start: "m" if group == "m" else "f" for start, group in groups.items() if group in ("m", "f")}


def genders(
    mentions: Sequence[Mention], titled: Mapping[int, Gender], words: Mapping[str, Sequence[str]], knowledge: Knowledge
) -> dict[str, Gender]:
    """Return the gender of each person as far as it is told: by knowledge, else by titles, else by the given name.

    ``words`` maps an actor to the words of its fullest name.
    """
    told: dict[str, Counter[Gender]] = defaultdict(Counter)
    for m in mentions:
        if m.actor is not None and m.start in titled:
            told[m.actor][titled[m.start]] += 1
    found: dict[str, Gender] = {}
    for actor, name in words.items():
        known = knowledge.actors.get(actor)
        by_title = told[actor].most_common(1)[0][0] if told.get(actor) else None
        gender = (known.gender if known else None) or by_title or gender_of(actor, name, knowledge)
        if gender is not None:
            found[actor] = gender
    return found


def gender_of(actor: str, words: Sequence[str], knowledge: Knowledge) -> Gender | None:
    """Return a person's gender as far as knowledge or the given name tells it."""
    known = knowledge.actors.get(actor)
    if known is not None and known.gender is not None:
        return known.gender
    return knowledge.given_names.get(words[0].split("-")[0]) if len(words) > 1 else None


def name_words(text: str, language: Language, *, folded: bool = True) -> tuple[str, ...]:
    """Return the words of a person's name without titles, the possessive and "Jr."; folded for comparing."""
    return (_kept_words if len(text) <= _KEPT_LENGTH else _name_words)(text, language, folded)


def _name_words(text: str, language: Language, folded: bool) -> tuple[str, ...]:
    words = [without_possessive(w).strip(".,'’") for w in text.split()]
    kept = [w for w in words if w and w.lower() not in language.titles]
    # a number behind one name alone is a part of it: Harald IV, but Vask Jr.
    while len(kept) > 1 and len(kept) > 1 + kept[-1].isupper() and kept[-1].lower() in language.sets["name_suffixes"]:
        kept.pop()
    return tuple(fold(w) if folded else w for w in kept) or ((fold(text) if folded else text),)


_kept_words = functools.lru_cache(4096)(_name_words)


def _person(m: Mention) -> bool:
    return m.label == "name" and m.type == "person"
