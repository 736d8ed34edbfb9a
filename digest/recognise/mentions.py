"""Names and roles in a block: known names from the gazetteer, unknown ones from runs of capitalised words.

A run is cut into role and name ("US Secretary of State" + "Mike Pompeo"), typed by its own words first and its
surroundings second. What carries no evidence is left out rather than guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from digest import readings
from digest.knowledge import variants
from digest.model import ActorType, Mention, Position
from digest.recognise.gazetteer import Hit, Reading
from digest.recognise.joins import joined
from digest.recognise.roles import APOSTROPHES, ROLE_BEFORE, role_end, small_role, title_only, widen_role
from digest.recognise.scene import Scene
from digest.recognise.tokens import Token, plural_initials
from digest.text import POSSESSIVE

LONGEST_ACRONYM = 6
BODIES: tuple[tuple[str, ActorType], ...] = (
    ("party_words", "party"),
    ("company_words", "company"),
    ("media_words", "media"),
    ("organisation_words", "organisation"),
)
"""The keys of a language file whose words tell what bears a name that ends in them, the surest first."""


def mentions(tokens: Sequence[Token], starts: frozenset[int], around: Scene, hits: Sequence[Hit]) -> list[Mention]:
    """Return the names that rules propose and the roles before them in one block, in order, names without overlap."""
    found: list[Mention] = []
    edges = frozenset(x for h in hits for x in (h.start, h.end))
    for begin, end in _runs(tokens, starts, around, edges):
        found.extend(_read_run(tokens, begin, end, around, hits))
    covered = sorted((m.start, m.end) for m in found if m.label == "name")
    for hit in hits:
        # names do not overlap, so only the one before and the one behind can touch the hit
        at = bisect_left(covered, (hit.start, hit.end))
        if not any(a < hit.end and hit.start < b for a, b in covered[max(at - 1, 0) : at + 1]):
            mention = _known(hit, tokens, around)
            if mention is not None:
                found.append(mention)
    unique = {(m.start, m.end, m.label): m for m in found}
    return sorted(unique.values(), key=lambda m: (m.start, m.end))


# --- runs of capitalised words -------------------------------------------------------------------------------------


def _runs(
    tokens: Sequence[Token], starts: frozenset[int], around: Scene, edges: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised words as half-open token ranges, without the small words that open a sentence.

    ``edges`` are the offsets at which known names begin and end: "&" and "/" do not join two of them.
    """
    i, size = 0, len(tokens)
    while i < size:
        if not tokens[i].capital or (tokens[i].start not in edges and _no_start(tokens[i], starts, around)):
            i += 1
            continue
        j = i + 1
        while j < size and (step := _extends(tokens, j, around, edges) or joined(tokens, i, j, around, edges)):
            j += step
        yield i, j
        i = j


def _no_start(token: Token, starts: frozenset[int], around: Scene) -> bool:
    """Whether a capitalised word cannot begin a name here."""
    if plural_initials(token.text):
        return True  # MPs
    if len(token.text) > 1 and token.text.isupper() and token.low not in around.language.sets["calendar"]:
        return token.low in around.language.sets["first_person"]
    if around.function(token.low):
        return True
    if token.start not in starts:
        return False
    return token.low in around.small and not around.given(token.text) and token.text not in around.surnames


def _extends(tokens: Sequence[Token], j: int, around: Scene, edges: frozenset[int]) -> int:
    """Return how many tokens the run takes at ``j``: 0 ends it."""
    token, before = tokens[j], tokens[j - 1]
    gap = token.start - before.end
    if gap > 1:
        return 0
    if token.capital and before.kind == "word" and gap == 1:
        return 0 if token.low in around.language.sets["calendar"] else 1
    after = tokens[j + 1] if j + 1 < len(tokens) else None
    if token.text == "." and gap == 0 and after and after.capital and after.start == token.end + 1:
        return 2 if len(before.text) == 1 or before.low in around.language.sets["abbreviations"] else 0
    if token.text in APOSTROPHES and gap == 0 and after and after.start == token.end + 1:
        # "Dockworkers' Union": only a word for an organisation tells the possessive from a closing mark
        return 2 if after.capital and after.low in around.language.sets["organisation_words"] else 0
    if token.text in ("/", "&") and after and after.capital:
        return 0 if before.end in edges and after.start in edges else 2
    if after is None or not after.capital or after.start != token.end + 1 or gap != 1:
        return _long_link(tokens, j, around)
    if token.low in around.language.sets["name_particles"] and token.kind == "word":
        # "Vennor vom Rat der Seestaaten" is a person and where she comes from
        return 0 if after.low in around.language.sets["organisation_words"] or around.noun(after.low) else 2
    return _long_link(tokens, j, around)


