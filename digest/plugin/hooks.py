"""What the plugin does while MkDocs builds.

It adds every generated page to the site as ready HTML, so that no page of ours goes through Markdown, and writes the
search index, the exports and ``data/report.json`` beside them.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from digest import articles, build, changes, excerpts, export, model, output, search
from digest.edition import Edition
from digest.page import forge
from digest.page.linked import Entity, Linker
from digest.paths import TEMPLATES
from digest.plugin import sitemap
from digest.plugin.options import DigestConfig
from digest.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

THEME = "digest"
DATA, REPORT, STATE = "data", "report.json", "state.json"
WRITTEN = {f"{DATA}/{name}" for name in (REPORT, STATE, *export.EXPORTS)}
"""What is written beside the pages, as addresses below the site's root."""

log = get_plugin_logger("digest")


class ReadyPage(Page):
    """A page whose HTML is ready: nothing to read, nothing to render."""

    def __init__(self, body: output.Page, file: File, config: MkDocsConfig) -> None:
        """Make the MkDocs page of ``body`` at ``file``."""
        super().__init__(body.title, file, config)
        self.meta = {
            "description": body.description,
            "language": body.language,
            "section": body.section,
            "generated": True,
            "moved": body.moved,
            "graph": body.graph,
            "published": body.published,
            "alternates": body.alternates,
            "linked": Markup(body.linked),  # noqa: S704 - escaped for a script element by whoever made it
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
        self.built: build.Built | None = None
        self.progress: articles.Progress | None = None
        self.writing: str | None = None
        self._written = self._pages = 0

    def on_startup(
        self,
        *,
        command: Literal["build", "gh-deploy", "serve"],
        dirty: bool,  # noqa: ARG002 - MkDocs' signature
    ) -> None:
        """Remember whether the site is being served: the theme then lets MkDocs' reloading script run."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check what the pages rely on. Raises PluginError with the line to write."""
        if sum(isinstance(each, DigestPlugin) for each in config.plugins.values()) > 1:
            raise PluginError("mkdocs.yml: the plugin digest is listed more than once; keep one")
        if config.theme.name != THEME:
            raise PluginError(
                f"mkdocs.yml: the digest's pages are made for its own theme, not for {config.theme.name!r}; "
                "write `theme: {name: digest}`, and `custom_dir` beside it to change a template"
            )
        if not config.use_directory_urls:
            raise PluginError("mkdocs.yml: the digest needs `use_directory_urls: true`; its addresses end in a slash")
        # Python-Markdown aligns table cells with style attributes, which our policy forbids, unless told otherwise.
        config.mdx_configs.setdefault("tables", {}).setdefault("use_align_attribute", True)
        config.extra["digest"] = {"serving": self.serving}
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every generated page. Raises PluginError when a hand-written page stands at the same address."""
        by_hand = {file.dest_uri: f"{Path(config.docs_dir).name}/{file.src_uri}" for file in files}
        ours = set(WRITTEN)
        for body in self._bodies(config, ours):
            file = File.generated(config, f"{body.url}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
            if file.dest_uri in by_hand:
                raise PluginError(
                    f"{by_hand[file.dest_uri]}: the digest makes a page at /{body.url} itself; "
                    "give the hand-written page another name"
                )
            ReadyPage(body, file, config)
            files.append(file)
        for uri, source in by_hand.items():
            if uri in ours or uri.startswith(f"{search.FOLDER}/"):
                raise PluginError(f"{source}: the digest writes a file at /{uri} itself; give this one another name")
        config.extra["digest"] |= {
            "version": self._edition.version,
            "commit": self._edition.commit,
            "commit_url": forge.commit(build.site_info(self._edition, self.settings(config)), self._edition.commit),
            # The search page names what it will ask for, so that it asks at once.
            "shards": [dataclasses.asdict(shard) for shard in self._index(config)],
        }
        return files

    def _index(self, config: MkDocsConfig) -> list[search.Shard]:
        """Write the search index and return its parts, none where the site has none."""
        if not self.config.search:
            return []
        records = build.search_records(self._edition)
        self._tell("Indexing for search", 0, len(records))
        try:
            shards = search.index(records, Path(config.site_dir))
        except model.DigestError as error:
            raise PluginError(str(error)) from error
        self._tell("Indexing for search", len(records), len(records))
        return shards

    def on_env(
        self,
        env: Environment,
        *,
        config: MkDocsConfig,
        files: Files,
    ) -> Environment:
        """Escape everything by default, and date every page by the newest article, not by today.

        The date ends up in the compressed sitemap: the same inputs must give the same bytes. What lies beside the
        sitemap is written now; a file of the same name in the docs folder goes before it, for MkDocs copies it later.
        """
        env.autoescape = True
        dates = [a.article.published for a in self._edition.articles if a.article.published]
        newest = max(dates, default="1980-01-01")
        self._written, self._pages = 0, len(files.documentation_pages())
        for file in files.documentation_pages():
            if file.page is not None:
                file.page.update_date = newest
        for name, text in sitemap.written(files, env, self.settings(config).site_url).items():
            write(Path(config.site_dir) / name, text.encode())
        return env

    def on_page_context(
        self,
        context: TemplateContext,
        /,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,  # noqa: ARG002 - MkDocs' signature
    ) -> TemplateContext:
        """Give a hand-written page its JSON-LD, as generated ones have theirs; its headings are known only now."""
        if not isinstance(page, ReadyPage):
            site = build.site_info(self._edition, self.settings(config))
            description = str(page.meta.get("description") or "")
            # Sections of the navigation have no page of their own, so they are no steps of the way.
            linked = Linker(site, page.url.removeprefix("./")).document(str(page.title), description, "", Entity())
            page.meta.update(graph="website", linked=Markup(linked))  # noqa: S704 - as above
        return context

    def on_post_page(
        self,
        output: str,
        /,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002 - MkDocs' signature
    ) -> str:
        """Count the written pages, and remember the one that MkDocs writes next; nothing about a page is changed."""
        self.writing = page.file.abs_dest_path
        self._written += 1
        self._tell("Writing pages", self._written, self._pages)
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the report and the state, and say what was found."""
        site = Path(config.site_dir)
        report = build.report(self._edition)
        write(site / DATA / REPORT, f"{json.dumps(report, indent=1, ensure_ascii=False)}\n".encode())
        write(site / DATA / STATE, changes.dump(self._built.state))
        export.write_places(self._edition, site / "articles", config.site_url or "")
        log.info(
            "%s, %s by %s",
            _counted(report["published"], "article"),
            _counted(report["quotations"], "quotation"),
            _counted(report["speakers"], "speaker"),
        )
        # No warning of MkDocs, which `strict` would stop at.
        for doubt in self._built.doubts:
            log.info("%s", doubt)
        for skipped in self._edition.skipped:
            log.info("skipped %s: %s", skipped.path, skipped.reason)

    def on_serve(
        self,
        server: LiveReloadServer,
        /,
        *,
        config: MkDocsConfig,
        builder: Callable[..., None],  # noqa: ARG002 - MkDocs' signature
    ) -> LiveReloadServer:
        """Watch articles, curation and templates, so that an edit shows up by itself."""
        settings = self.settings(config)
        for path in (settings.seeds, settings.curation, TEMPLATES):
            if path.exists():
                server.watch(str(path))
        return server

    def _bodies(self, config: MkDocsConfig, written: set[str]) -> Iterator[output.Page]:
        """Yield every generated page, and write what belongs to them, whose addresses are added to ``written``."""
        settings = self.settings(config)
        try:
            self.built = build.built(settings, self.progress)
            # Before the pages, which say what the files weigh.
            self._tell("Writing exports", 0, None)
            site = Path(config.site_dir)
            downloads = export.write_all(self._edition, site / DATA, self.config.exports, settings.site_url)
            for n, made in enumerate(build.pages(self.built, settings, downloads), 1):
                if isinstance(made, output.Page):
                    yield made
                else:
                    # it is no file for MkDocs, which would ask it for its place and its title
                    write(site / made.url, made.content)
                    written.add(made.url)
                self._tell("Making pages", n, None)
        except model.DigestError as error:
            raise PluginError(str(error)) from error

    def _tell(self, stage: str, done: int, total: int | None) -> None:
        if self.progress is not None:
            self.progress(stage, done, total)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What a person should look at, a sentence each."""
        return self._built.doubts

    @property
    def _built(self) -> build.Built:
        if self.built is None:
            raise PluginError("the digest's pages were asked for before its articles were read")
        return self.built

    @property
    def _edition(self) -> Edition:
        return self._built.edition

    def settings(self, config: MkDocsConfig) -> build.Settings:
        """Return what the pages are made from, as mkdocs.yml says."""
        root = Path(config.config_file_path).resolve().parent if config.config_file_path else Path.cwd()
        return build.Settings(
            seeds=root / self.config.seeds,
            curation=root / self.config.curation,
            root=root,
            site_name=config.site_name,
            repo_url=config.repo_url,
            language=config.theme.locale.language,
            state=root / self.config.state,
            publish=excerpts.Publish(self.config.publish, self.config.publish_by_outlet),
            site_url=config.site_url or "",
            forge=self.config.forge or "",
            licence=self.config.licence or "",
            feeds=tuple((pair.actor, pair.topic) for pair in self.config.feeds),
            limits=self.config.limits.limits(),
        )


def _counted(number: object, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
