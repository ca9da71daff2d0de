"""A place of a configuration where a program stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from dtl.embedded.tree import Text

#: Keys and indexes from the top of a document.
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A text that is a program: in which dialect, whether all of it or a condition, and where."""

    text: Text
    dialect: str
    start: str
    path: Path
