"""XML as values: elements become fields, built from the inside out while the text is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from dtl.values.number import InvalidNumber, parse_float, parse_integer
from dtl.values.value import Value

from ._xml_cursor import Cursor, InvalidXml, normalized_lines
from ._xml_names import Namespaces, read_start_tag

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
class _Element:
    """An element that is open; a child is None where it is a comment or an instruction."""

    prefix: str
    name: str
    attributes: dict[str, str]
    namespaces: Namespaces
    children: list[tuple[str, Value, bool] | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def read_xml(text: str, options: Options) -> Value:
    """Read a document.

    Raises:
        InvalidXml: It is not XML, or has a document type.
    """
    cursor = Cursor(text.removeprefix("\ufeff"))
    if cursor.peek("<?xml "):
        _read_declaration(cursor)
    _read_around(cursor)
    if cursor.peek("<!DOCTYPE"):
        raise InvalidXml("XML with DTD detected")
    found: dict[str, Value] | None = None
    if cursor.peek("<"):
        found = _read_root(cursor, options)
    _read_around(cursor)
    if not cursor.at_end():
        cursor.fail("unknown token at {}")
    if found is None:
        raise InvalidXml("the document does not have a root node")
    return found


def _read_declaration(cursor: Cursor) -> None:
    cursor.at += len("<?xml ")
    cursor.spaces()
    if not cursor.peek("version"):
        cursor.fail("expected 'version' at {}")
    for name in ("version", "encoding", "standalone"):
        if cursor.peek(name):
            cursor.name()
            cursor.value()
            if not cursor.peek("?>") and not cursor.spaces() and not cursor.at_end():
                cursor.fail(f"expected a whitespace not '{cursor.character()}' at {{}}")
    cursor.until("?>")


def _read_around(cursor: Cursor) -> None:
    """Read comments and instructions around the root."""
    cursor.spaces()
    while _read_other(cursor):
        cursor.spaces()


def _read_other(cursor: Cursor) -> bool:
    """Read a comment or an instruction if one comes next."""
    start = cursor.at
    if cursor.peek("<!--"):
        cursor.at += 4
        content = cursor.until("-->")
        if "--" in content or content.endswith("-"):
            cursor.fail("comment at {} contains '--'", start)
        return True
    if cursor.peek("<?"):
        if cursor.peek("<?xml "):
            cursor.fail("unexpected XML declaration at {}")
        cursor.at += 2
        cursor.name()
        cursor.until("?>")
        return True
    return False


def _read_root(cursor: Cursor, options: Options) -> dict[str, Value] | None:
    """Read the root element; None if its tag does not end."""
    stack: list[_Element] = []
    while True:
        if stack and not _read_content(cursor, stack, options):
            closed = stack.pop()
        else:
            cursor.at += 1
            tag = read_start_tag(cursor, stack[-1].namespaces if stack else {})
            if tag is None:
                if stack:
                    raise InvalidXml("the root node was opened but never closed")
                return None
            prefix, name, attributes, namespaces, has_content = tag
            element = _Element(prefix, name, attributes, namespaces)
            if has_content:
                stack.append(element)
                continue
            closed = element
        value = _element_value(closed, options)
        if not stack:
            return {closed.name: value}
        stack[-1].children.append((closed.name, value, True))


def _read_content(cursor: Cursor, stack: list[_Element], options: Options) -> bool:
    """Read content up to the next element, and tell whether one begins; else the open element has been closed."""
    element = stack[-1]
    while True:
        if cursor.at_end():
            raise InvalidXml("the root node was opened but never closed")
        start = cursor.at
        if cursor.text[start] != "<":
            end = cursor.text.find("<", start)
            cursor.at = end if end >= 0 else len(cursor.text)
            cursor.check(start, cursor.at)
            content = cursor.text[start : cursor.at]
            if "]]>" in content:
                cursor.fail("']]>' at {} is not allowed inside a character data")
            element.texts.append(cursor.content_text(content, start))
        elif cursor.peek("<![CDATA["):
            cursor.at += len("<![CDATA[")
            element.texts.append(normalized_lines(cursor.until("]]>")))
        elif cursor.peek("<!--") or cursor.peek("<?"):
            _finish_text(element, options)
            _read_other(cursor)
            element.children.append(None)
        elif cursor.peek("<!") or start + 1 >= len(cursor.text):
            cursor.fail("unknown token at {}")
        else:
            _finish_text(element, options)
            if not cursor.peek("</"):
                return True
            _read_end_tag(cursor, element)
            return False


def _read_end_tag(cursor: Cursor, element: _Element) -> None:
    start = cursor.at
    cursor.at += 2
    prefix, name = cursor.qualified_name()
    cursor.spaces()
    cursor.expect(">")
    if (prefix, name) != (element.prefix, element.name):
        expected = f"{element.prefix}:{element.name}" if element.prefix else element.name
        actual = f"{prefix}:{name}" if prefix else name
        cursor.fail(f"expected '{expected}' tag, not '{actual}' at {{}}", start)


def _finish_text(element: _Element, options: Options) -> None:
    """Make the pieces of text that were read one child."""
    if element.texts:
        text = "".join(element.texts)
        element.texts.clear()
        element.children.append((options.text_key, _text_value(text, options), False))


def _element_value(element: _Element, options: Options) -> Value:
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
