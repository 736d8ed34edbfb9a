"""Which language a text is in.

The model is py3langid's (Lui and Baldwin 2012, "langid.py: An off-the-shelf language identification tool"), limited to
the languages that news is widely published in: left to choose among all 150, it takes short English headlines for
Nigerian Pidgin.
"""

from __future__ import annotations

import functools

from py3langid.langid import MODEL_FILE, LanguageIdentifier

WIDELY_PUBLISHED = frozenset({
    "ar", "bg", "bn", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "ur",
    "vi", "zh",
})  # fmt: skip
_SURE = 0.9
_SAMPLE = 4_000


def detect(text: str, languages: tuple[str, ...]) -> tuple[str, float]:
    """Return the language code of ``text`` and how likely it is (0 to 1).

    One of ``languages`` wins unless another language is clearly the case, so that a short English text is not called
    Dutch. A text without words gets English where that is one of ``languages``, else the first of them.
    """
    default = "en" if "en" in languages or not languages else languages[0]
    if not any(c.isalpha() for c in text):
        return default, 0.0
    # numpy in, numpy out: the plain float keeps the analysis storable
    ranked = [(str(code), float(score)) for code, score in _identifier(languages).rank(text[:_SAMPLE])]
    first, score = ranked[0]
    if first in languages or score >= _SURE:
        return first, score
    return next(((code, score) for code, score in ranked if code in languages), (default, 0.0))


@functools.cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted((WIDELY_PUBLISHED | set(languages)) & set(identifier.labels)))
    return identifier
