"""Which language a text is in.

News in a language that the program knows is told by its words of grammar. Everything else is asked of py3langid (Lui
and Baldwin 2012, "langid.py: An off-the-shelf language identification tool"), whose model takes as long to load as some
fifty articles to read. It is limited to the languages that news is widely published in: left to choose among all 150,
it takes short English headlines for Nigerian Pidgin.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from digest import language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

WIDELY_PUBLISHED = frozenset({
    "ar", "bg", "bn", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "ur",
    "vi", "zh",
})  # fmt: skip
_SURE = 0.9
_SAMPLE = 4_000
_GRAMMAR_SAMPLE = 1_000
# One letter is a word of grammar in half of all languages. The first half finds nothing else than the second, but most
# words in a third of the time.
_WORD = re.compile(r"[A-Za-z]{2,}(?=[ ,.])|[^\W\d_]{2,}")
# Names say nothing, so only words in small letters are counted, and words of grammar in any. Counted on 4,673 articles:
# all but seven are clear, and the model agrees on every one. Of the Universal Declaration of Human Rights in 478
# languages, cut into pieces of 60 characters, only English, Scots, Nigerian Pidgin and German have pieces that are
# clear, and Krio and Low German one each.
_CLEAR = 0.25  # of the words
_TIMES = 4  # as many as of any other language
_DIFFERENT = 4
_FEWEST = 8


def detect(text: str, languages: tuple[str, ...]) -> tuple[str, float]:
    """Return the language code of ``text`` and how likely it is (0 to 1).

    One of ``languages`` wins unless another language is clearly the case, so that a short English text is not called
    Dutch. A text without words gets English where that is one of ``languages``, else the first of them.
    """
    default = "en" if "en" in languages or not languages else languages[0]
    clear = _by_grammar(text[:_GRAMMAR_SAMPLE], languages)
    if clear is not None:
        return clear, 1.0
    if not any(c.isalpha() for c in text):
        return default, 0.0
    # numpy in, numpy out: the plain float keeps the analysis storable
    ranked = [(str(code), float(score)) for code, score in _identifier(languages).rank(text[:_SAMPLE])]
    first, score = ranked[0]
    if first in languages or score >= _SURE:
        return first, score
    return next(((code, score) for code, score in ranked if code in languages), (default, 0.0))


def _by_grammar(sample: str, languages: tuple[str, ...]) -> str | None:
    """Return the one of ``languages`` whose words of grammar make up the sample as those of no other do, or None."""
    words = _WORD.findall(sample)
    small = sum(map(str.islower, words))
    grammar = _grammar(languages)
    if small < _FEWEST or not grammar:
        return None
    lows = [word.lower() for word in words]
    shares = []
    for code, own in grammar:
        found = sum(map(own.__contains__, lows))
        large = found - sum(map(own.__contains__, words))
        shares.append((found / (small + large), len(own.intersection(lows)), code))
    (share, different, code), *others = sorted(shares, reverse=True)
    clear = share >= _CLEAR and different >= _DIFFERENT and all(share >= _TIMES * other for other, *_ in others)
    return code if clear else None


@functools.cache
def _grammar(languages: tuple[str, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return each of ``languages`` that the program has words for, with the words of grammar that no other has."""
    words = {
        code: frozenset().union(*(language.load(code).sets[key] for key in language.GRAMMAR))
        for code in languages
        if code in language.available()
    }
    return tuple(
        (code, own.difference(*(others for other, others in words.items() if other != code)))
        for code, own in words.items()
    )


@functools.cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    """Return the model, limited to the languages it may answer with. It is loaded where it is asked for, not before."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted((WIDELY_PUBLISHED | set(languages)) & set(identifier.labels)))
    return identifier
