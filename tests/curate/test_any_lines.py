"""Whatever people decide: no text changes, nothing withheld is shown, and without the lines all is as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import get_args

import drawn
import msgspec
import pytest
from drawn import LINES, Line, Monitor
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from published import readings, sequence
from repositories import Repository

from digest import build, changes, curate, export
from digest.curate.corrections import KINDS
from digest.curate.withheld import COVER, FULL, LEAST
from digest.decisions import ArticleMeta, Correction, Curation, KnownAs, Withhold
from digest.edition import Edition
from digest.model import Actor, Analysis, Phrases, TopicRule

ALONE = settings(max_examples=300, database=None, derandomize=True, phases=[Phase.generate])


@pytest.fixture(scope="module")
def monitor(tmp_path_factory: pytest.TempPathFactory) -> Monitor:
    """The monitor of ``drawn``, edited once, with what is remembered of it without a line."""
    press = Repository(tmp_path_factory.mktemp("lines") / "press")
    (press.root / "curation").mkdir()
    (press.root / ".digest").mkdir()
    for day, behind in (("2025-03-01", drawn.BEFORE), ("2025-03-02", {})):
        for name, text in drawn.TODAY.items():
            press.write(f"{name}.txt", f"{text}\n{behind.get(name, '')}")
        press.commit(day)
    bare = Monitor(press.root, ())
    found = Monitor(press.root, bare.read(Curation()))
    (press.root / ".digest" / "state.json").write_bytes(changes.dump(build.built(found.settings).state))
    return found


@pytest.fixture(scope="module")
def bare(monitor: Monitor) -> Mapping[str, bytes]:
    return shown(monitor, [])[1]


def shown(monitor: Monitor, lines: Sequence[Line]) -> tuple[Edition, dict[str, bytes]]:
    """Return what the lines make of the monitor: its edition, and everything that is published of it, by its name."""
    monitor.write(lines)
    made = build.built(monitor.settings)
    found = {page.url: msgspec.json.encode(page) for page in build.pages(made, monitor.settings)}
    found |= {name: b"".join(export.EXPORTS[name].write(made.edition)) for name in export.PLAIN}
    found["search"] = msgspec.json.encode(build.search_records(made.edition))
    found["report.json"] = msgspec.json.encode(build.report(made.edition))
    found["state.json"] = changes.dump(made.state)
    return made.edition, found


# --- every kind of line is drawn --------------------------------------------------------------------------------------


def test_every_kind_of_line_is_among_those_that_are_drawn() -> None:
    assert LINES.keys() == KINDS.keys() | {"article", "actor", "own topic"}
    assert set(drawn.FILES) == {"articles.yml", "actors.yml", "corrections.yml", "topics.yml"}
    assert {f.name for f in fields(Curation)} == {"articles", "places", "actors", "corrections", "topics"}


def drawn_alone(monitor: Monitor, kind: str, holds: st.SearchStrategy[bool] | object) -> None:
    def fits(line: Line) -> bool:
        made = monitor.decided([line])
        return made is not None and holds(made)  # type: ignore[operator] - a function of what was decided

    find(LINES[kind](monitor), fits, settings=ALONE)


@pytest.mark.parametrize("type_", get_args(Correction), ids=lambda t: t.__name__)
def test_each_correction_is_drawn_so_that_it_fits(type_: type[Correction], monitor: Monitor) -> None:
    (kind,) = [k for k in KINDS if KINDS[k][1].__annotations__["return"] == f"{type_.__name__} | None"]
    for field in fields(type_):
        drawn_alone(monitor, kind, lambda made, name=field.name: any(getattr(c, name) for c in made.of(type_)))


@pytest.mark.parametrize("field", [f.name for f in fields(ArticleMeta)])
def test_each_key_of_an_article_is_drawn(field: str, monitor: Monitor) -> None:
    drawn_alone(monitor, "article", lambda made: any(getattr(one, field) for one in made.articles.values()))


@pytest.mark.parametrize("field", [f.name for f in fields(KnownAs)])
def test_each_key_of_an_actor_is_drawn(field: str, monitor: Monitor) -> None:
    drawn_alone(monitor, "actor", lambda made: any(getattr(one, field) for one in made.actors.values()))


@pytest.mark.parametrize("field", [f.name for f in fields(TopicRule)])
def test_each_key_of_a_topic_is_drawn(field: str, monitor: Monitor) -> None:
    drawn_alone(monitor, "own topic", lambda made: any(getattr(one.rule, field) for one in made.topics))


@pytest.mark.parametrize("field", [f.name for f in fields(Phrases)])
def test_each_key_of_phrases_is_drawn(field: str, monitor: Monitor) -> None:
    drawn_alone(
        monitor, "own topic", lambda made: any(getattr(p, field) for t in made.topics for p in t.rule.rules.values())
    )


# --- what holds of them all -------------------------------------------------------------------------------------------


@given(data=st.data())
@settings(max_examples=25)
def test_no_line_changes_a_text_or_shows_what_is_withheld_and_each_can_be_taken_out(
    data: st.DataObject, monitor: Monitor, bare: Mapping[str, bytes]
) -> None:
    line, hidden = drawn.any_line(monitor), LINES["withhold"](monitor)
    drawn_first = data.draw(st.lists(line, max_size=6), label="first")
    drawn_then = data.draw(st.lists(hidden, max_size=3), label="then")
    drawn_then += data.draw(st.lists(line, min_size=3, max_size=8), label="and")
    few = monitor.fitting(drawn_first)
    more = monitor.fitting(drawn_then, few)
    _, before = shown(monitor, few)
    edition, all_ = shown(monitor, [*few, *more])
    made = curate.load(monitor.settings.curation)
    same_texts(monitor, edition, made)
    for secret in secrets(monitor, made):
        for name, told in all_.items():
            for way in readings(told):
                held = secret.search(way)
                assert held is None, f"{name}: …{way[max(0, held.start() - 60) : held.end() + 60]}…"
    assert shown(monitor, few)[1] == before
    assert shown(monitor, [])[1] == bare


def same_texts(monitor: Monitor, edition: Edition, made: Curation) -> None:
    """Demand that each text is as it was, letter by letter, but for what is covered where something is withheld."""
    were = {a.article.id: a.article for a in monitor.analyses}
    gone = {each.article for each in made.of(Withhold)}
    assert {a.article.id for a in edition.articles} == were.keys() - gone
    for now in (a.article for a in edition.articles):
        was = were[now.id]
        assert now.blocks == was.blocks
        assert len(now.text) == len(was.text)
        covered = {new for new, old in zip(now.text, was.text, strict=True) if new != old}
        assert covered <= ({COVER} if made.of(Withhold) else set())
        assert (monitor.root / "seeds" / now.path).read_text(encoding="utf-8").strip() == was.text.strip()


def secrets(monitor: Monitor, made: Curation) -> Iterator[re.Pattern[str]]:
    """Yield what finds each sequence of words that may stand nowhere.

    What there is to hide is looked up in the edition that the other lines make.
    """
    open_ = replace(made, corrections=tuple(c for c in made.corrections if not isinstance(c, Withhold)))
    analyses, actors = build.curated(monitor.read(made), open_)
    left = [a for a in analyses if a.article.id not in {w.article for w in made.of(Withhold)}]
    for line in made.of(Withhold):
        if line.actor:
            yield from _of_actor(line.actor, actors)
        elif line.quotation:
            said = {a.article.text[q.start : q.end] for a in analyses for q in a.quotations if q.id == line.quotation}
            yield from (sequence(words) for words in said if len(words.split()) >= LEAST)
        elif line.versions:
            yield sequence(drawn.BEFORE.get(line.versions, "words that stand in no article"))
        else:
            yield from _of_article(str(line.article), analyses, left)


def _of_actor(id_: str, actors: Mapping[str, Actor]) -> Iterator[re.Pattern[str]]:
    yield re.compile(rf"actors/{id_}\b")
    named = [a for a in actors.values() if id_ == a.id or id_ in a.formerly]
    names = {id_.replace("-", " "), *(name for a in named for name in (a.name, *a.aliases))}
    yield from (sequence(name) for name in names if len(name.split()) >= FULL)
    if named and not any(len(name.split()) >= FULL for name in names):
        yield from (re.compile(rf"(?-i:\b{name}\b)") for name in names if name[:1].isupper())


def _of_article(id_: str, analyses: Sequence[Analysis], left: Sequence[Analysis]) -> Iterator[re.Pattern[str]]:
    """Yield the address of an article, its headline and its paragraphs, unless another article has them too."""
    yield re.compile(rf"articles/{id_}\b")
    (article,) = [a.article for a in analyses if a.article.id == id_]
    others = "\n".join(a.article.text for a in left)
    yield from (sequence(line) for line in article.text.splitlines() if line.strip() and line not in others)
