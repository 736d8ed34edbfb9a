"""What belongs together over all articles: reports of one text, quotations of one utterance."""

from __future__ import annotations

from digest.cluster.texts import texts
from digest.cluster.utterances import utterances

__all__ = ["texts", "utterances"]
