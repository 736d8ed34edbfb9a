"""Lighthouse's mobile profile gives the heaviest page of every section at least 99 of 100 in every category."""

from __future__ import annotations

import json
import subprocess

import pytest
from sites import CHROMIUM, Site, installed

pytestmark = pytest.mark.browser

WITH_AN_ANSWER = 0.9
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
    # an answer is there once the search's program and its index are: 2.3 s on a slow phone, which the empty page is not
    wanted = [WITH_AN_ANSWER if audit["address"] == addresses[-1] else 0.99 for audit in audits]
    lost = [audit for audit, least in zip(audits, wanted, strict=True) if audit["scores"].pop("performance") < least]
    assert [*lost, *(audit for audit in audits if min(audit["scores"].values()) < 0.99)] == []
