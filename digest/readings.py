"""How a name was read: the rules of ``Mention.rule`` that more than one stage goes by.

``recognise`` reads names by them, ``resolve`` asks by which it was and adds its own, and the pages say it in words.
"""

from __future__ import annotations

ALIAS = "alias"
"""A name that is known to mean its bearer anywhere."""
GATED = "gated"
"""One that means its bearer only where other words of the article say so."""
METONYM = "metonym"
"""A seat of government that stands for who governs there."""
BY_SURNAME = "surname"
"""The surname of somebody who is known, which nobody else bears here."""
CAPITAL, A_PLACE = "capital", "a place here"
"""A seat of government as it is known, and where it is read as the place."""
SURNAME, GIVEN_NAME = "surname of a person named in full", "given name of a person named in full"
FIRST_WORD = "first word of a company named in full"
IN_BRACKETS = "name with an acronym in brackets"
BY_PEOPLE = "curation/actors.yml"
INSIDE, ACRONYM, SEVERAL = "capitalised inside a sentence", "acronym", "two or three capitalised words"
WEAK = frozenset({INSIDE, ACRONYM, SEVERAL})
"""What only capital letters speak for."""
