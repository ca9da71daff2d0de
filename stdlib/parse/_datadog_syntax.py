"""What stands between `%{` and `}` in a Datadog grok rule: a matcher, where its text goes, and a filter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ._datadog_tokens import InvalidReference, tokens


@dataclass(frozen=True, slots=True)
class Call:
    """A matcher or filter with its arguments; None where it has no parentheses."""

    name: str
    arguments: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A whole reference.

    Attributes:
        matcher: What is matched.
        path: Where the text goes: () for the root, None for nowhere.
        filter: What is done to the text before.
    """

    matcher: Call
    path: tuple[str, ...] | None = None
    filter: Call | None = None


def read_reference(text: str) -> Reference:
    """Read `%{matcher:path:filter}`.

    Raises:
        InvalidReference: It has another form.
    """
    return _Reader(text).reference()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._kind, self._value = next(self._tokens)

    def _next(self) -> Any:
        value = self._value
        self._kind, self._value = next(self._tokens)
        return value

    def _expect(self, kind: str) -> Any:
        if self._kind != kind:
            raise InvalidReference(f"invalid grok pattern: {self._text}")
        return self._next()

    def reference(self) -> Reference:
        matcher = self._call()
        path: tuple[str, ...] | None = None
        action = None
        if self._kind == ":":
            self._next()
            if self._kind != "}":
                path = self._path()
                if self._kind == ":" or not path:
                    self._expect(":")
                    action = self._call()
        self._expect("}")
        self._expect("")
        return Reference(matcher, path, action)

    def _path(self) -> tuple[str, ...]:
        steps = []
        while self._kind in ("name", "extended", ".", "["):
            if self._kind == "[":
                self._next()
                steps.append(self._expect("string"))
                self._expect("]")
                continue
            if self._kind == ".":
                self._next()
            steps.append(self._expect(self._kind if self._kind == "extended" else "name"))
        return tuple(steps)

    def _call(self) -> Call:
        name = self._expect("name")
        while self._kind == ".":
            self._next()
            name += "." + self._expect("name")
        return Call(name, self._arguments() if self._kind == "(" else None)

    def _arguments(self) -> tuple[Any, ...]:
        self._next()
        found: list[Any] = []
        while self._kind != ")":
            found.append(self._next() if self._kind in ("constant", "string") else self._call())
            if self._kind == ",":
                self._next()
            elif self._kind != ")":
                self._expect(")")
        self._next()
        return tuple(found)
