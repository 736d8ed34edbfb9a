"""The words of a quotation as HTML: ink inside quotation marks, grey where the article reports, marks in the accent.

The words are the article's, character by character. The marks around a verbatim part are the page's own, set as its
language does; the article's page shows those that were printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from digest.lines import Line
from digest.model import Span

# Unicode CLDR, characters/quotationStart and quotationEnd of each language.
_MARKS = {
    "de": "„“",
    "pl": "„”",
    "fr": "«»",
    "es": "«»",
    "it": "«»",
    "ru": "«»",
    "uk": "«»",
    "fa": "«»",
    "ar": "”“",
    "he": "””",
}
_DEFAULT = "“”"
PRINTED = "\"“”„‟«»‹›‘’‚‛'`"
"""The characters that stand as quotation marks in articles."""
# Unicode CLDR, layout/orientation/characterOrder: the languages that are printed from right to left.
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
_CARET = '<span class="l-flaw"></span>'


def attributes(language: str, site_language: str) -> Markup:
    """Return the ``lang`` and ``dir`` attributes of text in ``language``, empty where it is the site's own."""
    if language == site_language:
        return Markup("")
    direction = Markup(' dir="rtl"') if language in RIGHT_TO_LEFT else Markup("")
    return Markup(' lang="{}"').format(language) + direction


def marks(language: str) -> tuple[str, str]:
    """Return the opening and the closing quotation mark of a language."""
    both = _MARKS.get(language, _DEFAULT)
    return both[0], both[1]


def said(line: Line, own: Sequence[Span] = ()) -> Markup:
    """Return the words of a quotation with the verbatim ones set off, and the pieces ``own`` of its article marked.

    A missing mark shows as a caret in its place. A quotation without verbatim parts is returned without marks.
    """
    return Markup("".join(_pieces(line, own)))  # noqa: S704 - every string in it is escaped or a constant


def _pieces(line: Line, own: Sequence[Span]) -> Iterator[str]:
    q, text = line.quotation, line.article.text
    direct = q.kind == "direct"
    opening, closing = marks(line.article.language)
    place = q.start
    for n, part in enumerate(q.parts):
        yield _between(text, place, part.start, own, first=n == 0, last=False, grey=direct)
        before = _CARET if n == 0 and _lacks(line, "no opening") else _mark(opening)
        after = _CARET if n == len(q.parts) - 1 and _lacks(line, "no closing") else _mark(closing)
        words = f"{before}{_marked(text, part.start, part.end, own)}{after}"
        yield words if direct else f"<b>{words}</b>"
        place = part.end
    yield _between(text, place, q.end, own, first=not q.parts, last=True, grey=direct and bool(q.parts))


def _between(text: str, start: int, end: int, own: Sequence[Span], *, first: bool, last: bool, grey: bool) -> str:
    """Return what stands between two parts, without the printed marks that touch them."""
    if not last and start < end and text[end - 1] in PRINTED:
        end -= 1
    if not first and start < end and text[start] in PRINTED:
        start += 1
    words = _marked(text, start, end, own)
    return f'<span class="rep">{words}</span>' if grey and words else words


def _marked(text: str, start: int, end: int, own: Sequence[Span]) -> str:
    """Return ``text[start:end]``, escaped, with what of it stands in one of the pieces ``own`` in ``<mark>``."""
    found: list[str] = []
    at = start
    for piece in own:
        a, b = max(piece.start, at), min(piece.end, end)
        if a < b:
            found += (escape(text[at:a]), "<mark>", escape(text[a:b]), "</mark>")
            at = b
    return "".join([*found, escape(text[at:end])])


def _mark(mark: str) -> str:
    return f'<span class="m">{mark}</span>'


def _lacks(line: Line, flaw: str) -> bool:
    return any(f.startswith(flaw) for f in line.quotation.flaws)
