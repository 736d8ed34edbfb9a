"""What belongs together over all articles: quotations of one utterance."""

from __future__ import annotations

from digest.cluster.utterances import utterances

__all__ = ["utterances"]
