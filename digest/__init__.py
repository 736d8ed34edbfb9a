"""The digest: a folder of news articles becomes a searchable site of who said what."""

__version__ = "0.1.0"
