"""A small monitor under git, and strategies that draw every kind of line that its folder ``curation`` may hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from digest import articles, build, curate
from digest.decisions import Curation
from digest.model import Analysis, DigestError

BEFORE = {
    "bridge-in-june": "The bridge opens in March, and Vera Lindqvist will cut the ribbon there. It rained.\n",
    "two-ferries-wait": "Mr Brask, who paints ships, had asked for grey.\n",
    "choir-of-may": "Nora Feld had first wanted to sing in April, before the tide was high.\n",
}
"""A paragraph that stood at the end of an article, until it was edited."""
TODAY = {
    "bridge-in-june": (
        "Bridge stays shut\n\n“The bridge opens in June and not before,” said Ida Quill, the mayor of Tarnholm. Quill "
        "told the Gull Wire that the ferry would sail.\n\n“Nobody has asked the fish,” said Tom Ferrow, who speaks "
        "for the Bridge Board (BB). The Ida Quill Fund pays for the paint.\n"
    ),
    "two-ferries-wait": (
        "Ferry waits for the tide\n\n“We wait for the tide,” said Tom Ferrow. “And for the paint,” he said.\n\nIda "
        "Quill promised a second ferry, Ferrow said. The parliament votes on the budget after the election.\n"
    ),
    "choir-of-may": (
        "Choir sings in May\n\n“We sing in May,” said Nora Feld, who leads the choir. Orveline will sing too, said "
        "Nora Feld.\n\n“I sing for all of you,” said Orveline. Ida Quill's brother will not come.\n"
    ),
    "faehre-im-hafen": (
        "Die Fähre bleibt im Hafen\n\n„Heute fährt niemand hinaus“, sagte Ida Quill, die Bürgermeisterin. Jens Brask "
        "widersprach: „Die Fähre ist längst bereit“. Ida Quills Bruder schwieg.\n"
    ),
    "quarrel-at-the-quay": (
        "Quarrel over the quay\n\n“The bridge opens in June and not before,” said Jens Brask of the Bridge Board.\n\n"
        "Tomas Ferrow said that the quay was too short. “Nobody has asked the fish,” said Jens Brask.\n"
    ),
}
FILES = dict.fromkeys(curate.FILES, "")
WORDS = st.sampled_from(["Ida Quill", "Ida Quill’s papers", "Tom Ferrow of Tarnholm", "the ferry", "Gull & Sons", "BB"])
DAYS = st.sampled_from(["2025-03-04", "2025-04-05", "2024-12-31"])
SHIPPED = ["medtop:11000000", "medtop:04000000", "medtop:16000000"]


class Line(NamedTuple):
    """An entry of one of the files: of what ``kind`` it is, and the file's text for it."""

    file: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitor that was edited once, and what stands in it without a line of curation."""

    root: Path
    analyses: tuple[Analysis, ...]

    @property
    def settings(self) -> build.Settings:
        return build.Settings(
            self.root / "seeds", self.root / "curation", self.root, state=self.root / ".digest" / "state.json"
        )

    @property
    def articles(self) -> st.SearchStrategy[str]:
        return st.sampled_from([a.article.id for a in self.analyses])

    @property
    def actors(self) -> st.SearchStrategy[str]:
        named = {actor.id for a in self.analyses for actor in a.actors if actor.type != "place"}
        # lines about one actor are those that meet
        return st.one_of(st.just("ida-quill"), st.sampled_from([*sorted(named), "tilda-vorn"]))

    @property
    def quotations(self) -> st.SearchStrategy[str]:
        return st.sampled_from(sorted({q.id for a in self.analyses for q in a.quotations}))

    @property
    def on_topics(self) -> st.SearchStrategy[dict[str, Any]]:
        """Topics that an article has not, and those that it has."""
        found = []
        for a in self.analyses:
            held = sorted(t.id for t in a.topics)
            add = {"add": _lists(st.sampled_from([*(t for t in SHIPPED if t not in held), "waterside"]))}
            remove = {"remove": _lists(st.sampled_from(held))} if held else {}
            found.append(_some({**add, **remove}, topic=st.just(a.article.id)))
        return st.one_of(found)

    @property
    def splits(self) -> st.SearchStrategy[dict[str, Any]]:
        """Actors that are somebody else in articles that name them."""
        where: dict[str, list[str]] = {}
        for a in self.analyses:
            for actor in a.actors:
                where.setdefault(actor.id, []).append(a.article.id)
        into = st.sampled_from(["tilda-vorn", "ida-quill-the-judge"])
        return st.one_of(
            _some({"name": WORDS}, split=st.just(id_), into=into, articles=_lists(st.sampled_from(ids)))
            for id_, ids in sorted(where.items())
        )

    def write(self, lines: Iterable[Line]) -> None:
        """Write the lines into the folder, and nothing else."""
        texts = dict(FILES)
        for line in lines:
            texts[line.file] += line.text
        for name, text in texts.items():
            (self.root / "curation" / name).write_text(text, encoding="utf-8")

    def decided(self, lines: Iterable[Line]) -> Curation | None:
        """Return what the lines say, None where one of them is wrong, matches nothing or contradicts another."""
        self.write(lines)
        made, problems = curate.read(self.root / "curation")
        if problems:
            return None
        analyses = self.read(made)
        if curate.misfits(made, build.as_found(analyses, made), ()):
            return None
        try:
            build.curated(analyses, made)
        except DigestError:  # a name that is shown as it stands bears what is withheld
            return None
        return made

    def read(self, made: Curation) -> tuple[Analysis, ...]:
        """Return the articles as they are read with what people know of them."""
        cache = self.root / build.CACHE
        found = articles.analyse([self.settings.seeds], made.articles, cache=cache)
        return build.newest_first([a for a in found if isinstance(a, Analysis)])

    def fitting(self, lines: Iterable[Line], to: Iterable[Line] = ()) -> list[Line]:
        """Return those of ``lines`` that fit together and to those of ``to``, the first ones first."""
        kept = list(to)
        before = len(kept)
        for line in lines:
            if self.decided([*kept, line]) is not None:
                kept.append(line)
        return kept[before:]


def _line(file: str, kind: str, values: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Line]:
    """Draw a line of a list, with its reason. JSON is YAML."""
    return st.builds(lambda v, why: Line(file, kind, f"- {json.dumps(v | why)}\n"), values, REASONS)


def _entry(
    file: str, kind: str, ids: st.SearchStrategy[str], values: st.SearchStrategy[dict[str, Any]]
) -> st.SearchStrategy[Line]:
    """Draw an entry of a file of ids."""
    return st.builds(lambda id_, v: Line(file, kind, f"{json.dumps(id_)}: {json.dumps(v)}\n"), ids, values)


def _some(optional: Mapping[str, st.SearchStrategy[Any]], **always: st.SearchStrategy[Any]) -> Any:
    return st.fixed_dictionaries(always, optional=dict(optional))


def _lists(of: st.SearchStrategy[Any], least: int = 1, most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(of, min_size=least, max_size=most, unique_by=str)


_WHY = {
    "why": st.sampled_from(["seen in print", "asked for by Ida Quill", "“We wait for the tide” is his"]),
    "by": st.sampled_from(["Nora Feld", "desk"]),
    "on": DAYS,
}
REASONS: st.SearchStrategy[dict[str, str]] = st.fixed_dictionaries(_WHY)
_PHRASES = st.sampled_from(["ferry", "Fähre", "tide*", "bridge*", "*holm", "Quill", "paint", "sing*"])
_GRAMMAR = {
    "any": _lists(_PHRASES),
    "all": _lists(_lists(_PHRASES, 2)),
    "weak": _lists(_PHRASES, 2),
    "not": _lists(_PHRASES, 1, 1),
}


def article_entry(m: Monitor) -> st.SearchStrategy[Line]:
    known = {
        "outlet": st.sampled_from(["Osterfeld Echo", "Ida Quill Post"]),
        "published": DAYS,
        "url": st.sampled_from(["https://echo.example/1", "https://idaquill.example/ferry"]),
        "language": st.sampled_from(["en", "de"]),
        "title": WORDS,
        "byline": WORDS,
    }
    return _entry("articles.yml", "article", m.articles, _some({**known, **_WHY}))


def actor_entry(m: Monitor) -> st.SearchStrategy[Line]:
    role = st.one_of(
        st.sampled_from(["mayor", "brother of Ida Quill"]),
        st.fixed_dictionaries({"text": st.just("warden"), "since": DAYS}),
    )
    known = {
        "name": WORDS,
        "type": st.sampled_from(["person", "organisation", "party"]),
        "aliases": _lists(st.sampled_from(["the mayor", "Mr Brask", "BB", "Quill", "the Ida Quill Fund", "Tarnholm"])),
        "never": _lists(st.sampled_from(["Quill", "Ferrow", "Ida Quill", "BB"])),
        "roles": _lists(role),
        "wikidata": st.sampled_from(["Q1", "Q30"]),
    }
    return _entry("actors.yml", "actor", m.actors, _some(known, **_WHY))


def topic_entry(_: Monitor) -> st.SearchStrategy[Line]:
    grammar = _some(_GRAMMAR).filter(bool)
    known = {
        "name_de": st.just("Am Wasser"),
        "parent": st.sampled_from(SHIPPED),
        "en": grammar,
        "de": grammar,
    }
    ids = st.sampled_from(["waterside", "ida-quill-affair", "singing"])
    return _entry("topics.yml", "own topic", ids, _some(known, name=st.sampled_from(["By the water", "Quill"]), **_WHY))


def withheld(m: Monitor) -> st.SearchStrategy[Line]:
    what = st.one_of(
        m.articles.map("articles/{}".format),
        m.articles.map("articles/{}/#edited".format),
        m.actors.map("actors/{}".format),
        m.quotations,
    )
    return _line("corrections.yml", "withhold", st.fixed_dictionaries({"withhold": what}))


def _correction(kind: str, values: Callable[[Monitor], Any]) -> Callable[[Monitor], st.SearchStrategy[Line]]:
    return lambda m: _line("corrections.yml", kind, values(m))


LINES: Mapping[str, Callable[[Monitor], st.SearchStrategy[Line]]] = {
    "article": article_entry,
    "actor": actor_entry,
    "own topic": topic_entry,
    "merge": _correction("merge", lambda m: _some({}, merge=_lists(m.actors, 2, 3))),
    "apart": _correction("apart", lambda m: _some({}, apart=_lists(m.actors, 2, 3))),
    "one": _correction("one", lambda m: _some({}, one=m.actors)),
    "split": _correction("split", lambda m: m.splits),
    "rename": _correction("rename", lambda m: _some({}, rename=m.actors, to=WORDS)),
    "speaker": _correction(
        "speaker",
        lambda m: _some({}, speaker=m.quotations, **{"is": st.one_of(st.just("nobody"), m.actors, _lists(m.actors))}),
    ),
    "reject": _correction("reject", lambda m: _some({}, reject=st.one_of(m.actors, m.quotations))),
    "topic": _correction("topic", lambda m: m.on_topics),
    "withhold": withheld,
}
"""How each kind of line is drawn: the entries of the files of ids, and the first words of ``corrections.yml``."""


def any_line(monitor: Monitor) -> st.SearchStrategy[Line]:
    return st.one_of([drawn(monitor) for drawn in LINES.values()])
