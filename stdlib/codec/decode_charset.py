"""The `decode_charset` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import replaced, to_bytes

from ._charset import charset_of, decode


@function(checked_at_once=("value",))
def decode_charset(value: String, from_charset: String) -> Fallible[String]:
    """Read a string in an old character set.

    What has no meaning in the character set becomes U+FFFD. A byte order mark at the beginning decides, whatever the
    argument says.

    Args:
        value: The bytes.
        from_charset: A label of the Encoding Standard, such as `latin1`, `windows-1251`, `euc-jp` or `big5`.

    Raises:
        `from_charset` is no such label.

    Examples:
        Western European:
            >>> decode_charset!(decode_base16!("636166e9"), "latin1")
            "café"

        Japanese:
            >>> decode_charset!(decode_base16!("93fa967b"), "shift_jis")
            "日本"

        An unknown label:
            >>> decode_charset!("abc", "ebcdic")
            error: Unknown charset: ebcdic
    """
    name = charset_of(from_charset)
    if name is None:
        raise FunctionError(f"Unknown charset: {replaced(from_charset)}")
    return decode(to_bytes(value), name)
