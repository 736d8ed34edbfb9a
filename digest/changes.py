"""What is new since an earlier edition: quotations added, removed and given to somebody else, and for which cause.

An edition is remembered as a ``State``: which article had which quotations, by whom. It holds no words of an article,
so that nothing can come to light through it that was withheld since.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from digest.addresses import actor_at
from digest.decisions import Curation, Withhold
from digest.edition import Edition
from digest.model import SAYS, Analysis, DigestError
from digest.since import Cause, Change, ChangeKind, Changes, Merged, Renamed, TopicChange
from digest.text import bears, digest_of

FORMAT = 2
"""The version of the file; another one is not read."""


@dataclass(frozen=True, slots=True)
class Held:
    """An article of an edition: the hash of its file, its headline, its topics, and who speaks in each quotation."""

    sha256: str
    title: str
    quotations: Mapping[str, tuple[str, ...]]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """An edition as it is remembered.

    ``program`` stands for the program with its languages and its knowledge. ``decisions`` are the lines of curation as
    hashes, each with its kind and hashes of the ids and names in it: a line may say what is withheld. ``actors`` are
    the names of those who speak, ``topics`` those of the topics, by id.
    """

    program: str
    version: str
    commit: str | None
    decisions: Mapping[str, tuple[str, ...]]
    articles: Mapping[str, Held]
    actors: Mapping[str, str]
    topics: Mapping[str, str]
    format: int = FORMAT


def state(edition: Edition, decided: Curation, program: str) -> State:
    """Return what is remembered of ``edition``; ``program`` is a hash of whatever makes analyses."""
    speakers = {s.id for a in edition.articles for q in a.quotations for s in q.speakers}
    return State(
        program=program,
        version=edition.version,
        commit=edition.commit,
        decisions=dict(_decisions(decided)),
        articles={a.article.id: _held(a) for a in edition.articles},
        actors={id_: edition.actors[id_].name for id_ in sorted(speakers)},
        topics=dict(sorted({t.id: t.name for a in edition.articles for t in a.topics}.items())),
    )


def _held(analysis: Analysis) -> Held:
    article = analysis.article
    return Held(article.sha256, article.title, _spoken(analysis), tuple(t.id for t in analysis.topics))


def _spoken(analysis: Analysis) -> dict[str, tuple[str, ...]]:
    """Return the speakers of each quotation by its id; the same words again are counted behind it."""
    seen: Counter[str] = Counter()
    found = {}
    for q in analysis.quotations:
        if q.kind in SAYS:
            seen[q.id] += 1
            found[q.id if seen[q.id] == 1 else f"{q.id}.{seen[q.id]}"] = tuple(s.id for s in q.speakers)
    return found


def _decisions(decided: Curation) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each decision as a hash that is the same wherever it stands, with its kind and hashes of what it names."""
    said: list[tuple[str, object]] = [(f"articles {id_}", meta) for id_, meta in decided.articles.items()]
    said += [(type(each).__name__, each) for each in (*decided.actors.values(), *decided.corrections, *decided.topics)]
    for kind, each in said:
        plain = msgspec.to_builtins(each)
        plain.pop("decided", None)
        kind, _, id_ = kind.partition(" ")
        names = sorted({_hash(word) for word in (id_, *_words(plain)) if word})
        yield _hash(kind, id_, msgspec.json.encode(plain, order="sorted").decode()), (kind, *names)


def _words(plain: object) -> Iterator[str]:
    """Yield every text in a decision."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping):
        for value in plain.values():
            yield from _words(value)
    elif isinstance(plain, Sequence):
        for value in plain:
            yield from _words(value)


def _hash(*words: str) -> str:
    return digest_of(*words)[:16]


def load(path: Path) -> State | None:
    """Return the state that is kept in ``path``, None where there is no such file.

    Raises DigestError where the file is no state.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        found = msgspec.json.decode(raw, type=State)
    except msgspec.DecodeError as error:
        raise DigestError(f"{path}: this is no state of a digest ({error}); delete it, or fetch it anew") from error
    return found if found.format == FORMAT else None


def dump(state: State) -> bytes:
    """Return a state as the bytes of its file."""
    return msgspec.json.encode(state, order="deterministic") + b"\n"


def compare(before: State, now: State, edition: Edition, decided: Curation) -> Changes:
    """Return what changed from ``before`` to ``now``, the state of ``edition``, in the edition's order.

    What is withheld by now is counted and not named, though it stood there before.
    """
    hidden, names = _hidden(before, decided)
    into = {old: actor.id for actor in edition.actors.values() for old in actor.formerly}
    merged = tuple(
        Merged(before.actors[old], now.actors.get(new, edition.actors[new].name), actor_at(new))
        for old, new in sorted(into.items())
        if old in before.actors and old not in now.actors and new not in hidden and not bears(before.actors[old], names)
    )
    causes = _Causes(before, now)
    ids = [*now.articles, *(id_ for id_ in sorted(before.articles) if id_ not in now.articles)]
    every = [change for id_ in ids for change in _of_article(id_, before, now, causes)]
    found = [change for change in every if _may_show(change, hidden, names)]
    return Changes(
        since=before.commit,
        version=before.version,
        articles=tuple(id_ for id_ in now.articles if id_ not in before.articles),
        gone=sum(id_ not in now.articles and id_ not in hidden for id_ in before.articles),
        edited=tuple(id_ for id_ in now.articles if causes.of_article(id_) == "edited article"),
        quotations=tuple(found),
        merged=merged,
        renamed=tuple(_renamed(before, now, hidden, names)),
        topics=tuple(_topics(before, now, names)),
        withheld_articles=sum(id_ not in now.articles and id_ in hidden for id_ in before.articles),
        withheld=len(every) - len(found),
    )


