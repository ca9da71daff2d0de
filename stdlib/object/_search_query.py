"""Queries in Datadog's search syntax: conditions on fields, joined by AND, OR and NOT."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dtl.values.number import InvalidNumber, parse_float, parse_integer

DEFAULT_FIELD = "_default_"

#: A bound: a number, a text, or None for none.
Bound = int | float | str | None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a field.

    Attributes:
        kind: all, exists, missing, term, prefix, wildcard, compare or range.
        field: The field's name; `DEFAULT_FIELD` where none is given.
        text: What a term, prefix or wildcard looks for.
        bounds: The operator and bound of a comparison, or both of a range.
    """

    kind: str
    field: str = DEFAULT_FIELD
    text: str = ""
    bounds: tuple[tuple[str, Bound], ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """What a part of the query must not be."""

    part: Query


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of which all, or any, must hold."""

    parts: tuple[Query, ...]
    every: bool


Query = Condition | Not | Group


def grouped(parts: list[Query], every: bool) -> Query:
    """Return a query of all, or any, of some parts."""
    return parts[0] if len(parts) == 1 else Group(tuple(parts), every)


def in_field(query: Query, field: str) -> Query:
    """Return a query whose conditions without a field are on this one."""
    if isinstance(query, Not):
        return Not(in_field(query.part, field))
    if isinstance(query, Group):
        return Group(tuple(in_field(part, field) for part in query.parts), query.every)
    if query.field or query.kind == "all":
        return query
    if query.kind in ("term", "phrase") and field in ("_exists_", "_missing_"):
        return Condition(field.strip("_"), query.text)
    if field == DEFAULT_FIELD and query.kind == "wildcard" and query.text == "*":
        return Condition("all")
    kind = "term" if query.kind == "phrase" else query.kind
    return Condition(kind, unescaped(field), query.text, query.bounds)


def unescaped(text: str) -> str:
    """Return a text without the backslashes of its escapes."""
    return re.sub(r"\\(.?)", r"\1", text, flags=re.DOTALL) if "\\" in text else text


def read_bound(text: str) -> Bound:
    """Return a bound: a number where the text is one, none for a star."""
    text = unescaped(text)
    if len(text) > 2 and text[0] == text[-1] == '"':
        text = text[1:-1]
    if text == "*":
        return None
    for read in (parse_integer, parse_float):
        try:
            return read(text)
        except InvalidNumber:
            continue
    return text
