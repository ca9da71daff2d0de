"""The `replace_with` function."""

from typing import Annotated

from dtl.functions import FunctionError, function
from dtl.types.annotations import ClosureFunction, ClosureShape, Integer, Regex, String
from dtl.types.type import NULL, STRING, STRING_TYPE, Type, array_of, object_of
from dtl.values.regex import Regex as RegexValue
from dtl.values.text import replaced

# Named groups are fields beside `string` and `captures`.
_GROUP = Type(STRING | NULL)
_MATCH = object_of({"string": STRING_TYPE, "captures": array_of(_GROUP)}, _GROUP)


@function(own_checks=("pattern",))
def replace_with(
    value: String,
    pattern: Regex,
    count: Integer = -1,
    *,
    closure: Annotated[ClosureFunction, ClosureShape((_MATCH,), STRING)],
) -> String:
    """Replace the places where a pattern matches by what a closure makes of each match.

    The closure receives an object: `string` is the whole match, `captures` are the groups in order (null for one
    that took no part), and each named group is a field of its name.

    Args:
        value: The text.
        pattern: What is replaced.
        count: How many places are replaced from the start; all of them if negative.

    Raises:
        `pattern` is not known when the program is compiled, and is no regular expression when it runs.
        A group is named `string` or `captures`.

    Examples:
        The match in upper case:
            >>> replace_with("user=ada role=admin", r'\\w+$') -> |m| { upcase(m.string) }
            "user=ada role=ADMIN"

        A named group:
            >>> replace_with("<b>hi</b>", r'<(?P<tag>/?b)>') -> |m| { "[" + string!(m.tag) + "]" }
            "[b]hi[/b]"

        Only the first:
            >>> replace_with("a a a", r'a', count: 1) -> |m| { "b" }
            "b a a"

        Not a regular expression:
            >>> replace_with!("a", .pattern) -> |m| { "b" }
            error: failed to resolve regex

        A name that is taken:
            >>> replace_with("a", r'(?P<string>a)') -> |m| { "b" }
            error: Capture group cannot be named "string" or "captures"
    """
    if not isinstance(pattern, RegexValue):
        raise FunctionError("failed to resolve regex")
    names = pattern.group_names
    if "string" in names or "captures" in names:
        raise FunctionError('Capture group cannot be named "string" or "captures"')
    if count == 0:
        return value
    text = replaced(value)
    places = pattern.find_iter(text)
    if count > 0:
        places = places[:count]
    named = [(index, name) for index, name in enumerate(names) if name is not None]
    pieces = []
    at = 0
    for (start, end), groups in zip(places, pattern.captures_iter(text), strict=False):
        match = {"string": groups[0], "captures": groups[1:]}
        for index, name in named:
            match[name] = groups[index]
        pieces.append(text[at:start])
        pieces.append(replaced(closure(match)))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)
