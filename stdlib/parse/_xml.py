"""XML as values: elements become fields, built from the inside out while the text is read."""

from __future__ import annotations

from dtl.values.value import Value

from ._xml_cursor import Cursor, InvalidXml
from ._xml_names import Namespaces, leave, read_start_tag
from ._xml_references import content_text, normalized_lines
from ._xml_value import Element, Options, element_value, finish_text

__all__ = ["InvalidXml", "Options", "read_xml"]


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
    stack: list[Element] = []
    namespaces: Namespaces = {}
    while True:
        if stack and not _read_content(cursor, stack, options):
            closed = stack.pop()
        else:
            cursor.at += 1
            tag = read_start_tag(cursor, namespaces)
            if tag is None:
                if stack:
                    raise InvalidXml("the root node was opened but never closed")
                return None
            prefix, name, attributes, declared, has_content = tag
            element = Element(prefix, name, attributes, declared)
            if has_content:
                stack.append(element)
                continue
            closed = element
        leave(namespaces, closed.declared)
        value = element_value(closed, options)
        if not stack:
            return {closed.name: value}
        stack[-1].children.append((closed.name, value, True))


def _read_content(cursor: Cursor, stack: list[Element], options: Options) -> bool:
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
            element.texts.append(content_text(cursor, content, start))
        elif cursor.peek("<![CDATA["):
            cursor.at += len("<![CDATA[")
            element.texts.append(normalized_lines(cursor.until("]]>")))
        elif cursor.peek("<!--") or cursor.peek("<?"):
            finish_text(element, options)
            _read_other(cursor)
            element.children.append(None)
        elif cursor.peek("<!") or start + 1 >= len(cursor.text):
            cursor.fail("unknown token at {}")
        else:
            finish_text(element, options)
            if not cursor.peek("</"):
                return True
            _read_end_tag(cursor, element)
            return False


def _read_end_tag(cursor: Cursor, element: Element) -> None:
    start = cursor.at
    cursor.at += 2
    prefix, name = cursor.qualified_name()
    cursor.spaces()
    cursor.expect(">")
    if (prefix, name) != (element.prefix, element.name):
        expected = f"{element.prefix}:{element.name}" if element.prefix else element.name
        actual = f"{prefix}:{name}" if prefix else name
        cursor.fail(f"expected '{expected}' tag, not '{actual}' at {{}}", start)
