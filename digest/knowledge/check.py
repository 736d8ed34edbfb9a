"""What can be wrong with the knowledge files, one sentence each with file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from digest.knowledge.types import ACTOR_FILE_TYPES, Capital, Demonym, KnownActor
from digest.knowledge.words import Lexicon, lexicon
from digest.model import Phrases
from digest.text import fold, is_phrase, slug

OTHER_FILES = ("demonyms.jsonl", "capitals.jsonl", "given_names.tsv", "topics.toml")
TOP_LEVEL = 17  # the IPTC Media Topics have seventeen
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_TOPIC = re.compile(r"\s*\[\[\s*topic\s*\]\]")
_TOPIC_ID = re.compile(r"medtop:[0-9]{8}")
_MOSTLY_SMALL = frozenset({"0", "1"})
"""How a spelling is marked that is seen more often in small letters than with its capital (``words.Lexicon``)."""
_LANGUAGE = re.compile(r"\*|[a-z]{2}")
_RULE_KEYS = frozenset(field.rstrip("_") for field in Phrases.__dataclass_fields__)


def problems(folder: Path) -> list[str]:
    """Return what is wrong with the files in ``folder``, in file order; empty when all is well."""
    missing = [name for name in (*ACTOR_FILE_TYPES, *OTHER_FILES) if not (folder / name).is_file()]
    if missing:
        return [f"{name}: the file is missing; install the program again." for name in missing]
    found: list[str] = []
    actors: dict[str, str] = {}
    claims: dict[tuple[str, str], tuple[str, str]] = {}
    for name, types in ACTOR_FILE_TYPES.items():
        for place, actor in _rows(folder / name, KnownActor, found):
            found.extend(f"{place}: {trouble}" for trouble in _actor(actor, types))
            found.extend(f"{place}: {trouble}" for trouble in _misleading(actor))
            if actor.id in actors:
                found.append(f"{place}: the id “{actor.id}” stands in {actors[actor.id]} too; change one of them.")
            actors.setdefault(actor.id, place)
            found.extend(_claimed(place, actor, claims))
    found.extend(_belongings(folder, actors, found))
    found.extend(_given_names(folder / "given_names.tsv"))
    found.extend(_topics(folder / "topics.toml"))
    return found


def _rows(path: Path, kind: type[Any], found: list[str]) -> Iterator[tuple[str, Any]]:
    """Yield ``(file:line, row)`` of every line that can be read; the others become problems."""
    known = set(kind.__dataclass_fields__)
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        place = f"{path.name}:{number}"
        try:
            row = msgspec.json.decode(line, type=kind)
            unknown = sorted(set(msgspec.json.decode(line)) - known)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            found.append(f"{place}: the line cannot be read: {error}.")
            continue
        found.extend(f"{place}: unknown key “{key}”; known are {', '.join(sorted(known))}." for key in unknown)
        yield place, row


def _actor(actor: KnownActor, types: frozenset[str]) -> Iterator[str]:
    if actor.id != slug(actor.id):
        yield f"the id “{actor.id}” is not an address; write “{slug(actor.id)}”."
    if actor.type not in types:
        yield f"the type “{actor.type}” does not belong in this file, which holds {', '.join(sorted(types))}."
    if actor.wikidata is not None and not _WIKIDATA.fullmatch(actor.wikidata):
        yield f"“{actor.wikidata}” is not a Wikidata id such as Q30."
    if actor.surnames and actor.type != "person":
        yield "only a person has surnames."
    for key in (*actor.aliases, *actor.metonyms, *(x for gate in actor.gated for x in gate.languages)):
        if not _LANGUAGE.fullmatch(key):
            yield f"“{key}” is not a language; write a two-letter code or *."
    for gate in actor.gated:
        if not gate.needs or gate.text in gate.needs:
            yield f"the gated alias “{gate.text}” needs other words that open its gate."
    for text in _texts(actor):
        if text != " ".join(text.split()) or not text:
            yield f"“{text}” has white space to spare or is empty."


def _misleading(actor: KnownActor) -> Iterator[str]:
    """Say which names hold anywhere and yet are seldom names: a single letter, and what is mostly a common word."""
    for language in ("en", "de"):
        for name in dict.fromkeys((*actor.names(language), *actor.surnames)):
            if len(name) == 1:
                yield f"“{name}” ({language}) is a single letter; write it under “gated”."
            elif seldom_a_name(name, language):
                yield f"“{name}” ({language}) is mostly a common word; gate it or mark it “ordinary”."


def seldom_a_name(name: str, language: str) -> bool:
    """Whether ``name`` is a single letter, or a word that is seen as a common one more often than as a name."""
    return len(name) == 1 or _common(name, lexicon(language))


def _common(name: str, known: Lexicon) -> bool:
    """Whether a name of one word is that word's rarer use; what is all in capitals is an acronym."""
    mostly_small = known.clusters.get(name, "")[-1:] in _MOSTLY_SMALL
    return mostly_small and not name.isupper() and name.lower() in known.clusters


def _texts(actor: KnownActor) -> Iterator[str]:
    yield actor.name
    for names in (*actor.aliases.values(), *actor.metonyms.values()):
        yield from names
    yield from (gate.text for gate in actor.gated)
    yield from actor.surnames


