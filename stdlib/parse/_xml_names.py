"""The names and attributes of an XML element, and the namespaces that they belong to."""

from __future__ import annotations

from ._xml_cursor import Cursor
from ._xml_references import attribute_text

_XML = "http://www.w3.org/XML/1998/namespace"
_XMLNS = "http://www.w3.org/2000/xmlns/"

# The namespaces that a prefix stands for in the elements that are open, the innermost last.
Namespaces = dict[str, list[str]]


def read_start_tag(cursor: Cursor, namespaces: Namespaces) -> tuple[str, str, dict[str, str], list[str], bool] | None:
    """Read what follows `<` of an element; the namespaces that it declares are added.

    Returns:
        Its prefix and local name, its attributes by local name, the prefixes that it declares, and whether it has
        content; None if the text ends before the tag does.
    """
    start = cursor.at
    prefix, local = cursor.qualified_name()
    if prefix == "xmlns":
        cursor.fail("the 'xmlns' prefix is used at {}, but it must not be", start)
    declared: dict[str, str] = {}
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
        value = attribute_text(cursor, raw, begin)
        if owner == "xmlns" or (not owner and name == "xmlns"):
            _declare(cursor, declared, name if owner else "", value, place)
        else:
            attributes.append((owner, name, value, place))
    cursor.at += 1
    if character == "/":
        cursor.expect(">")
    for declared_prefix, uri in declared.items():
        namespaces.setdefault(declared_prefix, []).append(uri)
    found = _resolve(cursor, attributes, namespaces)
    if prefix and prefix != "xml" and not namespaces.get(prefix):
        cursor.fail(f"an unknown namespace prefix '{prefix}' at {{}}", start)
    return prefix, local, found, list(declared), character == ">"


def leave(namespaces: Namespaces, declared: list[str]) -> None:
    """Take the namespaces away that a closed element declared."""
    for prefix in declared:
        namespaces[prefix].pop()


def _declare(cursor: Cursor, declared: dict[str, str], prefix: str, uri: str, place: int) -> None:
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


def _resolve(cursor: Cursor, attributes: list[tuple[str, str, str, int]], namespaces: Namespaces) -> dict[str, str]:
    """Return attributes by their local names, none twice in its namespace; of equal local names the last counts."""
    found: dict[str, str] = {}
    seen: set[tuple[str | None, str]] = set()
    for prefix, name, value, place in attributes:
        known = namespaces.get(prefix) if prefix else None
        uri = _XML if prefix == "xml" else known[-1] if known else None
        if prefix and uri is None:
            cursor.fail(f"an unknown namespace prefix '{prefix}' at {{}}", place)
        if (uri, name) in seen:
            cursor.fail(f"attribute '{name}' at {{}} is already defined", place)
        seen.add((uri, name))
        found[name] = value
    return found
