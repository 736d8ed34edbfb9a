"""Roles of the past: "former head of the port", "ex-minister"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

from digest.language.types import Language


def is_past(role: str, language: Language) -> bool:
    """Whether a role is one of the past, told by a word before the link to its body: "former head of the port"."""
    head, _ = parted(role.casefold().split(), language)
    return any(w in language.sets["past_words"] or w.startswith(language.past_prefixes) for w in head)


def without_past(role: str, language: Language) -> str:
    """Return a role in small letters without the words that tell of the past: "head of the port".

    Articles go with them ("then the mayor of Tarn"). Nothing is left where one word says both: "Altkanzler".
    """
    dropped = language.sets["past_words"] | language.sets["determiners"]
    head, body = parted(list(dropwhile(dropped.__contains__, role.casefold().split())), language)
    kept = [word.removeprefix(next(filter(word.startswith, language.past_prefixes), "")) for word in head]
    return " ".join([*(word for word in kept if word not in dropped), *body])


def parted(words: Sequence[str], language: Language) -> tuple[Sequence[str], Sequence[str]]:
    """Return the words of a role before the first link to its body, and those from there on."""
    cut = next((n for n, word in enumerate(words) if n and word in language.sets["role_links"]), len(words))
    return words[:cut], words[cut:]
