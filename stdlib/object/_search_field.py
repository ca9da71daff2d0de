"""The fields that Datadog's search syntax tests: how each kind of field is compared."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any

from dtl.values.number import display_float
from dtl.values.path import ABSENT, InvalidPath, Path, lookup, parse_path
from dtl.values.regex import Regex
from dtl.values.text import byte_order, replaced
from dtl.values.value import Value, display

from ._search_query import DEFAULT_FIELD, Bound, Condition

#: Tells whether an object, or the value of a field, is as the query wants it.
Test = Callable[[Any], bool]

#: The fields searched where a query names none.
DEFAULT_FIELDS = ("message", "custom.error.message", "custom.error.stack", "custom.title", DEFAULT_FIELD)
_RESERVED = frozenset({"host", "source", "status", "service", "trace_id", "message", "timestamp", "tags"})
_OPERATORS = {"GT": operator.gt, "GT_EQ": operator.ge, "LT": operator.lt, "LT_EQ": operator.le}
_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$#&\-~]")


class InvalidField(ValueError):
    """A query names a field by no valid path."""


def joined(tests: list[Test], every: bool) -> Test:
    """Return the test that all, or any, of some tests hold."""
    if len(tests) == 1:
        return tests[0]
    if every:
        return lambda value: all(test(value) for test in tests)
    return lambda value: any(test(value) for test in tests)


class Field:
    """A field: one searched by words, an attribute (`@path`), a reserved field, or a tag."""

    def __init__(self, name: str, default: bool) -> None:
        path = name.replace("@", ".")
        self.is_attribute = name.startswith("@") and not default
        self.by_words = default or (not self.is_attribute and path in DEFAULT_FIELDS)
        self.is_tags = not self.is_attribute and not self.by_words and path == "tags"
        self.tag = None if self.is_attribute or self.by_words or path in _RESERVED else path
        try:
            self._path: Path = ("tags",) if self.tag is not None else parse_path(path)
        except InvalidPath:
            raise InvalidField(name) from None

    def test(self, condition: Condition) -> Test:
        """Return the test that the object has the field with such a value."""
        path, matches = self._path, self._value_test(condition)

        def run(value: Value) -> bool:
            found = lookup(value, path)
            return found is not ABSENT and matches(found)

        return run

    def _value_test(self, condition: Condition) -> Test:
        match condition.kind:
            case "exists":
                return self._exists()
            case "term":
                return self._equals(condition.text)
            case "prefix":
                return self._begins(condition.text)
            case "wildcard":
                return self._wildcard(condition.text)
        bounds = [(name, bound) for name, bound in condition.bounds if bound is not None]
        if not bounds and condition.kind == "range":
            return self._exists()
        return joined([self._compares(name, bound) for name, bound in bounds], every=True)

    def _any_tag(self, test: Callable[[str], bool]) -> Test:
        return lambda value: isinstance(value, list) and any(test(_text(element)) for element in value)

    def _exists(self) -> Test:
        if self.tag is not None:
            tag, start = self.tag, f"{self.tag}:"
            return self._any_tag(lambda text: text == tag or text.startswith(start))
        # No element of the tags equals the tags themselves, which is what the reference engine asks here.
        return (lambda value: False) if self.is_tags else (lambda value: True)

    def _equals(self, text: str) -> Test:
        if self.by_words:
            words = _words(text)
            return lambda value: isinstance(value, str) and words.is_match(value)
        if self.tag is not None or self.is_tags:
            wanted = text if self.tag is None else f"{self.tag}:{text}"
            return lambda value: isinstance(value, list) and any(type(e) is str and e == wanted for e in value)
        return lambda value: _text(value) == text

    def _begins(self, text: str) -> Test:
        if self.by_words:
            words = _words(f"{text}*")
            return lambda value: words.is_match(_text(value))
        if self.tag is not None:
            start = f"{self.tag}:{text}"
            return self._any_tag(lambda tag: tag.startswith(start))
        return lambda value: _text(value).startswith(text)

    def _wildcard(self, text: str) -> Test:
        if self.by_words:
            words = _words(text)
            return lambda value: words.is_match(_text(value))
        pattern = Regex(f"^{_escaped(text if self.tag is None else f'{self.tag}:{text}')}$")
        if self.tag is not None:
            return self._any_tag(pattern.is_match)
        return lambda value: pattern.is_match(_text(value))

    def _compares(self, name: str, bound: Bound) -> Test:
        compare = _OPERATORS[name]
        text = byte_order(bound if isinstance(bound, str) else _text(bound))
        if self.tag is not None:
            return self._any_tag(lambda tag: ":" in tag and compare(byte_order(tag.split(":", 1)[1]), text))

        def run(value: Value) -> bool:
            if self.is_attribute and type(value) in (int, float) and not isinstance(bound, str):
                both = type(value) is type(bound)
                return bool(compare(value, bound) if both else compare(float(value), float(bound)))  # type: ignore
            return bool(compare(byte_order(_text(value)), text))

        return run


def _text(value: Value) -> str:
    """Return a string as it is (with marks for what is not UTF-8), another value as messages show it."""
    if isinstance(value, str):
        return replaced(value)
    if isinstance(value, float):
        return "NaN" if value != value else display_float(value)
    return display(value)


def _words(text: str) -> Regex:
    return Regex(rf"\b{_escaped(text)}\b")


def _escaped(text: str) -> str:
    """Return a regular expression for a text in which a star stands for anything but a line end."""
    return _SPECIAL.sub(r"\\\g<0>", text).replace(r"\*", ".*")
