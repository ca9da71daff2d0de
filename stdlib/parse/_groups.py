"""The groups of a regular expression's match as an object, and the type of that object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from dtl.functions import Arguments, FunctionError
from dtl.types.type import NULL, STRING, STRING_TYPE, Type, map_of, object_of, of_kinds
from dtl.values.regex import Regex
from dtl.values.value import Value, describe

_MAYBE = of_kinds(STRING | NULL)


Groups = Sequence[str | None]


class Pattern:
    """A regular expression whose matches become objects.

    Attributes:
        regex: The regular expression.
        named: Makes the object of a match's named groups; null stands for those that are not in it.
        first: Does so with the first match in a text, or fails.
    """

    __slots__ = ("first", "named", "regex")

    def __init__(self, regex: Regex) -> None:
        self.regex = regex
        self.named = _naming(regex.group_names)
        self.first = _first(regex, self.named)

    def as_object(self, groups: Groups, numeric: bool) -> dict[str, Value]:
        """Return a match's named groups, null where they are not in it; `numeric` adds every group in it by number."""
        fields = self.named(groups)
        if numeric:
            fields |= {str(index): text for index, text in enumerate(groups) if text is not None}
        return fields

    def first_numbered(self, text: Value) -> dict[str, Value]:
        """Return all groups of the first match in a text.

        Raises:
            FunctionError: It is no text, or there is no match.
        """
        return _first(self.regex, lambda groups: self.as_object(groups, True))(text)


@lru_cache(maxsize=512)
def _naming(names: tuple[str | None, ...]) -> Callable[[Groups], dict[str, Value]]:
    """Return what makes an object of groups: an expression with every name in it, twice as quick as a loop."""
    fields = (f"{name!r}: groups[{index}]" for index, name in enumerate(names) if name is not None)
    made: Callable[[Groups], dict[str, Value]] = eval(f"lambda groups: {{{', '.join(fields)}}}")
    return made


def _first(regex: Regex, as_object: Callable[[Groups], dict[str, Value]]) -> Callable[[Value], dict[str, Value]]:
    captures = regex.engine_captures

    def first(text: Value) -> dict[str, Value]:
        if type(text) is not str:
            raise FunctionError(f"expected string, got {describe(text)}")
        try:
            groups = captures(text)
        except UnicodeEncodeError:
            groups = regex.captures(text)
        if groups is None:
            raise FunctionError("could not find any pattern matches")
        return as_object(groups)

    return first


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
