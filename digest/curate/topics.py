"""``topics.yml``: topics of the people's own, in the grammar of those that are shipped (``knowledge/topics.toml``).

``parent`` may name a topic that is shipped or one of this file.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import yaml

from digest.curate.sheet import Entry, Sheet, keyed, named_blocks, text, texts
from digest.curate.values import DECIDED, decided
from digest.decisions import OwnTopic
from digest.knowledge import load_topics
from digest.model import Phrases, TopicRule
from digest.text import is_phrase, slug

NAME = "topics.yml"

_GRAMMAR = ("any", "all", "weak", "not")


def parse(sheet: Sheet, languages: tuple[str, ...]) -> tuple[OwnTopic, ...]:
    """Return the topics of the file; ``languages`` are the codes under which a topic may have phrases."""
    if sheet.root is None:
        return ()
    shipped = {topic.id: topic for topic in load_topics()}
    own: dict[str, OwnTopic] = {}
    for entry in named_blocks(sheet, "topic id", "name: Harbour"):
        one = _topic(sheet, entry, languages, {**shipped, **{id_: t.rule for id_, t in own.items()}})
        if one is not None:
            own[one.rule.id] = one
    return tuple(own.values())


def _topic(sheet: Sheet, entry: Entry, languages: tuple[str, ...], known: Mapping[str, TopicRule]) -> OwnTopic | None:
    problems = len(sheet.problems)
    held = keyed(sheet, entry.block, ("name", "name_de", "parent", *languages, *DECIDED))
    why = decided(sheet, entry.at, held)
    if entry.key in known:
        sheet.wrong(entry.at, f"there is a topic “{entry.key}” already; choose another id")
    elif entry.key != slug(entry.key):
        sheet.wrong(entry.at, f"“{entry.key}” is no address; write “{slug(entry.key)}”")
    if "name" not in held:
        sheet.wrong(entry.at, "“name” is missing; write how the topic is shown")
    name = text(sheet, held["name"]) if "name" in held else None
    name_de = text(sheet, held["name_de"]) if "name_de" in held else None
    parents = _parents(sheet, held.get("parent"), known)
    rules = {code: rule for code in languages if code in held and (rule := _phrases(sheet, held[code])) is not None}
    if not rules and len(sheet.problems) == problems:
        sheet.wrong(entry.at, f"no phrase would ever find “{entry.key}”; write “any” or “all” below {languages[0]}")
    if len(sheet.problems) > problems or why is None or name is None:
        return None
    return OwnTopic(TopicRule(entry.key, name, name_de or name, parents, rules), why)


def _parents(sheet: Sheet, entry: Entry | None, known: Mapping[str, TopicRule]) -> tuple[str, ...]:
    """Return the ids above the topic, top first."""
    id_ = text(sheet, entry) if entry else None
    if entry is None or id_ is None:
        return ()
    if id_ not in known:
        sheet.wrong(entry.at, f"there is no topic “{id_}”; {_meant(id_, known)}")
        return ()
    return (*known[id_].parents, id_)


def _meant(id_: str, known: Mapping[str, TopicRule]) -> str:
    """Return which topic is meant, by its name or an id much like this; else what to write."""
    for topic in known.values():
        if id_.casefold() in {topic.name.casefold(), topic.name_de.casefold()}:
            return f"write “{topic.id}” for “{id_}”"
    near = difflib.get_close_matches(id_, known, n=1, cutoff=0.8)
    if near:
        return f"did you mean “{near[0]}” ({known[near[0]].name})?"
    return "write the id of a topic above, or put that one before this"


def _phrases(sheet: Sheet, entry: Entry) -> Phrases | None:
    if not isinstance(entry.value, yaml.MappingNode):
        sheet.wrong(entry.at, f"“{entry.key}” takes “any”, “all”, “weak” and “not” below it, indented")
        return None
    held = keyed(sheet, entry.value, _GRAMMAR)
    single = {key: texts(sheet, held.get(key)) for key in ("any", "weak", "not")}
    groups = _lists(sheet, held.get("all"))
    for key, phrases in (*single.items(), ("all", tuple(p for group in groups for p in group))):
        for phrase in phrases:
            if not is_phrase(phrase):
                sheet.wrong(held[key].at, f"“{phrase}” stands at no word; write letters, and “*” first or last only")
    found = Phrases(single["any"], groups, single["weak"], single["not"])
    if not (found.any or found.all or len(set(found.weak)) > 1):
        sheet.wrong(entry.at, f"“{entry.key}” needs “any”, “all” or two of “weak”, or nothing would be found")
    return found


def _lists(sheet: Sheet, entry: Entry | None) -> tuple[tuple[str, ...], ...]:
    """Return the lists of ``all``: a list of lists, or one list."""
    if entry is None:
        return ()
    if isinstance(entry.value, yaml.SequenceNode) and any(isinstance(v, yaml.SequenceNode) for v in entry.value.value):
        return tuple(texts(sheet, Entry(entry.key, item, item)) for item in entry.value.value)
    return (texts(sheet, entry),)
