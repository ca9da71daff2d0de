"""The `parse_cef` function."""

from typing import Any

from dtl.functions import Arguments, FunctionError, function
from dtl.types.annotations import Boolean, Fallible, Object, String
from dtl.types.type import STRING_TYPE, Type, object_of
from dtl.values.text import replaced

from ._cef import HEADERS, read_cef

_CUSTOM_FIELDS = frozenset(
    [f"c6a{n}" for n in range(1, 5)]
    + [f"cfp{n}" for n in range(1, 5)]
    + [f"cn{n}" for n in range(1, 4)]
    + [f"cs{n}" for n in range(1, 7)]
    + ["deviceCustomDate1", "deviceCustomDate2", "flexDate1", "flexString1", "flexString2"]
)


@function(checked_at_once=("value", "translate_custom_fields"))
def parse_cef(value: String, translate_custom_fields: Boolean = False, strict: Boolean = True) -> Fallible[Object]:
    """Parse an event in the Common Event Format (CEF).

    All values are strings; quotes around a value are removed. What stands before `CEF:` is left out.

    Args:
        value: The event.
        translate_custom_fields: Whether a custom field and its label become one field that has the label's name.
        strict: Whether an equals sign in a value must be escaped, and the text must be read to its end.

    Raises:
        `value` is not in the Common Event Format.
        A label or a custom field is there twice.
        A custom field has no label.

    Examples:
        Read an event:
            >>> parse_cef!("CEF:0|Acme|Gate|2.1|17|Door opened|3|who=ann door=north")
            {
                "cefVersion": "0", "deviceEventClassId": "17", "deviceProduct": "Gate", "deviceVendor": "Acme",
                "deviceVersion": "2.1", "door": "north", "name": "Door opened", "severity": "3", "who": "ann"
            }

        Name custom fields by their labels:
            >>> parse_cef!("CEF:0|Acme|Gate|2.1|17|Open|3|cs1=north cs1Label=door", translate_custom_fields: true).door
            "north"

        The extension is not made of pairs:
            >>> parse_cef!("CEF:0|Acme|Gate|2.1|17|Open|3|north")
            error: Could not parse whole line successfully

        A label is there twice:
            >>> parse_cef!("CEF:0|A|G|2|17|Open|3|cs1Label=a cs1Label=b", translate_custom_fields: true)
            error: Custom field with duplicate label

        A custom field has no label:
            >>> parse_cef!("CEF:0|A|G|2|17|Open|3|cs1=north", translate_custom_fields: true)
            error: Custom field with missing label or value
    """
    fields = read_cef(replaced(value), strict)
    return _translated(fields) if translate_custom_fields else dict(fields)


@parse_cef.typed
def _(arguments: Arguments) -> Type:
    return object_of({name: STRING_TYPE for name in HEADERS}, STRING_TYPE)


def _translated(fields: list[tuple[str, str]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    labels: dict[str, str] = {}
    values: dict[str, str] = {}
    for key, value in fields:
        name = key.removesuffix("Label")
        if name not in _CUSTOM_FIELDS:
            result[key] = value
            continue
        kept, what = (values, "value") if name == key else (labels, "label")
        if name in kept:
            raise FunctionError(f"Custom field with duplicate {what}")
        kept[name] = value
    if values.keys() - labels.keys():
        raise FunctionError("Custom field with missing label or value")
    return result | {label: values.get(name) for name, label in labels.items()}
