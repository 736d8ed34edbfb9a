from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import knowledge, language
from digest.model import Analysis, Article, Block, BlockKind, Phrases, TopicMatch, TopicRule
from digest.recognise import topics, with_own_topics
from digest.recognise.blocks import refine

recognise_topics = sys.modules["digest.recognise.topics"]  # the function of this name hides the module
ROOT = Path(__file__).parents[2]
TERRORISM = "medtop:20000103"
PEACE_PROCESS = "medtop:20000073"
PEACE_TALKS = "medtop:20000076"


def article(*blocks: tuple[BlockKind, str]) -> Article:
    text, made = "", []
    for kind, words in blocks:
        made.append(Block(kind, len(text), len(text) + len(words)))
        text += words + "\n\n"
    return Article("a", "a.txt", blocks[0][1], text, tuple(made))


def found(*blocks: tuple[BlockKind, str], code: str = "en") -> dict[str, TopicMatch]:
    return {match.id: match for match in topics(article(*blocks), language.load(code))}


def lines(text: str) -> Article:
    title, *rest = [line for line in text.splitlines() if line.strip()]
    return article(("title", title), *(("paragraph", line) for line in rest))


def test_the_seed_is_about_services_terror_diplomacy_and_peace() -> None:
    (path,) = (ROOT / "seeds").glob("*.txt")
    names = [match.name for match in topics(lines(path.read_text(encoding="utf-8")), language.load("en"))]
    assert names[:2] == ["espionage and intelligence", "terrorism"]
    # The intervention is the armed conflict that its key asks for; a sixth topic would be a wrong one.
    assert set(names[2:]) == {"international military intervention", "diplomacy", "peace process"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("strike-begins.txt", "labour strike"), ("hafenstreik-beginnt.txt", "labour strike"),
        ("dam-talks-open.txt", "rivers"), ("abkommen-unterzeichnet.txt", "treaty"),
        ("hochwasser-brennick.txt", "flood"), ("court-ostrea.txt", "privacy"), ("datenleck-krankenhaus.txt", "privacy"),
        ("election-debate.txt", "election"), ("ilve-regatta.txt", "rowing"), ("orgel-brennick.txt", "music"),
        ("pumping-station-attack.txt", "armed conflict"), ("strike-talks-collapse.txt", "labour strike"),
        ("accord-signed.txt", "treaty"), ("hospital-patients.txt", "hospital"),
    ],
)  # fmt: skip
def test_the_examples_have_their_topics(name: str, expected: str) -> None:
    text = (ROOT / "examples" / "seeds" / name).read_text(encoding="utf-8")
    words = language.load("de" if " der " in text and " und " in text else "en")
    assert expected in {match.name for match in topics(refine(lines(text), words), words)}


def test_one_word_somewhere_is_no_topic_but_two_are() -> None:
    start: tuple[BlockKind, str] = ("title", "A day in the valley")
    lead: tuple[BlockKind, str] = ("paragraph", "Nothing happened before noon.")
    assert found(start, lead, ("paragraph", "Then a truce began.")) == {}
    both = found(start, lead, ("paragraph", "Then a truce began, the first ceasefire since May."))
    assert both[PEACE_PROCESS].evidence == ("truce", "ceasefire")


def test_the_headline_counts_more_than_the_text() -> None:
    headline = found(("title", "Ceasefire holds"), ("paragraph", "Nobody fired."), ("paragraph", "Nobody at all."))
    text = found(("title", "It holds"), ("paragraph", "A ceasefire began."), ("paragraph", "Nobody fired."))
    assert headline[PEACE_PROCESS].score > text[PEACE_PROCESS].score


@pytest.mark.parametrize("kind", ["editor", "reference", "byline", "caption"])
def test_what_is_not_the_article_speaking_does_not_count(kind: BlockKind) -> None:
    assert found(("title", "Nothing"), (kind, "The truce and the ceasefire and the peace process")) == {}


