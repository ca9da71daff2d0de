"""The `chunks` function."""

from dtl.functions import Arguments, InvalidArgument, Result, function
from dtl.types.annotations import Fallible, Integer, String
from dtl.types.type import STRING_TYPE, array_of
from dtl.values.text import from_bytes, to_bytes


@function
def chunks(value: String, chunk_size: Integer) -> Fallible[list[String]]:
    """Cut a string into pieces of equal length.

    The length is one of bytes, so that a character of several bytes may be cut in two. The last piece may be shorter.
    The call cannot fail if `chunk_size` is a constant.

    Args:
        value: The string.
        chunk_size: The length of a piece in bytes.

    Raises:
        `chunk_size` is less than one.

    Examples:
        Pieces of three:
            >>> chunks("abcdefgh", 3)
            ["abc", "def", "gh"]

        A length known only when the program runs:
            >>> chunks!("abc", length(.missing_list) ?? 0)
            error: "chunk_size" must be at least 1 byte
    """
    if value.isascii():
        return [value[at : at + chunk_size] for at in range(0, len(value), chunk_size)]
    data = to_bytes(value)
    return [from_bytes(data[at : at + chunk_size]) for at in range(0, len(data), chunk_size)]


@chunks.prepare("chunk_size")
def _checked(size: int) -> int:
    if size < 1:
        raise InvalidArgument('"chunk_size" must be at least 1 byte')
    return size


@chunks.typed
def _result(arguments: Arguments) -> Result:
    return Result(array_of(STRING_TYPE), "chunk_size" not in arguments.constants)
