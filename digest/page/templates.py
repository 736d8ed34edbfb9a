"""The templates of pages and mails: what comes from an article is escaped, and what is missing is a bug."""

from __future__ import annotations

from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from digest.paths import TEMPLATES
from digest.text import capital, clip


class _Compiled(BytecodeCache):
    """What Jinja2 made of the templates, by their names and contents, while the process lives.

    Compiling them takes as long as filling them in for some hundred articles, and a site that is served is made again
    at every change.
    """

    def __init__(self) -> None:
        """Start with nothing compiled."""
        self._made: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket`` with what was made of its template."""
        bucket.code = self._made.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was made of a template."""
        self._made[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def environment() -> Environment:
    """Return an environment of the templates in ``templates/pages``."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    made.filters.update(capital=capital, clip=clip)
    return made
