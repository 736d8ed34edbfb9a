"""What an article's page says of its edits and of other reports of its text, and the words that differ as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from digest.edits import Altered, Difference, Edited, Fact, Piece, RowKind, Said, Variation
from digest.output import KIND_WORDS
from digest.page.english import counted, day, times
from digest.text import capital

_ELEMENTS = {"removed": "del", "inserted": "ins"}
COMPARED = 10
"""The page of the earliest report of a text shows what so many others print otherwise; the pages of these say the same.
"""
_KINDS: tuple[RowKind, ...] = ("changed", "added", "removed")


def sign(edited: Edited) -> str:
    """Return how often an article was edited and when last, for a line of its own: "edited twice, last on 4 May 2025".

    It begins in lower case and has no full stop.
    """
    if not edited.edits:
        return f"edited {times(edited.times)}" if edited.times else "edited"
    latest = edited.edits[0]
    when = f"on {day(latest.date)}" if latest.date else "" if latest.commit else "not committed yet"
    if edited.times == 1:
        return f"edited once, {when}" if when else "edited once"
    return f"edited {times(edited.times)}{f', last {when}' if when else ''}"


def notes(edited: Edited) -> str:
    """Return what a reader has to know of the edits that are shown, and of those that are not; often nothing."""
    found = []
    if edited.withheld:
        found.append("Its earlier versions are not shown, because they hold something that is withheld.")
    if edited.older:
        found.append(f"{counted(edited.older, 'earlier edit')} {_be(edited.older)} not shown.")
    if edited.unread:
        found.append(
            f"{counted(edited.unread, 'earlier version')} could not be read and {_be(edited.unread)} left out."
        )
    if edited.cut:
        found.append("The site was built without the whole history of its articles, so there may be earlier edits.")
    return " ".join(found)


def _be(n: int) -> str:
    return "is" if n == 1 else "are"


def paragraphs(difference: Difference) -> str:
    """Return how many paragraphs an edit changed: "1 paragraph changed, 2 added, 9 as they were"."""
    if difference.beyond:
        return "the text is too long, and too much of it changed, for the words to be compared"
    found = [(n, kind) for kind in _KINDS if (n := difference.number(kind))]
    if not found:
        return "no word of the text changed"
    (first, kind), *others = found
    told = [f"{counted(first, 'paragraph')} {kind}", *(f"{n} {word}" for n, word in others)]
    same = difference.number("same")
    return ", ".join([*told, f"{same} as {'it was' if same == 1 else 'they were'}"] if same else told)


def hidden(count: int, kind: RowKind) -> str:
    """Return what is said in place of paragraphs whose words are not shown."""
    if kind == "same":
        return f"{counted(count, 'paragraph')} as {'it was' if count == 1 else 'they were'}"
    return f"{counted(count, 'more paragraph')} {kind}; so many words are not shown here"


def variation(varied: Variation) -> str:
    """Return how far two reports of a text differ: "word for word the same", "1 paragraph changed, 9 as they were"."""
    if varied.nothing:
        return "word for word the same"
    told = [paragraphs(varied.difference)] if not varied.difference.nothing else []
    return " · ".join(filter(None, [*told, quotations(varied.quotations)]))


def quotations(altered: Sequence[Altered]) -> str:
    """Return what became of the quotations: "1 quotation removed, 2 reworded"; empty where nothing did."""
    kinds = [_kind(each) for each in altered]
    found = [(kinds.count(kind), kind) for kind in dict.fromkeys(kinds)]
    if not found:
        return ""
    (first, kind), *others = found
    return ", ".join([f"{counted(first, 'quotation')} {kind}", *(f"{n} {word}" for n, word in others)])


def _kind(altered: Altered) -> str:
    if altered.before is None:
        return "added"
    if altered.after is None:
        return "removed"
    if altered.pieces:
        return "reworded"
    return "re-attributed" if altered.reattributed else "printed otherwise"


def what(altered: Altered) -> str:
    """Return what became of a quotation, as the word of a label."""
    return _kind(altered)


def told(altered: Altered, up: str) -> Markup:
    """Return who speaks in a quotation that an edit changed, and as what it was and is printed.

    ``up`` is the way from the page to the site's root.
    """
    before, after = altered.before, altered.after
    if before is None or after is None:
        one = before or after
        return Markup("{} · {}").format(_who(one, up), KIND_WORDS[one.kind]) if one else Markup("")
    found = _who(after, up)
    if altered.reattributed:
        found = Markup("from {} to {}").format(_who(before, up), found)
    if altered.otherwise:
        found += f" · now {KIND_WORDS[after.kind]}, before {KIND_WORDS[before.kind]}"
    return found


def _who(said: Said, up: str) -> Markup:
    if not said.speakers:
        return Markup("<q>{}</q>").format(said.source) if said.source else Markup("nobody named")
    link = Markup('<a class="who" href="{}">{}</a>')
    names = [link.format(up + who.url, who.name) if who.url else escape(who.name) for who in said.speakers]
    return Markup(" and ").join([Markup(", ").join(names[:-1]), names[-1]] if len(names) > 1 else names)


def fact(changed: Fact) -> str:
    """Return in a sentence what is known otherwise of an article."""
    was, is_ = (day(each) if each and changed.name == "date" else each for each in (changed.before, changed.after))
    if not was:
        return f"{capital(changed.name)}: {is_}; none was given before."
    return f"{capital(changed.name)}: {is_}, before {was}." if is_ else f"{capital(changed.name)}: none, before {was}."


def marked(pieces: Sequence[Piece]) -> Markup:
    """Return the pieces as HTML, removed words in ``del`` and inserted ones in ``ins``, without the spaces around."""
    return Markup("".join(_element(piece) for piece in pieces))  # noqa: S704 - every string in it is escaped


def _element(piece: Piece) -> str:
    if piece.kind == "same":
        return str(escape(piece.text))
    words = piece.text.strip()
    before, _, after = piece.text.partition(words) if words else (piece.text, "", "")
    element = _ELEMENTS[piece.kind]
    return f"{before}<{element}>{escape(words)}</{element}>{after}" if words else before
