"""Paths into values: read, write, remove, and their text."""

from __future__ import annotations

import re
from typing import Any, Final, TypeAlias

from dtl.pattern import pattern
from dtl.values.errors import Failure
from dtl.values.value import Value

# A path is the steps from a root: a field of an object, or an index of an array (negative: from its end).
Path: TypeAlias = tuple[str | int, ...]

# An array is padded with nulls up to an index, but not beyond this length: one index must not use up the memory.
LONGEST_PADDING: Final = 1_000_000


class Absent:
    """The type of `ABSENT`, which stands for nothing being stored at a path."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


def lookup(value: Value, path: Path) -> Value | Absent:
    """Return what is stored at a path, or `ABSENT`."""
    found: Value | Absent = value
    for step in path:
        if isinstance(step, str):
            if type(found) is not dict or step not in found:
                return ABSENT
            found = found[step]
        else:
            if type(found) is not list or not -len(found) <= step < len(found):
                return ABSENT
            found = found[step]
    return found


def get(value: Value, path: Path) -> Value:
    """Return what is stored at a path; null if nothing is."""
    for step in path:
        if isinstance(step, str):
            if type(value) is not dict:
                return None
            value = value.get(step)
        else:
            if type(value) is not list or not -len(value) <= step < len(value):
                return None
            value = value[step]
    return value


def exists(value: Value, path: Path) -> bool:
    """Tell whether something, which may be null, is stored at a path."""
    return lookup(value, path) is not ABSENT


def insert(value: Value, path: Path, new: Value) -> Value:
    """Return the value with something stored at a path.

    Only the containers along the path are copied. A field replaces what is no object, an index what is no array.
    An index past the end pads with nulls; one before the beginning puts nulls and the new element in front.

    Raises:
        Failure: An array would grow past `LONGEST_PADDING` by padding.
    """
    if not path:
        return new
    root: list[Value] = [value]
    # The copy that is being filled, and the place in it that the next step is about.
    holder: Any = root
    place: str | int = 0
    for step in path:
        inner = holder[place]
        copy: Any
        if isinstance(step, str):
            copy = dict(inner) if type(inner) is dict else {}
            copy.setdefault(step, None)
            here: str | int = step
        else:
            copy = list(inner) if type(inner) is list else []
            here = _make_room(copy, step)
        holder[place] = copy
        holder, place = copy, here
    holder[place] = new
    return root[0]


def _make_room(array: list[Any], index: int) -> int:
    """Make an array (a fresh copy) hold an index; return the index counted from its beginning."""
    length = len(array)
    missing = index - length + 1 if index >= 0 else -index - length
    if missing > 0:
        if length + missing > LONGEST_PADDING:
            raise Failure(f"can't write to index {index}: the array would have more than {LONGEST_PADDING} elements")
        if index >= 0:
            array.extend([None] * missing)
        else:
            array[:0] = [None] * missing
    return index if index >= 0 else index + len(array)


def remove(value: Value, path: Path, compact: bool = False) -> tuple[Value, Value]:
    """Return the value without what is stored at a path, and what was removed (null if nothing was).

    Elements after a removed one move down. A root leaves an empty container, or null for a scalar.

    Args:
        value: The root.
        path: What to remove.
        compact: Remove the containers that become empty too, the root excepted.
    """
    if not path:
        emptied: Value = {} if isinstance(value, dict) else [] if isinstance(value, list) else None
        return emptied, value
    removed = lookup(value, path)
    if isinstance(removed, Absent):
        return value, None
    # The containers along the path, the root first.
    chain: list[Any] = [value]
    for step in path[:-1]:
        chain.append(chain[-1][step])
    replacement: Any = ABSENT
    for container, step in zip(reversed(chain), reversed(path), strict=True):
        copy = container.copy()
        if replacement is ABSENT:
            del copy[step]
        else:
            copy[step] = replacement
        replacement = ABSENT if compact and not copy and container is not value else copy
    return replacement, removed


class InvalidPath(ValueError):
    """A text is not a path."""


_FIELD = pattern(r"[A-Za-z0-9_@-]+")
_QUOTED = pattern(r'"((?:[^"\\]|\\["\\])*)"', re.DOTALL)
_INDEX = pattern(r"\[(-?[0-9]{1,18})\]")
_PLAIN = pattern(r"[A-Za-z0-9_@]+")


def parse_path(text: str) -> Path:
    """Read a path as functions take it: fields, quoted fields and indexes, with or without a dot in front.

    Raises:
        InvalidPath: The text is not such a path.
    """
    steps: list[str | int] = []
    at = 1 if text.startswith(".") else 0
    if at == len(text) and at:
        return ()
    needs_field = True
    while at < len(text) or needs_field:
        if (found := _INDEX.match(text, at)) and not (needs_field and steps):  # no dot before an index but the root's
            steps.append(int(found[1]))
        elif needs_field and (found := _QUOTED.match(text, at)):
            steps.append(re.sub(r"\\(.)", r"\1", found[1]))
        elif needs_field and (found := _FIELD.match(text, at)):
            steps.append(found[0])
        else:
            raise InvalidPath(f"invalid path: {text!r}")
        at = found.end()
        needs_field = text.startswith(".", at)
        at += needs_field
    return tuple(steps)


def show_path(path: Path) -> str:
    """Write a path as messages do: without a dot in front, fields quoted where they must be."""
    parts: list[str] = []
    for step in path:
        if isinstance(step, int):
            parts.append(f"[{step}]")
        else:
            parts.append(("." if parts else "") + show_field(step))
    return "".join(parts)


def show_field(name: str) -> str:
    """Write a field's name, in quotes if it is empty or holds anything but ASCII letters, digits, `_` and `@`."""
    if _PLAIN.fullmatch(name):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
