"""What one article tells of the life of somebody it names in full: an age, a gender, a walk of life, the company.

It is what tells two people of one name apart, and nothing more: words that stand right beside the name, and in an
article on sport those of the game around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from digest.language import Language
from digest.language.past import is_past, parted
from digest.model import Actor, Analysis, Gender, Mention, Role

SPORT = "medtop:15000000"
_PLACES = frozenset({"state", "place"})
_TEAM, _PLAYER = "team", "sport"
_BEFORE = 48
"""Code points before a name in which its role is looked for."""
_AROUND = 80
"""Code points around a name in which the words of a game tell that its bearer takes part."""
_ROLE_WORDS = 3
_YOUNGEST, _OLDEST = 10, 99
_AGE_AFTER = re.compile(r",\s(\d\d)(?=[,.;])")
_AGE_IN_BRACKETS = re.compile(r"\s\((\d\d)\)")
_AGE_BEFORE = re.compile(r"\b(\d\d)(-\w+(?:-\w+)?)(?:\s+\S+){0,2}\s+$")
_STOPS = re.compile(r"[.!?:;,()\n“”\"„]")


@dataclass(frozen=True, slots=True)
class Life:
    """What one article tells of a person.

    ``born`` are the first and the last year of birth that the printed age allows. ``walk`` has what the person does, of
    the ``walks`` of the language, ``once`` what he did formerly. ``subject`` is the top topic of the article,
    ``company`` are the other people and bodies that it names.
    """

    article: str
    published: str
    gender: Gender | None
    born: tuple[int, int] | None
    walk: frozenset[str]
    once: frozenset[str]
    subject: str
    company: Set[str]

    @property
    def place(self) -> tuple[str, str]:
        """What articles are ordered by: the date, undated ones last, and the id."""
        return self.published or "9999", self.article


def named_in_full(actor: Actor) -> bool:
    """Whether an article names the person by more than a surname."""
    return actor.type == "person" and any(" " in name for name in actor.aliases)


def life(actor: Actor, analysis: Analysis, subject: str, company: Set[str], language: Language) -> Life:
    """Return what an article tells of ``actor``, who is named in full there. Linear in the mentions of the actor."""
    own = [m for m in analysis.mentions if m.actor == actor.id and m.label == "name"]
    full = [m for m in own if " " in m.text]
    # the roles of an edition's actor are those of all articles
    roles = [role for role in actor.roles if role.article == analysis.article.id]
    walk, once = _walks(roles, analysis.article.text, full, language, sport=subject == SPORT)
    if not walk and subject == SPORT and _plays(own, analysis.article.text, language):
        walk = frozenset({_PLAYER})
    return Life(
        article=analysis.article.id,
        published=analysis.article.published or "",
        gender=actor.gender,
        born=_born(analysis, full, language, sport=subject == SPORT),
        walk=walk,
        once=once,
        subject=subject,
        company=company,
    )


def company(analysis: Analysis, hubs: Set[str]) -> frozenset[str]:
    """Return the people and bodies that an article names, without ``hubs``, those that half the world is named with."""
    return frozenset(a.id for a in analysis.actors if a.type not in _PLACES and a.id not in hubs)


def _walks(
    roles: Sequence[Role], text: str, full: Sequence[Mention], language: Language, *, sport: bool
) -> tuple[frozenset[str], frozenset[str]]:
    """Return what the person does and what he did, by the roles printed and by the words right before the name."""
    found: dict[bool, set[str]] = {False: set(), True: set()}
    for role in roles:
        head, _ = parted(role.text.casefold().split(), language)
        found[role.past].add(_walk(head, language))
    for m in full:
        # "the drummer, Ida Quill": a comma may part the role from the name
        before = text[max(m.start - _BEFORE, 0) : m.start].rstrip().removesuffix(",")
        words = _STOPS.split(before)[-1].casefold().split()
        found[is_past(" ".join(words[-_ROLE_WORDS:]), language)].add(_walk(words, language))
    now, once = ({_PLAYER if w == _TEAM and sport else w for w in found[past]} - {"", _TEAM} for past in (False, True))
    return frozenset(now), frozenset(once)


def _walk(words: Sequence[str], language: Language) -> str:
    """Return the walk of life that the last words name, the longest that do: a "fund manager" manages no team."""
    tails = (" ".join(words[-n:]) for n in range(min(_ROLE_WORDS, len(words)), 0, -1))
    return next((language.walks[tail] for tail in tails if tail in language.walks), "")


def _plays(own: Sequence[Mention], text: str, language: Language) -> bool:
    """Whether the words of a game stand around a name, in the author's own words."""
    game = language.sets["game_words"]
    around = (text[max(m.start - _AROUND, 0) : m.end + _AROUND] for m in own if not m.quoted)
    return any(word in game for piece in around for word in re.findall(r"[\w-]+", piece.casefold()))


def _born(analysis: Analysis, full: Sequence[Mention], language: Language, *, sport: bool) -> tuple[int, int] | None:
    """Return the years between which the person was born, by the age beside the name and the article's date."""
    year = (analysis.article.published or "")[:4]
    age = next(_ages(analysis.article.text, full, language, sport=sport), None)
    return (int(year) - age - 1, int(year) - age) if year and age is not None else None


def _ages(text: str, full: Sequence[Mention], language: Language, *, sport: bool) -> Iterator[int]:
    """Yield the ages printed beside a name. In an article on sport a number in brackets is a minute or a rank."""
    for m in full:
        after = _AGE_AFTER.match(text, m.end) or (None if sport else _AGE_IN_BRACKETS.match(text, m.end))
        before = _AGE_BEFORE.search(text, max(m.start - _BEFORE, 0), m.start)
        if before is not None and before[2].casefold() not in language.sets["age_words"]:
            before = None
        for found in (after, before):
            if found is not None and _YOUNGEST <= int(found[1]) <= _OLDEST:
                yield int(found[1])
