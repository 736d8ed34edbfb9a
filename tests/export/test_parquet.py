"""Parquet holds the records of JSON Lines, typed."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet
from small_edition import EDITION

from digest import export
from digest.edition import Edition
from digest.model import DigestError


def table(name: str, edition: Edition = EDITION) -> pyarrow.Table:
    return parquet.read_table(io.BytesIO(b"".join(export.EXPORTS[f"{name}.parquet"].write(edition))))


@pytest.mark.parametrize("name", export.TABLES)
def test_its_rows_are_those_of_json_lines(name: str) -> None:
    lines = b"".join(export.EXPORTS[f"{name}.jsonl"].write(EDITION)).splitlines()
    wanted: list[dict[str, Any]] = [json.loads(line) for line in lines]
    for record in wanted:
        if "published" in record:
            record["published"] = date.fromisoformat(record["published"])
        if "aliases" in record:
            record["aliases"] = list(record["aliases"].items())
    found = table(name)
    assert found.to_pylist() == wanted
    assert found.column_names == list(wanted[0])


@pytest.mark.parametrize("name", export.TABLES)
def test_an_empty_table_has_its_columns(name: str) -> None:
    empty = table(name, Edition((), {}))
    assert empty.num_rows == 0
    assert empty.schema == table(name).schema


def test_a_path_that_is_no_utf8_is_escaped() -> None:
    analysis = replace(EDITION.articles[0], article=replace(EDITION.articles[0].article, path="br\udcfcge.txt"))
    assert table("articles", replace(EDITION, articles=(analysis,))).column("path").to_pylist() == ["br\\udcfcge.txt"]


def test_the_same_edition_gives_the_same_bytes() -> None:
    write = export.EXPORTS["quotations.parquet"].write
    assert b"".join(write(EDITION)) == b"".join(write(EDITION))


def test_what_is_not_installed_is_named_with_the_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "find_spec", lambda _name: None)
    export.demand(export.PLAIN)
    with pytest.raises(DigestError, match=r"articles\.parquet needs pyarrow.*'newsroom-digest\[parquet\]'"):
        export.demand(["actors.csv", "articles.parquet"])
