"""Where things stand on the site: the addresses of its pages and of places on them, relative to the site's own.

They are made here and nowhere else, of ids and of the keys that topics and outlets have; nothing reads an id back out
of one. A page's address ends in a slash. This module imports the standard library only.
"""

from __future__ import annotations

from typing import Literal


def actor_at(actor: str) -> str:
    """Return the address of the page of an actor, by id."""
    return f"actors/{actor}/"


def compared_at(speaker: str) -> str:
    """Return the address of the page on which a speaker, by id, is compared outlet by outlet and topic by topic."""
    return f"{actor_at(speaker)}compared/"


def said_there_at(speaker: str, place: str) -> str:
    """Return the address of all that a speaker, by id, says in one outlet or on one topic, by its ``anchor``."""
    return f"{compared_at(speaker)}{place}/"


def about_others_at(speaker: str) -> str:
    """Return the address of the page of what a speaker, by id, says about others."""
    return f"{actor_at(speaker)}about-others/"


def network_at(topic: str | None = None) -> str:
    """Return the address of the network of all that is said, or of what is said on one topic, by its slug."""
    return "network/" if topic is None else f"{topic_at(topic)}network/"


def behind_at(topic: str | None = None) -> str:
    """Return the address of the quotations behind the lines of a network, of all or of one topic, by its slug."""
    return f"{network_at(topic)}quotations/"


def pair_at(one: str, other: str) -> str:
    """Return the address of the page of two speakers side by side, by id."""
    return f"compare/{one}--{other}/"


def topic_at(slug: str) -> str:
    """Return the address of the page of a topic, by its slug."""
    return f"topics/{slug}/"


def outlet_at(key: str) -> str:
    """Return the address of the page of an outlet, by its key."""
    return f"outlets/{key}/"


def rivals_at(one: str, other: str) -> str:
    """Return the address of the page of two outlets side by side, by their keys."""
    return f"compare/outlets/{one}--{other}/"


def article_at(article: str) -> str:
    """Return the address of the page of an article, by id."""
    return f"articles/{article}/"


def quotation_at(article: str, quotation: str) -> str:
    """Return the address of a quotation on the page of its article, both by id."""
    return f"{article_at(article)}#{quotation}"


def listed_at(page: str, what: str) -> str:
    """Return the address of a list that is too long for the page at ``page``: its ``voices``, ``topics``, ``outlets``,
    ``stories`` and what else it ranks.
    """
    return f"{page}{what}/"


def further_at(page: str) -> str:
    """Return what the addresses of the further pages of a list begin with; a number and a slash follow.

    Right below such a list stand the pages of what it lists, by id, and no slug has an underscore.
    """
    return f"{page}page_"


def quoted_where_at(page: str) -> str:
    """Return the address of what stands behind the table of who leaves out whom on the page at ``page``."""
    return f"{page}quoted-where/"


def briefing_at(week: str) -> str:
    """Return the address of the briefing of a week, by id."""
    return f"briefings/{week}/"


def behind(speaker: str, target: str, stance: str | None) -> str:
    """Return where among the quotations behind a network those of one line stand: whose they are, by id, about whom."""
    return "--".join(filter(None, (f"by-{speaker}", target, stance)))


def cell(speaker: str, outlet: str) -> str:
    """Return where behind a table what an outlet, by its key, prints of a speaker, by id, begins."""
    return f"by-{speaker}--in-{outlet}"


def anchor(before: Literal["about", "in", "on"], key: str) -> str:
    """Return where on a page it is told of the actor of an id, or of the outlet or topic of a key.

    What stands before tells them from each other, and from the places that every page has.
    """
    return f"{before}-{key}"
