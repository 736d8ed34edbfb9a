"""The types of a language: the keys of its file, and the tables that the rules ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

GRAMMAR = (
    "determiners",
    "prepositions",
    "subordinators",
    "conjunctions",
    "adverbs",
    "auxiliaries",
    "possessives",
    "first_person",
    "relatives",
    "complementizers",
    "calendar",
)
"""The keys whose words are grammar: no noun phrase consists of them and no name begins with them."""
FRAMES = frozenset({"quote", "that", "clause", "of", "to", "object", "weak"})
KINDS = frozenset({"direct", "mixed", "indirect", "fragment"})
GROUPS: dict[str, frozenset[str]] = {
    "pronouns": frozenset({"m", "f", "n", "p", "fp"}),
    "titles": frozenset({"m", "f", "any"}),
    "role_nouns": frozenset({"person", "organisation"}),
    "body_nouns": frozenset({"armed-group", "party", "company", "media"}),
    "walks": frozenset({"sport", "team", "arts", "office"}),
    "reporting": frozenset(
        {"say", "think", "want", "feel", "praise", "blame", "name", "ask", "urge", "show", "commit", "deal"}
        | {"noun", "adjective"}
    ),
    "stances": frozenset({"accuse", "deny", "demand"}),
}


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a cue verb: its lemma, what it can govern (FRAMES) and the particle that completes it ("point out").

    ``finite`` is False for forms that only stand with an auxiliary or as a participle ("saying"). ``others`` are the
    readings of the same form with other particles ("gab … an", "gab … bekannt"); the form's own entry is the reading
    without a particle where there is one.
    """

    lemma: str
    frames: frozenset[str]
    particle: str | None = None
    finite: bool = True
    others: tuple[Verb, ...] = ()

    @property
    def named(self) -> str:
        """The lemma with its particle: "point out"."""
        return f"{self.lemma} {self.particle}" if self.particle else self.lemma

    @property
    def readings(self) -> tuple[Verb, ...]:
        """All readings of the form, the most demanding first: longer particles before shorter ones and none."""
        return tuple(sorted((self, *self.others), key=lambda v: -len((v.particle or "").split())))


Form = Literal["base", "present", "past", "participle", "noun", "adjective"]


@dataclass(frozen=True, slots=True)
class Teller:
    """A word that may tell what somebody says, thinks or wants: its lemma, its group under ``reporting``, its form.

    ``clause`` says that the words may follow without "that" and are no plain object: the frame "clause" without "weak".
    """

    lemma: str
    group: str
    form: Form
    clause: bool = False


class Words(frozenset[str]):
    """Words in lower case; one written with a leading hyphen fits every word that ends so ("-minister")."""

    endings: tuple[str, ...]

    def __new__(cls, words: Iterable[str]) -> Words:
        """Make a set of ``words``; those with a leading hyphen become endings."""
        low = [w.lower() for w in words]
        made = super().__new__(cls, (w for w in low if not w.startswith("-")))
        made.endings = tuple(w[1:] for w in low if w.startswith("-"))
        return made

    def __contains__(self, word: object) -> bool:
        """Whether ``word`` is one of the words or has one of the endings."""
        return super().__contains__(word) or (isinstance(word, str) and word.endswith(self.endings))


