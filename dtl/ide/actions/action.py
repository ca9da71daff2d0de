"""A change of the program that an editor offers."""

from __future__ import annotations

from dataclasses import dataclass

from dtl.diagnostics.diagnostic import Edit
from dtl.ide.findings import Finding


@dataclass(frozen=True, slots=True)
class Action:
    """What is offered.

    Attributes:
        kind: "quickfix", "refactor.extract", "refactor.inline", "refactor.rewrite" or "source.fixAll".
        is_safe: Whether the program surely does the same afterwards, apart from what was wrong with it.
        finding: The finding that it settles, if one.
    """

    title: str
    kind: str
    edits: tuple[Edit, ...]
    is_safe: bool = False
    finding: Finding | None = None


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    """Return a text after edits that do not overlap; those at one place come in their order."""
    for edit in reversed(sorted(edits, key=lambda each: each.span)):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
