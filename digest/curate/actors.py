"""``actors.yml``: what is known about an actor, by its id: its name, other names, type, dated roles, Wikidata."""

from __future__ import annotations

from typing import get_args

import yaml

from digest.curate.sheet import Entry, Sheet, keyed, named_blocks, one_of, text, texts
from digest.curate.values import DECIDED, actor_id, date, decided, wikidata
from digest.decisions import KnownAs
from digest.model import ActorType, DatedRole

NAME = "actors.yml"

_SAYS = ("name", "type", "aliases", "never", "roles", "wikidata")
_ROLE = ("text", "since", "until")
_TYPES: dict[str, ActorType] = {kind: kind for kind in get_args(ActorType) if kind != "place"}


def parse(sheet: Sheet) -> dict[str, KnownAs]:
    """Return what the file says about each actor; its mistakes are noted in the sheet."""
    found = {}
    for entry in named_blocks(sheet, "actor id", "name: Full Name"):
        one = _actor(sheet, entry)
        if one is not None:
            found[entry.key] = one
    return found


def _actor(sheet: Sheet, entry: Entry) -> KnownAs | None:
    held = keyed(sheet, entry.block, (*_SAYS, *DECIDED))
    id_ = actor_id(sheet, entry.at, entry.key)
    why = decided(sheet, entry.at, held)
    if not held.keys() & set(_SAYS):
        sheet.wrong(entry.at, f"nothing is said about “{entry.key}”; write at least one of {', '.join(_SAYS)}")
        return None
    kind = one_of(sheet, held.get("type"), _TYPES)
    aliases, never = texts(sheet, held.get("aliases")), texts(sheet, held.get("never"))
    name = text(sheet, held["name"]) if "name" in held else None
    for both in sorted({name, *aliases} & set(never), key=str):
        where = "name" if both == name else "aliases"
        sheet.wrong(
            held["never"].at, f"“{both}” stands under “{where}” too; it cannot mean the actor and never mean it"
        )
    roles, item = _roles(sheet, held.get("roles")), wikidata(sheet, held.get("wikidata"))
    if id_ is None or why is None:
        return None
    return KnownAs(id_, why, name, _TYPES[kind] if kind else None, aliases, never, roles, item)


def _roles(sheet: Sheet, entry: Entry | None) -> tuple[DatedRole, ...]:
    """Return the roles of a list; one without dates may be written as a text."""
    if entry is None:
        return ()
    if not isinstance(entry.value, yaml.SequenceNode):
        sheet.wrong(entry.at, "“roles” takes a list, each with “text”, “since” and “until”")
        return ()
    return tuple(role for item in entry.value.value if (role := _role(sheet, item)) is not None)


def _role(sheet: Sheet, item: yaml.Node) -> DatedRole | None:
    if isinstance(item, yaml.ScalarNode):
        words = text(sheet, Entry("roles", item, item))
        return DatedRole(words) if words else None
    if not isinstance(item, yaml.MappingNode):
        sheet.wrong(item, "a role is a text, or has “text”, “since” and “until”")
        return None
    held = keyed(sheet, item, _ROLE)
    words = text(sheet, held["text"]) if "text" in held else None
    since, until = date(sheet, held.get("since")), date(sheet, held.get("until"))
    if "text" not in held:
        sheet.wrong(item, "“text” is missing; write the role itself, such as “text: minister”")
    if since and until and until < since:
        sheet.wrong(held["until"].at, f"“until” ({until}) is before “since” ({since}); exchange them")
    return DatedRole(words, since, until) if words else None
