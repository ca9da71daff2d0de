"""A YAML or TOML file as a tree of texts that know how they are written and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from dtl.embedded.program import Piece
from dtl.embedded.quoting import Quoting
from dtl.source import Span


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar: its value as text, its place, and the map from one to the other.

    `span` is the content without quotes; `is_quoted` tells a text from what may be a number, boolean or date.
    """

    value: str
    span: Span
    pieces: tuple[Piece, ...] = ()
    quoting: Quoting = field(default_factory=Quoting)
    is_quoted: bool = True


@dataclass(slots=True)
class Items:
    """A list."""

    items: list[Tree] = field(default_factory=list)
    start: int = 0


@dataclass(slots=True)
class Table:
    """A mapping; a key may be there twice, as in a file that is several at once."""

    pairs: list[tuple[Text, Tree]] = field(default_factory=list)
    start: int = 0

    def get(self, name: str) -> Tree | None:
        """Return the first value of a key."""
        return next((value for key, value in self.pairs if key.value == name), None)

    def text(self, name: str) -> str | None:
        """Return the first value of a key if it is a text."""
        found = self.get(name)
        return found.value if isinstance(found, Text) else None

    def table(self, name: str) -> Table | None:
        """Return the first value of a key if it is a mapping."""
        found = self.get(name)
        return found if isinstance(found, Table) else None


Tree: TypeAlias = Text | Items | Table


@dataclass(frozen=True, slots=True)
class Broken:
    """Why reading a file ended before its end, and where."""

    offset: int
    message: str
