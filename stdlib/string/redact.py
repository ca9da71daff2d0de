"""The `redact` function."""

from typing import Any, cast

from dtl.functions import Arguments, function
from dtl.types.annotations import Array, Object, Static, StaticItems, String
from dtl.types.type import Type
from dtl.values.text import replaced

from .._walk import rebuilt
from ._redaction import Filter, Redactor, full, read_filters, read_redactor


@function(own_checks=("value",))
def redact(
    value: String | Object | Array, filters: StaticItems[Array], redactor: Static[String | Object] = "full"
) -> String | Object | Array:
    """Hide sensitive parts of a text, and of all texts inside an object or array.

    Keys and values that are no texts stay as they are.

    Args:
        value: What is searched.
        filters: What is hidden, a literal array of regular expressions, of the name `us_social_security_number`, or
            of objects: `{"type": "us_social_security_number"}` or `{"type": "pattern", "patterns": [...]}` with
            regular expressions and plain texts.
        redactor: What stands in its place: `"full"` for `[REDACTED]`; `"sha2"` or `"sha3"` for a hash, or an object
            with that `type` and perhaps a `variant` and an `encoding` (`base64` or `base16`);
            `{"type": "text", "replacement": ...}` for a text.

    Raises:
        An element of `filters` is no filter.
        `redactor` names no redactor, or a part of it is wrong.

    Examples:
        By a pattern:
            >>> redact("token=abc123 user=ada", filters: [r'token=\\w+'])
            "[REDACTED] user=ada"

        Inside an object:
            >>> redact({"who": "ada", "ssn": "123-45-6789"}, filters: ["us_social_security_number"])
            {"who": "ada", "ssn": "[REDACTED]"}

        By a text of one's own:
            >>> redact("pin 4711", filters: [r'\\d+'], redactor: {"type": "text", "replacement": "****"})
            "pin ****"

        An unknown filter:
            >>> redact("pin 4711", filters: ["iban"])
            error: unknown filter name

        An unknown redactor:
            >>> redact("pin 4711", filters: [r'\\d+'], redactor: "blur")
            error: unknown name of redactor
    """

    wanted, replacement = cast(tuple[Filter, ...], filters), cast(Redactor, redactor)

    def hide(part: Any) -> Any:
        return _hidden(part, wanted, replacement) if isinstance(part, str) else part

    found: str | Object | Array = hide(value) if isinstance(value, str) else rebuilt(value, hide)
    return found


def _hidden(text: str, filters: tuple[Filter, ...], redactor: Redactor) -> str:
    text = replaced(text)
    for wanted in filters:
        if isinstance(wanted, str):
            text = text.replace(wanted, redactor(wanted))
        elif redactor is full:
            text = wanted.replace(text, "[REDACTED]")
        else:
            pieces = []
            at = 0
            for start, end in wanted.find_iter(text):
                pieces.append(text[at:start])
                pieces.append(redactor(text[start:end]))
                at = end
            pieces.append(text[at:])
            text = "".join(pieces)
    return text


redact.prepare("filters")(read_filters)
redact.prepare("redactor")(read_redactor)


@redact.typed
def _(arguments: Arguments) -> Type:
    return arguments.type("value")
