"""One line of a completion list."""

from __future__ import annotations

from dataclasses import dataclass

from dtl.source import Span


@dataclass(frozen=True, slots=True)
class Item:
    """Something that may be written at the cursor.

    Attributes:
        kind: "field", "variable", "function", "method", "parameter", "value", "keyword", "type", "file" or "folder".
        span: What it replaces.
        text: What it writes; with `is_snippet`, in the snippet syntax of editors.
        rank: Its place in the list: lower comes first.
        documented: The name of the function whose page belongs to it, read when the item is looked at.
    """

    label: str
    kind: str
    span: Span
    text: str
    detail: str = ""
    rank: int = 5
    is_snippet: bool = False
    documented: str = ""
    filter: str = ""
    note: str = ""
