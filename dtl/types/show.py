"""A type as the user reads it in messages and hovers (spec 3.3)."""

from __future__ import annotations

from dtl.pattern import pattern
from dtl.types.kind import Kind
from dtl.types.type import ALL, ARRAY, OBJECT, UNDEFINED, Collection, Type

_PLAIN_KEY = pattern(r"[0-9]*[A-Za-z_@][0-9A-Za-z_@]*\Z")
_NAMES = {int(kind): str(kind.name).lower() for kind in Kind}


def show(type: Type) -> str:
    """Return a type in VRL's words: `string or integer`, `{ a: integer }`, `[string]`, `any`."""
    if type.kinds == ALL:
        return "any"
    if type.kinds == OBJECT and (shape := _known_parts(type.object)):
        return "{ " + ", ".join(f"{show_key(key)}: {show(part)}" for key, part in shape) + " }"
    if type.kinds == ARRAY and (shape := _known_parts(type.array)):
        return "[" + ", ".join(show(part) for _, part in shape) + "]"
    names = [name for kind, name in _NAMES.items() if type.kinds & kind]
    if not names:
        return "never"
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def _known_parts(collection: Collection | None) -> list[tuple[str | int, Type]]:
    if collection is None or not collection.known or collection.unknown_type.kinds & ~UNDEFINED:
        return []
    return sorted(collection.known.items())


def show_key(key: str | int) -> str:
    """Return a field's name as messages write it: quoted unless it is a plain word."""
    text = str(key)
    return text if _PLAIN_KEY.match(text) else f'"{text}"'
