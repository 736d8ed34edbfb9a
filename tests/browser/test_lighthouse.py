"""Lighthouse's mobile profile gives the heaviest page of every section at least 99 of 100 in every category."""

from __future__ import annotations

import json
import subprocess

import pytest
from sites import CHROMIUM, Site, installed

pytestmark = pytest.mark.browser

CATEGORIES = {"performance", "accessibility", "best-practices", "seo"}


def test_every_section_has_99_in_every_category(example: Site) -> None:
    script = installed("lighthouse").parents[1] / "lighthouse.mjs"
    addresses = [example.address + url for url in [*example.heaviest(), "search/?q=dam"]]
    assert CHROMIUM
    command = ["node", str(script), CHROMIUM, *addresses]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
    assert done.returncode == 0, done.stderr
    audits = [json.loads(line) for line in done.stdout.splitlines()]
    assert [audit["address"] for audit in audits] == addresses
    assert all(set(audit["scores"]) == CATEGORIES for audit in audits)
    assert [audit for audit in audits if min(audit["scores"].values()) < 0.99] == []
