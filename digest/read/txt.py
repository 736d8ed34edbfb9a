"""Plain text: the headline first, then a block a line, or a block a paragraph where the lines are wrapped.

The text stays as the file has it.
"""

from __future__ import annotations

from digest.model import Block, BlockKind
from digest.read.draft import Draft, is_headline, title_from
from digest.read.encoding import decode
from digest.read.wrapped import BULLETS, unwrapped
from digest.text import paragraphs, squeeze


def read(data: bytes) -> Draft:
    """Return the draft of a plain text. Raises ReadError when ``data`` is not text."""
    text, note = decode(data)
    return draft(text, (note,) if note else ())


def draft(text: str, notes: tuple[str, ...] = ()) -> Draft:
    """Return the draft of ``text``, which is clean already.

    A lone line is the article's paragraph, and its title as well. Whether a line is a caption or an editor's comment
    is for a later stage, which knows the language.
    """
    spans = unwrapped(text, list(paragraphs(text)))
    if not spans:
        return Draft(text, (), "", notes=notes)
    head = squeeze(text[slice(*spans[0])])
    has_headline = len(spans) > 1 and is_headline(head)
    blocks = [Block(_kind(text, start), start, end) for start, end in spans]
    if has_headline:
        blocks[0] = Block("title", *spans[0])
    title = head if has_headline or (len(spans) == 1 and is_headline(head)) else title_from(head)
    return Draft(text, tuple(blocks), title, notes=notes)


def _kind(text: str, start: int) -> BlockKind:
    return "list" if text.startswith(BULLETS, start) else "paragraph"
