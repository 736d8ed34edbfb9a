"""Derive states, demonyms and capitals of ``digest/knowledge`` from the raw tables.

``python tools/make_knowledge.py TABLES`` reads ``territories.jsonl`` (rigour, MIT), ``cldr_territories.json`` (Unicode
CLDR) and ``mledoze_min.json`` (mledoze/countries, ODbL) in the folder TABLES, and ``knowledge_overrides.toml`` beside
this file. What comes from mledoze/countries goes into files of its own. The same inputs give the same bytes.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from digest.text import slug

OUT = Path(__file__).parent.parent / "digest" / "knowledge"
OTHER_LANGUAGES = ("fr", "es", "ru", "uk", "ar", "fa")
Row = dict[str, Any]


def unique(names: list[str]) -> list[str]:
    """Return ``names`` without blanks and repetitions, in order, with both apostrophes where there is one."""
    spelt = [name for raw in names for name in (raw.replace("’", "'"), raw.replace("'", "’"))]
    return list(dict.fromkeys(name for name in spelt if name))


def states(rows: list[Row], cldr: Row, chosen: Row) -> dict[str, Row]:
    """Return ISO code -> actor line, for every country and the territories that the overrides include."""
    places = {*chosen["include"]["places"], *chosen["demote"]["places"]}
    included = {*chosen["include"]["states"], *chosen["include"]["places"]}
    lines: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: str(row["code"])):
        code = row["code"]
        if not (row["is_country"] or code in included) or row.get("is_historical") or code.upper() not in cldr:
            continue
        name = chosen["name"].get(code, row["name"])
        local = cldr[code.upper()]
        aliases = {"*": unique(chosen["aliases"]["any"].get(code, []))}
        aliases["en"] = unique([name, local["en"].replace("’", "'"), *chosen["aliases"]["en"].get(code, [])])
        aliases["en"] = [alias for alias in aliases["en"] if "(" not in alias and " - " not in alias]
        aliases["de"] = unique([local["de"], *chosen["aliases"]["de"].get(code, [])])
        for language in OTHER_LANGUAGES:
            aliases[language] = unique([local[language]])
        lines[code] = {
            "id": slug(name),
            "name": name,
            "type": "place" if code in places else "state",
            "wikidata": chosen["wikidata"].get(code, row["qid"]),
            "aliases": {language: names for language, names in aliases.items() if names},
        }
        metonyms = {language: list(names[code]) for language, names in chosen["metonym"].items() if code in names}
        if metonyms:
            lines[code]["metonyms"] = metonyms
    return lines


def places(chosen: Row) -> list[Row]:
    """Return the lines of the places that only the overrides know."""
    lines = []
    for place in chosen["place"]:
        line = {key: place[key] for key in ("id", "name")} | {"type": "place"}
        if "wikidata" in place:
            line["wikidata"] = place["wikidata"]
        lines.append(line | {"aliases": {"en": place["en"], "de": place["de"]}})
    return lines


def demonyms(codes: dict[str, Row], countries: Row, chosen: Row) -> list[Row]:
    """Return a line for every state with a demonym; the overrides win over the table."""
    lines = []
    for code, state in codes.items():
        stated = (countries.get(code.upper()) or {}).get("demonym_en") or {}
        english = chosen["en"].get(code)
        if english is None:
            word = stated.get("m", "")
            english = [] if not word or "," in word or " or " in word or "Islander" in word else [word, *plural(word)]
        german = chosen["de"].get(code, [])
        if english or german:
            lines.append({"state": state["id"], "en": english, "de": german})
    return lines


def plural(word: str) -> list[str]:
    """Return the plural of an English demonym, where it has one that differs."""
    return [] if word.endswith(("ese", "ish", "sh", "ch", "ss", "s")) else [word + "s"]


def capitals(codes: dict[str, Row], countries: Row, chosen: Row) -> list[Row]:
    """Return a line for every state with a capital; a capital named like its state is no metonym."""
    lines = []
    for code, state in codes.items():
        english = chosen["en"].get(code, (countries.get(code.upper()) or {}).get("capital", [])[:1])
        if not english:
            continue
        names = {"en": english, "de": chosen["de"].get(code, english)}
        metonym = code not in chosen["not_metonym"] and state["type"] == "state"
        lines.append({"state": state["id"], "names": names, "metonym": metonym})
    return lines


def write(name: str, lines: list[Row]) -> None:
    """Write ``lines`` as JSON Lines, sorted by id, so that a change shows as a small diff."""
    lines = sorted(lines, key=lambda line: str(line.get("id", line.get("state"))))
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    (OUT / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(lines)} lines")


def main(tables: Path) -> None:
    """Read the tables and the overrides, write the three files."""
    chosen = tomllib.loads(Path(__file__).with_name("knowledge_overrides.toml").read_text(encoding="utf-8"))
    rows = [json.loads(line) for line in (tables / "territories.jsonl").read_text(encoding="utf-8").splitlines()]
    cldr = json.loads((tables / "cldr_territories.json").read_text(encoding="utf-8"))
    countries = json.loads((tables / "mledoze_min.json").read_text(encoding="utf-8"))
    codes = states(rows, cldr, chosen)
    write("states.jsonl", [*codes.values(), *places(chosen)])
    write("demonyms.jsonl", demonyms(codes, countries, chosen["demonym"]))
    write("capitals.jsonl", capitals(codes, countries, chosen["capital"]))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/make_knowledge.py TABLES")
    main(Path(sys.argv[1]))
