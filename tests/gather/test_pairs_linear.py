"""Who speaks about many takes no more work than it has quotations: counted in calls, the same on every machine."""

from __future__ import annotations

import sys

from editions import IDA, Writer, digest, topic

from digest.gather.network import edges
from digest.gather.pairing import LEAST, PAIRS, pairs
from digest.model import Actor


def calls(partners: int) -> int:
    """Return how many functions are called to pair one who speaks about so many others, each of whom speaks too."""
    writers = []
    others = tuple(Actor(f"a{n}", f"Actor {n}", "person") for n in range(partners))
    for other in others:
        writer = Writer(other.id)
        writer.topics = (topic("x:1"),)
        for n in range(LEAST):
            writer.says(IDA, f"I say {n} of {other.name}", about=(other.id,))
            writer.says(other, f"I, {other.name}, say {n}")
        writers.append(writer)
    found = digest(*writers, actors=(IDA, *others))
    between = edges(found.lines, {})
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        made = pairs(found.topics, found.lines, between)
    finally:
        sys.setprofile(before)
    assert len(made) == PAIRS
    return count


def test_three_times_the_partners_take_three_times_the_work() -> None:
    assert calls(3 * PAIRS) < 4 * calls(PAIRS)
