"""What belongs together over all articles: reports of one text, articles on one story, quotations of one utterance."""

from __future__ import annotations

from digest.cluster.stories import stories
from digest.cluster.texts import texts
from digest.cluster.utterances import utterances

__all__ = ["stories", "texts", "utterances"]
