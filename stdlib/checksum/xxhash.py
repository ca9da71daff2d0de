"""The `xxhash` function."""

from collections.abc import Callable

from dtl.functions import Arguments, FunctionError, Result, function
from dtl.types.annotations import Fallible, String
from dtl.types.type import STRING_TYPE
from dtl.values.text import to_bytes
from dtl.values.value import wrap

from .._optional import optional

_FUNCTIONS = {
    "XXH32": "xxh32_intdigest",
    "XXH64": "xxh64_intdigest",
    "XXH3-64": "xxh3_64_intdigest",
    "XXH3-128": "xxh3_128_intdigest",
}


@function
def xxhash(value: String, variant: String = "XXH32") -> Fallible[String]:
    """Return an xxHash of a text, a fast hash that is not cryptographic.

    The result is an integer (signed where the hash has 64 bits), or the text of one for the variant of 128 bits.

    Args:
        value: What is hashed.
        variant: `XXH32`, `XXH64`, `XXH3-64` or `XXH3-128`, in any case.

    Raises:
        `variant` is none of these.

    Examples:
        The usual variant:
            >>> xxhash("hello")
            4211111929

        64 bits:
            >>> xxhash("hello", variant: "XXH64")
            2794345569481354659

        128 bits:
            >>> xxhash("hello", variant: "XXH3-128")
            "241804000618833338782870102822322583576"

        An unknown variant:
            >>> xxhash!("hello", variant: "XXH16")
            error: Variant must be either 'XXH32', 'XXH64', 'XXH3-64', or 'XXH3-128'
    """
    return variant(to_bytes(value))  # type: ignore[operator,no-any-return]


@xxhash.prepare("variant", at_compile=False)
def _(name: str) -> Callable[[bytes], int | str]:
    variant = name.upper()
    if variant not in _FUNCTIONS:
        raise FunctionError("Variant must be either 'XXH32', 'XXH64', 'XXH3-64', or 'XXH3-128'")

    def compute(data: bytes) -> int | str:
        # The package is asked for only here: a program that names the function may never call it.
        digest: int = getattr(optional("xxhash", "xxhash", "xxhash"), _FUNCTIONS[variant])(data)
        return str(digest) if variant == "XXH3-128" else wrap(digest)

    return compute


@xxhash.typed
def _(arguments: Arguments) -> Result:
    name = arguments.constant("variant") if arguments.given("variant") else "XXH32"
    return Result(STRING_TYPE, not (isinstance(name, str) and name.upper() in _FUNCTIONS))
