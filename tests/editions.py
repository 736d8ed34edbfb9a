"""Small editions made in code: an article is written line by line, and its quotations get their offsets as it grows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from digest.cluster import utterances
from digest.dossiers import Digest
from digest.edition import Edition, Skipped
from digest.gather import gather
from digest.model import (
    Actor,
    Analysis,
    Article,
    Block,
    BlockKind,
    Mention,
    Quotation,
    Role,
    Source,
    Speaker,
    TopicMatch,
    Via,
    Words,
)
from digest.output import SiteInfo
from digest.text import digest_of

IDA = Actor("ida-quill", "Ida Quill", "person", {"Ida Quill": 3, "Quill": 2}, gender="f")
TOM = Actor("tom-ferrow", "Tom Ferrow", "person", {"Tom Ferrow": 1}, gender="m")
BOARD = Actor("bridge-board", "Bridge Board", "organisation", {"Bridge Board": 1})
WIRE = Via("Gull Wire", "gull-wire", "agency")
SITE = SiteInfo("The Test Reader", "https://forge.example/desk/reader", "abc1234", "seeds", "0.1.0", "en")


class Writer:
    """Writes one article. Each method adds a block and, where someone speaks, the quotation with its offsets."""

    def __init__(
        self,
        id_: str,
        title: str = "Mayor promises a bridge",
        *,
        outlet: str | None = "Osterfeld Echo",
        published: str | None = "2025-03-04",
        language: str = "en",
        url: str | None = None,
    ) -> None:
        self.article = Article(
            id=id_,
            path=f"{id_}.txt",
            title=title,
            text="",
            blocks=(),
            language=language,
            outlet=outlet,
            published=published,
            date_basis="metadata" if published else "none",
            url=url,
        )
        self.text = ""
        self.blocks: list[Block] = []
        self.quotations: list[Quotation] = []
        self.mentions: list[Mention] = []
        self.topics: tuple[TopicMatch, ...] = ()
        self.block(title, "title")

    def block(self, words: str, kind: BlockKind = "paragraph") -> int:
        """Add a block; return where it starts."""
        start = len(self.text)
        self.text += words
        self.blocks.append(Block(kind, start, len(self.text)))
        self.text += "\n\n"
        return start

    def says(self, speaker: Actor | None, words: str, **more: object) -> Quotation:
        """Add “words”, said NAME."""
        name = speaker.name if speaker else "the clerk"
        start = self.block(f"“{words},” said {name}. More follows.") + 1
        end = start + len(words)
        return self._add("direct", start, end, [(start, end)], speaker, name, end + 3, end + 8, **more)

    def goes_on(self, speaker: Actor, first: str, second: str) -> Quotation:
        """Add “FIRST in a paragraph and SECOND” in the next one, and in a third: So said NAME."""
        start = self.block(f"“{first}") + 1
        end = self.block(f"{second}”") + len(second)
        source = self.block(f"So said {speaker.name}.") + 8
        return self._add("direct", start, end, [(start, end)], speaker, speaker.name, source - 5, source)

    def cue(self, printed: str) -> None:
        """Make ``printed``, which stands in a paragraph of its own, the cue of the last quotation, up to its first …"""
        words, _, behind = printed.partition(" …")
        start = self.block(words + behind)
        self.quotations[-1] = replace(self.quotations[-1], cue=Words(start, start + len(words), words))

    def reports(self, speaker: Actor, words: str, **more: object) -> Quotation:
        """Add NAME said that WORDS."""
        start = self.block(f"{speaker.name} said that {words}.")
        at = start + len(speaker.name)
        return self._add("indirect", at + 11, at + 11 + len(words), [], speaker, speaker.name, at + 1, start, **more)

    def mixes(self, speaker: Actor, before: str, part: str, after: str = "", **more: object) -> Quotation:
        """Add NAME said that BEFORE "PART" AFTER, with straight marks."""
        whole = f'{before} "{part}"{after}'
        start = self.block(f"{speaker.name} said that {whole}.")
        at = start + len(speaker.name) + 11
        a = at + len(before) + 2
        end = a + len(part) if not after else at + len(whole)
        return self._add("mixed", at, end, [(a, a + len(part))], speaker, speaker.name, at - 10, start, **more)

    def analysis(self) -> Analysis:
        """Return the finished article with what stands in it."""
        article = replace(self.article, text=self.text, blocks=tuple(self.blocks))
        return Analysis(article, tuple(self.quotations), tuple(self.mentions), self.topics)

    def _add(
        self,
        kind: str,
        start: int,
        end: int,
        parts: list[tuple[int, int]],
        speaker: Actor | None,
        name: str,
        cue: int,
        source: int,
        /,
        **more: object,
    ) -> Quotation:
        text = self.text
        known: dict[str, object] = {
            "kind": kind,
            "start": start,
            "end": end,
            "parts": tuple(Words(a, b, text[a:b]) for a, b in parts),
            "cue": Words(cue, cue + 4, text[cue : cue + 4]),
            "source": Source(source, source + len(name), name, "name" if speaker else "nominal"),
            "speaker": Speaker(speaker.id, speaker.name, speaker.type) if speaker else None,
            "confidence": 0.95 if speaker else 0.5,
            "rule": "test",
            "how": "named in the sentence",
        }
        id_ = f"q-{digest_of(self.article.id, text[start:end], str(start))[:10]}"
        found = Quotation(id=id_, **(known | more))  # type: ignore[arg-type] - the keys are the fields' names
        self.quotations.append(found)
        if speaker:
            self.mentions.append(Mention(source, source + len(name), name, "name", speaker.type, speaker.id))
        return found


def edition(
    *written: Writer,
    actors: tuple[Actor, ...] = (IDA, TOM, BOARD),
    skipped: tuple[Skipped, ...] = (),
    texts: Mapping[str, str] = MappingProxyType({}),
    stories: Mapping[str, str] = MappingProxyType({}),
) -> Edition:
    """Return the edition of the written articles, newest first; each is a text and a story of its own but
    for ``texts`` and ``stories``."""
    analyses = sorted((w.analysis() for w in written), key=lambda a: a.article.id)
    analyses.sort(key=lambda a: a.article.published or "", reverse=True)
    by_id, said = {a.id: a for a in actors}, utterances(analyses, texts)
    return Edition(tuple(analyses), by_id, skipped, "0.1.0", "abc1234", utterances=said, texts=texts, stories=stories)


def digest(*written: Writer, site: SiteInfo = SITE, **more: object) -> Digest:
    """Return the gathered digest of the written articles."""
    return gather(edition(*written, **more), site)  # type: ignore[arg-type] - passed on as they are


def told(*stories: Sequence[Writer]) -> dict[str, str]:
    """Return the stories of articles, each given with all of its articles, as ``edition`` takes them."""
    return {writer.article.id: own[0].article.id for own in stories for writer in own}


def topic(id_: str, name: str = "") -> TopicMatch:
    return TopicMatch(id_, name or id_, 0.9, ("bridge",))


def role(text: str, writer: Writer, *, past: bool = False) -> Role:
    start = writer.text.index(text)
    return Role(text, writer.article.id, start, start + len(text), past)
