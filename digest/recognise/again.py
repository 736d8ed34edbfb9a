"""Parts of names that an article prints in full elsewhere: the last name of a person, the first word of a company."""

from __future__ import annotations

from collections.abc import Sequence

from digest.knowledge import variants
from digest.model import Mention
from digest.readings import FIRST_WORD, SURNAME
from digest.recognise.mentions import LONGEST_ACRONYM
from digest.recognise.scene import Scene
from digest.recognise.tokens import Token


def with_surnames(named: Sequence[Sequence[Mention]], tokens: Sequence[Sequence[Token]]) -> list[list[Mention]]:
    """Add the last names of persons whom the article names in full elsewhere, where they stand alone.

    ``named`` are the mentions and ``tokens`` the tokens of each block.
    """
    people = [m for names in named for m in names if m.label == "name" and m.type == "person" and " " in m.text]
    lasts = {m.text.split()[-1] for m in people}
    lasts |= {last.upper() for last in lasts}  # ALDANE: as transcripts name who speaks
    lasts |= {last.upper() for last in lasts if len(last) > LONGEST_ACRONYM}  # a transcript's labels: LINDQVIST:
    out = []
    for names, words in zip(named, tokens, strict=True):
        alone = [w for w in words if w.capital and w.text in lasts]
        taken = {at for m in names for at in range(m.start, m.end)} if alone else set()
        more = [Mention(w.start, w.end, w.text, "name", "person", rule=SURNAME) for w in alone if w.start not in taken]
        out.append(sorted([*names, *more], key=lambda m: (m.start, m.end)))
    return out


def with_first_words(
    named: Sequence[Sequence[Mention]], tokens: Sequence[Sequence[Token]], around: Scene
) -> list[list[Mention]]:
    """Add what companies are called by once they were named in full, where it stands alone: "Merrow Ltd … Merrow".

    That is the first word of a name with a legal form, unless it may be another word of the article or its language.
    """
    first: dict[str, int] = {}
    for m in (m for names in named for m in names if m.label == "name" and m.type == "company"):
        word, *rest = m.text.split()
        if rest and variants.legal(rest[-1].strip(".,").casefold()) and _telling(word, around):
            first.setdefault(word, m.end)
    if not first:
        return [list(names) for names in named]
    out = []
    for names, words in zip(named, tokens, strict=True):
        alone = [w for w in words if w.capital and w.start >= first.get(w.text, w.end)]
        taken = {at for m in names for at in range(m.start, m.end)} if alone else set()
        more = [Mention(w.start, w.end, w.text, "name", "company", rule=FIRST_WORD) for w in alone]
        out.append(sorted([*names, *(m for m in more if m.start not in taken)], key=lambda m: (m.start, m.end)))
    return out


def _telling(word: str, around: Scene) -> bool:
    """Whether a word is rather a name than a word of the language that many names begin with: Merrow, not National."""
    low = word.lower()
    common = around.ordinary(word) or around.adjective(word) or variants.shared(word)
    return word.isalpha() and len(word) > 1 and not (common or low in around.small or around.function(low))
