"""Every diagnostic code, once: number, title, explanation, examples and the notes of its reports.

A raiser of a diagnostic gives only the notes that depend on the program (`try: ..`, `example: ..`);
those that a code always has are appended when the report is rendered.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dtl.diagnostics.codes.code import Code, Stage

    CODES: Mapping[int, Code]

__all__ = ["CODES", "Code", "Stage", "code", "notes", "title"]

# The first of our own codes; VRL's are below.
FIRST_EXTENSION = 1000

_LANGUAGE = (
    "see language documentation at https://vrl.dev",
    "try your code in the VRL REPL, learn more at https://vrl.dev/examples",
)


# In the order in which they are listed.
_TABLES = ("calls", "syntax", "values", "expressions", "extensions")


@cache
def _codes() -> Mapping[int, Code]:
    """Return the codes under their numbers; a number given twice is a mistake in the tables.

    The tables are imported when something was found: programs without findings need no words for them.
    """
    table: dict[int, Code] = {}
    for name in _TABLES:
        for each in import_module(f"{__name__}.{name}").CODES:
            if each.number in table:
                raise ValueError(f"code {each.number} is declared twice")
            table[each.number] = each
    return MappingProxyType(dict(sorted(table.items())))


def __getattr__(name: str) -> Any:
    """Import what the tables are made of when it is first asked for."""
    if name == "CODES":
        return _codes()
    if name in ("Code", "Stage"):
        return getattr(import_module(f"{__name__}.code"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def code(number: int) -> Code:
    """Return a code.

    Raises:
        KeyError: there is no such code.
    """
    return _codes()[number]


def title(number: int) -> str:
    """Return a code's message; for some codes it is a pattern with `<..>` for what varies."""
    return _codes()[number].title


def notes(number: int, *, with_suggestion: bool = True) -> list[str]:
    """Return the notes that end every report of a code.

    `with_suggestion` says whether the report has notes of its own: the advice on error handling goes with E110
    only if it has a suggestion to make.
    """
    own = _codes()[number].notes if number in _codes() and (number != 110 or with_suggestion) else ()
    if number >= FIRST_EXTENSION:
        return [*own, f"run `dtl explain E{number}` to learn more"]
    if 100 <= number <= 110:
        return [*own, learn_more(number), *_LANGUAGE]
    return [*own, *_LANGUAGE]


def learn_more(number: int) -> str:
    """Return the note that names a code's page."""
    return f"learn more about error code {number} at https://errors.vrl.dev/{number}"
