"""Who a pronoun means: candidates named or heard before it, described by features, ranked by fitted weights.

The features are those of the salience of Lappin and Leass (1994, An Algorithm for Pronominal Anaphora Resolution) and
of what is known of quotations in news (who spoke last, who was just introduced); the weights are a log-linear choice
among the candidates (Denis and Baldridge 2007, A Ranking Approach to Pronoun Resolution).
"""

from __future__ import annotations

import functools
import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from digest.language import Language
from digest.model import Actor, Quotation, Source, Span
from digest.resolve.scene import Scene
from digest.weights import score

# How far back a pronoun may look: in sentences, in names, in speakers, and in pronouns that carry a person on.
_REACH = 12
_REACH_NAMES = 60
_REACH_SPEAKERS = 12
REACH_PRONOUNS = 12
# In characters: how far back a stranger may be brought in, and how far before the noun "a" may stand.
_REACH_SIGNS, _REACH_NOUN = 2_000, 40
_FAR = 4
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
NOBODY = ""
ANYBODY = "any"
"""The kind of a place where no pronoun tells man from woman."""
# The shares of the likeliest candidate from which on it is taken, and taken to be likely and clear.
EVEN, LIKELY, CLEAR = 0.5, 0.8, 0.97


@dataclass(frozen=True, slots=True)
class Place:
    """A pronoun in the text; ``said`` are the words of which it is the source, if it is one."""

    start: int
    end: int
    kind: str
    said: tuple[Span, ...] = ()


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """Somebody whom a pronoun may mean; ``actor`` is ``NOBODY`` for one who spoke and has no name.

    ``probability`` is the candidate's share among all of its pronoun.
    """

    actor: str
    features: tuple[str, ...]
    probability: float = 0.0

    @property
    def spoke(self) -> bool:
        """Whether the candidate was heard before."""
        return any(f.startswith("spoke") for f in self.features)


@dataclass(slots=True)
class _Seen:
    """What stands before a pronoun of one actor: where it is named last, as what, and where last as a subject."""

    last: int
    position: str
    subject: int = -1


@dataclass(slots=True)
class Trail:
    """The pronouns of an article that were resolved so far, in text order: where each stands and whom it means.

    A pronoun between a name and a quotation keeps the person present: Vask sat down. She was tired. “…,” she said.
    """

    starts: list[int] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)

    def add(self, start: int, actor: str) -> None:
        """Note that the pronoun at ``start`` means ``actor``."""
        at = bisect_left(self.starts, start)
        self.starts.insert(at, start)
        self.actors.insert(at, actor)

    def meant(self, start: int) -> str | None:
        """Return whom the pronoun at ``start`` means; None where it was not resolved."""
        at = bisect_left(self.starts, start)
        return self.actors[at] if at < len(self.starts) and self.starts[at] == start else None

    def before(self, start: int) -> Iterator[tuple[int, str]]:
        """Yield the pronouns before ``start``, the nearest first, with their actors."""
        at = bisect_left(self.starts, start)
        for n in range(at - 1, max(at - 1 - REACH_PRONOUNS, -1), -1):
            yield self.starts[n], self.actors[n]


def agrees(actor: Actor, kind: str) -> bool:
    """Whether a pronoun of this kind can mean the actor; a person of unknown gender fits both."""
    if kind == ANYBODY:
        return actor.type == "person"
    if kind in ("m", "f", "fp"):
        return actor.type == "person" and actor.gender in (kind[0], None)
    if kind == "n":
        return actor.type not in ("person", "place")
    return False


def kind_of(word: str, scene: Scene) -> str:
    """Return the kind of a pronoun (``GROUPS`` of ``digest.language``); what is none counts as a plural."""
    return scene.language.pronouns.get(word.casefold(), "p")


def ranked(
    place: Place, before: Sequence[Quotation], trail: Trail, scene: Scene, weights: Mapping[str, float]
) -> list[Candidate]:
    """Return whom the pronoun may mean, the likeliest first; empty where nobody fits.

    ``before`` are the quotations before it, resolved; ``weights`` are those of the features, 0 where there is none.
    """
    found = candidates(place, before, trail, scene)
    scores = [score(c.features, weights) for c in found]
    top = max(scores, default=0.0)
    shares = [math.exp(s - top) for s in scores]
    total = sum(shares)
    likely = [Candidate(c.actor, c.features, share / total) for c, share in zip(found, shares, strict=True)]
    likely.sort(key=lambda c: (-c.probability, c.actor))
    return likely


