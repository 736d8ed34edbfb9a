"""What readers get: the finished pages, the records of the search, and what both say of the site and of a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from digest.model import QuotationKind

KIND_WORDS: Mapping[QuotationKind, str] = MappingProxyType(
    {"direct": "direct", "mixed": "part direct", "indirect": "reported", "fragment": "term"}
)
"""What a reader sees of a kind, on pages, in the search and on the command line."""

MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
"""The IPTC's scheme of topics; a concept's URI is this and its code (https://www.iptc.org/standards/newscodes/)."""
WIKIDATA = "http://www.wikidata.org/entity/"
"""An item's URI is this and its id, as https://www.wikidata.org/wiki/Wikidata:Data_access gives it."""


def media_topic(topic: str) -> str:
    """Return the code of a topic, by id, in the IPTC's scheme; empty for one that people added."""
    scheme, _, code = topic.partition(":")
    return code if scheme == "medtop" else ""


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """What the pages say of the site itself. ``seeds_dir`` is the name of the folder of articles.

    ``url`` is the address of the published site, which ends in a slash, empty where it is not known. ``forge`` is what
    kind of forge the repository lies on, empty where its address tells. ``pairs`` are an actor and a topic each, by id
    or by name, whose quotations get a feed of their own.
    """

    name: str
    repo_url: str | None
    commit: str | None
    seeds_dir: str
    version: str
    language: str
    url: str = ""
    forge: str = ""
    licence: str = ""
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Alternate:
    """What a page shows in another form: its media type, what it is, and its site-relative address."""

    type: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page body. ``url`` is site-relative and ends in a slash (``actors/sergei-ivanov/``).

    ``moved`` is the url of the page that takes its place, where it is only an address of before. ``linked`` is its
    JSON-LD, ready to stand in a script element, ``graph`` its type in the Open Graph protocol, ``published`` the ISO
    date of what it shows, empty where it has none. ``alternates`` are what its head leads to in other forms.
    """

    url: str
    title: str
    description: str
    html: str
    section: str = ""
    language: str = "en"
    moved: str = ""
    linked: str = ""
    graph: Literal["website", "article", "profile"] = "website"
    published: str = ""
    alternates: tuple[Alternate, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A finished file beside the pages; ``url`` is site-relative."""

    url: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One entry of the search index: an article or a quotation. ``url`` may carry a fragment.

    It is found by the words of ``content`` and by ``spellings``, which are not shown.
    """

    url: str
    title: str
    content: str
    language: str
    kind: Literal["article", "quotation"]
    meta: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date: str | None = None
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was written beside the pages: its name, its format, how many rows of what it holds, its bytes."""

    name: str
    format: str
    rows: Mapping[str, int]
    size: int
