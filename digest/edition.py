"""Everything that a site is made of: the articles as they were analysed, what was skipped, and what belongs together.

The types of an edition, which most stages share that look at all articles together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from digest.model import Actor, Analysis, Doubt, Place, TopicRule


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not published, with one reason code and one clear sentence.

    ``article`` is the id that its article would have; None where it could be none.
    """

    path: str
    code: str
    reason: str
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it stood from an edit on: the commit of the edit, as its whole hash, and that commit's ISO date.

    Both are None where the edit is not committed yet, and for the earliest version, whose own edit is not known.
    """

    analysis: Analysis
    commit: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """How the file of an article was edited: ``versions`` newest first, the one of the edition first of all.

    ``older`` counts the edits before these, ``unread`` versions that could not be read. ``cut``: there may be more
    edits than are known here. ``withheld``: there are versions and none may be shown.
    """

    article: str
    versions: tuple[Version, ...] = ()
    older: int = 0
    unread: int = 0
    cut: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Utterances:
    """Which quotations are of one utterance: what was said once and stands in several articles, or in one.

    ``of`` has the utterance of every quotation that is shown as speech. Its id is ``u-`` and the digits of the id of
    its earliest quotation; so it stays while articles of later days come. ``contested`` are pairs of quotations of two
    utterances, the earlier one first: the same verbatim words on the same days, given to two speakers.
    """

    of: Mapping[Place, str] = field(default_factory=dict)
    contested: tuple[tuple[Place, Place], ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything a site is made of. ``actors`` holds each actor once, merged over the articles.

    Articles are newest first, undated ones last, then by id; so the order of the inputs never matters.
    ``samples`` are shingles of the whole texts of those articles of which only excerpts are published, by their ids.
    ``own_topics`` are those that people added to the ones that are shipped, ``histories`` those of the articles whose
    files were edited. ``doubts`` are for people to settle. ``utterances`` say which quotations are of one utterance.
    ``texts`` maps an article to the text that it is a report of, both as ids: a text that several articles print has
    the id of the earliest. ``stories`` maps it in the same way to the story that it is on.
    """

    articles: tuple[Analysis, ...]
    actors: Mapping[str, Actor]
    skipped: tuple[Skipped, ...] = ()
    version: str = ""
    commit: str | None = None
    own_topics: tuple[TopicRule, ...] = ()
    histories: tuple[History, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    utterances: Utterances = field(default_factory=Utterances)
    texts: Mapping[str, str] = field(default_factory=dict)
    samples: Mapping[str, frozenset[int]] = field(default_factory=dict)
    stories: Mapping[str, str] = field(default_factory=dict)

    def text_of(self, article: str) -> str:
        """Return the id of the text that the article of this id is a report of, its own where nothing is known."""
        return self.texts.get(article, article)

    def story_of(self, article: str) -> str:
        """Return the id of the story that the article of this id is on, its own where nothing is known."""
        return self.stories.get(article, article)