def candidates(place: Place, before: Sequence[Quotation], trail: Trail, scene: Scene) -> list[Candidate]:
    """Return who may be meant by the pronoun, with the features of each; nearer ones first."""
    seen = _seen(place, trail, scene)
    spoke, stranger = _spoke(place, before, trail, scene)
    for actor, (_, at) in spoke.items():
        seen.setdefault(actor, _Seen(at, "heard"))
    if not seen and stranger is None:
        return []
    last_subject = max((s.subject for s in seen.values()), default=-1)
    most = max((scene.counts.get(a, 0) for a in seen), default=0)
    opener = _opener(place, seen, scene)
    behind = _behind(place, scene)
    here, paragraph = scene.sentence(place.start), scene.paragraph(place.start)
    out = []
    for actor, s in seen.items():
        features = list(_features(actor, s, here, paragraph, scene))
        if s.subject >= 0 and s.subject == last_subject:
            features.append("nearest subject")
        if actor in spoke:
            rank, at = spoke[actor]
            features.append(f"spoke {_ordinal(rank)}, {_gap(at, place.start, scene)}")
        if scene.counts.get(actor, 0) == most:
            features.append("named most")
        if actor == opener:
            features.append("opens the paragraph")
        if actor in behind:
            features.append(behind[actor])
        out.append(Candidate(actor, tuple(features)))
    if stranger is not None:
        rank, at = stranger
        since = ("stranger, somebody acted since",) if last_subject > at else ()
        out.append(Candidate(NOBODY, (f"stranger spoke {_ordinal(rank)}, {_gap(at, place.start, scene)}", *since)))
    return out


def _seen(place: Place, trail: Trail, scene: Scene) -> dict[str, _Seen]:
    """Return the fitting actors that are named before the pronoun outside marks, the nearest first."""
    here = scene.sentence(place.start)
    oldest = scene.ends[here - _REACH - 1] if here > _REACH else 0
    found: dict[str, _Seen] = {}
    unfit: set[str] = set()
    for at, actor, position in sorted(_spots(place, oldest, trail, scene), reverse=True):
        if actor in unfit:
            continue
        s = found.get(actor)
        if s is None:
            if actor not in scene.people or not agrees(scene.people[actor], place.kind):
                unfit.add(actor)
                continue
            s = found[actor] = _Seen(at, position)
        if s.subject < 0 and position in ("subject", "source", "pronoun"):
            s.subject = at
    return found


def _spots(place: Place, oldest: int, trail: Trail, scene: Scene) -> Iterator[tuple[int, str, str]]:
    """Yield where actors are named or meant between ``oldest`` and the pronoun, each with its position."""
    at = bisect_left(scene.starts, place.start)
    for m in scene.names[max(at - _REACH_NAMES, bisect_left(scene.starts, oldest, 0, at)) : at]:
        if m.actor is not None and m.end <= place.start and not m.quoted:
            yield m.start, m.actor, "source" if m.start in scene.heard else m.position
    for start, actor in trail.before(place.start):
        if start >= oldest:
            yield start, actor, "pronoun"


def _features(actor: str, s: _Seen, here: int, paragraph: int, scene: Scene) -> Iterator[str]:
    """Yield what is seen of an actor from the sentence and the paragraph with these numbers."""
    yield f"{s.position} {min(here - scene.sentence(s.last), _FAR)} back"
    if s.subject >= 0:
        yield f"last subject {min(here - scene.sentence(s.subject), _FAR)} back"
    person = scene.people[actor]
    yield "gender known" if person.gender else "gender unknown"
    yield "full name" if " " in person.name else "single name"
    if actor not in scene.actors:
        yield "doubtful"
    if scene.counts.get(actor, 0) == 1:
        yield "named once"
    gap = paragraph - scene.paragraph(scene.first.get(actor, 0))
    if gap <= 1:
        yield f"new, {('same paragraph', 'paragraph before')[max(gap, 0)]}"


def _opener(place: Place, seen: Mapping[str, _Seen], scene: Scene) -> str | None:
    """Return the fitting actor that the paragraph of the pronoun names first, outside marks."""
    n = scene.paragraph(place.start)
    start = scene.paragraphs[n - 1] if n else 0
    at = bisect_left(scene.starts, start)
    inside = (m for m in scene.names[at : at + _REACH_NAMES] if m.start < place.start)
    return next((m.actor for m in inside if m.actor in seen and not m.quoted), None)


def _behind(place: Place, scene: Scene) -> dict[str, str]:
    """Return the actors whom the speaker names, behind the pronoun or in the words said: hardly the speaker."""
    found: dict[str, str] = {}
    for span in place.said[:4]:
        for m in scene.between(span.start, span.end)[:_REACH_NAMES]:
            if m.actor is not None:
                found[m.actor] = "named in the words"
    for m in scene.between(place.end, min(scene.sentence_end(place.end), place.end + 200)):
        if m.actor is not None and not m.quoted:
            found[m.actor] = "named behind"
    return found


