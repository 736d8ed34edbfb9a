"""How those who are quoted stand to each other: who speaks about whom with which verbs, and what is drawn of it.

The types that ``dossiers`` holds of it. Every tuple is in the order in which it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from digest.lines import Line, Tally
from digest.model import Actor

Stance = Literal["accuse", "deny", "demand"]
"""What a printed cue tells of how the one who speaks stands to the one spoken about; the groups of ``stances`` in the
language files. Most cues tell nothing of the kind."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A verb as articles of one language print it, and how often; what copies repeat counts once."""

    verb: str
    language: str
    times: int


@dataclass(frozen=True, slots=True)
class Edge:
    """What one actor says about another, with cues of one stance; ``lines`` are newest first, ``verbs`` most first.

    There may be no verb: where somebody's words stand alone, nobody printed one.
    """

    speaker: Actor
    target: Actor
    stance: Stance | None
    verbs: tuple[Printed, ...]
    tally: Tally
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Speeches:
    """What one actor says about others, at ``url``: each with the edges to it, in the order of the widest of them."""

    speaker: Actor
    url: str
    targets: tuple[tuple[Actor, tuple[Edge, ...]], ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Who speaks about whom: the ``edges`` that are drawn, those with the most quotations first, out of so many.

    ``speeches`` have, for each speaker of a drawn edge, everything it says about others.
    """

    edges: tuple[Edge, ...] = ()
    total: int = 0
    speeches: tuple[Speeches, ...] = ()
