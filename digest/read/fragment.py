"""A piece of HTML that is an article and nothing else, as feeds and news agencies send it: every block counts."""

from __future__ import annotations

from digest.read import dom
from digest.read.draft import Draft, Piece, laid_out, same, titled

_HEAD = 3


def read(data: bytes) -> Draft:
    """Return the draft of a fragment in UTF-8; its first ``h1`` is the headline. Raises ReadError beyond the limits."""
    page = dom.parse(data.decode("utf-8", "replace"))
    parts = list(dom.parts(page)) if page else []
    pieces = [Piece(part.kind, part.text) for part in parts]
    if parts and parts[0].element.name == "h1":
        pieces[0] = Piece("title", parts[0].text)
        # many feeds print the headline once more above the text
        again = next((n for n, p in enumerate(pieces[1:_HEAD], 1) if same(p.text, pieces[0].text)), None)
        if again and len(pieces) > 2:
            del pieces[again]
    pieces, title = titled(pieces, None)
    laid, blocks = laid_out(pieces)
    return Draft(laid, blocks, title)
