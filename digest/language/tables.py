"""From the keys of a language file to the tables that the rules ask: every form of a verb, every word to its group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digest.language.types import GRAMMAR, Form, Groups, Language, Raw, Teller, Verb, Words


def tables(raw: Raw) -> Language:
    """Return the language whose file has the keys ``raw``, with the tables made from them."""
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
        bodies=_groups(raw.body_nouns),
        stances={word: group for group, words in raw.stances.items() for word in words},
        walks=_groups(raw.walks),
        past_prefixes=tuple(word for word in raw.past_words if word.endswith("-")),
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
                frames, finite = same.frames | verb.frames, same.finite or verb.finite
                known[verb.particle] = Verb(same.lemma, frames, same.particle, finite)
    verbs = {}
    for form, known in readings.items():
        first = known.get(None) or next(iter(known.values()))
        others = tuple(v for v in known.values() if v is not first)
        verbs[form] = replace(first, others=others) if others else first
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
