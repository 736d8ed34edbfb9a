"""What was said once and stands in several articles: the wordings and the attributions side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from digest.edition import Utterances
from digest.lines import Attribution, Line, Utterance, Wording
from digest.model import Span
from digest.text import spoken, squeeze

SHOWN = 3
"""A page shows so many utterances of its actor or on its topic, those that most outlets print."""
ASKED = 200
"""So many pairs of the same words by two speakers are asked about."""


def utterances(lines: Iterable[Line]) -> dict[str, Utterance]:
    """Return the utterances that several articles print, by their ids, in the order of time."""
    held: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.other_articles:
            held[line.utterance].append(line)
    ordered = {id_: sorted(own, key=_time) for id_, own in held.items()}
    return {
        id_: Utterance(id_, tuple(own), _wordings(own), _attributions(own))
        for id_, own in sorted(ordered.items(), key=lambda x: _time(x[1][0]))
    }


def most_reported(lines: Iterable[Line], known: Mapping[str, Utterance]) -> tuple[Utterance, ...]:
    """Return the utterances of ``lines`` that most outlets print, then most articles, then the latest ones.

    Of an edition without outlets, those that most articles print. What one outlet prints twice is not among them.
    """
    ids = {line.utterance: None for line in lines if line.other_articles}
    found = [known[id_] for id_ in ids if known[id_].outlets != 1]
    found.sort(key=lambda u: (-u.outlets, -u.articles))
    return tuple(found[:SHOWN])


def contested(said: Utterances, lines: Iterable[Line]) -> tuple[tuple[Line, Line], ...]:
    """Return the lines whose words are somebody else's elsewhere, in pairs."""
    by_place = {(line.article.id, line.quotation.id): line for line in lines} if said.contested else {}
    return tuple((by_place[one], by_place[other]) for one, other in said.contested[:ASKED])


def _time(line: Line) -> tuple[str, str, int]:
    return line.article.published or "~", line.article.id, line.number


def _wordings(lines: Sequence[Line]) -> tuple[Wording, ...]:
    """Return the wordings of an utterance, those that differ in marks and capitals alone as one."""
    alike: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        alike[line.quotation.kind, *(word for _, _, word in spoken(line.words))].append(line)
    texts = Counter(word for _, *words in alike for word in set(words))
    return tuple(Wording(tuple(own), _own(own[0], texts) if len(alike) > 1 else ()) for own in alike.values())


def _own(line: Line, wordings: Counter[object]) -> tuple[Span, ...]:
    """Return the pieces of a line's article whose words stand in no other wording, neighbours as one piece."""
    start, found = line.quotation.start, list[Span]()
    joined = False
    for a, b, word in spoken(line.words):
        if wordings[word] > 1:
            joined = False
            continue
        begin = found.pop().start if joined else start + a
        found.append(Span(begin, start + b))
        joined = True
    return tuple(found)


def _attributions(lines: Sequence[Line]) -> tuple[Attribution, ...]:
    alike: dict[tuple[str, str, tuple[str, ...]], list[Line]] = defaultdict(list)
    for line in lines:
        q = line.quotation
        source, cue = squeeze(q.source.text) if q.source else "", squeeze(q.cue.text) if q.cue else ""
        alike[source, cue, tuple(via.name for via in line.via)].append(line)
    return tuple(Attribution(*printed, tuple(own)) for printed, own in alike.items())
