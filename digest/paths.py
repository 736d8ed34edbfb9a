"""Where the package's own files lie: the templates and the theme."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

HERE = Path(__file__).parent
# In the wheel the templates lie inside the package; in a checkout they stand beside it, at the top level.
TEMPLATES = HERE / "templates" if (HERE / "templates").is_dir() else HERE.parent / "templates"
THEME = TEMPLATES / "theme"
# MkDocs asks a theme's entry point for nothing but ``__file__`` and takes the folder it lies in.
theme = SimpleNamespace(__file__=str(THEME / "main.html"))