def test_a_phrase_stands_at_word_boundaries_and_an_asterisk_takes_the_ending() -> None:
    assert found(("title", "The untruced truceless truces")) == {}
    assert found(("title", "Two ceasefires"))[PEACE_PROCESS].evidence == ("ceasefires",)
    assert found(("title", "Terrorism’s end"))[TERRORISM].evidence == ("Terrorism",)


def test_case_counts_only_for_a_phrase_with_a_capital() -> None:
    assert TERRORISM in found(("title", "ISIS is back"))
    assert found(("title", "Isis was a goddess, and isis is nobody")) == {}
    assert PEACE_PROCESS in found(("title", "CEASEFIRE AGREED"))


def test_the_words_are_the_printed_ones_each_once_in_their_order() -> None:
    match = found(
        ("title", "Truce, then CEASEFIRE"), ("paragraph", "A ceasefire and a peace\u00a0process, and a truce.")
    )
    assert match[PEACE_PROCESS].evidence == ("Truce", "CEASEFIRE", "peace process")


RULES = """
[[topic]]
id = "medtop:1"
name = "harm"
en.any = ["harm"]
en.weak = ["bad", "sad"]
[[topic]]
id = "medtop:2"
name = "theft"
parents = ["medtop:1"]
en.any = ["stolen purse"]
en.weak = ["*thief", "purse"]
[[topic]]
id = "medtop:3"
name = "arson"
parents = ["medtop:1"]
en.any = ["arsonist*"]
[[topic]]
id = "medtop:4"
name = "smuggling"
parents = ["medtop:1"]
en.all = [["boat", "contraband"]]
[[topic]]
id = "medtop:5"
name = "arson at sea"
parents = ["medtop:1", "medtop:3"]
en.any = ["burnt ship"]
"""


def own(*blocks: tuple[BlockKind, str], rules: str = RULES) -> dict[str, tuple[str, ...]]:
    made = []
    for entry in tomllib.loads(rules)["topic"]:
        phrases = entry["en"]
        rule = Phrases(
            tuple(phrases.get("any", ())), tuple(map(tuple, phrases.get("all", ()))), tuple(phrases.get("weak", ()))
        )
        made.append(TopicRule(entry["id"], entry["name"], entry["name"], tuple(entry.get("parents", ())), {"en": rule}))
    (found,) = with_own_topics([Analysis(article(*blocks))], made)
    return {match.name: match.evidence for match in found.topics}


TITLE: tuple[BlockKind, str] = ("title", "A day in the valley")
LEAD: tuple[BlockKind, str] = ("paragraph", "Nothing happened before noon.")


def test_one_weak_phrase_finds_nothing_wherever_and_however_often_it_stands() -> None:
    assert own(("title", "A purse"), ("paragraph", "The purse, the purse, the purse"), ("paragraph", "purse")) == {}
    assert own(("title", "A purse"), ("paragraph", "The horsethief rode.")) == {"theft": ("purse", "horsethief")}
    assert own(TITLE, LEAD, ("paragraph", "The purse and the thief")) == {}


def test_a_weak_phrase_is_none_of_its_own_inside_a_longer_one() -> None:
    assert own(("title", "A stolen purse")) == {"theft": ("stolen purse",)}


def test_single_phrases_for_narrow_topics_add_up_to_the_broader_one() -> None:
    three = ("paragraph", "A stolen purse, an arsonist, and a boat full of contraband.")
    assert own(TITLE, LEAD, three) == {"harm": ("stolen purse", "arsonist", "boat", "contraband")}
    assert own(TITLE, LEAD, ("paragraph", "A stolen purse and an arsonist.")) == {}
    assert own(TITLE, ("paragraph", "A stolen purse and an arsonist.")) == {
        "theft": ("stolen purse",),
        "arson": ("arsonist",),
    }


def test_what_adds_up_goes_no_higher_than_it_must() -> None:
    text = ("paragraph", "The arsonist ran. A burnt ship lay there."), ("paragraph", "The arsonists left.")
    assert own(TITLE, LEAD, *text) == {"arson": ("arsonist", "burnt ship", "arsonists")}


