"""What earlier runs left to know: a file beside the stories, kept in git with them, so that any machine can go on.

It is sorted and holds days, no moments: a run that finds nothing leaves it as it is, but for the first of a day.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import msgspec

from digest.collect.files import replaced
from digest.model import DigestError

NAME = ".collected.json"
"""Its name in the folder of the stories; hidden files are no articles."""


class Known(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is known of a feed. ``good`` is the day when it was last read, ``stories`` are the links in it."""

    etag: str | None = None
    modified: str | None = None
    hash: str | None = None
    good: str | None = None
    stories: tuple[str, ...] = ()


class Told(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is known of a link to a story.

    ``first`` is the day when it was first fetched, ``file`` where it is kept and ``hash`` the hash of what was written;
    ``same`` is the link that leads to the same story, ``refused`` why its page is not asked for again, ``gone`` the day
    when it was not there any more. ``good`` is the day when it was last read, for a page that is collected by itself.
    """

    first: str
    file: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+/[a-z0-9-]+\.md$")] | None = None
    hash: str | None = None
    etag: str | None = None
    modified: str | None = None
    same: str | None = None
    refused: str | None = None
    gone: str | None = None
    good: str | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    feeds: dict[str, Known]
    stories: dict[str, Told]


@dataclass(slots=True)
class State:
    """The feeds and the links to stories that are known, by address."""

    feeds: dict[str, Known] = field(default_factory=dict)
    stories: dict[str, Told] = field(default_factory=dict)

    def forget(self, recent: str, pages: Iterable[str]) -> None:
        """Drop the links that no feed has any more and that are older than ``recent``, a day; not ``pages``."""
        wanted = {*pages, *(link for feed in self.feeds.values() for link in feed.stories)}
        wanted |= {told.same for link, told in self.stories.items() if link in wanted and told.same}
        self.stories = {link: told for link, told in self.stories.items() if link in wanted or told.first >= recent}


def load(folder: Path) -> State:
    """Return the state that lies in ``folder``, an empty one where there is none. Raises DigestError."""
    path = folder / NAME
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        return State()
    except (msgspec.MsgspecError, ValueError) as error:
        raise DigestError(f"{path}: this is not what `digest collect` wrote ({error}); restore or delete it") from error
    return State(found.feeds, found.stories)


def save(state: State, folder: Path) -> None:
    """Write ``state`` into ``folder``, unless it lies there already."""
    whole: dict[str, Any] = msgspec.to_builtins(_File(state.feeds, state.stories))
    replaced(folder / NAME, json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
