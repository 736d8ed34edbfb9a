"""A small invented monitor."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import BRIDGE, CURATION, QUAY


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles and what is known of one; it is the current folder."""
    for folder in ("seeds", "curation"):
        (tmp_path / folder).mkdir()
    (tmp_path / "seeds" / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (tmp_path / "seeds" / "quay.txt").write_text(QUAY, encoding="utf-8")
    (tmp_path / "curation" / "articles.yml").write_text(CURATION, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path
