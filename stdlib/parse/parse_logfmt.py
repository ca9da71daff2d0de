"""The `parse_logfmt` function."""

from __future__ import annotations

from dtl.functions import function
from dtl.types.annotations import Boolean, Fallible, String

from ._key_value import line_parser

_parse = line_parser("=", " ", strict=False, standalone=True)


@function
def parse_logfmt(value: String) -> Fallible[dict[str, String | Boolean | list[String]]]:
    """Read a line of logfmt: `key=value` fields between spaces.

    It is `parse_key_value` with its defaults: values may be quoted, and a key without a value is `true`.

    Args:
        value: The line.

    Raises:
        `value` does not begin with a field.

    Examples:
        A line:
            >>> parse_logfmt!("level=warn lamp=7 msg=\\"too dim\\" retry")
            {"lamp": "7", "level": "warn", "msg": "too dim", "retry": true}

        An empty line:
            >>> parse_logfmt!("")
            error: 0: in Verify, got empty input
    """
    return _parse(value)  # type: ignore[return-value]
