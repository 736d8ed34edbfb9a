"""The MkDocs plugin: the only file that knows MkDocs.

It adds every generated page to the site as ready HTML, so that no page of ours goes through Markdown, and writes the
search index and ``report.json`` beside them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from digest import build, model, search
from digest.paths import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

THEME = "digest"

log = get_plugin_logger("digest")


class DigestConfig(base.Config):
    """The plugin's options in mkdocs.yml. Paths are relative to mkdocs.yml."""

    seeds = option.Type(str, default="seeds")
    """The folder with the articles."""
    curation = option.Type(str, default="curation")
    """The folder with what people decided; it may be missing."""
    search = option.Type(bool, default=True)
    """Whether to write the search index."""


class ReadyPage(Page):
    """A page whose HTML is ready: nothing to read, nothing to render."""

    def __init__(self, body: model.Page, file: File, config: MkDocsConfig) -> None:
        """Make the MkDocs page of ``body`` at ``file``."""
        super().__init__(body.title, file, config)
        self.meta = {
            "description": body.description,
            "language": body.language,
            "section": body.section,
            "generated": True,
        }
        self._body = body

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' signature
        """There is no Markdown; MkDocs asks for a string."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' signature
        """Set what MkDocs' own pages get from Markdown."""
        self.content = self._body.html
        self.toc = TableOfContents([])
        self._title_from_render = self._body.title
        # Left out on purpose: with None, MkDocs does not check anchors of links into this page, whose ids it would
        # otherwise have to find in the HTML. Our own links are held by the tests of the built site.
        self.present_anchor_ids = None
        self.links_to_anchors = None


class DigestPlugin(BasePlugin[DigestConfig]):
    """Publish a folder of articles as a site of who said what."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self.serving = False
        self.edition: model.Edition | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember whether the site is being served: the theme then lets MkDocs' reloading script run."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check what the pages rely on. Raises PluginError with the line to write."""
        if config.theme.name != THEME:
            raise PluginError(
                f"mkdocs.yml: the digest's pages are made for its own theme, not for {config.theme.name!r}; "
                "write `theme: {name: digest}`, and `custom_dir` beside it to change a template"
            )
        if not config.use_directory_urls:
            raise PluginError("mkdocs.yml: the digest needs `use_directory_urls: true`; its addresses end in a slash")
        config.extra["digest"] = {**config.extra.get("digest", {}), "serving": self.serving}
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every generated page. Raises PluginError when a hand-written page stands at the same address."""
        taken = {file.dest_uri: file.src_uri for file in files}
        for body in self._bodies(config):
            file = File.generated(config, f"{body.url}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
            if file.dest_uri in taken:
                folder = Path(config.docs_dir).name
                raise PluginError(
                    f"{folder}/{taken[file.dest_uri]}: the digest makes a page at /{body.url} itself; "
                    "give the hand-written page another name"
                )
            taken[file.dest_uri] = file.src_uri
            ReadyPage(body, file, config)
            files.append(file)
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Date every page by the newest article, not by today: the same inputs must give the same bytes."""
        dates = [a.article.published for a in self._edition.articles if a.article.published]
        newest = max(dates, default="1980-01-01")
        for file in files.documentation_pages():
            if file.page is not None:
                file.page.update_date = newest
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write ``report.json`` and the search index, and say what was found."""
        site = Path(config.site_dir)
        report = build.report(self._edition)
        (site / "report.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        if self.config.search:
            try:
                search.index(build.search_records(self._edition), site)
            except model.DigestError as error:
                raise PluginError(str(error)) from error
        found = (report["published"], report["quotations"], report["speakers"])
        log.info("%s articles, %s quotations by %s speakers", *found)
        for skipped in self._edition.skipped:
            log.info("skipped %s: %s", skipped.path, skipped.reason)

    def on_serve(
        self,
        server: LiveReloadServer,
        /,
        *,
        config: MkDocsConfig,
        builder: Callable[..., None],  # noqa: ARG002
    ) -> LiveReloadServer:
        """Watch articles, curation and templates, so that an edit shows up by itself."""
        settings = self._settings(config)
        for path in (settings.seeds, settings.curation, TEMPLATES):
            if path.exists():
                server.watch(str(path))
        return server

    def _bodies(self, config: MkDocsConfig) -> Iterator[model.Page]:
        settings = self._settings(config)
        try:
            self.edition = build.edition(settings)
            yield from build.pages(self.edition, settings)
        except model.DigestError as error:
            raise PluginError(str(error)) from error

    @property
    def _edition(self) -> model.Edition:
        if self.edition is None:
            raise PluginError("the digest's pages were asked for before its articles were read")
        return self.edition

    def _settings(self, config: MkDocsConfig) -> build.Settings:
        root = Path(config.config_file_path).resolve().parent if config.config_file_path else Path.cwd()
        return build.Settings(
            seeds=root / self.config.seeds,
            curation=root / self.config.curation,
            root=root,
            site_name=config.site_name,
            repo_url=config.repo_url,
            language=config.theme.locale.language,
        )
