"""Several speakers of one quotation: names joined in its source, "both ministers", "they" behind two who spoke."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from digest.language import Language
from digest.model import Actor, Mention, Quotation, Source, Span

HOW = "several who speak together"


def group(
    q: Quotation, before: Sequence[Quotation], names: Sequence[Mention], actors: Mapping[str, Actor], language: Language
) -> tuple[str, ...]:
    """Return the ids of the actors that the source of ``q`` means together, or nobody where it means one at most.

    ``before`` are the quotations before it, ``names`` the names of the article in text order.
    """
    source = q.source
    if source is None:
        return ()
    if source.others:
        found = (_named(span, names) for span in (source.name, *source.others) if span is not None)
        return tuple(dict.fromkeys(a for a in found if a is not None and a in actors))
    if source.label == "pronoun":
        return _spoke_before(q, source, before, language)
    if source.label == "nominal":
        return _both(source, names, actors, language)
    return ()


def _named(span: Span, names: Sequence[Mention]) -> str | None:
    """Return the actor of the first name inside ``span``."""
    at = bisect_left(names, span.start, key=lambda m: m.start)
    inside = names[at : at + 1]
    return inside[0].actor if inside and inside[0].end <= span.end else None


def _spoke_before(q: Quotation, source: Source, before: Sequence[Quotation], language: Language) -> tuple[str, ...]:
    """Return who spoke together in the quotation before: "…," said Brask and Vennor. "…," they added.

    Where one pronoun means a woman or several people, the verb must be a plural (fügten sie hinzu).
    """
    last = next((b for b in reversed(before) if b.kind != "fragment" and b.end <= source.start), None)
    kind = language.pronouns.get(source.text.casefold())
    plural = kind == "p" or (kind == "fp" and q.cue is not None and q.cue.text.endswith(language.raw.plural_endings))
    if not plural or last is None or not last.others:
        return ()
    return tuple(speaker.id for speaker in last.speakers)


def _both(source: Source, names: Sequence[Mention], actors: Mapping[str, Actor], language: Language) -> tuple[str, ...]:
    """Return the two whom "both ministers" means: the only two named before whose printed role is that noun.

    The noun stands in the plural there and in the singular in a role, so that its beginning is compared.
    """
    words = [w.casefold() for w in source.text.split()]
    if len(words) < 2 or words[0] not in language.sets["both"]:
        return ()
    nouns = (noun.lstrip("-") for noun in language.raw.role_nouns.get("person", ()))
    noun = max((noun for noun in nouns if words[-1].startswith(noun)), key=len, default="")
    fitting = [a for a in actors.values() if noun and a.type == "person" and _is(a, noun)]
    seen = {m.actor for m in names[: bisect_left(names, source.start, key=lambda m: m.start)]}
    return tuple(a.id for a in fitting) if len(fitting) == 2 and all(a.id in seen for a in fitting) else ()


def _is(actor: Actor, noun: str) -> bool:
    return any(word.casefold().endswith(noun) for role in actor.roles for word in role.text.split())
