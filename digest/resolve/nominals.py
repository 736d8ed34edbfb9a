"""Who a nominal means: "the ministry spokesman", "the union"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from digest.language import Language
from digest.model import Actor, Source
from digest.resolve.scene import Found, Scene
from digest.text import without_possessive

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


def nominal(source: Source, scene: Scene) -> Found:
    """Return who a nominal source means."""
    return _apposed(source, scene) or _nominal(source, scene)


def _nominal(source: Source, scene: Scene) -> Found:
    """The speaker of "the Russian intelligence spokesman": the only person whose printed role fits the words."""
    words = [w.casefold() for w in _WORD.findall(source.text)]
    if not words or words[0] in scene.language.sets["indefinites"]:
        return Found(None, "unnamed", f"“{source.text}” is not named in the article")
    families = _families(source.text, scene.language)
    content = {w for w in words if _content(w, scene.language)} - _family_words(words, scene.language)
    fitting = [a for a in scene.actors.values() if a.type == "person" and _fits(a, families, content, scene.language)]
    if len(fitting) == 1:
        return Found(fitting[0].id, "role", f"“{source.text}”: the only one with this role in the article")
    if not fitting and (own := _organisation(words, source, scene)):
        return Found(own, "organisation noun", f"“{source.text}”: the only one of its kind named before")
    return Found(
        None,
        "unnamed",
        f"“{source.text}” is not named in the article" if not fitting else f"“{source.text}” fits several people",
    )


def _apposed(source: Source, scene: Scene) -> Found | None:
    """The person whose name stands behind the nominal: The group's spokesman, Davit Morresk, said …"""
    at = bisect_left(scene.starts, source.end)
    after = scene.names[at] if at < len(scene.names) else None
    if after is None or after.type != "person" or after.actor not in scene.actors:
        return None
    if scene.text[source.end : after.start].strip() != ",":
        return None
    return Found(after.actor, "role", f"“{source.text}”: {after.text}, named behind it")


def _fits(actor: Actor, families: frozenset[str], content: set[str], language: Language) -> bool:
    """Whether one of the actor's roles is of the same family, and shares a word where the source has more to say."""
    for role in actor.roles:
        words = {w.casefold() for w in _WORD.findall(role.text)}
        if families & _families(role.text, language) and (not content or content & words):
            return True
    return False


def _families(text: str, language: Language) -> frozenset[str]:
    """Return the families of the role nouns in ``text``: "press" for a spokesman and for a press bureau."""
    words = [without_possessive(w).casefold() for w in _WORD.findall(text)]
    pairs = [" ".join(words[i : i + 2]) for i in range(len(words) - 1)]
    return frozenset(
        language.families.get(w, w)
        for w in (*words, *pairs)
        if language.roles.get(w) == "person" or w in language.families
    )


def _family_words(words: Sequence[str], language: Language) -> set[str]:
    return {w for w in words if w in language.families or w in language.roles}


def _content(word: str, language: Language) -> bool:
    sets = language.sets
    return not any(
        word in sets[k] for k in ("determiners", "prepositions", "possessives", "conjunctions", "adverbs", "role_links")
    )


def _organisation(words: Sequence[str], source: Source, scene: Scene) -> str | None:
    """Return the organisation that "the union" means: the only one named before whose name has that word."""
    heads = [
        w
        for w in words
        if (scene.language.roles.get(w) == "organisation" or w in scene.language.sets["organisation_words"])
        and w not in scene.language.sets["occasion_words"]  # a post is a document, not the Post
    ]
    if not heads:
        return None
    named = [actor for actor, end in scene.bodies.items() if end <= source.start]
    fitting = [a for a in named if heads[-1] in scene.actors[a].name.casefold().split()]
    return fitting[0] if len(fitting) == 1 else None
