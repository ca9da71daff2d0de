"""The `parse_regex_all` function."""

from __future__ import annotations

from dtl.functions import Arguments, FunctionError, function
from dtl.types.annotations import AnyValue, Array, Boolean, Fallible, Regex
from dtl.types.type import NULL, Type, array_of
from dtl.values.value import Value, describe

from ._groups import Pattern, groups_type, prepare_pattern


@function(own_checks=("pattern",))
def parse_regex_all(value: AnyValue, pattern: Regex, numeric_groups: Boolean = False) -> Fallible[Array]:
    """Return the groups of every match of a regular expression, an object each.

    Matches do not overlap; without any the array is empty. A named group that is not part of a match is null.

    Args:
        value: The text to search.
        pattern: The regular expression.
        numeric_groups: Add every group of a match by its number; 0 is the whole match.

    Raises:
        `value` is not a string.
        `pattern` is not a regular expression.

    Examples:
        Every match:
            >>> parse_regex_all!("lamp 7, fan 12", r'(?P<kind>\\w+) (?P<id>\\d+)')
            [{"id": "7", "kind": "lamp"}, {"id": "12", "kind": "fan"}]

        Not a string:
            >>> parse_regex_all!(7, r'\\d')
            error: expected string, got integer

        A pattern that is none:
            >>> parse_regex_all!("lamp", .pattern)
            error: failed to resolve regex
    """
    prepared: Pattern = pattern  # type: ignore[assignment]
    if not isinstance(value, str):
        raise FunctionError(f"expected string, got {describe(value)}")
    return [prepared.as_object(groups, numeric_groups) for groups in prepared.regex.captures_iter(value)]


@parse_regex_all.prepare("pattern")
def _(pattern: Value) -> Pattern:
    return prepare_pattern(pattern)


@parse_regex_all.typed
def _(arguments: Arguments) -> Type:
    return array_of(groups_type(arguments).with_kinds(NULL))
