"""A language is one data file: ``languages/<code>.toml`` holds its words, the engine holds none.

Every key is explained in ``docs/languages.md``. A file proves itself by its ``[[examples]]``: ``digest check`` and the
tests run them.
"""

from __future__ import annotations

import difflib
import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import msgspec

from digest.model import DigestError

FOLDER = Path(__file__).parent / "languages"
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
    "reporting": frozenset(
        {"say", "think", "want", "feel", "praise", "blame", "name", "ask", "urge", "show", "commit", "deal"}
        | {"noun", "adjective"}
    ),
}
_KEY_OF_ERROR = re.compile(r"\$\.([a-z_]+)")


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
    titles: Mapping[str, tuple[str, ...]]
    role_nouns: Mapping[str, tuple[str, ...]]
    role_families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    role_links: tuple[str, ...] = ()
    group_nouns: tuple[str, ...] = ()
    organisation_words: tuple[str, ...] = ()
    company_words: tuple[str, ...] = ()
    media_words: tuple[str, ...] = ()
    place_words: tuple[str, ...] = ()
    party_words: tuple[str, ...] = ()
    place_prepositions: tuple[str, ...] = ()
    agency_words: tuple[str, ...] = ()
    occasion_words: tuple[str, ...] = ()
    via_prepositions: tuple[str, ...] = ()
    occasion_prepositions: tuple[str, ...] = ()
    reported_as: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    name_particles: tuple[str, ...] = ()
    name_suffixes: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    describing: tuple[str, ...] = ()
    calendar: tuple[str, ...] = ()
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

    ``sets`` has the words under each key; ``grammar`` those of all GRAMMAR keys together.
    """

    raw: Raw
    verbs: Mapping[str, Verb]
    tellers: Mapping[str, tuple[Teller, ...]]
    pronouns: Mapping[str, str]
    roles: Mapping[str, str]
    titles: Mapping[str, str]
    families: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]
    grammar: frozenset[str]
    openers: frozenset[str]
    function_words: frozenset[str]


@functools.cache
def available() -> tuple[str, ...]:
    """Return the codes of the languages there are, sorted."""
    return tuple(sorted(p.stem for p in FOLDER.glob("*.toml")))


@functools.cache
def load(code: str) -> Language:
    """Return the language ``code``; an unknown one is read with English words, the only honest default there is.

    Raises DigestError, naming the file and the place, when the data file is wrong.
    """
    return read(FOLDER / f"{code}.toml") if code in available() or code == "en" else load("en")


def read(path: Path) -> Language:
    """Return the language that the file ``path`` describes.

    Raises DigestError, one sentence with the file, its line and the way out, when the file is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DigestError(f"languages/{path.name}: {error}; mend the file, it must be TOML in UTF-8") from error
    try:
        raw = msgspec.convert(table, Raw, strict=True)
    except msgspec.ValidationError as error:
        found = _KEY_OF_ERROR.search(str(error))
        key = found[1] if found else ""
        raise _wrong(path, text, key, f"{error}; docs/languages.md says what each key holds") from error
    for key, trouble in _troubles(table, raw):
        raise _wrong(path, text, key, trouble)
    return _tables(raw)


def _wrong(path: Path, text: str, key: str, trouble: str) -> DigestError:
    """Return the error for ``trouble`` at ``key``, with the line on which the key or its value first stands."""
    begins = re.compile(rf"""\s*(\[+\s*{re.escape(key)}\b|["']?{re.escape(key)}["']?\s*=|.*{re.escape(key)})""")
    line = next((n for n, words in enumerate(text.splitlines(), 1) if key and begins.match(words)), None)
    return DigestError(f"languages/{path.name}{f':{line}' if line else ''}: {trouble}")


def _troubles(table: Mapping[str, Any], raw: Raw) -> Iterator[tuple[str, str]]:
    """Yield what is wrong beyond the types, as ``(words to find the line by, sentence)``."""
    known = list(Raw.__dataclass_fields__)
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            yield key, f"“{key}” is no key of a language file{f'; is “{near[0]}” meant?' if near else ''}"
    for key, allowed in GROUPS.items():
        for group in sorted(set(getattr(raw, key)) - allowed):
            yield key, f"{key}.{group} is no group; known are {', '.join(sorted(allowed))}"
    for key, rows in raw.verbs.items():
        if unknown := sorted(set(key.split()) - FRAMES):
            yield key, f"verbs: {', '.join(unknown)} is no frame; known are {', '.join(sorted(FRAMES))}"
        yield from ((row, f"verbs: “{row}” names no form") for row in rows if not row.partition("|")[0].split())
    for example in raw.examples:
        yield from ((example.text[:40], trouble) for trouble in _example_troubles(example))


def _example_troubles(example: Example) -> Iterator[str]:
    for entry in example.quotations:
        kind, *rest = (piece.strip() for piece in entry.split("|"))
        if kind not in KINDS or len(rest) != 2:
            yield f"examples: write “{entry}” as kind | words | source; kinds are {', '.join(sorted(KINDS))}"
        elif missing := next((piece for piece in rest if piece not in example.text), None):
            yield f"examples: “{missing}” does not stand in “{example.text}”"


