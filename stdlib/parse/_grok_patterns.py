"""The named grok patterns that come with the language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "patterns"


def _read(name: str) -> dict[str, str]:
    lines = (_FOLDER / name).read_text("utf-8").split("\n")
    pairs = (line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    return {name: pattern for name, pattern in pairs}


@lru_cache(maxsize=1)
def logstash() -> Mapping[str, str]:
    """Return the patterns of `parse_grok`, by name."""
    return _read("logstash.txt")


@lru_cache(maxsize=1)
def datadog() -> Mapping[str, str]:
    """Return the patterns of `parse_groks`, by name."""
    return {**logstash(), **_read("datadog.txt")}
