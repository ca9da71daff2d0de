"""The named grok patterns: Logstash's, which the package pygrok has, and our own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from .._optional import missing

_FOLDER = Path(__file__).parent / "patterns"


def _read(file: Path) -> dict[str, str]:
    lines = file.read_text("utf-8").split("\n")
    pairs = (line.split(" ", 1) for line in lines if line.strip() and not line.startswith("#"))
    return {name: pattern for name, pattern in pairs}


@lru_cache(maxsize=1)
def _both() -> dict[str, str]:
    """Return what both functions have."""
    # Only its files are used: to import it would bring in a second engine of regular expressions.
    package = find_spec("pygrok")
    if package is None or not package.submodule_search_locations:
        raise missing("grok", "pygrok", "grok")
    patterns: dict[str, str] = {}
    for file in sorted(Path(package.submodule_search_locations[0], "patterns").iterdir()):
        patterns |= _read(file)
    return patterns | _read(_FOLDER / "both.txt")


@lru_cache(maxsize=1)
def patterns_of_grok() -> Mapping[str, str]:
    """Return the patterns of `parse_grok`, by name."""
    return _both() | _read(_FOLDER / "parse_grok.txt")


@lru_cache(maxsize=1)
def patterns_of_groks() -> Mapping[str, str]:
    """Return the patterns of `parse_groks`, by name."""
    return _both() | _read(_FOLDER / "parse_groks.txt")
