"""Feeds and pages of the web to files of stories, each fetched as its host wants it and kept under a lasting name.

``run`` says what is asked for and what becomes of the answers. ``asking``, ``manners`` and ``fetch`` ask, the first for
many at once, the second as a guest, the last for one; ``robots`` says what is allowed. ``feeds``, ``sources`` and
``stories`` read what came, ``markdown`` writes it, ``addresses`` names it, ``files`` and ``state`` keep it.

The only part of the program that uses the network, and no part of a build.
"""

from __future__ import annotations

from digest.collect.fetch import Client, Limits
from digest.collect.manners import Guest, Manners
from digest.collect.run import Options, collect
from digest.collect.sources import gathered
from digest.collect.types import Condition, Health, Source

__all__ = [
    "Client",
    "Condition",
    "Guest",
    "Health",
    "Limits",
    "Manners",
    "Options",
    "Source",
    "collect",
    "gathered",
]
