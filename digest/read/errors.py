"""The one error that reading raises."""

from __future__ import annotations

from digest.model import DigestError


class ReadError(DigestError):
    """A file that cannot be read: ``code`` is one word for lists, the message one sentence with the way out.

    The message leaves the file's name out: whoever asked for the file shows it beside the reason. ``str`` gives the
    message without the code.
    """

    def __init__(self, code: str, message: str) -> None:
        """Keep ``code`` beside the message; both are arguments, so that the error survives a process boundary."""
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        """Return the sentence for a person."""
        return self.message
