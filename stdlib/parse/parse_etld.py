"""The `parse_etld` function."""

from pathlib import Path
from typing import TypedDict

from dtl.functions import Arguments, FunctionError, InvalidArgument, function
from dtl.types.annotations import Boolean, Fallible, File, Integer, Maybe, String
from dtl.values.text import replaced

from ._public_suffix import InvalidList, SuffixList, default_list


class _Domain(TypedDict):
    etld: String
    etld_plus: String
    known_suffix: Boolean


@function
def parse_etld(value: String, plus_parts: Integer = 0, psl: File[Maybe[String]] = None) -> Fallible[_Domain]:
    """Find the effective top-level domain of a host name.

    That is the part of the name under which anyone can register a domain, by the public suffix list.

    Args:
        value: The host name, in lower case.
        plus_parts: How many labels before the top-level domain `etld_plus` has besides.
        psl: A file with a list of its own; a constant.

    Raises:
        `value` is empty.

    Examples:
        Find the registered domain:
            >>> parse_etld!("www.example.co.uk", plus_parts: 1)
            { "etld": "co.uk", "etld_plus": "example.co.uk", "known_suffix": true }

        The name is empty:
            >>> parse_etld!("")
            error: unable to determine eTLD for
    """
    domain = replaced(value)
    suffixes: SuffixList = psl or default_list()  # type: ignore[assignment]
    found = suffixes.suffix(domain)
    if found is None:
        # The reference engine's text ends in the name, and its messages are trimmed.
        raise FunctionError("unable to determine eTLD for")
    suffix, known = found
    count = suffix.count(".") + 1 + max(plus_parts, 0)
    return {"etld": suffix, "etld_plus": ".".join(domain.split(".")[-count:]), "known_suffix": known}


@parse_etld.prepare("psl")
def _(path: str) -> SuffixList:
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, ValueError):
        raise InvalidArgument("Unable to read psl file") from None
    try:
        return SuffixList(text)
    except InvalidList:
        raise InvalidArgument("Unable to parse psl file") from None


@parse_etld.check
def _constant(arguments: Arguments) -> None:
    if arguments.given("psl") and "psl" not in arguments.constants:
        raise InvalidArgument("psl", code=402, title="this argument must be a static expression")
