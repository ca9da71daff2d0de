"""The `parse_regex` function."""

from __future__ import annotations

from collections.abc import Callable

from dtl.functions import Arguments, function
from dtl.types.annotations import Boolean, Fallible, Object, Regex, String
from dtl.types.type import Type
from dtl.values.value import Value

from ._groups import Pattern, groups_type, prepare_pattern


@function(own_checks=("value", "pattern"))
def parse_regex(value: String, pattern: Regex, numeric_groups: Boolean = False) -> Fallible[Object]:
    """Return the groups of the first match of a regular expression as an object.

    A named group that is not part of the match is null. Bytes that are not UTF-8 count as U+FFFD.

    Args:
        value: The text to search.
        pattern: The regular expression.
        numeric_groups: Add every group of the match by its number; 0 is the whole match.

    Raises:
        `pattern` does not match `value`.
        `pattern` is not a regular expression.

    Examples:
        Named groups:
            >>> parse_regex!("lamp 7: on", r'(?P<id>\\d+): (?P<state>\\w+)')
            {"id": "7", "state": "on"}

        Groups by number:
            >>> parse_regex!("lamp 7: on", r'(\\d+): (\\w+)', numeric_groups: true)
            {"0": "7: on", "1": "7", "2": "on"}

        No match:
            >>> parse_regex!("lamp", r'\\d')
            error: could not find any pattern matches

        A pattern that is none:
            >>> parse_regex!("lamp", .pattern)
            error: failed to resolve regex
    """
    prepared: Pattern = pattern  # type: ignore[assignment]
    return prepared.first_numbered(value) if numeric_groups else prepared.first(value)


@parse_regex.prepare("pattern")
def _(pattern: Value) -> Pattern:
    return prepare_pattern(pattern)


@parse_regex.typed
def _(arguments: Arguments) -> Type:
    return groups_type(arguments)


@parse_regex.specialize("pattern", "numeric_groups")
def _(pattern: Pattern, numeric_groups: bool) -> Callable[[Value], dict[str, Value]]:
    return pattern.first_numbered if numeric_groups else pattern.first
