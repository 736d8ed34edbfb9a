"""A site built or served from outside MkDocs, with better sentences where something is wrong."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from mkdocs.commands import build as building
from mkdocs.commands import serve as serving
from mkdocs.config import load_config
from mkdocs.exceptions import ConfigurationError, MkDocsException, PluginError

from digest import articles, build, model, publish
from digest.edition import Edition
from digest.plugin.hooks import DigestPlugin

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

DEFAULT = b"site_name: The Digest\ntheme:\n  name: digest\nplugins:\n  - digest\n"
"""What a folder without mkdocs.yml is built with."""

CONFIGURATIONS = ("mkdocs.yml", "mkdocs.yaml")


def build_site(
    config_file: Path | None = None,
    site_dir: Path | None = None,
    strict: bool | None = None,
    progress: articles.Progress | None = None,
) -> tuple[Path, Edition, list[str]]:
    """Build the site; return its folder, what it was made of, and what MkDocs and the plugin warn of.

    Without ``config_file`` that is mkdocs.yml in the current folder, or, where there is none, the folder as it stands.
    ``site_dir`` (relative to the current folder) and ``strict`` go before what mkdocs.yml says.
    Raises DigestError when the site cannot be built, or when ``strict`` and MkDocs had something to warn of.
    """
    with _heard(_Kept()) as messages, _configuration(config_file) as arguments:
        try:
            config = load_config(**arguments, site_dir=str(site_dir.resolve()) if site_dir else None, strict=strict)
            plugin = _plugin(config)
            plugin.progress = progress
            site, made_from = Path(config.site_dir), plugin.settings(config)
            precious = (made_from.curation, made_from.root, Path(config.docs_dir), Path.cwd())
            publish.demand_replaceable(site, precious, made_from.seeds)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                with publish.replacing(site) as folder:
                    config.site_dir = str(folder)
                    building.build(config)
            except OSError as error:
                raise _placed(error, config.site_dir, site, plugin.writing) from error
            finally:
                config.plugins.on_shutdown()
        except MkDocsException as error:
            raise model.DigestError(_sentence(messages, error)) from error
        return site, plugin._edition, [*(m.getMessage() for m in messages), *plugin.doubts]


def _placed(error: OSError, folder: str, site: Path, writing: str | None) -> OSError:
    """Return ``error`` with its file, which is ``writing`` where it names none: not in ``folder`` but in ``site``."""
    if error.errno is None:
        return error
    name = str(error.filename2 or error.filename or writing or site)
    return OSError(error.errno, error.strerror, name.replace(folder, str(site), 1))


def serve_site(config_file: Path | None = None, address: str | None = None) -> None:
    """Serve the site at ``address`` (``host:port``) until interrupted, building it again at every change."""
    with _heard(_Kept(), logging.StreamHandler()) as messages, _configuration(config_file) as arguments:
        try:
            serving.serve(**arguments, dev_addr=address)
        except MkDocsException as error:
            raise model.DigestError(_sentence(messages, error)) from error


def settings(root: Path) -> build.Settings:
    """Return what the monitor in ``root`` is made from, with or without a mkdocs.yml."""
    return collected(root)[0]


def collected(root: Path) -> tuple[build.Settings, list[str | dict[str, Any]]]:
    """Return the settings of the monitor in ``root``, and what it says is to be collected."""
    found = [root / name for name in CONFIGURATIONS if (root / name).is_file()]
    if not found:
        return build.Settings(root / "seeds", root / "curation", root), []
    with _heard(_Kept()) as messages:
        try:
            config = load_config(str(found[0]))
            plugin = _plugin(config)
            listed: list[str | dict[str, Any]] = list(plugin.config.collect)  # type: ignore[arg-type] # as option.Type says
            return plugin.settings(config), listed
        except MkDocsException as error:
            raise model.DigestError(_sentence(messages, error)) from error


class _Memory(io.BytesIO):
    """A configuration that is no file: MkDocs closes what it has read, and reads it again at every change."""

    def close(self) -> None:
        """Stay open."""


@contextmanager
def _configuration(config_file: Path | None) -> Iterator[dict[str, Any]]:
    """Yield the arguments that MkDocs' ``load_config`` finds the configuration by."""
    found = config_file or next((Path(name) for name in CONFIGURATIONS if Path(name).is_file()), None)
    if found:
        yield {"config_file": str(found)}
        return
    if not Path("seeds").is_dir():
        raise model.DigestError(
            "there is neither a mkdocs.yml nor a seeds folder here; lay out a monitor with `digest new DIR`, "
            "or put articles into a folder named seeds"
        )
    # Whatever stands in a docs folder beside it was not written for us, so the hand-written pages are none.
    with TemporaryDirectory(prefix="digest-") as nothing:
        yield {"config_file": _Memory(DEFAULT), "docs_dir": nothing}


def _plugin(config: MkDocsConfig) -> DigestPlugin:
    plugin = config.plugins.get("digest")
    if not isinstance(plugin, DigestPlugin):
        raise PluginError("mkdocs.yml: the plugin digest is not listed; write `digest` below `plugins:`")
    return plugin


class _Kept(logging.Handler):
    """Keeps what MkDocs warns of; without a handler it would print it itself."""

    def __init__(self) -> None:
        """Start with nothing kept."""
        super().__init__(logging.WARNING)
        self.messages: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.messages.append(record)


@contextmanager
def _heard(handler: _Kept, *others: logging.Handler) -> Iterator[list[logging.LogRecord]]:
    """Yield the list that fills with MkDocs' warnings and errors, while ``others`` hear MkDocs too."""
    logger = logging.getLogger("mkdocs")
    level = logger.level
    if others:
        logger.setLevel(logging.INFO)
    for each in (handler, *others):
        logger.addHandler(each)
    try:
        yield handler.messages
    finally:
        logger.setLevel(level)
        for each in (handler, *others):
            logger.removeHandler(each)


def _sentence(messages: list[logging.LogRecord], error: MkDocsException) -> str:
    """Return why MkDocs gave up: what it logged says more than what it raises."""
    errors = [m.getMessage() for m in messages if m.levelno >= logging.ERROR]
    said = "; ".join(errors or [*(m.getMessage() for m in messages), error.format_message()])
    # MkDocs names its file in some of its sentences only.
    nameless = isinstance(error, ConfigurationError) or said.startswith("Config value ")
    return f"mkdocs.yml: {said}" if nameless and "mkdocs.y" not in said else said
