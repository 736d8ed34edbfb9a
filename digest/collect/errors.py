"""The one error of a fetch."""

from __future__ import annotations


class FetchError(Exception):
    """What could not be fetched: ``reason`` is half a sentence, ``again`` whether to ask again in the next run.

    ``gone`` tells that the address is no more. A host that only has no time now is asked again; one that says no is
    not.
    """

    def __init__(self, reason: str, *, again: bool, gone: bool = False) -> None:
        """Keep the reason and what follows from it."""
        super().__init__(reason)
        self.reason = reason
        self.again = again
        self.gone = gone
