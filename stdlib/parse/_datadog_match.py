"""Applying Datadog's grok rules to a text."""

from __future__ import annotations

from typing import Any

from dtl.functions import FunctionError
from dtl.values.path import ABSENT, InvalidPath, insert, lookup, parse_path
from dtl.values.value import Value

from ._datadog_rules import Field, Rule
from ._oniguruma import TooManySteps


def match_rules(text: str, rules: tuple[Rule, ...]) -> dict[str, Value]:
    """Return the fields that the first matching rule finds.

    Args:
        text: Valid UTF-8.
        rules: The rules.

    Raises:
        FunctionError: No rule matches, or one took too many steps.
    """
    data = text.encode()
    for rule in rules:
        try:
            spans = rule.pattern.search(data)
        except TooManySteps:
            reason = "failure during regex engine runtime for match of the pattern against the value."
            raise FunctionError(f"unable to parse grok: {reason}") from None
        if spans is not None:
            return _fields(data, spans, rule)
    raise FunctionError("unable to parse grok: value does not match any rule")


def _fields(data: bytes, spans: list[tuple[int, int]], rule: Rule) -> dict[str, Value]:
    found: Any = {}
    for name, number in rule.groups:
        begin, end = spans[number]
        if begin >= end:
            continue
        text = data[begin:end].decode()
        field = rule.fields.get(name)
        if field is None:
            found = {**found, name: text}
            continue
        value = _filtered(text, field)
        if value is None:
            continue
        if field.path:
            found = _added(found, field.path, value)
        elif isinstance(value, dict):
            found = {**found, **value}
    cleaned: dict[str, Value] = _without_empty(found)
    return cleaned


def _filtered(text: str, field: Field) -> Value:
    """Apply a field's filters; a filter that fails leaves nothing."""
    value: Value = text
    for action in field.filters:
        try:
            value = action(value)
        except (ValueError, FunctionError):
            return None
        if isinstance(value, dict):
            value = _keys_as_paths(value)
        if value is None:
            return None
    return value


def _added(found: dict[str, Value], path: tuple[str, ...], value: Value) -> Value:
    """Store a value; a field that has one already becomes an array."""
    if len(path) == 1 and path[0] not in found:
        return {**found, path[0]: value}
    old = lookup(found, path)
    if isinstance(old, list):
        value = [*old, value]
    elif old is not ABSENT:
        value = [old, value]
    return insert(found, path, value)


def _keys_as_paths(value: Value) -> Value:
    """Store what stands under a key with dots at that path."""
    if isinstance(value, list):
        return [_keys_as_paths(element) for element in value]
    if not isinstance(value, dict):
        return value
    result: Value = {}
    for key in sorted(value):
        try:
            path = parse_path(key)
        except InvalidPath:
            path = (key,)
        result = insert(result, path, _keys_as_paths(value[key]))
    return result


def _without_empty(value: Value) -> Any:
    """Leave out nulls and empty objects from objects, at every depth."""
    if isinstance(value, list):
        return [_without_empty(element) for element in value]
    if not isinstance(value, dict):
        return value
    cleaned = {key: _without_empty(inner) for key, inner in value.items()}
    return {key: inner for key, inner in cleaned.items() if inner is not None and inner != {}}