def _hidden(before: State, decided: Curation) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of articles, quotations and actors that are withheld, and what these actors are called."""
    names = decided.unnamed()
    names |= {before.actors[name] for name in names if name in before.actors}
    ids = {id_ for d in decided.of(Withhold) for id_ in (d.article, d.actor, d.quotation) if id_}
    return names | ids, names


def _may_show(change: Change, hidden: frozenset[str], names: frozenset[str]) -> bool:
    """Whether a change names nothing withheld: a headline or an actor of before may bear a name that is."""
    who = (*change.before, *change.after)
    if hidden.intersection((change.article, change.quotation, *who)):
        return False
    return not any(bears(words, names) for words in (change.article, change.title, *who))


def _renamed(before: State, now: State, hidden: frozenset[str], names: frozenset[str]) -> Iterator[Renamed]:
    """Yield the actors that are called otherwise; one that took in others may be called as they were."""
    for id_, name in now.actors.items():
        was = before.actors.get(id_, name)
        if was != name and id_ not in hidden and not bears(was, names):
            yield Renamed(was, name, actor_at(id_))


def _topics(before: State, now: State, names: frozenset[str]) -> Iterator[TopicChange]:
    """Yield the topics that articles of both editions gained or lost, by name."""
    more: dict[str, list[str]] = defaultdict(list)
    fewer: dict[str, list[str]] = defaultdict(list)
    for id_, held in now.articles.items():
        old = before.articles.get(id_, held)
        for topic in (t for t in held.topics if t not in old.topics):
            more[topic].append(id_)
        for topic in (t for t in old.topics if t not in held.topics):
            fewer[topic].append(id_)
    called = {**before.topics, **now.topics}
    for topic in sorted({*more, *fewer}, key=lambda t: (called[t], t)):
        if not bears(called[topic], names):
            yield TopicChange(called[topic], tuple(more[topic]), tuple(fewer[topic]))


def _of_article(id_: str, before: State, now: State, causes: _Causes) -> Iterator[Change]:
    old, new = before.articles.get(id_), now.articles.get(id_)
    title = (new or old or Held("", "", {})).title
    had, has = old.quotations if old else {}, new.quotations if new else {}

    def change(kind: ChangeKind, quotation: str, was: tuple[str, ...], is_: tuple[str, ...]) -> Change:
        return Change(
            kind=kind,
            cause=causes.of(id_, quotation, was, is_),
            article=id_,
            title=title,
            quotation=quotation.partition(".")[0],
            before=tuple(before.actors[s] for s in was),
            after=tuple(now.actors[s] for s in is_),
        )

    for quotation, speakers in has.items():
        if quotation not in had:
            yield change("added", quotation, (), speakers)
        elif had[quotation] != speakers:
            yield change("re-attributed", quotation, had[quotation], speakers)
    for quotation, speakers in had.items():
        if quotation not in has:
            yield change("removed", quotation, speakers, ())


@dataclass(slots=True)
class _Causes:
    """Why a quotation may have changed between two states."""

    before: State
    now: State
    _new: tuple[tuple[str, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        both = {**self.before.decisions, **self.now.decisions}
        self._new = tuple(both[key] for key in sorted(self.before.decisions.keys() ^ self.now.decisions.keys()))

    def _decided(self, *ids: str, kind: str = "") -> bool:
        """Whether a decision that was made or taken back since, of one kind or of any, names one of ``ids``."""
        hashes = {_hash(id_) for id_ in ids}
        return any(hashes.intersection(names) for of, *names in self._new if kind in ("", of))

    def of_article(self, id_: str) -> Cause | None:
        """Return the cause that lies in the article itself, if one does."""
        old, new = self.before.articles.get(id_), self.now.articles.get(id_)
        if new is None or old is None:
            if self._decided(id_, kind="Withhold"):
                return "curation"
            return "article removed" if new is None else "new article"
        return "edited article" if old.sha256 != new.sha256 else None

    def of(self, id_: str, quotation: str, was: tuple[str, ...], is_: tuple[str, ...]) -> Cause:
        """Return the cause of a change, looked for in the article first, then in the lines of curation.

        Where both curation and the program changed, a line that names the article, the quotation or one of its speakers
        goes before.
        """
        own = self.of_article(id_)
        if own is not None:
            return own
        if self.before.program == self.now.program:
            return "curation" if self._new else "other articles"
        named = self._decided(id_, quotation.partition(".")[0], *was, *is_)
        return "curation" if named else "new version of the program"
