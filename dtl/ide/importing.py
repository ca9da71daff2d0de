"""What may be written in an import: files near the program, and the functions of the one that is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from dtl.ide.analysis import Analysis
from dtl.ide.item import Item
from dtl.ide.show import user_signature
from dtl.source import Source, Span
from dtl.syntax import nodes
from dtl.syntax.parser import parse

#: Gives the names of the programs and folders in a folder told from the program; folders end in "/".
Near = Callable[[str], Iterable[str]]

# No import is so long that it begins further before the cursor, in characters.
_REACH = 4_000
_PATH = re.compile(r'(?:^|[\n;])[ \t]*import\s+(?:\{[^{}"]*\}\s*from\s*)?"([^"\n]*)\Z')
_NAMES = re.compile(r'(?:^|[\n;])[ \t]*import\s*\{([^{}"]*)\Z')
_FROM = re.compile(r'[^{}"]*\}\s*from\s*"([^"\n]*)"')
_PATH_END = re.compile(r'[^"\n/]*')
_ALIAS = re.compile(r"\bas\s+\w*\Z")
_WORD = re.compile(r"\w*\Z")


def in_import(analysis: Analysis, offset: int, near: Near | None) -> list[Item] | None:
    """Return what may be written at an offset within an import; None outside of any."""
    if analysis.dialect != "dtl":
        return None
    before = analysis.text[max(0, offset - _REACH) : offset]
    path = _PATH.search(before)
    if path is not None:
        return _files(analysis.text, offset, path.group(1), near)
    names = _NAMES.search(before)
    return None if names is None else _functions(analysis, offset, names.group(1))


def _files(text: str, offset: int, written: str, near: Near | None) -> list[Item]:
    """Return the files and folders that a path can go on with."""
    if near is None:
        return []
    folder, _, piece = written.rpartition("/")
    folder = f"{folder}/" if "/" in written else ""
    end = _PATH_END.match(text, offset)
    span = Span(offset - len(piece), end.end() if end is not None else offset)
    found = list(near(folder))
    if not folder.replace("../", ""):
        found.append("../")
    return [
        Item(name, "folder" if name.endswith("/") else "file", span, name, rank=1 + name.endswith("/"))
        for name in found
    ]


def _functions(analysis: Analysis, offset: int, written: str) -> list[Item]:
    """Return the functions of the file that an import names behind the cursor, but for those that it has already."""
    named = _FROM.match(analysis.text, offset)
    if named is None or _ALIAS.search(written) or analysis.options.load is None:
        return []
    try:
        source = analysis.options.load(named.group(1), analysis.source)
    except OSError:
        return []
    word = _WORD.search(written)
    span = Span(offset - len(word.group() if word is not None else ""), offset)
    taken = {part.split()[0] for part in (*written.split(",")[:-1], *_rest(analysis.text, offset)) if part.split()}
    return [
        Item(node.name.text, "function", span, node.name.text, user_signature(node)[0], 1)
        for node in _declared(source)
        if node.name.text not in taken
    ]


def _rest(text: str, offset: int) -> list[str]:
    """Return the names behind the one at the cursor."""
    return text[offset : text.index("}", offset)].split(",")[1:]


def _declared(source: Source) -> list[nodes.Function]:
    return [node for node in parse(source, "dtl")[0].body if isinstance(node, nodes.Function)]
