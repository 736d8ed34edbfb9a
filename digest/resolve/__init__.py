"""Resolve: from words to actors. ``inside`` works within one article, ``told_apart`` and ``across`` over all of them.

What the article does not tell stays unresolved: a wrong name under a quotation does more harm than no name.
"""

from digest.resolve.across import across
from digest.resolve.inside import inside
from digest.resolve.namesakes import doubts, told_apart

__all__ = ["across", "doubts", "inside", "told_apart"]
