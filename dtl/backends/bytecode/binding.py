"""What emitted code needs besides itself: names, and how what they stand for is made again.

A spec is plain data: one of

    ("constant", data)                    a value
    ("evaluate", function)                a function's evaluator
    ("prepare", function, parameter)      the preparation of its argument
    ("prepared", function, parameter, data)   an argument that is prepared already
    ("default", function, index)          an argument that was not given
    ("special", function, specs)          an evaluator made for arguments that are constant
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dtl.backends.meaning import default_argument
from dtl.functions.function import Function
from dtl.values.regex import Regex
from dtl.values.timestamp import Timestamp
from dtl.values.value import Value

Spec = tuple[Any, ...]


class Bindings:
    """The names that a program binds, each with its spec and what it stands for."""

    def __init__(self) -> None:
        self.specs: dict[str, Spec] = {}
        self.values: dict[str, Any] = {}
        #: The functions that are called, by name.
        self.functions: dict[str, Function] = {}
        self._known: dict[tuple[Any, ...], str] = {}

    def add(self, prefix: str, spec: Spec, value: Any) -> str:
        """Return the name that stands for something, a new one if it has none yet."""
        key = (spec[0], id(value)) if spec[0] in ("constant", "prepared", "special") else spec[:3]
        known = self._known.get(key)
        if known is None:
            known = f"{prefix}_{spec[1]}" if spec[0] == "evaluate" else f"{prefix}{len(self.specs)}"
            self._known[key] = known
            self.specs[known] = spec
            self.values[known] = value
        return known


def rebuilt(spec: Spec, find: Callable[[str], Function | None]) -> Any:
    """Make again what a spec stands for.

    Args:
        spec: The spec.
        find: Finds a function by name.

    Raises:
        LookupError: A function is not there any more.
    """
    if spec[0] == "constant":
        return from_data(spec[1])
    function = find(spec[1])
    if function is None:
        raise LookupError(f"no function {spec[1]!r}")
    if spec[0] == "evaluate":
        return function.evaluate
    if spec[0] == "default":
        return default_argument(function, spec[2])
    if spec[0] == "special":
        if function.specialization is None:
            raise LookupError(f"no special form of {spec[1]!r}")
        return function.specialization.make(*(rebuilt(part, find) for part in spec[2]))
    prepare = function.preparations[spec[2]].prepare
    return prepare if spec[0] == "prepare" else prepare(from_data(spec[3]))


def to_data(value: Value) -> Any:
    """Return a value as plain data: pairs of a word and what it is about for what is not plain itself."""
    match value:
        case Timestamp():
            return ("timestamp", (value.seconds, value.nanos))
        case Regex():
            return ("regex", value.pattern)
        case list():
            return ("array", [to_data(item) for item in value])
        case dict():
            return ("object", {key: to_data(item) for key, item in value.items()})
    return value


def from_data(data: Any) -> Value:
    """Return the value that `to_data` made into data."""
    if type(data) is not tuple:
        return data  # type: ignore[no-any-return]
    word, content = data
    if word == "timestamp":
        return Timestamp(*content)
    if word == "regex":
        return Regex(content)
    if word == "array":
        return [from_data(item) for item in content]
    return {key: from_data(item) for key, item in content.items()}