def _long_link(tokens: Sequence[Token], j: int, around: Scene) -> int:
    """ "Secretary of State", "Ministry of the Interior": an *of* joins only what an office or a role begins."""
    if tokens[j].low not in around.language.sets["sources_in"]:
        return 0
    head = tokens[j - 1].low
    if head not in around.language.roles and head not in around.language.sets["organisation_words"]:
        return 0
    k = j + 1
    if k < len(tokens) and tokens[k].low in around.language.sets["determiners"]:
        k += 1
    if k < len(tokens) and tokens[k].capital and not around.function(tokens[k].low):
        return k + 1 - j
    return 0


# --- reading one run ------------------------------------------------------------------------------------------------


def _read_run(tokens: Sequence[Token], begin: int, end: int, around: Scene, hits: Sequence[Hit]) -> list[Mention]:
    """Return the mentions a run holds: a role and a name, a name, known names inside it, or nothing."""
    first = bisect_left(hits, tokens[begin].start, key=lambda h: h.end)
    last = bisect_left(hits, tokens[end - 1].end, key=lambda h: h.start)
    inside = [h for h in hits[first:last] if tokens[begin].start < h.end]
    whole = next((h for h in inside if h.start <= tokens[begin].start and h.end >= tokens[end - 1].end), None)
    if whole is not None:
        known = _known(whole, tokens, around)
        return [known] if known else []
    cut = role_end(tokens, begin, end, around)
    if cut == begin + 1 and variants.legal(tokens[end - 1].low):
        cut = begin  # General Ferries Corp
    out: list[Mention] = []
    titled = cut > begin
    if titled:
        a, b = widen_role(tokens, begin, around), tokens[cut - 1].end
        rule = ROLE_BEFORE if cut < end else ""
        if not title_only(tokens, begin, cut, around):
            out.append(Mention(a, b, around.text[a:b], "role", "person", rule=rule))
    elif (before := small_role(tokens, begin, around)) is not None:
        titled = True
        out.append(
            Mention(before[0], before[1], around.text[before[0] : before[1]], "role", "person", rule=ROLE_BEFORE)
        )
    if cut < end:
        name = _name(tokens, cut, end, titled, around, inside)
        out.extend(name)
        if not any(m.type == "person" for m in name):
            out = [m for m in out if m.label != "role" or cut > begin]
    return out


def _name(
    tokens: Sequence[Token], begin: int, end: int, titled: bool, around: Scene, inside: Sequence[Hit]
) -> list[Mention]:
    """Type the name in ``tokens[begin:end]``; fall back to the known names inside it."""
    while end > begin and (tokens[end - 1].kind != "word" or _no_end(tokens[end - 1], around)):
        end -= 1
    while begin < end and (not tokens[begin].capital or tokens[begin].low in around.language.sets["not_names"]):
        # "Sprecher des Ministeriums": what a small word links to the role is not the role's bearer
        begin, titled = begin + 1, False
    body = around.language.raw.nouns_capitalised and end - begin > 2 and _kind_of_body(tokens[begin], around)
    begin += body  # "Reederei Merrow Line": the noun says what bears the name
    if begin >= end:
        return []
    whole = next((h for h in inside if h.start == tokens[begin].start and h.end == tokens[end - 1].end), None)
    if whole is not None and (known := _known(whole, tokens, around)) is not None:
        return [known]
    words = [t for t in tokens[begin:end] if t.kind == "word"]
    if all(around.adjective(w.text) for w in words):
        return []
    kind, rule = _type(tokens, begin, words, titled, around)
    if kind is None and body:
        kind, rule = "organisation", "after a noun that says what it is"
    if rule in readings.WEAK or kind is None:
        kind, rule = _told_by_last(words, inside, around) or (kind, rule)
    if kind is not None and (kind != "unknown" or not inside):
        final: ActorType = "organisation" if kind == "unknown" else kind  # type: ignore[assignment] # Literal narrowed by hand
        a, b = tokens[begin].start, tokens[end - 1].end
        return [Mention(a, b, around.text[a:b], "name", final, rule=rule)]
    return [m for h in inside if h.start >= tokens[begin].start and (m := _known(h, tokens, around)) is not None]