def test_stray_phrases_make_no_broader_topic_beside_a_narrower_one() -> None:
    text = ("paragraph", "It was an arsonist, a burnt ship, and a boat full of contraband.")
    assert own(("title", "A stolen purse"), LEAD, text) == {"theft": ("stolen purse",)}


def test_weak_phrases_make_no_broader_topic_beside_a_narrower_one() -> None:
    weak = ("paragraph", "A bad and sad day."), ("paragraph", "bad, sad")
    assert own(("title", "Bad and sad day")) == {"harm": ("Bad", "sad")}
    assert own(("title", "Stolen purse makes a bad and sad day"), *weak) == {"theft": ("Stolen purse",)}
    assert set(own(("title", "Stolen purse does harm"))) == {"theft", "harm"}


def test_an_asterisk_first_takes_any_beginning_and_no_ending() -> None:
    rules = '[[topic]]\nid = "medtop:1"\nname = "policy"\nen.any = ["*politik"]'
    assert own(("title", "Die Klimapolitik"), rules=rules) == {"policy": ("Klimapolitik",)}
    assert own(("title", "Klima-Politik"), rules=rules) == {"policy": ("Politik",)}
    assert own(("title", "Politik"), rules=rules) == {"policy": ("Politik",)}
    assert own(("title", "Die Klimapolitiker"), rules=rules) == {}


def test_one_endless_word_takes_time_with_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    walked = 0
    start, end = recognise_topics._word_start, recognise_topics._word_end

    def counted(walk: Callable[[str, int], int]) -> Callable[[str, int], int]:
        def walks(low: str, place: int) -> int:
            nonlocal walked
            found = walk(low, place)
            walked += abs(found - place) + 1
            return found

        return walks

    monkeypatch.setattr(recognise_topics, "_word_start", counted(start))
    monkeypatch.setattr(recognise_topics, "_word_end", counted(end))
    word = "krieg" * 4000
    rules = '[[topic]]\nid = "medtop:1"\nname = "war"\nen.any = ["krieg*", "*krieg", "*gkrieg"]'
    assert own(("title", f"{word} {word}"), rules=rules)["war"] == (word,)
    assert 0 < walked <= 20 * len(word)


def test_a_broader_topic_needs_words_of_its_own() -> None:
    war = "medtop:20000062"
    only = found(("title", "Civil war enters its third year"), ("paragraph", "The civil war goes on."))
    assert "medtop:20000063" in only
    assert war not in only
    both = found(
        ("title", "Civil war enters its third year"), ("paragraph", "The country is war-torn; they declared war.")
    )
    assert {"medtop:20000063", war} <= set(both)


def test_first_is_the_topic_whose_whole_branch_speaks_loudest() -> None:
    club = topics(
        article(
            ("title", "Taxpayers want answers on income tax"),
            ("paragraph", "The midfielder and the goalkeeper missed the cup final, the referee said at the stadium."),
            ("paragraph", "The head coach praised the swimmers, the boxers and the tennis players of the city."),
        ),
        language.load("en"),
    )
    tax = next(match for match in club if match.name == "taxation")
    assert club[0].name == "soccer"
    assert tax.score > 0.5


