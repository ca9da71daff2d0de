"""XML elements and texts as values."""

from __future__ import annotations

from dataclasses import dataclass, field

from dtl.values.number import InvalidNumber, parse_float, parse_integer
from dtl.values.value import Value

_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Options:
    """How elements, attributes and text become values; see `parse_xml`."""

    include_attributes: bool
    attribute_prefix: str
    text_key: str
    always_use_text_key: bool
    parse_boolean: bool
    parse_null: bool
    parse_number: bool


@dataclass(slots=True)
class Element:
    """An element that is open; a child is None where it is a comment or an instruction."""

    prefix: str
    name: str
    attributes: dict[str, str]
    declared: list[str]
    children: list[tuple[str, Value, bool] | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def finish_text(element: Element, options: Options) -> None:
    """Make the pieces of text that were read one child."""
    if element.texts:
        text = "".join(element.texts)
        element.texts.clear()
        element.children.append((options.text_key, _text_value(text, options), False))


def element_value(element: Element, options: Options) -> Value:
    """Return the value of an element that is closed."""
    children = element.children
    with_attributes = bool(element.attributes) and options.include_attributes
    with_text_key = options.always_use_text_key and not element.attributes
    if len(children) == 1 and not with_attributes and not with_text_key:
        child = children[0]
        if child is not None and not child[2]:
            return child[1]
    fields: dict[str, Value] = {}
    if options.include_attributes:
        fields = {options.attribute_prefix + name: value for name, value in element.attributes.items()}
    for child in children:
        if child is None:
            continue
        key, value, _ = child
        if key not in fields:
            fields[key] = value
        elif isinstance(known := fields[key], list):
            known.append(value)
        else:
            fields[key] = [known, value]
    return fields


def _text_value(text: str, options: Options) -> Value:
    if options.parse_null and text in ("", "null"):
        return None
    if options.parse_boolean and text in _BOOLEANS:
        return _BOOLEANS[text]
    if not options.parse_number:
        return text
    try:
        return parse_integer(text)
    except InvalidNumber:
        pass
    try:
        number = parse_float(text)
    except InvalidNumber:
        return text
    return number if number == number else 0.0
