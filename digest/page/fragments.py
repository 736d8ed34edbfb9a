"""A link to the words at the source: the article's address with a text fragment that browsers scroll to and mark.

https://wicg.github.io/scroll-to-text-fragment/: behind ``#:~:text=`` stands ``start``, or ``start,end`` for a long
piece, with ``prefix-`` before it where the words stand more than once. A browser marks the first place on the page that
fits, whose words begin and end as whole words; it compares them without regard to case. The original may set
quotation marks and apostrophes in another way than the copy that was read, so no term holds any.
"""

from __future__ import annotations

from urllib.parse import quote

from digest.lines import Line
from digest.page.links import web
from digest.page.words import PRINTED

WHOLE = 10
"""Words of a run up to which it is named as a whole; beyond, its first and last ``ENDS`` words stand for it."""
ENDS = 5
LEAST = 3
"""Words that a term should have: with fewer, it would fit in many places."""
BEFORE = 4
"""Words of a prefix."""
REACH = 20_000
"""Characters before a term that are looked through for the same words: a limit, for an article may be very long."""
_ENDS_OF_WORDS = " .,;:!?…()[]–—-"

Run = list[tuple[str, int]]
"""Words that follow each other on a line with nothing but space between, each with its offset in the article."""


def at_source(line: Line) -> str | None:
    """Return the article's address with a text fragment on the quotation, or None without a web address.

    Where no run of the words can be named safely, it is the article's address alone.
    """
    url = web(line.article.url)
    if not url:
        return None
    hidden = any(gap.start < line.quotation.start for gap in line.article.gaps[:1])
    found = directive(line.article.text, line.quotation.start, line.quotation.end, hidden=hidden)
    page = url.partition(":~:")[0]
    if not found:
        return page
    return f"{page}{'' if '#' in page else '#'}:~:text={found}"


def directive(text: str, start: int, end: int, *, hidden: bool = False) -> str:
    """Return the text directive that fits ``text[start:end]``, percent-encoded; empty where there is none.

    ``hidden``: words before it are left out of ``text``, and may be the same.
    """
    runs = [run for run in _runs(text, start, end) if _text(run)]
    if not runs:
        return ""
    long = [run for run in runs if len(run) >= LEAST]
    first, last = (long[0], long[-1]) if long else (max(runs, key=len),) * 2
    terms = [first] if first is last and len(first) <= WHOLE else [first[:ENDS], last[-ENDS:]]
    if not all(map(_text, terms)):
        return ""  # dashes and stars, which no browser takes for words
    named = ",".join(_encoded(_text(term)) for term in terms)
    before = _before(text, terms[0], hidden=hidden)
    return f"{_encoded(before)}-,{named}" if before else named


def _runs(text: str, start: int, end: int) -> list[Run]:
    """Return the words of ``text[start:end]`` in runs that hold no quotation mark, apostrophe or line end."""
    runs: list[Run] = [[]]
    at = start
    for piece in text[start:end].splitlines(keepends=True):
        for word, offset in _words(piece, at):
            bare = word.strip(PRINTED)
            if any(sign in PRINTED for sign in bare):
                runs.append([])  # an apostrophe inside a word: it can be no end of a term, for terms end at whole words
                continue
            if word[0] in PRINTED:
                runs.append([])
            if bare:
                runs[-1].append((bare, offset + word.index(bare)))
            if word[-1] in PRINTED:
                runs.append([])
        runs.append([])
        at += len(piece)
    return runs


def _words(line: str, at: int) -> list[tuple[str, int]]:
    found, place = [], 0
    for word in line.split():
        place = line.index(word, place)
        found.append((word, at + place))
        place += len(word)
    return found


def _text(run: Run) -> str:
    return " ".join(word for word, _ in run).strip(_ENDS_OF_WORDS)


def _before(text: str, term: Run, *, hidden: bool) -> str:
    """Return the words before a term that stands earlier in the article too, within ``REACH``, or may do so where words
    are ``hidden``; empty where it does not, or where a quotation mark stands between.
    """
    begin = term[0][1]
    if not hidden and _text(term).lower() not in text[max(0, begin - REACH) : begin].lower():
        return ""
    above = text.rfind("\n", 0, begin) + 1
    run = next((run for run in reversed(_runs(text, above, begin)) if run), [])
    if not run or text[run[-1][1] + len(run[-1][0]) : begin].strip():
        return ""
    return " ".join(word for word, _ in run[-BEFORE:])


def _encoded(words: str) -> str:
    """Return ``words`` percent-encoded; ``-``, ``,`` and ``&`` are the fragment's own punctuation."""
    return quote(words, safe="").replace("-", "%2D")