@pytest.mark.parametrize(
    ("code", "headline", "lead", "first"),
    [
        ("en", "Firewall maker warns of spyware", "The malicious code hides in the web browser.", "13"),
        ("en", "New smartphones go on show", "The handsets have a longer battery life and a touchscreen.", "13"),
        ("en", "Shares in Brellin Mills slide", "Investors sold after the company posted a loss.", "04"),
        ("en", "Lender Ostra Trust to merge", "Shareholders backed the joint venture of the two banks.", "04"),
        ("en", "Backbenchers defy their party leader", "MPs voted against the bill in the Commons.", "11"),
        ("en", "Asylum rules split the cabinet", "The home secretary wants tighter immigration law.", "11"),
        ("en", "Late own goal ends the unbeaten run", "The referee gave a free-kick and the coach fumed.", "15"),
        ("en", "Top seed out in straight sets", "Her backhand failed in the quarter-final.", "15"),
        ("en", "Actress returns to the big screen", "The thriller is directed by Odo Brandt.", "01"),
        ("en", "Debut novel wins the book prize", "The author has written three memoirs.", "01"),
        ("de", "Neues Betriebssystem schließt Sicherheitslücke", "Die Software läuft auf jedem Laptop.", "13"),
        ("de", "Forscherteam baut Quantencomputer", "Ingenieure zeigten einen Prototyp aus dem Labor.", "13"),
        ("de", "Anleger verkaufen Aktien", "Nach der Gewinnwarnung fällt die Dividende aus.", "04"),
        ("de", "Einzelhandel klagt über schwache Konjunktur", "Ökonomen erwarten eine Rezession.", "04"),
        ("de", "Bundestag berät den Gesetzentwurf", "Abgeordnete der Koalition stimmten dagegen.", "11"),
        ("de", "Bürgermeister verliert im Gemeinderat", "Die Kommunen warten auf die Wahlbeteiligung.", "11"),
        ("de", "Torhüter hält Elfmeter", "Die Mannschaft steht im Halbfinale, sagte der Trainer.", "15"),
        ("de", "Sprinterin holt Goldmedaille", "Die Leichtathletin lief im Stadion Weltrekord.", "15"),
        ("de", "Schauspielerin auf der Berlinale geehrt", "Die Dreharbeiten dauerten zwei Jahre.", "01"),
        ("de", "Kunstmuseum zeigt Skulpturen", "Die Ausstellung der Künstlerin öffnet im Mai.", "01"),
    ],
)  # fmt: skip
def test_a_headline_and_a_lead_show_the_branch(code: str, headline: str, lead: str, first: str) -> None:
    match = topics(article(("title", headline), ("paragraph", lead)), language.load(code))[0]
    assert match.id in {t.id for t in knowledge.load_topics() if t.top == f"medtop:{first}000000"}


def test_there_are_never_more_than_five() -> None:
    everything = [p for topic in knowledge.load_topics() for r in topic.rules.values() for p in r.any[:2]]
    matches = topics(article(("title", ", ".join(everything).replace("*", ""))), language.load("en"))
    assert len(matches) == 5
    assert [m.score for m in matches[1:]] == sorted((m.score for m in matches[1:]), reverse=True)


def test_names_are_english_in_every_language() -> None:
    german = found(("title", "Waffenruhe vereinbart"), code="de")
    assert german[PEACE_PROCESS].name == "peace process"
    assert german[PEACE_PROCESS].evidence == ("Waffenruhe",)


def test_a_letter_that_grows_in_lower_case_moves_no_offset() -> None:
    assert found(("title", "İİİİ İstanbul agrees a ceasefire"))[PEACE_PROCESS].evidence == ("ceasefire",)


PHRASES = st.sampled_from(
    ["truce", "ceasefire", "peace deal", "jury", "retrial", "terrorism", "river", "the", "Ünïcode’s"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(PHRASES, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=5))
def test_a_further_phrase_never_weakens_a_topic(paragraphs: list[str]) -> None:
    blocks: list[tuple[BlockKind, str]] = [("title", "Headline"), *(("paragraph", p) for p in paragraphs)]
    before, after = found(*blocks), found(*blocks, ("paragraph", "peace solution"))
    if PEACE_PROCESS in before:
        assert after[PEACE_PROCESS].score > before[PEACE_PROCESS].score


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "de"]))
def test_evidence_is_printed_and_scores_are_in_range(noise: str, code: str) -> None:
    text = f"{noise} ceasefire Waffenruhe {noise}"
    for match in found(("title", text), code=code).values():
        assert 0 < match.score <= 1
        assert all(words in " ".join(text.split()) for words in match.evidence)


def test_every_phrase_in_every_language_is_found_where_it_stands() -> None:
    for topic in knowledge.load_topics():
        for code, rule in topic.rules.items():
            for phrase in (p for p in rule.any if p not in rule.not_):
                words = phrase.replace("*", "")
                matches = topics(article(("title", f"– {words} –")), language.load(code))
                assert matches, f"{topic.id} {code}: {phrase}"
