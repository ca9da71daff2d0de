"""Renaming of variables, parameters, user functions and fields, refused where the program would change its meaning."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass

from dtl.diagnostics.diagnostic import Edit
from dtl.ide.analysis import Analysis
from dtl.ide.names import Key, Names
from dtl.ide.places import function_places
from dtl.ide.reach import Text, is_shared, mentioning
from dtl.source import Source, Span
from dtl.syntax.parser import parse
from dtl.syntax.show import show_name
from dtl.syntax.tokens import KEYWORDS, RESERVED

_WORD = re.compile(r"[^\W\d]\w*\Z")
_DTL_WORDS = frozenset(("fn", "match", "import", "as", "from", "catch", "throw", "in", "this", "deleted"))


class CannotRename(Exception):
    """Why a name cannot be changed, or not so."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """The edits of one text."""

    source: Source
    edits: tuple[Edit, ...]


def prepare(analysis: Analysis, offset: int) -> tuple[Span, str]:
    """Return the name at an offset and where it stands.

    Raises:
        CannotRename: There is no name that can be changed.
    """
    found = analysis.names.at(offset)
    if found is None:
        raise CannotRename("there is no name here")
    if found.key[0] == "builtin":
        raise CannotRename("functions of the library cannot be renamed")
    return found.span, str(found.key[-1][-1] if found.key[0] == "field" else found.key[-1])


def rename(analysis: Analysis, offset: int, new: str, others: Iterable[Analysis] = ()) -> list[Renaming]:
    """Return the edits that change the name at an offset everywhere.

    Raises:
        CannotRename: There is no such name, the new one cannot be one, or it already means something else there.
    """
    prepare(analysis, offset)
    found = analysis.names.at(offset)
    assert found is not None
    if found.key[0] == "field":
        if not new:
            raise CannotRename("a field needs a name")
        return _field(analysis, found.key, new, others)
    _check_word(new, analysis.dialect)
    if found.key[0] == "function":
        return _function(analysis, found.key[1], new, others)
    _check_free(analysis, found.key, new)
    return [Renaming(analysis.source, tuple(Edit(each.span, new) for each in analysis.names.of_key(found.key)))]


def _field(analysis: Analysis, key: Key, new: str, others: Iterable[Analysis]) -> list[Renaming]:
    """Return the edits of a field: of the event, in all texts that have to do with it; of a variable, in this one."""
    _, root, path = key
    texts = mentioning(analysis, key, others) if is_shared(key) else [Text(analysis.source, analysis)]
    taken = ("field", root, (*path[:-1], new))
    for text in texts:
        if new != path[-1] and text.names.of_key(taken):
            where = "" if text.analysis is analysis else f" in {posixpath.basename(text.source.name)}"
            raise CannotRename(f"there is a field `{show_name(new)}` already{where}: the two would become one")
    written = show_name(new)
    return [Renaming(text.source, tuple(Edit(each.span, written) for each in text.names.of_key(key))) for text in texts]


def _check_word(new: str, dialect: str) -> None:
    words = {*KEYWORDS, *RESERVED, *(_DTL_WORDS if dialect == "dtl" else ())}
    if not _WORD.match(new) or new == "_":
        raise CannotRename(f"`{new}` is not a name")
    if new in words:
        raise CannotRename(f"`{new}` is a word of the language")


def _check_free(analysis: Analysis, key: tuple[object, ...], new: str) -> None:
    """Refuse a name that would catch, or be caught by, another variable.

    The renamed text is resolved again: every occurrence must mean what it meant before.
    """
    edits = sorted((each.span for each in analysis.names.of_key(key)), reverse=True)
    text = analysis.text
    for span in edits:
        text = text[: span.start] + new + text[span.end :]
    tree, _ = parse(Source(text), analysis.dialect)
    before, after = analysis.names, Names.of(tree, analysis.user_functions)
    groups_before, groups_after = _groups(before), _groups(after)
    if groups_before != groups_after:
        raise CannotRename(f"`{new}` already means something else here")


def _groups(names: Names) -> list[int]:
    """Return for each occurrence the number of its group, groups counted as they first appear."""
    seen: dict[object, int] = {}
    return [seen.setdefault(each.key if each.key[0] != "field" else "field", len(seen)) for each in names.occurrences]


def _function(analysis: Analysis, name: str, new: str, others: Iterable[Analysis]) -> list[Renaming]:
    others = tuple(others)
    declared = analysis.user_functions.get(name)
    if declared is None:
        raise CannotRename(f"`{name}` is not defined")
    if new in analysis.user_functions:
        raise CannotRename(f"there is a function `{new}` already")
    if new in analysis.functions.modules:
        raise CannotRename(f"`{new}` is a function of the library")
    home, own = declared[1], declared[0].name.text
    texts: dict[Source, list[Edit]] = {}
    for place in function_places(analysis, declared, others):
        if place.source.slice(place.span) == own:  # an alias keeps its own name
            texts.setdefault(place.source, []).append(Edit(place.span, new))
    if all(source.name != home.name for source in texts):
        texts[home] = [Edit(declared[0].name.span, new)]
    for other in others:
        if other.source in texts and new in other.user_functions:
            raise CannotRename(f"there is a function `{new}` already in {posixpath.basename(other.source.name)}")
    return [Renaming(source, tuple(sorted(set(edits), key=lambda edit: edit.span))) for source, edits in texts.items()]