def _no_end(token: Token, around: Scene) -> bool:
    """Whether a word at the end of a run is no part of a name."""
    return token.low in around.language.sets["not_names"] or plural_initials(token.text)


def _kind_of_body(token: Token, around: Scene) -> bool:
    """Whether a word is a noun for a kind of organisation."""
    sets = around.language.sets
    organisation = around.language.roles.get(token.low) == "organisation"
    return organisation or token.low in sets["organisation_words"] or token.low in sets["company_words"]


def _type(
    tokens: Sequence[Token], begin: int, words: Sequence[Token], titled: bool, around: Scene
) -> tuple[str | None, str]:
    """Return the type of a name and the rule that says so; "unknown" when only the capital letters speak for it."""
    sets, lows = around.language.sets, [w.low for w in words]
    firm = lows[-1] in sets["organisation_words"] or variants.legal(lows[-1])
    if around.given(words[0].text) and 2 <= len(words) <= 5 and not firm:
        return "person", "given name"
    for end, low in _telling(lows, around):
        for key, body in BODIES:
            if low in sets[key]:
                return body, f"{end} {low}"
    if len(lows) > 1 and lows[-1] in sets["team_words"]:
        return "organisation", f"ends in {lows[-1]}"
    for end, low in _telling(lows, around):
        if low in sets["place_words"]:
            return "place", f"{end} {low}"
    if titled:
        return "person", "after a role or title"
    if len(words) == 1 and words[0].text in around.surnames:
        return "person", readings.SURNAME
    if len(words) == 1 and len(words[0].text) > 1 and words[0].text.isupper():
        return ("unknown", readings.ACRONYM) if len(words[0].text) <= LONGEST_ACRONYM else (None, "")
    if _initials(tokens, begin, words, around):
        return "person", "initial before a name"
    if around.language.raw.nouns_capitalised:
        return None, ""
    before = tokens[begin - 1].low if begin else ""
    if before in sets["place_prepositions"] and len(words) <= 2:
        return "place", "after a place preposition"
    if len(words) > 1 and before in sets["determiners"]:
        return "unknown", readings.INSIDE  # a person's name takes no article
    if 2 <= len(words) <= 3 and all(w.text[-1].islower() or "-" in w.text for w in words):
        return "person", readings.SEVERAL
    if len(words) == 1 and (words[0].text not in around.inner or words[0].low in around.small):
        return None, ""
    return "unknown", readings.INSIDE


def _initials(tokens: Sequence[Token], begin: int, words: Sequence[Token], around: Scene) -> bool:
    """Whether a name is initials and a surname: G. Holmwick; where nouns have capitals, full stops tell initials."""
    *first, last = words
    if not first or any(len(w.text) > 1 for w in first) or len(last.text) < 3 or not last.text[-1].islower():
        return False
    return not around.language.raw.nouns_capitalised or tokens[begin + 1].text == "."


def _told_by_last(words: Sequence[Token], inside: Sequence[Hit], around: Scene) -> tuple[str, str] | None:
    """Return what a known name at its end says of two words: Orvo Putin is a person, Dynamo Kyiv is no person."""
    last = next((h for h in inside if (h.start, h.end) == (words[-1].start, words[-1].end)), None)
    if last is None or len(words) != 2 or not words[0].capital or around.function(words[0].low):
        return None
    if words[0].text.isupper():
        return None  # PM Allawi
    rules = {reading.rule for reading in last.readings}
    if readings.BY_SURNAME in rules and not (around.adjective(words[0].text) or around.compound(words[0].low)):
        return "person", "given name of a known surname"
    if readings.CAPITAL in rules and not around.language.raw.nouns_capitalised and not around.adjective(words[0].text):
        return "organisation", "ends in a capital"
    return None


def _telling(lows: Sequence[str], around: Scene) -> tuple[tuple[str, str], ...]:
    """Return the words of a name that may tell its kind: the last one before the first, which tells less."""
    if len(lows) < 2:
        return ()
    last = ("ends in", lows[-1])
    return (last,) if around.language.raw.nouns_capitalised else (last, ("begins with", lows[0]))


# --- known names ----------------------------------------------------------------------------------------------------


def _known(hit: Hit, tokens: Sequence[Token], around: Scene) -> Mention | None:
    """Return the mention of a known actor under the first reading whose condition holds."""
    words = around.text[hit.start : hit.end]
    for reading in hit.readings:
        kind = _reading_type(reading, hit, tokens, around)
        if kind is not None:
            actor = None if reading.rule == readings.BY_SURNAME else reading.actor
            rule = readings.A_PLACE if reading.rule == readings.CAPITAL else reading.rule
            return Mention(hit.start, hit.end, words, "name", kind, actor, rule)
    return None


