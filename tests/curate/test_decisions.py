"""``actors.yml``, ``corrections.yml`` and ``topics.yml``: what is read, and every mistake with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest import curate
from digest.decisions import Apart, KnownAs, Merge, One, OnTopic, Reject, Rename, Split, SpokenBy, Withhold
from digest.model import DatedRole, Phrases

EACH = "merge, apart, one, split, rename, speaker, reject, topic, withhold"
WHY = "why: seen in print, by: Nora Feld, on: 2025-06-01"
LINES = "  why: seen in print\n  by: Nora Feld\n  on: 2025-06-01\n"

ACTORS = f"""ida-quill:
  name: Ida Quill
  type: person
  aliases: [Frau Quill, I. Quill]
  never: Quill Street
  roles:
    - engineer
    - {{text: mayor of Tarn, since: 2023-05-01, until: 2025-04-30}}
  wikidata: Q1
{LINES}"""


def folder(at: Path, name: str, content: str) -> Path:
    (at / name).write_text(content, encoding="utf-8")
    return at


def wrong(at: Path, name: str, content: str) -> list[str]:
    _, found = curate.read(folder(at, name, content))
    return [problem.replace(str(at / name), "F") for problem in found]


def test_an_actor_is_read(tmp_path: Path) -> None:
    found = curate.load(folder(tmp_path, "actors.yml", ACTORS)).actors["ida-quill"]
    assert found == KnownAs(
        id="ida-quill",
        decided=found.decided,
        name="Ida Quill",
        type="person",
        aliases=("Frau Quill", "I. Quill"),
        never=("Quill Street",),
        roles=(DatedRole("engineer"), DatedRole("mayor of Tarn", "2023-05-01", "2025-04-30")),
        wikidata="Q1",
    )
    assert (found.decided.why, found.decided.by, found.decided.on) == ("seen in print", "Nora Feld", "2025-06-01")
    assert found.decided.at == f"{tmp_path / 'actors.yml'}:1"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("merge: [ida-quill, i-quill]", Merge),
        ("apart: [ida-quill, i-quill, ida-quill-junior]", Apart),
        ("split: ida-quill, into: ida-quill-judge, articles: [trial], name: Ida Quill (judge)", Split),
        ("one: ida-quill", One),
        ("rename: ida-quill, to: Ida Quill-Vask", Rename),
        ("speaker: q-0123456789, is: ida-quill", SpokenBy),
        ("speaker: q-0123456789, is: [ida-quill, tomas-brask]", SpokenBy),
        ("speaker: q-0123456789, is: nobody", SpokenBy),
        ("reject: q-0123456789", Reject),
        ("reject: quay-street", Reject),
        ("topic: trial, add: 'medtop:11000000'", OnTopic),
        ("topic: trial, remove: ['medtop:11000000', harbour]", OnTopic),
        ("withhold: articles/trial", Withhold),
        ("withhold: /actors/ida-quill/", Withhold),
        ("withhold: q-0123456789", Withhold),
    ],
)
def test_each_kind_of_correction_is_read(tmp_path: Path, line: str, kind: type) -> None:
    (found,) = curate.load(folder(tmp_path, "corrections.yml", f"- {{{line}, {WHY}}}\n")).corrections
    assert type(found) is kind
    assert found.decided.by == "Nora Feld"


def test_corrections_keep_what_they_say(tmp_path: Path) -> None:
    content = "".join(
        f"- {{{line}, {WHY}}}\n"
        for line in (
            "merge: [ida-quill, i-quill, quill]",
            "speaker: q-0123456789, is: nobody",
            "topic: trial, add: harbour, remove: [a, b]",
            "withhold: /actors/ida-quill/",
        )
    )
    merge, speaker, topic, withhold = curate.load(folder(tmp_path, "corrections.yml", content)).corrections
    assert isinstance(merge, Merge)
    assert (merge.kept, merge.others) == ("ida-quill", ("i-quill", "quill"))
    assert isinstance(speaker, SpokenBy)
    assert speaker.speakers == ()
    assert isinstance(topic, OnTopic)
    assert (topic.article, topic.add, topic.remove) == ("trial", ("harbour",), ("a", "b"))
    assert isinstance(withhold, Withhold)
    assert (withhold.article, withhold.actor, withhold.quotation) == (None, "ida-quill", None)
    assert withhold.decided.at.endswith("corrections.yml:4")


def test_a_topic_is_read(tmp_path: Path) -> None:
    content = (
        f"harbour:\n  name: The harbour\n  name_de: Der Hafen\n  parent: medtop:04000000\n{LINES}"
        "  en: {any: [quay*, pier], all: [[ferry, tide], [crane, ship]], weak: '*boat', not: airport}\n"
        "  de: {all: [Hafen, Kran]}\n"
    )
    (found,) = curate.load(folder(tmp_path, "topics.yml", content)).topics
    assert (found.rule.id, found.rule.name, found.rule.label("de")) == ("harbour", "The harbour", "Der Hafen")
    assert found.rule.parents == ("medtop:04000000",)
    assert found.rule.rules["en"] == Phrases(
        ("quay*", "pier"), (("ferry", "tide"), ("crane", "ship")), ("*boat",), ("airport",)
    )
    assert found.rule.rules["de"] == Phrases((), (("Hafen", "Kran"),))


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("actors.yml", "- a\n", "F:1: write actor ids with keys below them, such as “name: Full Name”"),
        (
            "actors.yml",
            f"Ida Quill:\n  name: X\n{LINES}",
            "F:1: “Ida Quill” is no actor's id; write it as in the address of its page: “ida-quill”",
        ),
        ("actors.yml", f"ida:\n  nam: X\n  name: Y\n{LINES}", "F:2: “nam” is not a key; did you mean “name”?"),
        (
            "actors.yml",
            "ida:\n  name: X\n  why: x\n",
            "F:1: “by” and “on” are missing; say why, by whom and on which day",
        ),
        (
            "actors.yml",
            f"ida:\n{LINES}",
            "F:1: nothing is said about “ida”; write at least one of name, type, aliases, never, roles, wikidata",
        ),
        (
            "actors.yml",
            f"ida:\n  type: human\n{LINES}",
            "F:2: “human” does not fit “type”; write one of person, organisation, media, armed-group, party, company, "
            "state",
        ),
        (
            "actors.yml",
            f"ida:\n  wikidata: 30\n{LINES}",
            "F:2: “30” does not fit “wikidata”; write the id of an item, such as Q30",
        ),
        (
            "actors.yml",
            f"ida:\n  aliases: [A, B]\n  never: [B]\n{LINES}",
            "F:3: “B” stands under “aliases” too; it cannot mean the actor and never mean it",
        ),
        (
            "actors.yml",
            f"ida:\n  name: A\n  never: [A]\n{LINES}",
            "F:3: “A” stands under “name” too; it cannot mean the actor and never mean it",
        ),
        (
            "corrections.yml",
            f"- {{split: a, into: b, articles: [], {WHY}}}\n",
            "F:1: “articles” is empty; name those in which the actor is somebody else",
        ),
        (
            "actors.yml",
            f"ida:\n  aliases: [A, A]\n{LINES}",
            "F:2: “A” stands in the list of “aliases” already; keep one",
        ),
        (
            "actors.yml",
            f"ida:\n  roles: [{{text: judge, since: 2025-02-01, until: 2025-01-01}}]\n{LINES}",
            "F:2: “until” (2025-01-01) is before “since” (2025-02-01); exchange them",
        ),
        (
            "corrections.yml",
            "merge: [a, b]\n",
            "F:1: write a list: each decision begins with “- ”, such as “- merge: [this-one, that-one]”",
        ),
        (
            "corrections.yml",
            "- a\n",
            f"F:1: a decision has keys, and begins with one of {EACH}",
        ),
        ("corrections.yml", f"- {{merg: [a, b], {WHY}}}\n", "F:1: “merg” is not a key; did you mean “merge”?"),
        (
            "corrections.yml",
            f"- {{{WHY}}}\n",
            f"F:1: this says nothing to do; begin with one of {EACH}",
        ),
        (
            "corrections.yml",
            f"- {{merge: [a, b], reject: c, {WHY}}}\n",
            "F:1: “merge” and “reject” are two decisions; give each a list item of its own",
        ),
        (
            "corrections.yml",
            f"- {{merge: [a], {WHY}}}\n",
            "F:1: “merge” takes a list of two or more actor ids; the first is kept",
        ),
        (
            "corrections.yml",
            f"- {{apart: a, {WHY}}}\n",
            "F:1: “apart” takes a list of two or more actor ids; each is somebody else",
        ),
        (
            "corrections.yml",
            f"- {{merge: [a, B], {WHY}}}\n",
            "F:1: “B” is no actor's id; write it as in the address of its page: “b”",
        ),
        ("corrections.yml", f"- {{rename: a, {WHY}}}\n", "F:1: “to” is missing"),
        (
            "corrections.yml",
            f"- {{rename: a, to: B, into: c, {WHY}}}\n",
            "F:1: “into” is not a key; did you mean “to”?",
        ),
        (
            "corrections.yml",
            f"- {{speaker: ida, is: b, {WHY}}}\n",
            "F:1: “ida” is no quotation's id; it is “q-” and ten letters, as on the article's page",
        ),
        (
            "corrections.yml",
            f"- {{speaker: q-0123456789, is: [a, nobody], {WHY}}}\n",
            "F:1: “nobody” cannot speak beside others; write it alone, or take it out",
        ),
        (
            "corrections.yml",
            f"- {{split: a, into: a, articles: [x], {WHY}}}\n",
            "F:1: “a” is the actor that is split; give the other one an id of its own",
        ),
        (
            "corrections.yml",
            f"- {{topic: a, {WHY}}}\n",
            "F:1: say which topic to “add” or to “remove”, by its id such as medtop:11000000",
        ),
        ("corrections.yml", f"- {{topic: a, add: b, remove: b, {WHY}}}\n", "F:1: “b” stands under “add” too; keep one"),
        (
            "corrections.yml",
            f"- {{withhold: ida-quill, {WHY}}}\n",
            "F:1: “ida-quill” is nothing that can be withheld; write it as in its address: articles/ID, "
            "articles/ID/#edited, actors/ID, or "
            "the id of a quotation",
        ),
        (
            "topics.yml",
            f"harbour:\n  en: {{any: [quay]}}\n{LINES}",
            "F:1: “name” is missing; write how the topic is shown",
        ),
        (
            "topics.yml",
            f"harbour:\n  name: Harbour\n{LINES}",
            "F:1: no phrase would ever find “harbour”; write “any” or “all” below de",
        ),
        (
            "topics.yml",
            f"harbour:\n  name: Harbour\n  en: {{not: [quay]}}\n{LINES}",
            "F:3: “en” needs “any”, “all” or two of “weak”, or nothing would be found",
        ),
        (
            "topics.yml",
            f"'medtop:11000000':\n  name: Harbour\n  en: {{any: [quay]}}\n{LINES}",
            "F:1: there is a topic “medtop:11000000” already; choose another id",
        ),
        (
            "topics.yml",
            f"harbour:\n  name: Harbour\n  parent: port\n  en: {{any: [quay]}}\n{LINES}",
            "F:3: there is no topic “port”; write the id of a topic above, or put that one before this",
        ),
        (
            "topics.yml",
            f"harbour:\n  name: Harbour\n  en: {{any: [quay]}}\n{LINES}"
            f"quay:\n  name: Quay\n  parent: harbuor\n  en: {{any: [quay]}}\n{LINES}",
            "F:9: there is no topic “harbuor”; did you mean “harbour” (Harbour)?",
        ),
        (
            "topics.yml",
            f"harbour:\n  name: Harbour\n  parent: Politik\n  en: {{any: [quay]}}\n{LINES}",
            "F:3: there is no topic “Politik”; write “medtop:11000000” for “Politik”",
        ),
        (
            "topics.yml",
            f"harbour:\n  name: Harbour\n  en: {{weak: [quay]}}\n{LINES}",
            "F:3: “en” needs “any”, “all” or two of “weak”, or nothing would be found",
        ),
        (
            "topics.yml",
            f"harbour:\n  name: Harbour\n  en:\n    an: [quay]\n    all: [[quay, crane]]\n{LINES}",
            "F:4: “an” is not a key; did you mean “any”?",
        ),
    ],
)
def test_each_mistake_has_its_place_and_its_way_out(tmp_path: Path, name: str, content: str, problem: str) -> None:
    assert wrong(tmp_path, name, content) == [problem]


@pytest.mark.parametrize("phrase", ["*", "**", "- *", "🙂", "har*bour", "*harbour*"])
@pytest.mark.parametrize("key", ["any", "all", "weak", "not"])
def test_a_phrase_that_stands_at_no_word_is_a_mistake(tmp_path: Path, key: str, phrase: str) -> None:
    other = "" if key == "any" else "    any: [quay*]\n"
    content = f"harbour:\n  name: Harbour\n  en:\n{other}    {key}: ['{phrase}']\n{LINES}"
    line = 4 if key == "any" else 5
    assert wrong(tmp_path, "topics.yml", content) == [
        f"F:{line}: “{phrase}” stands at no word; write letters, and “*” first or last only"
    ]


@pytest.mark.parametrize("who", ["Ida Quill", "[ida-quill, Bram Oxley]"])
def test_a_wrong_speaker_is_one_mistake_and_no_decision(tmp_path: Path, who: str) -> None:
    lines = f"- speaker: q-0123456789\n  is: {who}\n  why: seen\n  by: Nora Feld\n  on: 2025-06-01\n"
    (tmp_path / "corrections.yml").write_text(lines, encoding="utf-8")
    found, wrong = curate.read(tmp_path)
    assert found.corrections == ()
    assert [each.partition(": ")[2].partition(";")[0] for each in wrong] == [
        f"“{who.strip('[]').split(', ')[-1]}” is no actor's id"
    ]
