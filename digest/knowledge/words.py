"""What single words can be: names, places, common nouns, and the company they keep.

The lists lie beside this module (``words_*.tsv``), derived from published word lists (``LICENSES.md``) by
``tools/make_words.py``; each row is ``key <tab> word word …``. They hold what is known of words in general, nothing of
any article.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from digest.model import DigestError

FOLDER = Path(__file__).parent
# Of ``Lexicon.clusters``: seen with a capital much less often than without, as a word that opens a sentence is.
_SMALL = frozenset("01")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language.

    ``kinds`` maps a word in small letters to letters that say what it can be: g a given name and s a surname (US
    census), n a name in another list, P a large and p a small place; in German also c a common noun, t a place, v a
    given name, n a surname. ``clusters`` maps a spelling to ``cluster.case``: a Brown cluster, and how much likelier
    the word is seen with a capital than without (0 to 5; 9 for one in small letters). ``places`` are the places of
    several words, in small letters.
    """

    kinds: Mapping[str, str]
    clusters: Mapping[str, str]
    places: frozenset[str]


@functools.cache
def lexicon(code: str) -> Lexicon:
    """Return the words of the language ``code``, read once a process; a language without lists has the names alone.

    Raises DigestError naming the file when it cannot be read.
    """
    kinds = _read(FOLDER / "words_names.tsv")
    own = FOLDER / f"words_nouns_{code}.tsv"
    if own.exists():
        nouns = _read(own)
        both = {word: "".join(sorted({*kinds[word], *nouns[word]})) for word in kinds.keys() & nouns.keys()}
        kinds |= nouns
        kinds |= both
    clusters = FOLDER / f"words_clusters_{code}.tsv"
    return Lexicon(
        kinds=kinds,
        clusters=_read(clusters) if clusters.exists() else {},
        places=frozenset(_read(FOLDER / "words_places.tsv", "|")),
    )


def ordinary(code: str, word: str) -> bool:
    """Whether ``word``, which is written with a capital here, is mostly written without one in the language ``code``.

    What is in no list may be a name.
    """
    cluster, _, case = lexicon(code).clusters.get(word, "").partition(".")
    return bool(cluster) and case in _SMALL


def cluster_of(code: str, word: str) -> str:
    """Return the Brown cluster of a spelling in the language ``code``, "" where it is in no list."""
    return lexicon(code).clusters.get(word, "").partition(".")[0]


def _read(path: Path, between: str = " ") -> dict[str, str]:
    """Return word -> key."""
    found: dict[str, str] = {}
    try:
        for line in path.read_text(encoding="utf-8").split("\n"):
            key, tab, words = line.partition("\t")
            if tab and not line.startswith("#"):
                found.update(zip(words.split(between), repeat(key)))
    except (OSError, UnicodeDecodeError) as error:
        raise DigestError(f"{path.name} cannot be read: {error}; install the program again") from error
    return found
