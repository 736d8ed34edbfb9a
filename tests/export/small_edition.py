"""A small invented edition, built by hand: what an exporter is given."""

from __future__ import annotations

from digest.edition import Edition, Utterances
from digest.model import (
    Actor,
    Analysis,
    Article,
    Block,
    Mention,
    Quotation,
    Role,
    Source,
    Speaker,
    TopicMatch,
    Via,
    Words,
)

HEADLINE = "Mayor promises a bridge"
LINE = "“=2+2, and the bridge will stand in May,” said Ida Quill. So ‘free’ is it, said nobody."
TEXT = f"{HEADLINE}\n{LINE}"


def words(text: str) -> Words:
    start = TEXT.index(text)
    return Words(start, start + len(text), text)


SAID = words("=2+2, and the bridge will stand in May,")
TERM = words("free")
NAME = words("Ida Quill")

ARTICLE = Article(
    id="bridge",
    path="bridge.txt",
    title=HEADLINE,
    text=TEXT,
    blocks=(Block("title", 0, len(HEADLINE)), Block("paragraph", len(HEADLINE) + 1, len(TEXT))),
    outlet="Osterfeld Courier",
    published="2025-05-02",
    date_basis="curation",
    sha256="ab" * 32,
    notes=("the key “colour” is not known",),
)
QUOTATION = Quotation(
    id="q-0123456789",
    kind="direct",
    start=SAID.start,
    end=SAID.end,
    parts=(SAID,),
    cue=words("said"),
    source=Source(NAME.start, NAME.end, NAME.text, "name"),
    speaker=Speaker("ida-quill", "Ida Quill", "person"),
    via=(Via("Kestrel Wire", "kestrel-wire", "agency"), Via("a press conference", None, "occasion")),
    about=("osterfeld",),
    topics=("medtop:20000763",),
    confidence=0.97,
    rule="quote-verb-name",
    how="the name behind “said”",
    flaws=("no closing quotation mark",),
)
FRAGMENT = Quotation(id="q-9876543210", kind="fragment", start=TERM.start, end=TERM.end, parts=(TERM,), rule="term")
EDITION = Edition(
    utterances=Utterances({("bridge", "q-0123456789"): "u-0123456789"}),
    articles=(
        Analysis(
            ARTICLE,
            (QUOTATION, FRAGMENT),
            (Mention(NAME.start, NAME.end, NAME.text, "name", "person", "ida-quill", "full name"),),
            (TopicMatch("medtop:20000763", "bridges", 0.8, ("bridge",)),),
        ),
    ),
    actors={
        "ida-quill": Actor(
            "ida-quill",
            "Ida Quill",
            "person",
            {"Quill": 1, "Ida Quill": 2, "Alderwoman": 1},
            (Role("mayor", "bridge", 0, 5),),
            gender="f",
        )
    },
)
