"""Companies, organisations, outlets and states of one article: which of their names mean the same one.

News prints a body in full once and then by a part of its name: "Merrow Ferries Ltd" is "Merrow" later, or "MF" where
that stands in brackets behind it or is made of its initials. A short name means a body where only one fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.knowledge import Knowledge, variants
from digest.language import Language
from digest.model import ActorType, Article, Mention
from digest.resolve.brackets import same_in_brackets
from digest.resolve.offices import BODIES, placed_offices
from digest.text import slug


@dataclass(slots=True)
class _Names:
    """The bodies that an article names: core of the name -> actor, short name -> the actors that it fits.

    ``parts`` also tells behind which place each of these is called so.
    """

    cores: dict[tuple[str, ...], str] = field(default_factory=dict)
    parts: dict[tuple[str, ...], dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    initials: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    short: dict[str, str] = field(default_factory=dict)

    def actor(self, text: str, at: int) -> str | None:
        """Return the one actor that ``text``, printed ``at``, fits; None where none does or several do.

        What a name begins with follows the name, unless it stands in the headline (``at`` is then negative).
        """
        core = variants.core(text)
        if core in self.cores:
            return self.cores[core]
        if text in self.short:
            return self.short[text]
        if fitting := self.initials.get(text):
            return next(iter(fitting)) if len(fitting) == 1 else None
        parts = {} if _firm(text) else self.parts.get(core, {})
        return (
            next((actor for actor, first in parts.items() if at < 0 or first < at), None) if len(parts) == 1 else None
        )


def bodies(article: Article, mentions: Sequence[Mention], language: Language, knowledge: Knowledge) -> list[Mention]:
    """Return the mentions with the actor of every organisation, outlet, company and state."""
    known = _known(knowledge, language.raw.code)
    mentions = placed_offices(article, mentions, language, knowledge)
    headline = max((b.end for b in article.blocks if b.kind == "title"), default=0)
    named = [m for m in mentions if m.label == "name" and m.type in BODIES]
    names = _Names()
    # the fullest form of a name is the one that its actor is called by
    for m in sorted(named, key=lambda m: (m.actor is None, -len(m.text), m.start)):
        _add(m, names, known)
    _bracketed(named, article.text, names)
    out = []
    for m in mentions:
        if m.label == "name" and m.type not in ("person", "place"):
            actor = m.actor or names.actor(m.text, m.start if m.start >= headline else -1) or slug(m.text)
            m = m.of(actor, knowledge.actors[actor].type if actor in knowledge.actors else m.type)
        out.append(m)
    return out


def _add(m: Mention, names: _Names, known: Mapping[tuple[str, ...], str]) -> None:
    """Add a name of several words, or of a known body, with its short forms."""
    core = variants.core(m.text)
    if core in names.cores or (m.actor is None and " " not in m.text):
        return
    actor = m.actor or known.get(core) or slug(m.text)
    names.cores[core] = actor
    if len(core) < 2 or len(core[-1]) < 2:
        return
    if not any(w.islower() for w in m.text.split()):
        names.parts[core[-1:]][actor] = -1  # the Front; but the Bank of Norland is not Norland
    for part in _beginnings(m.text, core):  # Merrow
        names.parts[part][actor] = min(m.start, names.parts[part].get(actor, m.start))
    names.initials[_initials(m.text)].add(actor)


def _beginnings(name: str, core: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield what a name may be called by of what it begins with.

    Initials that a name begins with are mostly another body's: the DUV Council is not the DUV. A company bears them.
    """
    for n in range(1, len(core)):
        if n > 1 or _firm(name) or not name.split()[0].isupper():
            yield core[:n]


def _firm(name: str) -> bool:
    """Whether a name ends in a legal form."""
    *before, last = name.split()
    return bool(before) and variants.legal(last.strip(".,").casefold())


def _initials(name: str) -> str:
    """Return the first letters of the words with a capital, without the legal form.

    There are none of a name that begins with initials: the DUV Council is no DC.
    """
    words = [w for w in name.replace("-", " ").split() if not variants.legal(w.strip(".,").casefold())]
    return "" if words[0].isupper() and len(words[0]) > 1 else "".join(w[0] for w in words if w[0].isupper())


def _bracketed(named: Sequence[Mention], text: str, names: _Names) -> None:
    """Add the acronyms in brackets and before them: "the Docks Union (DUV)", "the DUV (Docks Union)"."""
    for one, other in same_in_brackets(named, text):
        if one.actor is None:
            names.short.setdefault(one.text, other.actor or names.actor(other.text, other.start) or slug(other.text))


def as_bodies(mentions: Sequence[Mention], titles: Mapping[int, str]) -> list[Mention]:
    """Return the mentions, those of persons who are bodies as such: Ida Quill, where the article names Ida Quill Ltd.

    Nobody who has a title, a role or an actor is one, and no last name of somebody who is named in full.
    """
    firms = {core: m.type for m, core in _firms(mentions)}
    if not firms:
        return list(mentions)
    ends = {m.end for m in mentions if m.label == "role"}
    people = [m for m in mentions if m.label == "name" and m.type == "person"]
    bare = [m for m in people if m.actor is None and m.start not in titles and m.start - 1 not in ends]
    kept = {m.start for m in people} - {m.start for m in bare}
    parts: dict[tuple[str, ...], ActorType] = {}
    for core, kind in firms.items():
        parts.setdefault(core[-1:], kind)
        for n in range(1, len(core) + 1):
            parts.setdefault(core[:n], kind)
    full = {w for m in people if m.start in kept or variants.core(m.text) not in parts for w in _ends(m)}
    firm = {m.start: parts[core] for m in bare if (core := variants.core(m.text)) in parts and core[-1] not in full}
    return [replace(m, type=firm[m.start]) if m.label == "name" and m.start in firm else m for m in mentions]


def _firms(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, tuple[str, ...]]]:
    """Yield the bodies whose names tell their legal form, with the words before it."""
    for m in mentions:
        if m.label == "name" and m.type in BODIES and _firm(m.text):
            yield m, variants.core(m.text)


def _ends(m: Mention) -> tuple[str, ...]:
    """Return the last word of a person's name where there are several."""
    words = variants.core(m.text)
    return words[-1:] if len(words) > 1 else ()


_KEPT: dict[str, tuple[Knowledge, dict[tuple[str, ...], str]]] = {}


def _known(knowledge: Knowledge, code: str) -> dict[tuple[str, ...], str]:
    """Return the safe names of known bodies in one language, without their legal forms, with their actors."""
    kept = _KEPT.get(code)
    if kept is None or kept[0] is not knowledge:
        found: dict[tuple[str, ...], str] = {}
        for actor in knowledge.actors.values():
            if actor.type in BODIES:
                for name in actor.names(code):
                    found.setdefault(variants.core(name), actor.id)
        kept = _KEPT[code] = (knowledge, found)
    return kept[1]
