"""Sample events: what they tell of the fields that a program will meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dtl.types.type import (
    BOOLEAN,
    FLOAT,
    INTEGER,
    NEVER,
    NULL_TYPE,
    STRING,
    TIMESTAMP,
    UNDEFINED,
    Type,
    array_of,
    object_of,
)

# Elements of an array beyond these say nothing new often enough to be worth the time.
_ELEMENTS = 50
_SCALARS = ((bool, BOOLEAN), (int, INTEGER), (float, FLOAT), (str, STRING))


@dataclass(frozen=True)
class Sample:
    """Events beside a script: the events, and the type that takes them all."""

    events: tuple[Mapping[str, Any], ...] = ()
    type: Type = NEVER

    @staticmethod
    def of(events: Iterable[Mapping[str, Any]]) -> Sample:
        """Return the sample of some events."""
        kept = tuple(events)
        type = NEVER
        for event in kept:
            type = _joined(type, type_of(event))
        return Sample(kept, type)

    def value(self, path: tuple[str | int, ...]) -> tuple[Any, ...]:
        """Return the first event's value at a path, or nothing."""
        for event in self.events:
            found: Any = event
            for segment in path:
                found = _part(found, segment)
                if found is _ABSENT:
                    break
            else:
                return (found,)
        return ()


_ABSENT = object()


def _part(value: Any, segment: str | int) -> Any:
    """Return what lies at one segment, or the mark of its absence."""
    if isinstance(segment, str):
        return value.get(segment, _ABSENT) if isinstance(value, Mapping) else _ABSENT
    if isinstance(value, list | tuple) and -len(value) <= segment < len(value):
        return value[segment]
    return _ABSENT


def type_of(value: Any) -> Type:
    """Return the type that a value of JSON has."""
    if value is None:
        return NULL_TYPE
    if isinstance(value, Mapping):
        return object_of({str(key): type_of(part) for key, part in value.items()})
    if isinstance(value, list | tuple):
        element = NEVER
        for part in value[:_ELEMENTS]:
            element = _joined(element, type_of(part))
        return array_of(element if not element.is_never else NULL_TYPE)
    for kind, mark in _SCALARS:
        if isinstance(value, kind):
            return Type(mark)
    return Type(TIMESTAMP)


def _joined(one: Type, other: Type) -> Type:
    """Return the union of two types; a field that only one of them has may be missing."""
    if one.is_never:
        return other
    if one.object is None or other.object is None:
        return one | other
    left, right = one.object.known, other.object.known
    fields = {}
    for name in (*left, *(name for name in right if name not in left)):
        if name in left and name in right:
            fields[str(name)] = _joined(left[name], right[name])
        else:
            fields[str(name)] = (left.get(name) or right[name]).with_kinds(UNDEFINED)
    both = one.without_kinds(one.kinds & other.kinds) | other
    return Type(both.kinds, object_of(fields).object, both.array, both.texts)
