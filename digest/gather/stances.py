"""What the cue of a quotation tells of how the one who speaks stands to another: accusing, denying, demanding.

Only what is printed counts. Nothing here reads what was said, so two speakers of opposite minds who both "said" it stay
unmarked; a language's words for it are ``stances`` in its file.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import cast

from digest import language
from digest.language import Language
from digest.lines import Line
from digest.model import Place
from digest.relations import Stance
from digest.text import squeeze

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_STOP = re.compile(r"[.!?:;\n]")
BEHIND = 240
"""A separable verb's particle is looked for in so many code points behind its cue, up to the end of the sentence."""


def stances(lines: Iterable[Line]) -> dict[Place, Stance]:
    """Return what the cues of ``lines`` tell, those that tell something, by the places of their quotations."""
    found = {(line.article.id, line.quotation.id): stance(line) for line in lines}
    return {place: told for place, told in found.items() if told}


def stance(line: Line) -> Stance | None:
    """Return what a quotation's cue tells; None where it tells nothing of the kind or is denied ("did not accuse").

    The first word of the cue that is a verb or a noun of a group decides: "rejected the accusation" rejects.
    """
    cue = line.quotation.cue
    if not cue or not (found := _candidates(cue.text.lower(), line.article.language)):
        return None
    around: set[str] | None = None
    for told, particle in found:
        if particle and around is None:
            behind = _STOP.split(line.article.text[cue.end : cue.end + BEHIND], maxsplit=1)[0]
            around = set(_WORD.findall(f"{cue.text} {behind}".lower()))
        if not particle or particle <= (around or set()):
            return told
    return None


@functools.lru_cache(maxsize=4096)
def _candidates(cue: str, code: str) -> tuple[tuple[Stance, frozenset[str]], ...]:
    """Return what a cue in small letters may tell, each with the words of the particle that it takes, the surest first.

    A verb takes its particle: "warf" accuses only with "vor".
    """
    of = language.load(code)
    words = _WORD.findall(cue)
    if any(word in of.sets["negations"] or word in of.sets["denials"] for word in words):
        return ()
    return tuple(
        (cast("Stance", found), particle)
        for word in words
        for name, particle in _names(word, of)
        if (found := of.stances.get(name))
    )


def _names(word: str, of: Language) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what ``stances`` may call ``word``, with the words of its particle: its lemmas and the word itself."""
    if verb := of.verbs.get(word):
        for reading in verb.readings:
            particle = frozenset((reading.particle or "").split())
            yield from ((reading.named, particle), (reading.lemma, particle))
    for teller in of.tellers.get(word, ()):
        yield teller.lemma, frozenset()
    yield word, frozenset()


def verb(line: Line) -> str:
    """Return a quotation's cue as it stands inside a sentence, empty where there is none: "According to" counts with
    "according to".
    """
    if not line.quotation.cue:
        return ""
    printed = squeeze(line.quotation.cue.text)
    return printed[0].lower() + printed[1:] if printed[1:2].islower() else printed
