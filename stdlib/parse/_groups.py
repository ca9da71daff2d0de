"""The groups of a regular expression's match as an object, and the type of that object."""

from __future__ import annotations

from collections.abc import Sequence

from dtl.functions import Arguments, FunctionError
from dtl.types.type import NULL, STRING, STRING_TYPE, Type, map_of, object_of, of_kinds
from dtl.values.regex import Regex
from dtl.values.value import Value

_MAYBE = of_kinds(STRING | NULL)


class Pattern:
    """A regular expression whose matches become objects."""

    __slots__ = ("names", "regex")

    def __init__(self, regex: Regex) -> None:
        self.regex = regex
        self.names = [(index, name) for index, name in enumerate(regex.group_names) if name is not None]

    def as_object(self, groups: Sequence[str | None], numeric: bool) -> dict[str, Value]:
        """Return a match's named groups, null where they are not in it; `numeric` adds every group in it by number."""
        fields: dict[str, Value] = {name: groups[index] for index, name in self.names}
        if numeric:
            fields |= {str(index): text for index, text in enumerate(groups) if text is not None}
        return fields


def prepare_pattern(pattern: Value) -> Pattern:
    """Return the pattern ready for use."""
    if not isinstance(pattern, Regex):
        raise FunctionError("failed to resolve regex")
    return Pattern(pattern)


def groups_type(arguments: Arguments) -> Type:
    """Return the type of a match's object: the reference counts numbered groups whether they are asked for or not."""
    regex = arguments.constant("pattern")
    if isinstance(regex, Pattern):
        regex = regex.regex
    if not isinstance(regex, Regex):
        return map_of(_MAYBE)
    fields: dict[str, Type] = {str(index): _MAYBE for index in range(len(regex.group_names))}
    return object_of(fields | {name: STRING_TYPE for name in regex.group_names if name is not None})
