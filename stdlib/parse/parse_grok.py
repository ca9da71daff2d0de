"""The `parse_grok` function."""

from dtl.functions import FunctionError, InvalidArgument, function
from dtl.types.annotations import Fallible, Object, Static, String
from dtl.values.text import replaced

from ._grok import Grok, InvalidGrok, compile_grok
from ._oniguruma import TooManySteps


@function
def parse_grok(value: String, pattern: Static[String]) -> Fallible[Object]:
    """Parse a text with a grok pattern.

    A grok pattern is a regular expression (in Oniguruma's syntax) in which `%{NAME}` stands for a pattern of that name
    and `%{NAME:field}` also keeps what it matched. The names are those of Logstash: `WORD`, `NUMBER`, `IP`,
    `GREEDYDATA`, `COMBINEDAPACHELOG` and so on. All fields are strings. The pattern may match anywhere in the text;
    a search that takes too many steps counts as no match.

    Args:
        value: The text.
        pattern: The grok pattern.

    Raises:
        The pattern does not match the text.

    Examples:
        Read a log line:
            >>> parse_grok!("warn disk 93", "%{LOGLEVEL:level} %{WORD:what} %{INT:percent}")
            { "level": "warn", "what": "disk", "percent": "93" }

        The text has another form:
            >>> parse_grok!("nothing here", "%{INT:number}")
            error: unable to parse input with grok pattern
    """
    found: Grok = pattern  # type: ignore[assignment]
    try:
        fields = found.match(replaced(value))
    except TooManySteps:
        fields = None
    if fields is None:
        raise FunctionError("unable to parse input with grok pattern")
    return fields


@parse_grok.prepare("pattern")
def _(pattern: str) -> Grok:
    try:
        return compile_grok(pattern)
    except InvalidGrok as reason:
        raise InvalidArgument(str(reason), code=112) from None
