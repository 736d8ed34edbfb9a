"""Offices that many states have: told apart by state over all articles, and shown with it."""

from __future__ import annotations

from digest import articles, knowledge, resolve
from digest.model import Analysis


def names(*texts: str) -> list[str]:
    found = [articles.analyse_text(text, f"{n}.txt") for n, text in enumerate(texts)]
    _, actors = resolve.across([a for a in found if isinstance(a, Analysis)], knowledge.load())
    return sorted(actor.name for actor in actors.values() if actor.type == "organisation")


def about(state: str) -> str:
    return f"{state} sells salt\n\nThe harbour is full. “We sell more,” the Trade Ministry said.\n"


def test_an_office_is_one_in_each_state() -> None:
    assert names(about("Norway"), about("Sweden"), about("Norway")) == [
        "Trade Ministry (Norway)",
        "Trade Ministry (Sweden)",
    ]


def test_the_state_is_part_of_the_name_where_it_is_printed_so() -> None:
    said = "Salt\n\nThe Norwegian Trade Ministry met. “We sell more,” the Norwegian Trade Ministry said.\n"
    assert names(said, said, about("Norway")) == ["Norwegian Trade Ministry"]


def test_an_office_of_no_state_is_nobody_in_particular() -> None:
    assert names("Salt\n\nThe harbour is full. “We sell more,” the Trade Ministry said.\n") == ["Trade Ministry"]


def test_the_state_of_two_in_one_headline_is_not_guessed() -> None:
    assert names(about("Norway and Sweden")) == ["Trade Ministry"]
