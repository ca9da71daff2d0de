"""The `decode_punycode` function."""

from dtl.functions import FunctionError, function, require_kind
from dtl.types.annotations import Boolean, Fallible, String
from dtl.values.text import replaced

from ._punycode import PREFIX, InvalidDomain, decode_label, valid_labels


@function(checked_at_once=("value",), own_checks=("validate",))
def decode_punycode(value: String, validate: Boolean = True) -> Fallible[String]:
    """Read a domain name whose labels may be in punycode.

    A name without the prefix `xn--` stays as it is.

    Args:
        value: The domain name.
        validate: Whether the name is checked; otherwise a label that is wrong stays as it is.

    Raises:
        `value` is not a valid domain name, and `validate` is true.

    Examples:
        An accent:
            >>> decode_punycode!("www.xn--bcher-kva.example")
            "www.bücher.example"

        Nothing to decode:
            >>> decode_punycode!("www.Example.com")
            "www.Example.com"

        Not a valid name:
            >>> decode_punycode!("xn--zzz-999999999.example")
            error: unable to decode punycode

        Left unchecked:
            >>> decode_punycode!("xn--zzz-999999999.xn--bcher-kva", validate: false)
            "xn--zzz-999999999.bücher"
    """
    domain = replaced(value)
    if PREFIX not in domain:
        return domain
    require_kind(validate, bool)
    if not validate:
        return ".".join(_decoded(label) for label in domain.split("."))
    try:
        return ".".join(valid_labels(domain, "decode_punycode"))
    except InvalidDomain:
        raise FunctionError("unable to decode punycode") from None


def _decoded(label: str) -> str:
    found = decode_label(label.removeprefix(PREFIX)) if label.startswith(PREFIX) else None
    return label if found is None else found
