"""``corrections.yml``: a list of what people decided about single actors, quotations and articles.

The first word of a line says what is done: merge, apart, one, split, rename, speaker, reject, topic, withhold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import yaml

from digest.curate.sheet import Entry, Sheet, keyed, nearest, text, texts
from digest.curate.values import DECIDED, actor_id, decided, is_quotation
from digest.decisions import (
    NOBODY,
    Apart,
    Correction,
    Decided,
    Merge,
    One,
    OnTopic,
    Reject,
    Rename,
    Split,
    SpokenBy,
    Withhold,
)

NAME = "corrections.yml"
EDITED = "#edited"
"""Behind the address of an article: its section on earlier versions."""

_Entries = Mapping[str, Entry]


def parse(sheet: Sheet) -> tuple[Correction, ...]:
    """Return the corrections in the order of the file; its mistakes are noted in the sheet."""
    if sheet.root is None:
        return ()
    if not isinstance(sheet.root, yaml.SequenceNode):
        sheet.wrong(sheet.root, "write a list: each decision begins with “- ”, such as “- merge: [this-one, that-one]”")
        return ()
    found = (_correction(sheet, item) for item in sheet.root.value)
    return tuple(each for each in found if each is not None)


def _correction(sheet: Sheet, item: yaml.Node) -> Correction | None:
    if not isinstance(item, yaml.MappingNode):
        sheet.wrong(item, f"a decision has keys, and begins with one of {', '.join(KINDS)}")
        return None
    written = [k.value for k, _ in item.value if isinstance(k, yaml.ScalarNode)]
    kinds = [key for key in written if key in KINDS]
    if len(kinds) != 1:
        known = [*KINDS, *(key for keys, _ in KINDS.values() for key in keys), *DECIDED]
        strange = next((key for key in written if key not in known), None)
        if len(kinds) > 1:
            sheet.wrong(item, f"“{kinds[0]}” and “{kinds[1]}” are two decisions; give each a list item of its own")
        elif strange:
            sheet.wrong(item, f"“{strange}” is not a key; {nearest(strange, known)}")
        else:
            sheet.wrong(item, f"this says nothing to do; begin with one of {', '.join(KINDS)}")
        return None
    keys, make = KINDS[kinds[0]]
    problems = len(sheet.problems)
    held = keyed(sheet, item, (kinds[0], *keys, *DECIDED))
    why = decided(sheet, item, held)
    for key in (kinds[0], *keys):
        if key not in held and key not in _OPTIONAL:
            sheet.wrong(item, f"“{key}” is missing")
    if len(sheet.problems) > problems or why is None:
        return None
    made = make(sheet, held, why)
    return made if len(sheet.problems) == problems else None  # half a decision would be told as a second mistake


def _id(sheet: Sheet, entry: Entry) -> str | None:
    raw = text(sheet, entry)
    return actor_id(sheet, entry.at, raw) if raw else None


def _merge(sheet: Sheet, held: _Entries, why: Decided) -> Merge | None:
    kept, *others = _several(sheet, held["merge"], "the first is kept") or ("",)
    return Merge(kept, tuple(others), why) if others else None


def _apart(sheet: Sheet, held: _Entries, why: Decided) -> Apart | None:
    ids = _several(sheet, held["apart"], "each is somebody else")
    return Apart(ids, why) if ids else None


def _one(sheet: Sheet, held: _Entries, why: Decided) -> One | None:
    actor = _id(sheet, held["one"])
    return One(actor, why) if actor else None


def _several(sheet: Sheet, entry: Entry, what: str) -> tuple[str, ...]:
    """Return the actors of a list; none where it is too short, or where an id is none."""
    ids = [actor_id(sheet, entry.at, raw) for raw in texts(sheet, entry)]
    if len(ids) < 2:
        sheet.wrong(entry.at, f"“{entry.key}” takes a list of two or more actor ids; {what}")
        return ()
    return tuple(filter(None, ids)) if all(ids) else ()


def _split(sheet: Sheet, held: _Entries, why: Decided) -> Split | None:
    actor, into = _id(sheet, held["split"]), _id(sheet, held["into"])
    if actor is None or into is None:
        return None
    if actor == into:
        sheet.wrong(held["into"].at, f"“{into}” is the actor that is split; give the other one an id of its own")
        return None
    name = text(sheet, held["name"]) if "name" in held else None
    listed = texts(sheet, held["articles"])
    if not listed:
        sheet.wrong(held["articles"].at, "“articles” is empty; name those in which the actor is somebody else")
        return None
    return Split(actor, into, listed, why, name)


def _rename(sheet: Sheet, held: _Entries, why: Decided) -> Rename | None:
    actor, name = _id(sheet, held["rename"]), text(sheet, held["to"])
    return Rename(actor, name, why) if actor and name else None


def _speaker(sheet: Sheet, held: _Entries, why: Decided) -> SpokenBy | None:
    quotation = _quotation(sheet, held["speaker"])
    raw = texts(sheet, held["is"])
    if NOBODY in raw and len(raw) > 1:
        sheet.wrong(held["is"].at, f"“{NOBODY}” cannot speak beside others; write it alone, or take it out")
        return None
    ids = [actor_id(sheet, held["is"].at, each) for each in raw if each != NOBODY]
    return SpokenBy(quotation, tuple(filter(None, ids)), why) if quotation else None


def _quotation(sheet: Sheet, entry: Entry) -> str | None:
    raw = text(sheet, entry)
    if raw is not None and not is_quotation(raw):
        sheet.wrong(entry.at, f"“{raw}” is no quotation's id; it is “q-” and ten letters, as on the article's page")
        return None
    return raw


def _reject(sheet: Sheet, held: _Entries, why: Decided) -> Reject | None:
    raw = text(sheet, held["reject"])
    if raw is None or is_quotation(raw):
        return Reject(raw, why) if raw else None
    id_ = actor_id(sheet, held["reject"].at, raw)
    return Reject(id_, why) if id_ else None


def _topic(sheet: Sheet, held: _Entries, why: Decided) -> OnTopic | None:
    article = text(sheet, held["topic"])
    add, remove = texts(sheet, held.get("add")), texts(sheet, held.get("remove"))
    if not add and not remove:
        sheet.wrong(held["topic"].at, "say which topic to “add” or to “remove”, by its id such as medtop:11000000")
        return None
    for both in sorted(set(add) & set(remove)):
        sheet.wrong(held["remove"].at, f"“{both}” stands under “add” too; keep one")
        return None
    return OnTopic(article, add, remove, why) if article else None


def _withhold(sheet: Sheet, held: _Entries, why: Decided) -> Withhold | None:
    raw = (text(sheet, held["withhold"]) or "").strip("/")
    section, _, id_ = raw.partition("/")
    if is_quotation(raw):
        return Withhold(why, quotation=raw)
    if section == "articles" and (versions := id_.removesuffix(EDITED)) != id_:
        return Withhold(why, versions=versions.rstrip("/"))
    if section == "articles" and id_:
        return Withhold(why, article=id_)
    if section == "actors" and id_:
        return Withhold(why, actor=id_)
    expected = "write it as in its address: articles/ID, articles/ID/#edited, actors/ID, or the id of a quotation"
    sheet.wrong(held["withhold"].at, f"“{raw}” is nothing that can be withheld; {expected}")
    return None


_OPTIONAL = frozenset({"name", "add", "remove"})
KINDS: Mapping[str, tuple[tuple[str, ...], Callable[[Sheet, _Entries, Decided], Correction | None]]] = {
    "merge": ((), _merge),
    "apart": ((), _apart),
    "one": ((), _one),
    "split": (("into", "articles", "name"), _split),
    "rename": (("to",), _rename),
    "speaker": (("is",), _speaker),
    "reject": ((), _reject),
    "topic": (("add", "remove"), _topic),
    "withhold": ((), _withhold),
}