def _tables(raw: Raw) -> Language:
    sets = {
        name: _words(value)
        for name in Raw.__dataclass_fields__
        if isinstance(value := getattr(raw, name), tuple) and all(isinstance(w, str) for w in value)
    }
    return Language(
        raw=raw,
        verbs=_verbs(raw.verbs),
        tellers=_tellers(raw) if raw.reporting else {},
        pronouns=_groups(raw.pronouns),
        roles=_groups(raw.role_nouns),
        titles=_groups(raw.titles),
        families=_groups(raw.role_families),
        sets=sets,
        grammar=_words([word for key in GRAMMAR for word in getattr(raw, key)]),
        openers=frozenset(words.lower().split()[0] for words in (*raw.verbless, *raw.verbless_after)),
        function_words=frozenset(w for key in GRAMMAR if key not in ("adverbs", "calendar") for w in sets[key])
        | {w for words in raw.pronouns.values() for w in words},
    )


def _groups(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the words of ``table`` to their groups; in a plain dictionary where there are no endings."""
    made = Groups(table)
    return made if made.endings else dict(made)


def _words(words: Sequence[str]) -> frozenset[str]:
    """Return ``words`` as a set; a plain one where there are no endings, for it is asked for every token."""
    made = Words(words)
    return made if made.endings else frozenset(made)


def _verbs(table: Mapping[str, tuple[str, ...]]) -> dict[str, Verb]:
    """Return one entry a form, with all its readings; rows with the same form and particle share their frames."""
    readings: dict[str, dict[str | None, Verb]] = {}
    for key, rows in table.items():
        for row in rows:
            for form, verb in _row(row, frozenset(key.split())):
                known = readings.setdefault(form, {})
                same = known.get(verb.particle, verb)
                known[verb.particle] = replace(
                    same, frames=same.frames | verb.frames, finite=same.finite or verb.finite
                )
    verbs = {}
    for form, known in readings.items():
        first = known.get(None) or next(iter(known.values()))
        verbs[form] = replace(first, others=tuple(v for v in known.values() if v is not first))
    return verbs


def _row(row: str, frames: frozenset[str]) -> Iterator[tuple[str, Verb]]:
    """Yield ``(form, verb)`` for a row of ``verbs``.

    ``"point points pointed pointing | out"``: the forms, the last one not finite (unless it also stands among the
    others), and behind the bar the particle. Several particles are parted by `` / ``, a lone ``-`` is none. A particle
    with a hyphen behind it is separable: ``"teilt geteilt | mit-"`` is "teilt … mit" and, in one word, "mitteilt" and
    "mitgeteilt"; what stands before it stays apart ("darauf hin-": "hinweist" needs "darauf").
    """
    words, _, behind = row.partition("|")
    *finite, last = words.split()
    lemma = (finite or [last])[0]
    forms = {form: form in finite or not finite for form in [*finite, last]}
    for particle in (piece.strip() for piece in behind.split(" / ")):
        if not particle.endswith("-") or particle == "-":
            for form, is_finite in forms.items():
                yield form, Verb(lemma, frames, particle.strip("-") or None, is_finite)
            continue
        apart, _, prefix = particle.removesuffix("-").rpartition(" ")
        for form, is_finite in forms.items():
            if is_finite:
                yield form, Verb(prefix + lemma, frames, particle.removesuffix("-"))
            yield prefix + form, Verb(prefix + lemma, frames, apart or None, is_finite)


def _tellers(raw: Raw) -> dict[str, tuple[Teller, ...]]:
    """Return the words under ``reporting``, and the cue verbs that are not among them as words of saying, by form."""
    found: dict[str, dict[str, Teller]] = {}
    free = {row.split()[0] for key, rows in raw.verbs.items() if _takes_clause(key) for row in rows}
    listed = {row.split()[0] for rows in raw.reporting.values() for row in rows}
    cues = [row for rows in raw.verbs.values() for row in rows if row.split()[0] not in listed]
    for group, rows in [*raw.reporting.items(), ("say", cues)]:
        for row in rows:
            words = row.partition("|")[0].split()
            for n, word in enumerate(words):
                form = _form(group, n, len(words))
                kind = form if form in ("noun", "adjective") else "verb"
                found.setdefault(word, {}).setdefault(kind, Teller(words[0], group, form, words[0] in free))
    return {word: tuple(kinds.values()) for word, kinds in found.items()}


def _takes_clause(frames: str) -> bool:
    return {"clause", "weak"} & set(frames.split()) == {"clause"}


def _form(group: str, n: int, words: int) -> Form:
    """Return what the word at ``n`` in a row of so many is: base, third person, pasts, and the participle last."""
    if group == "noun":
        return "noun"
    if group == "adjective":
        return "adjective"
    if n == 0:
        return "base"
    return "participle" if n == words - 1 else "present" if n == 1 else "past"


def problems(folder: Path = FOLDER) -> list[str]:
    """Return what is wrong with the language files in ``folder``, one sentence each, with file and line."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            raw = read(path).raw
        except DigestError as error:
            found.append(str(error))
            continue
        if raw.code != path.stem:
            found.append(f"languages/{path.name}: code is “{raw.code}”; it must be the file's own name, “{path.stem}”")
        if not raw.examples:
            found.append(f"languages/{path.name}: there are no [[examples]]; add some, so that the file proves itself")
    return found


def keys() -> Mapping[str, Any]:
    """Return the keys a language file may have, with their types."""
    return {name: f.type for name, f in Raw.__dataclass_fields__.items()}
