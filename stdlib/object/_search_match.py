"""Queries in Datadog's search syntax as tests of an object."""

from __future__ import annotations

from ._search_field import DEFAULT_FIELDS, Field, InvalidField, Test, joined
from ._search_query import DEFAULT_FIELD, Condition, Group, Not, Query

__all__ = ["InvalidField", "Test", "compile_query"]


def compile_query(query: Query) -> Test:
    """Return the test of a query.

    Raises:
        InvalidField: It names a field by no valid path.
    """
    if isinstance(query, Not):
        inner = compile_query(query.part)
        return lambda value: not inner(value)
    if isinstance(query, Group):
        return joined([compile_query(part) for part in query.parts], query.every)
    if query.kind == "all":
        return lambda value: True
    if query.kind == "missing":
        exists = compile_query(Condition("exists", query.field))
        return lambda value: not exists(value)
    names = DEFAULT_FIELDS if query.field == DEFAULT_FIELD else (query.field,)
    return joined([Field(name, query.field == DEFAULT_FIELD).test(query) for name in names], every=False)
