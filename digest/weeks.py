"""What a briefing is made of: a week, who is quoted in it, what stands for it, and what it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from digest.lines import Line, Outlet, Tally, Topic
from digest.model import Actor


@dataclass(frozen=True, slots=True)
class Week:
    """A week as ISO 8601 counts them, and the address of its briefing.

    ``id`` is ``2018-w28``, ``first`` and ``last`` are its Monday and its Sunday as ISO dates.
    """

    id: str
    url: str
    year: int
    number: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is quoted in a week, by whom and through whom.

    ``new``: nobody quoted them before, as far as the dates tell. ``before`` is the ISO date of the last quotation
    before, where that is long ago.
    """

    actor: Actor
    role: str
    tally: Tally
    outlets: tuple[Outlet, ...]
    via: tuple[tuple[str, int], ...] = ()
    new: bool = False
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Some quotations that stand for a week: on one topic, or where there is none the most reported ones."""

    topic: Topic | None
    lines: tuple[Line, ...]


Course = Literal["more", "fewer", "as before"]


@dataclass(frozen=True, slots=True)
class Trend:
    """The articles on a topic in a week, and how many texts a week there were ``before``, None where it is too early.

    ``course`` tells whether that is more or fewer than chance makes of it.
    """

    topic: Topic
    tally: Tally
    before: float | None = None
    course: Course = "as before"


@dataclass(frozen=True, slots=True)
class Passed:
    """An outlet that had stories of a week and did not quote those whom several others quote on them."""

    outlet: Outlet
    speakers: tuple[Actor, ...]
