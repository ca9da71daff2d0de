"""Vectors as JSON lines: one item a line, with `id`, `embedding` (or `vector`), and whatever else goes with it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from dtl.ai.stores.store import StoreItem


class WrongLine(ValueError):
    """A line that is no item; `number` counts from 1."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(f"line {number}: {message}")
        self.number = number


def read_lines(
    lines: Iterable[bytes], vector_field: str | None = None, id_field: str = "id"
) -> Iterator[StoreItem | WrongLine]:
    """Return the items of lines, and what is wrong with the lines that are none; blank lines are skipped.

    Args:
        lines: JSON objects.
        vector_field: The field that holds the vector; `embedding`, or else `vector`, when None.
        id_field: The field that holds the id; the number of the line where there is no such field.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _item(orjson.loads(line), number, vector_field, id_field)
        except orjson.JSONDecodeError as reason:
            yield WrongLine(number, f"not JSON: {reason}")
        except ValueError as reason:
            yield WrongLine(number, str(reason))


def _item(data: Any, number: int, vector_field: str | None, id_field: str) -> StoreItem:
    if not isinstance(data, dict):
        raise ValueError("an item is an object")
    data = dict(data)
    name = vector_field or ("embedding" if "embedding" in data else "vector")
    vector = data.pop(name, None)
    if not isinstance(vector, list) or not vector:
        raise ValueError(f'"{name}" must be an array of numbers')
    for each in vector:
        if isinstance(each, bool) or not isinstance(each, int | float) or not math.isfinite(each):
            raise ValueError(f'"{name}" must be an array of finite numbers')
    id = data.pop(id_field, number)
    if isinstance(id, bool) or not isinstance(id, str | int) or id == "":
        raise ValueError(f'"{id_field}" must be a text or a whole number')
    text = data.pop("text", None)
    if text is not None and not isinstance(text, str):
        raise ValueError('"text" must be a text')
    metadata = data.pop("metadata", None)
    if metadata is not None and not isinstance(metadata, dict):
        raise ValueError('"metadata" must be an object')
    return StoreItem(str(id), list(map(float, vector)), {**data, **(metadata or {})}, text)


def write_line(item: StoreItem) -> bytes:
    """Return an item as a line."""
    data: dict[str, Any] = {"id": item.id, "embedding": list(item.vector), "metadata": dict(item.metadata)}
    if item.text is not None:
        data["text"] = item.text
    return orjson.dumps(data) + b"\n"
