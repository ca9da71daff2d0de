"""The `encode_punycode` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Boolean, Fallible, String
from dtl.values.text import replaced

from ._punycode import PREFIX, InvalidDomain, encode_label, valid_labels


@function(checked_at_once=("value",))
def encode_punycode(value: String, validate: Boolean = True) -> Fallible[String]:
    """Write a domain name in ASCII, labels with other characters in punycode.

    The name is put in lower case.

    Args:
        value: The domain name.
        validate: Whether the name is checked, and characters that look alike are unified, as browsers do.

    Raises:
        `value` is not a valid domain name, and `validate` is true.

    Examples:
        An accent:
            >>> encode_punycode!("www.Bücher.example")
            "www.xn--bcher-kva.example"

        Only ASCII:
            >>> encode_punycode!("www.example.com")
            "www.example.com"

        Not a valid name:
            >>> encode_punycode!("xn--zzz-999999999.example")
            error: unable to encode to punycode

        Left unchecked:
            >>> encode_punycode!("xn--zzz-999999999.bücher", validate: false)
            "xn--zzz-999999999.xn--bcher-kva"
    """
    domain = replaced(value)
    if not validate:
        labels = [label.lower() for label in domain.split(".")]
        return ".".join(
            label if label.isascii() or label.startswith(PREFIX) else encode_label(label) for label in labels
        )
    try:
        labels = valid_labels(domain, "encode_punycode")
    except InvalidDomain:
        raise FunctionError("unable to encode to punycode") from None
    return ".".join(label if label.isascii() else encode_label(label) for label in labels)
