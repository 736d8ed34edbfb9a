"""The one shape in which a quotation is compared, whether people marked it or the program found it."""

from __future__ import annotations

from dataclasses import dataclass

from digest.model import Analysis, Quotation, QuotationKind, Span


@dataclass(frozen=True, slots=True)
class Who:
    """Who speaks: the ``words`` that name the speaker in the article, their ``place``, and the ``name`` they mean.

    All of them are ``None`` where nobody is named.
    """

    words: str | None = None
    place: Span | None = None
    name: str | None = None

    @property
    def named(self) -> bool:
        """Whether anything says who speaks."""
        return bool(self.words or self.name)


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation of an article: ``start..end`` is the content, ``parts`` are its pieces in quotation marks.

    ``confidence`` and ``rule`` are those of the program; what people marked has neither. ``cue`` are the words of
    saying; what people marked may lack them.
    """

    kind: QuotationKind
    start: int
    end: int
    parts: tuple[Span, ...] = ()
    who: Who = Who()
    confidence: float = 1.0
    rule: str = ""
    cue: Span | None = None

    @property
    def whole(self) -> Span:
        """The content from its beginning to its end."""
        return Span(self.start, self.end)


def found(analysis: Analysis) -> tuple[Quote, ...]:
    """Return the quotations that the program found in an article, in its order."""
    return tuple(_quote(q) for q in analysis.quotations)


def _quote(q: Quotation) -> Quote:
    who = Who(
        words=q.source.text if q.source else None,
        place=Span(q.source.start, q.source.end) if q.source else None,
        name=q.speaker.name if q.speaker else None,
    )
    parts = tuple(Span(part.start, part.end) for part in q.parts)
    cue = Span(q.cue.start, q.cue.end) if q.cue else None
    return Quote(q.kind, q.start, q.end, parts, who, q.confidence, q.rule, cue)