class Groups(dict[str, str]):
    """Words in lower case to the group they stand in; words with a leading hyphen are endings, the longest first."""

    endings: tuple[str, ...]

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        """Turn ``table`` (group -> words) round."""
        words = {word.lower(): group for group, words in table.items() for word in words}
        super().__init__({word: group for word, group in words.items() if not word.startswith("-")})
        endings = sorted((word for word in words if word.startswith("-")), key=len, reverse=True)
        self._groups = {word[1:]: words[word] for word in endings}
        self.endings = tuple(self._groups)

    def __missing__(self, word: str) -> str:
        """Return the group of the longest ending that fits ``word``."""
        if word.endswith(self.endings):
            return next(self._groups[ending] for ending in self.endings if word.endswith(ending))
        raise KeyError(word)

    def __contains__(self, word: object) -> bool:
        """Whether ``word`` stands in a group, by itself or by its ending."""
        return super().__contains__(word) or (isinstance(word, str) and word.endswith(self.endings))

    def get(self, word: str, default: Any = None) -> Any:
        """Return the group of ``word``, or ``default``."""
        found = super().get(word)
        return self[word] if found is None and word.endswith(self.endings) else found or default


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with what should be found in it: ``quotations`` as ``kind | words | source``; the source may lack."""

    text: str
    quotations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """The keys of a language file, as written there."""

    code: str
    name: str
    pronouns: Mapping[str, tuple[str, ...]]
    first_person: tuple[str, ...] = ()
    second_person: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    determiners: tuple[str, ...]
    possessives: tuple[str, ...] = ()
    indefinites: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    oblique_determiners: tuple[str, ...] = ()
    genitives: tuple[str, ...] = ()
    weak_endings: tuple[str, ...] = ()
    prepositions: tuple[str, ...]
    conjunctions: tuple[str, ...]
    joins: tuple[str, ...] = ()
    plural_endings: tuple[str, ...] = ()
    subordinators: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    passive: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    agent_prepositions: tuple[str, ...] = ()
    infinitive_markers: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    performs: tuple[str, ...] = ()
    never_inverted: tuple[str, ...] = ()
    addressee_prepositions: tuple[str, ...] = ()
    quoted_as: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    adverbs: tuple[str, ...]
    adverb_endings: tuple[str, ...] = ()
    verb_endings: tuple[str, ...] = ()
    irregular_verbs: tuple[str, ...] = ()
    origin_prepositions: tuple[str, ...] = ()
    complementizers: tuple[str, ...]
    subjunctives: tuple[str, ...] = ()
    verbs: Mapping[str, tuple[str, ...]]
    denials: tuple[str, ...] = ()
    comparisons: tuple[str, ...] = ()
    reporting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stances: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    object_links: tuple[str, ...] = ()
    gerund_endings: tuple[str, ...] = ()
    cue_nouns: tuple[str, ...] = ()
    noun_verbs: tuple[str, ...] = ()
    verbless: tuple[str, ...] = ()
    verbless_after: tuple[str, ...] = ()
    postposed: tuple[str, ...] = ()
    sources_in: tuple[str, ...] = ()
    comma_before_clause: bool = False
    nouns_capitalised: bool = False
    noun_plurals: tuple[str, ...] = ()
    owner_endings: tuple[str, ...] = ()
    adjective_endings: tuple[str, ...] = ()
    name_genitives: tuple[str, ...] = ()
    titles: Mapping[str, tuple[str, ...]]
    role_nouns: Mapping[str, tuple[str, ...]]
    role_families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body_nouns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    role_links: tuple[str, ...] = ()
    role_goals: tuple[str, ...] = ()
    past_words: tuple[str, ...] = ()
    walks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    game_words: tuple[str, ...] = ()
    age_words: tuple[str, ...] = ()
    also_written: tuple[str, ...] = ()
    role_ranks: tuple[str, ...] = ()
    no_role_alone: tuple[str, ...] = ()
    role_women: tuple[str, ...] = ()
    group_nouns: tuple[str, ...] = ()
    organisation_words: tuple[str, ...] = ()
    company_words: tuple[str, ...] = ()
    media_words: tuple[str, ...] = ()
    place_words: tuple[str, ...] = ()
    party_words: tuple[str, ...] = ()
    team_words: tuple[str, ...] = ()
    place_prepositions: tuple[str, ...] = ()
    agency_words: tuple[str, ...] = ()
    occasion_words: tuple[str, ...] = ()
    via_prepositions: tuple[str, ...] = ()
    occasion_prepositions: tuple[str, ...] = ()
    reported_as: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    name_particles: tuple[str, ...] = ()
    name_suffixes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    describing: tuple[str, ...] = ()
    calendar: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    reference: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    question_labels: tuple[str, ...] = ()
    answer_labels: tuple[str, ...] = ()
    interview_words: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()
    work_nouns: tuple[str, ...] = ()
    term_markers: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A loaded language: the raw keys and the look-up tables made from them. It equals itself alone, so it has a hash.

    ``sets`` has the words under each key; ``grammar`` those of all GRAMMAR keys together. ``past_prefixes`` are the
    ``past_words`` that stand before a hyphen. ``stances`` has lemmas, as ``Verb.named`` and ``Teller.lemma`` give them,
    and nouns by themselves.
    """

    raw: Raw
    verbs: Mapping[str, Verb]
    tellers: Mapping[str, tuple[Teller, ...]]
    pronouns: Mapping[str, str]
    roles: Mapping[str, str]
    titles: Mapping[str, str]
    families: Mapping[str, str]
    bodies: Mapping[str, str]
    stances: Mapping[str, str]
    walks: Mapping[str, str]
    past_prefixes: tuple[str, ...]
    sets: Mapping[str, frozenset[str]]
    grammar: frozenset[str]
    openers: frozenset[str]
    function_words: frozenset[str]