def named_next(place: Place, scene: Scene) -> str | None:
    """Return whom the text names next as a subject, in this paragraph or the next one: “…,” she said. Vask has …

    It is asked for where nobody is named before the pronoun, and wants the gender known.
    """
    for m in scene.between(place.end, place.end + _REACH_SIGNS):
        if scene.paragraph(m.start) - scene.paragraph(place.start) > 1:
            break
        actor = scene.actors.get(m.actor or "")
        if m.quoted or m.position != "subject" or actor is None or actor.gender != place.kind[0]:
            continue
        return actor.id if agrees(actor, place.kind) else None
    return None


def _spoke(
    place: Place, before: Sequence[Quotation], trail: Trail, scene: Scene
) -> tuple[dict[str, tuple[int, int]], tuple[int, int] | None]:
    """Return the fitting actors who spoke before, and the last fitting stranger, each with rank and offset."""
    found: dict[str, tuple[int, int]] = {}
    stranger: tuple[int, int] | None = None
    heard: set[object] = set()
    for q in reversed(before[-_REACH_SPEAKERS:]):
        rank = len(found) + (stranger is not None)
        if rank > 2:  # the last one, the one before, an earlier one
            break
        if q.kind == "fragment" or q.end > place.start or q.source is None or q.source.start >= place.start:
            continue
        who: object = q.speaker.id if q.speaker else q.source
        if who in heard:
            continue
        heard.add(who)
        at = max(q.source.start, q.end)
        actor = scene.people.get(q.speaker.id) if q.speaker else None
        if actor is not None and agrees(actor, place.kind):
            found[actor.id] = (rank, at)
        if q.speaker is None and stranger is None and _strange(q.source, place.kind, trail, scene):
            stranger = (rank, at)
    return found, stranger


def _strange(source: Source, kind: str, trail: Trail, scene: Scene) -> bool:
    """Whether a source is a stranger whom the pronoun can mean: "a nurse", "the nurse" behind it, "she" behind that.

    Other words without a name ("the senator") mean somebody whom the article names often enough.
    """
    if source.label == "pronoun":
        return kind_of(source.text, scene) == kind and trail.meant(source.start) == NOBODY
    words = [w.casefold() for w in _WORD.findall(source.text)]
    groups = {scene.language.roles.get(w) for w in words}
    body = "organisation" in groups and "person" not in groups
    if source.label != "nominal" or not words or body != (kind == "n"):
        return False
    strange = scene.language.sets["indefinites"]
    if words[0] in strange:
        return True
    head = next((w for w in words if w in scene.language.roles), words[min(1, len(words) - 1)])
    before = scene.text[max(source.start - _REACH_SIGNS, 0) : source.start].casefold()
    at = before.find(head)
    while at >= 0:
        if any(w in strange for w in before[max(at - _REACH_NOUN, 0) : at].split()[-4:]):
            return True
        at = before.find(head, at + 1)
    return False


def _ordinal(rank: int) -> str:
    return ("last", "before", "earlier")[min(rank, 2)]


def _gap(at: int, start: int, scene: Scene) -> str:
    gap = scene.paragraph(start) - scene.paragraph(at)
    return ("same paragraph", "paragraph before")[gap] if 0 <= gap < 2 else "farther"


def singular(scene: Scene) -> Iterator[Place]:
    """Yield the pronouns outside marks that can only mean one person, in text order: he, her; German: er, ihn."""
    for m in _singulars(scene.language).finditer(scene.text):
        if not scene.in_marks(m.start()):
            yield Place(m.start(), m.end(), scene.language.pronouns[m.group().casefold()])


@functools.cache
def _singulars(language: Language) -> re.Pattern[str]:
    """Return what finds the pronouns for one man or woman, in small letters and large ones.

    It begins with the set of their first letters and looks back from there, for then most of a text is skipped at once.
    """
    words = sorted(word for word, kind in language.pronouns.items() if kind in ("m", "f"))
    if not words:
        return re.compile(r"(?!)")
    either = [[f"[{re.escape(c + c.upper())}]" for c in word] for word in words]
    ways = "|".join(f"(?<={first}){''.join(rest)}" for first, *rest in either)
    firsts = re.escape("".join(sorted({word[0] + word[0].upper() for word in words})))
    return re.compile(rf"[{firsts}](?<=\b.)(?:{ways})\b")
