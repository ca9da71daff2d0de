"""What the models say: derived from what they are asked, so that an answer in the wrong place is seen."""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

# A byte as a part of a vector: exact in every width of float, and never zero.
_FLOATS = [(2 * byte - 255) / 256 for byte in range(256)]
_TEXTS = [repr(part) for part in _FLOATS]
# What clients add to a task without changing it: why it is asked again, and the word that Cohere wants to hear.
_NOTE = re.compile(r"(?:\n\nAn earlier answer was refused: .*)?(?:\n\nAnswer with a JSON object\.)?\Z", re.DOTALL)


def _bytes(model: str, text: str, count: int) -> bytes:
    found = b""
    salt = 0
    named = model.encode() + b"\0" + text.encode("utf-8", "surrogatepass")
    while len(found) < count:
        found += blake2b(named, digest_size=64, salt=salt.to_bytes(4, "little")).digest()
        salt += 1
    return found[:count]


def vector_of(model: str, text: str, dimensions: int = 64) -> list[float]:
    """Return the vector of a text."""
    return [_FLOATS[byte] for byte in _bytes(model, text, dimensions)]


def vector_json(model: str, text: str, dimensions: int) -> str:
    """Return the vector of a text as JSON."""
    return "[" + ",".join([_TEXTS[byte] for byte in _bytes(model, text, dimensions)]) + "]"


def vector_base64(model: str, text: str, dimensions: int) -> str:
    """Return the vector of a text as the JSON of a base64 text of 32-bit floats."""
    return '"' + base64.b64encode(struct.pack(f"<{dimensions}f", *vector_of(model, text, dimensions))).decode() + '"'


def mark_of(text: str) -> str:
    """Return a short name of a text, as the ledger holds it."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def answer_to(model: str, instructions: str, schema: Mapping[str, Any] | None, text: str) -> Any:
    """Return what a model answers: a text, or a value of the schema.

    Several tasks in one prompt (paragraphs that begin with the names of the schema's fields) are answered as each
    would be alone: that is what an ideal model would do.
    """
    instructions = _NOTE.sub("", instructions)
    if schema is None:
        return _Model(model, instructions, text).value({"type": "string"})
    tasks = _tasks(instructions, schema)
    if tasks is not None:
        return {name: _Model(model, task, text).value(schema["properties"][name]) for name, task in tasks.items()}
    return _Model(model, instructions, text).value(schema)


def _tasks(instructions: str, schema: Mapping[str, Any]) -> dict[str, str] | None:
    """Return the task of each field, where every field has one."""
    names = list(schema.get("properties", ()))
    found: dict[str, str] = {}
    name = ""
    for paragraph in instructions.split("\n\n"):
        begins = next((each for each in names if paragraph.startswith(f"{each}: ")), None)
        if begins is not None:
            name = begins
            found[name] = paragraph[len(begins) + 2 :]
        elif name:
            found[name] += f"\n\n{paragraph}"
    if not names or len(found) != len(names):
        return None
    return {name: _NOTE.sub("", task) for name, task in found.items()}


class _Model:
    """A model with a task and a text: what it says follows from these and a place in the answer."""

    def __init__(self, model: str, task: str, text: str) -> None:
        parts = "\0".join((model, task.strip(), text))
        self._seed = blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        self._task = task
        self._text = text

    def value(self, schema: Mapping[str, Any], path: str = "") -> Any:
        """Return a value of a schema."""
        if "const" in schema:
            return schema["const"]
        number = int.from_bytes(blake2b(self._seed + path.encode(), digest_size=8).digest(), "big")
        if "enum" in schema:
            return schema["enum"][number % len(schema["enum"])]
        if "anyOf" in schema:
            return self.value(schema["anyOf"][number % len(schema["anyOf"])], path)
        kinds = schema.get("type", "string")
        kind = kinds if isinstance(kinds, str) else kinds[number % len(kinds)]
        match kind:
            case "object":
                return {name: self.value(part, f"{path}.{name}") for name, part in schema.get("properties", {}).items()}
            case "array":
                least = schema.get("minItems", 1)
                count = least + number % (schema.get("maxItems", least + 2) - least + 1)
                return [self.value(schema.get("items", {}), f"{path}[{index}]") for index in range(count)]
            case "integer":
                low, high = _bounds(schema, 1000)
                return low + number % (high - low + 1)
            case "number":
                low, high = _bounds(schema, 1)
                return low + (high - low) * (number % 1024) / 1024
            case "boolean":
                return bool(number % 2)
            case "null":
                return None
        return self._said(number, path)

    def _said(self, number: int, path: str) -> str:
        """Return a text such as the task wants: a code, a part of the text, or anything."""
        if "ISO 639" in self._task:
            return "".join(chr(97 + number // 26**place % 26) for place in range(3))
        if "exactly as it is written" in self._task and path.endswith(".text"):
            words = self._text.split()
            return words[number % len(words)]
        return f"said {self._seed.hex()[:12]}{number % 65536:04x}"


def _bounds(schema: Mapping[str, Any], width: int) -> tuple[Any, Any]:
    low = schema.get("minimum", 0)
    return low, schema.get("maximum", low + width)
