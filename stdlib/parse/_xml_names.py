"""The names and attributes of an XML element, and the namespaces that they belong to."""

from __future__ import annotations

from ._xml_cursor import Cursor

_XML = "http://www.w3.org/XML/1998/namespace"
_XMLNS = "http://www.w3.org/2000/xmlns/"

Namespaces = dict[str, str]


def read_start_tag(cursor: Cursor, outer: Namespaces) -> tuple[str, str, dict[str, str], Namespaces, bool] | None:
    """Read what follows `<` of an element.

    Returns:
        Its prefix and local name, its attributes by local name, the namespaces inside it, and whether it has content;
        None if the text ends before the tag does.
    """
    start = cursor.at
    prefix, local = cursor.qualified_name()
    if prefix == "xmlns":
        cursor.fail("the 'xmlns' prefix is used at {}, but it must not be", start)
    declared: Namespaces = {}
    attributes: list[tuple[str, str, str, int]] = []
    while True:
        spaced = cursor.spaces()
        if cursor.at_end():
            return None
        character = cursor.character()
        if character in "/>":
            break
        if not spaced:
            cursor.fail(f"expected a whitespace not '{character}' at {{}}")
        place = cursor.at
        owner, name = cursor.qualified_name()
        raw, begin = cursor.value()
        value = cursor.attribute_text(raw, begin)
        if owner == "xmlns" or (not owner and name == "xmlns"):
            _declare(cursor, declared, name if owner else "", value, place)
        else:
            attributes.append((owner, name, value, place))
    cursor.at += 1
    if character == "/":
        cursor.expect(">")
    inner = {**outer, **declared} if declared else outer
    found = _resolve(cursor, attributes, inner)
    if prefix and prefix != "xml" and prefix not in inner:
        cursor.fail(f"an unknown namespace prefix '{prefix}' at {{}}", start)
    return prefix, local, found, inner, character == ">"


def _declare(cursor: Cursor, declared: Namespaces, prefix: str, uri: str, place: int) -> None:
    """Note a namespace that an attribute declares."""
    if uri == _XML and prefix != "xml":
        cursor.fail("the 'xml' namespace URI is used for not 'xml' prefix at {}", place)
    if prefix == "xml" and uri != _XML:
        cursor.fail("'xml' namespace prefix mapped to wrong URI at {}", place)
    if uri == _XMLNS:
        cursor.fail("the 'xmlns' URI is used at {}, but it must not be declared", place)
    if prefix and prefix in declared:
        cursor.fail(f"namespace '{prefix}' at {{}} is already defined", place)
    declared[prefix] = uri


def _resolve(
    cursor: Cursor, attributes: list[tuple[str, str, str, int]], namespaces: Namespaces
) -> dict[str, str]:
    """Return attributes by their local names, none twice in its namespace; of equal local names the last counts."""
    found: dict[str, str] = {}
    seen: set[tuple[str | None, str]] = set()
    for prefix, name, value, place in attributes:
        uri = None if not prefix else _XML if prefix == "xml" else namespaces.get(prefix)
        if prefix and uri is None:
            cursor.fail(f"an unknown namespace prefix '{prefix}' at {{}}", place)
        if (uri, name) in seen:
            shown = f"{prefix}:{name}" if prefix else name
            cursor.fail(f"attribute '{shown}' at {{}} is already defined", place)
        seen.add((uri, name))
        found[name] = value
    return found