def _reading_type(reading: Reading, hit: Hit, tokens: Sequence[Token], around: Scene) -> ActorType | None:
    """Return the type a reading gives the hit, or None when its condition does not hold."""
    if reading.rule in (readings.CAPITAL, readings.METONYM) and around.elsewhere(around.text[hit.start : hit.end]):
        return None  # Moscow, Idaho, whatever is said there
    if reading.rule == readings.CAPITAL:
        return "place"
    actor = around.knowledge.actors[reading.actor]
    if reading.rule == readings.GATED:
        opened = any(map(around.prints, reading.needs)) and not any(map(around.prints, reading.unless))
        return actor.type if opened else None
    if reading.rule == readings.BY_SURNAME:
        return "person"
    if reading.rule == readings.METONYM:
        return actor.type if _acts(hit, tokens, around) else None
    return actor.type


def _acts(hit: Hit, tokens: Sequence[Token], around: Scene) -> bool:
    """Whether a metonym acts here: it is accused, or a verb follows, and no place preposition stands before it."""
    at = bisect_left(tokens, hit.start, key=lambda t: t.start)
    after_at = bisect_left(tokens, hit.end, key=lambda t: t.start)
    before = tokens[at - 1] if at else None
    after = tokens[after_at] if after_at < len(tokens) else None
    if before is not None and before.low in around.language.sets["place_prepositions"]:
        return False
    if before is not None and before.capital and before.end + 1 == hit.start and not around.function(before.low):
        return False
    if before is not None and before.low in around.language.verbs:
        return True
    return after is not None and (
        after.low in around.language.verbs or after.low in around.language.sets["auxiliaries"]
    )


# --- what a name is in its clause -------------------------------------------------------------------------------------


def placed(
    found: Sequence[Mention],
    tokens: Sequence[Token],
    starts: frozenset[int],
    around: Scene,
) -> list[Mention]:
    """Tell of each name whether it is a subject, an object, behind a preposition or a possessive, by its neighbours."""
    if not found:
        return []
    at = {t.start: i for i, t in enumerate(tokens)}
    ends = {t.end: i for i, t in enumerate(tokens)}
    out, role_start = [], {}
    for m in found:
        if m.label == "role" and m.rule == ROLE_BEFORE:
            role_start[m.end + 1] = m.start
        if m.label == "name":
            first, last = at.get(role_start.get(m.start, m.start)), ends.get(m.end)
            if first is not None and last is not None:
                position = _position(tokens, _with_titles(tokens, first, around), last, starts, around)
                m = m if position == m.position else m.at(position)
        out.append(m)
    return out


def _governs(after: Token, around: Scene) -> bool:
    """Whether the word behind a name is a noun that the name belongs to: for a person, a group, an organisation."""
    language = around.language
    return not after.capital and (
        after.low in language.roles
        or after.low in language.sets["group_nouns"]
        or after.low in language.sets["organisation_words"]
    )


def _with_titles(tokens: Sequence[Token], first: int, around: Scene) -> int:
    """Return the index of the first of the titles before a name: Dr., Ms."""
    while first:
        dot = first > 1 and tokens[first - 1].text == "."
        if tokens[first - 1 - dot].low not in around.language.titles:
            break
        first -= 1 + dot
    return first


def _position(tokens: Sequence[Token], first: int, last: int, starts: frozenset[int], around: Scene) -> Position:
    sets = around.language.sets
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is not None and after.text in POSSESSIVE:
        return "possessive"
    if after is not None and _governs(after, around):
        return "possessive"  # the name tells whose or what kind the noun is: Vask supporters
    acts = after is not None and (after.low in sets["auxiliaries"] or after.low in around.language.verbs)
    i = first
    while i > 0 and tokens[i].start not in starts and tokens[i - 1].low in sets["determiners"]:
        i -= 1
    if acts or tokens[i].start in starts or i == 0:
        return "subject"
    before = tokens[i - 1]
    if before.low in sets["prepositions"]:
        return "oblique"
    verb = around.language.verbs.get(before.low)
    if verb is not None and "quote" in verb.frames and i > 1 and tokens[i - 2].kind in ("comma", "mark"):
        return "subject"  # it will hold, said Vask
    opens = (
        before.low in sets["conjunctions"] or before.low in sets["subordinators"] or before.kind in ("comma", "mark")
    )
    return "subject" if opens else "object"
