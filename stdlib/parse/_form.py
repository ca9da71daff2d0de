"""Texts in the form of a URL's query: `key=value&key=value`, percent-encoded, `+` for a space."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote_plus


def form_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Return the pairs of a query; bytes that are not UTF-8 become U+FFFD."""
    for part in text.split("&"):
        if part:
            key, _, value = part.partition("=")
            yield _decoded(key), _decoded(value)


def _decoded(text: str) -> str:
    return unquote_plus(text) if "%" in text or "+" in text else text
