"""Why something is so, in words: why a quotation was chosen, why a name is read so, why two names are one or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from digest import readings
from digest.dossiers import Choice, Highlight
from digest.model import Likeness, Reason
from digest.page.english import counted, listed

_CHOSEN: Mapping[Choice, str] = MappingProxyType(
    {
        "reported": "Most reported",
        "representative": "Most representative",
        "longest": "Longest direct quotation",
        "latest": "Most recent",
    }
)
# The rules under which a name means an actor only here, or only because people said so.
_READ: Mapping[str, str] = MappingProxyType(
    {
        readings.METONYM: "where it acts, not as a place",
        readings.GATED: "where other words of the article say so",
        readings.BY_SURNAME: "where nobody else bears the surname",
        readings.SURNAME: "where the article names the bearer in full",
        readings.GIVEN_NAME: "where the article names the bearer in full",
        readings.FIRST_WORD: "where the article names the company in full",
        readings.IN_BRACKETS: "where an acronym stands beside it",
        readings.BY_PEOPLE: "by a line of curation/actors.yml",
    }
)
_ALIKE: Mapping[Likeness, str] = MappingProxyType(
    {
        "surname": "one of them is the surname alone",
        "initial": "the given name of one is an initial",
        "middle": "one has a name more in the middle",
        "letter": "the given names differ by a letter",
        "initials": "one is called by the initials of the other",
    }
)
_IS: Mapping[Reason, str] = MappingProxyType(
    {"sport": "an athlete", "arts": "an artist", "office": "somebody in office or in a profession"}
)
_APART: Mapping[Reason, str] = MappingProxyType(
    {
        "gender": "a man and a woman, by their titles",
        "age": "their ages are years apart",
        "subject": "in articles on sport and in others; nothing connects them",
        "people": "by a line of curation/corrections.yml",
    }
)


def chosen(highlight: Highlight) -> str:
    """Return why a quotation stands for a speaker or a topic: "Most reported: 3 outlets"."""
    why = _CHOSEN[highlight.why]
    if highlight.outlets:
        return f"{why}: {counted(highlight.outlets, 'outlet')}"
    return f"{why}: {counted(highlight.articles, 'article')}" if highlight.articles else why


def read(rule: str) -> str:
    """Return when a name means its actor, by the rule that reads it so; empty where it does so anywhere."""
    return _READ.get(rule, "")


def alike(why: Likeness) -> str:
    """Return why two names may be those of one actor."""
    return _ALIKE[why]


def apart(why: Sequence[Reason]) -> str:
    """Return why two people of one name are two, or may be: "an artist and an athlete; nothing connects them"."""
    walks = sorted(_IS[reason] for reason in why if reason in _IS)
    return f"{listed(walks)}; nothing connects them" if walks else listed([_APART[reason] for reason in why])