def _claimed(place: str, actor: KnownActor, claims: dict[tuple[str, str], tuple[str, str]]) -> Iterator[str]:
    """Say which names another actor has already; a name in ``*`` meets the same name in every language.

    A place's gated name goes before a state's safe one (Georgia), so that it meets only those that are gated too.
    """
    languages = {key for key in (*actor.aliases, *actor.metonyms) if key != "*"} | {"en", "de"}
    for language in sorted(languages):
        names = [*actor.names(language), *actor.standing_for(language), *actor.surnames]
        gated = [gate.text for gate in actor.gated if not gate.languages or language in gate.languages]
        names += [f"gated {text}" for text in gated] if actor.type == "place" else gated
        for name in dict.fromkeys(names):
            owner, where = claims.setdefault((language, name), (actor.id, place))
            if owner != actor.id:
                yield f"{place}: “{name}” ({language}) belongs to “{owner}” in {where} too; leave it to one of them."


def _belongings(folder: Path, actors: dict[str, str], found: list[str]) -> Iterator[str]:
    """Check demonyms and capitals: their states exist, and no word means two of them."""
    words: dict[tuple[str, str], str] = {}
    for name, kind in (("demonyms.jsonl", Demonym), ("capitals.jsonl", Capital)):
        states: set[str] = set()
        for place, row in _rows(folder / name, kind, found):
            if row.state not in actors:
                yield f"{place}: there is no actor “{row.state}” in the actor files."
            if row.state in states:
                yield f"{place}: “{row.state}” has a line already."
            states.add(row.state)
            if isinstance(row, Demonym):
                for language, known in (("en", row.en), ("de", row.de)):
                    for word in known:
                        owner = words.setdefault((language, word), row.state)
                        if owner != row.state:
                            yield f"{place}: “{word}” ({language}) belongs to “{owner}” too; leave it to one of them."


def _given_names(path: Path) -> Iterator[str]:
    seen: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        name, _, gender = line.partition("\t")
        if gender not in {"m", "f"}:
            yield f"{path.name}:{number}: a line is a name, a tab and m or f."
        if name != fold(name):
            yield f"{path.name}:{number}: “{name}” is not folded; write “{fold(name)}”."
        if name in seen:
            yield f"{path.name}:{number}: “{name}” stands in line {seen[name]} already."
        seen[name] = number


def _topics(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    try:
        entries: list[dict[str, Any]] = tomllib.loads(text)["topic"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        yield f"{path.name}: the file cannot be read: {error}."
        return
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _TOPIC.match(line)]
    by_id: dict[str, dict[str, Any]] = {}
    slugs: dict[str, str] = {}
    for number, entry in zip(lines, entries, strict=True):
        place = f"{path.name}:{number}"
        known = by_id.setdefault(entry.get("id", ""), entry)
        if known is not entry:
            yield f"{place}: the topic “{entry.get('id')}” has an entry already."
        yield from (f"{place}: {trouble}" for trouble in _topic(entry))
        name = slug(entry.get("name", ""))
        if slugs.setdefault(name, place) != place:
            yield f"{place}: the address “{name}” is taken by the topic in {slugs[name]}."
    for number, entry in zip(lines, entries, strict=True):
        yield from (f"{path.name}:{number}: {trouble}" for trouble in _parents(entry, by_id))
    tops = sum(not entry.get("parents") for entry in entries)
    if tops != TOP_LEVEL:
        yield f"{path.name}: {tops} topics have no parents, but IPTC has {TOP_LEVEL} top-level topics."


def _topic(entry: dict[str, Any]) -> Iterator[str]:
    if not _TOPIC_ID.fullmatch(entry.get("id", "")):
        yield f"“{entry.get('id')}” is not an IPTC id such as medtop:20000103."
    for key in ("name", "name_de"):
        if not entry.get(key):
            yield f"the topic has no {key}."
    rules = {key: rule for key, rule in entry.items() if key not in {"id", "name", "name_de", "parents"}}
    for key, rule in rules.items():
        if not re.fullmatch("[a-z]{2}", key) or not isinstance(rule, dict):
            yield f"unknown key “{key}”; known are id, name, name_de, parents and a language such as en."
            continue
        yield from (f"unknown key “{key}.{x}”; known are any, all, weak, not." for x in sorted(set(rule) - _RULE_KEYS))
        if not rule.get("any") and not rule.get("all") and len(set(rule.get("weak", []))) < 2:
            yield f"the rule “{key}” can never apply: it has neither “any” nor “all” nor two of “weak”."
        single = (x for key in ("any", "weak", "not") for x in rule.get(key, []))
        for phrase in (*single, *(x for group in rule.get("all", []) for x in group)):
            if not isinstance(phrase, str) or not is_phrase(phrase):
                yield f"“{phrase}” is not a phrase; write letters, and “*” at the beginning or at the end only."


def _parents(entry: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    parents = entry.get("parents", [])
    for parent in parents:
        if parent not in by_id:
            yield f"the parent “{parent}” has no entry of its own."
    if parents and by_id.get(parents[-1], {}).get("parents", []) != parents[:-1]:
        yield f"the parents of “{entry.get('id')}” are not those of its parent “{parents[-1]}”, followed by it."
