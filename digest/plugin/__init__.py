"""The MkDocs plugin: the only package that knows MkDocs.

``options`` are what mkdocs.yml says to it, ``hooks`` what it does while MkDocs builds; ``run`` builds and serves a
site.
"""

from __future__ import annotations

from digest.plugin.hooks import DATA, REPORT, DigestPlugin
from digest.plugin.options import DigestConfig
from digest.plugin.run import build_site, collected, serve_site, settings

__all__ = ["DATA", "REPORT", "DigestConfig", "DigestPlugin", "build_site", "collected", "serve_site", "settings"]
