"""What mkdocs.yml says to the plugin."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.config import config_options as option

from digest import excerpts, export
from digest.page import forge
from digest.workers import Limits

MEGABYTE = 1_000_000


class FeedConfig(base.Config):
    """A feed that is asked for: what one actor says on one topic, each named by id or by name."""

    actor = option.Type(str)
    topic = option.Type(str)


class _Positive(option.Type[float]):
    """A number above 0 and not above ``most``."""

    def __init__(self, most: int, default: float) -> None:
        """Take ``default`` where nothing is written."""
        super().__init__((int, float), default=default)
        self._most = most

    def run_validation(self, value: object) -> float:
        """Return the number. Raises ValidationError where it is none, or too small or large."""
        number = super().run_validation(value)
        if isinstance(value, bool) or not 0 < number <= self._most:
            raise base.ValidationError(f"Expected a number above 0, at most {self._most:,}, but received: {value!r}")
        return number


class LimitsConfig(base.Config):
    """What reading one article may take."""

    seconds = _Positive(most=86_400, default=Limits().seconds)
    """Of processor time."""
    memory = _Positive(most=1_000_000, default=Limits().memory / MEGABYTE)
    """In megabytes (1,000,000 bytes)."""

    def limits(self) -> Limits:
        """Return them as the program has them."""
        return Limits(self.seconds, int(self.memory * MEGABYTE))


class DigestConfig(base.Config):
    """The plugin's options in mkdocs.yml. Paths are relative to mkdocs.yml."""

    seeds = option.Type(str, default="seeds")
    """The folder with the articles."""
    curation = option.Type(str, default="curation")
    """The folder with what people decided; it may be missing."""
    state = option.Type(str, default=".digest/state.json")
    """The file ``data/state.json`` of the site as it was published before; it may be missing."""
    exports = option.ListOfItems(option.Choice(tuple(export.EXPORTS)), default=list(export.PLAIN))
    """Which files are offered under ``data/``."""
    feeds = option.ListOfItems(option.SubConfig(FeedConfig), default=[])
    """Pairs of an actor and a topic that get a feed of their own."""
    limits = option.SubConfig(LimitsConfig)
    """What reading one article may take, in processor time and memory."""
    search = option.Type(bool, default=True)
    """Whether to write the search index."""
    publish = option.Choice(excerpts.MODES, default="full")
    """How much of an article's text is published."""
    publish_by_outlet = option.DictOfItems(option.Choice(excerpts.MODES), default={})
    """The same for the articles of some outlets, by name."""
    forge = option.Optional(option.Choice(forge.FORGES))
    """What kind of forge ``repo_url`` is on, where its host's name does not tell."""
    collect = option.ListOfItems(option.Type((str, dict)), default=[])
    """What `digest collect` fetches: addresses, lists of feeds, or mappings of ``url`` and ``outlet``."""
    licence = option.Optional(option.URL())
    """The address of the licence under which what the site holds may be used."""
