"""What may be written at the cursor: fields, variables, functions, arguments, values, keywords."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dtl.functions.function import Function, Parameter
from dtl.functions.standard import standard_library
from dtl.ide.analysis import Analysis
from dtl.ide.called import Call, fails_for, function_of
from dtl.ide.configuration import describe
from dtl.ide.cursor import CallAround, Path, Surroundings, surroundings
from dtl.ide.importing import Near, in_import
from dtl.ide.item import Item
from dtl.ide.knowledge import fields, root_type, shown, variables
from dtl.ide.show import closure_names, function_page, show_parameter, show_type, signature, user_signature
from dtl.ide.signature import active_parameter, statement_start
from dtl.ide.words import TYPES, WORDS
from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.show import show_name
from dtl.types.type import ALL, STRING, UNDEFINED, Type


def complete(analysis: Analysis, offset: int, near: Near | None = None) -> list[Item]:
    """Return what may be written at an offset, the best first within each kind; works on broken input too.

    `near` tells which files there are to import.
    """
    imported = in_import(analysis, offset, near)
    if imported is not None:
        return imported
    around = surroundings(analysis.text, statement_start(analysis, offset), offset)
    if around.inside == "comment":
        return []
    if around.inside == "string":
        return list(_in_string(analysis, around, offset))
    if around.path is not None:
        return list(_in_path(analysis, around, around.path, offset))
    if around.is_signature and around.before is not None and around.before.text == ":":
        return [Item(name, "type", Span(around.word_start, offset), name, rank=1) for name in TYPES]
    return list(_in_code(analysis, around, offset))


def documentation(analysis: Analysis, name: str) -> str:
    """Return the page of a function that an item names."""
    function = function_of(analysis, name)
    return function_page(function) if function is not None else ""


# --- inside a string ----------------------------------------------------------------------------------


def _in_string(analysis: Analysis, around: Surroundings, offset: int) -> Iterator[Item]:
    text = analysis.text
    opened = text.rfind("{{", around.string_start, offset)
    if analysis.dialect == "dtl" and opened > text.rfind("}}", around.string_start, offset):
        start = offset
        while start > opened and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        for name, type in variables(analysis, offset).items():
            yield Item(name, "variable", Span(start, offset), name, show_type(type) if type else "")
        return
    found = _parameter_at(analysis, around)
    if found is None:
        return
    entries = analysis.models.entries(found.name)
    quote = text[around.string_start]
    start = around.string_start + 1
    end = offset
    while end < len(text) and (text[end].isalnum() or text[end] in "_-"):
        end += 1
    for name, entry in entries.items():
        yield Item(name, "value", Span(start, end), name, describe(entry))
    for index, value in enumerate(found.choices):
        if quote in "\"'":
            yield Item(value, "value", Span(start, end), value, found.name, index)


def _parameter_at(analysis: Analysis, around: Surroundings) -> Parameter | None:
    """Return the parameter whose argument is being written."""
    if not around.calls or not around.is_argument:
        return None
    call = around.calls[-1]
    function = function_of(analysis, call.name)
    if function is None:
        return None
    at = active_parameter(call, [parameter.name for parameter in function.parameters])
    return None if at is None else function.parameters[at]


# --- paths --------------------------------------------------------------------------------------------


def _in_path(analysis: Analysis, around: Surroundings, path: Path, offset: int) -> Iterator[Item]:
    end = _word_end(analysis.text, offset)
    span = Span(path.start, end)
    if path.root:
        is_event = path.root == "event" or path.root == "this"
        for each in fields(analysis, "event" if is_event else path.root, path.segments, path.start):
            if each.name == path.piece and each.type is None:
                continue  # it is known only from here
            detail = show_type(each.type) if each.type is not None and not _is_open(each.type) else ""
            note = f"Sample value: `{shown(each.value[0])}`" if each.value else ""
            written = show_name(each.name)
            rank = 0 if each.is_sampled else 1
            yield Item(each.name, "field", span, written, detail, rank, note=note, filter=written)
    is_root = path.root in ("event", "metadata") and not path.segments
    if analysis.dialect == "dtl" and not is_root:
        yield from _methods(analysis, path, span)


def _is_open(type: Type) -> bool:
    """Tell whether nothing is known of a value."""
    return type.kinds & ~UNDEFINED == ALL & ~UNDEFINED


def _methods(analysis: Analysis, path: Path, span: Span) -> Iterator[Item]:
    """Give the functions that may be called on a value, those that surely take it first."""
    known = root_type(analysis, path.root, span.start) if path.root else None
    receiver = known.at(path.segments) if known is not None else None
    called = analysis.text[span.end : span.end + 1] in ("(", "!")
    for entry in library(analysis):
        function = entry.function
        if not function.parameters or function.parameters[0].query:
            continue
        wanted = function.parameters[0].type
        if receiver is not None and not receiver.is_never and not wanted.intersects(receiver):
            continue
        fits = receiver is not None and not _is_open(receiver) and wanted.includes(receiver)
        text = function.name if called else snippet(function, skip=1)
        yield Item(function.name, "method", span, text, entry.detail, 3 if fits else 4, not called, function.name)
    for name, (node, _) in analysis.user_functions.items():
        if node.parameters:
            yield Item(name, "method", span, name if called else f"{name}($1)", user_signature(node)[0], 3, not called)


# --- everywhere else ----------------------------------------------------------------------------------


def _in_code(analysis: Analysis, around: Surroundings, offset: int) -> Iterator[Item]:
    span = Span(around.word_start, _word_end(analysis.text, offset))
    parameter = _parameter_at(analysis, around)
    call = around.calls[-1] if around.calls and around.is_argument else None
    is_fresh = call is not None and all(token.start >= around.word_start for token in call.argument)
    if call is not None and is_fresh:
        if parameter is not None:
            for index, value in enumerate(parameter.choices):
                yield Item(f'"{value}"', "value", span, f'"{value}"', parameter.name, index, filter=value)
        for name, entry in analysis.models.entries(parameter.name if parameter is not None else "").items():
            yield Item(f'"{name}"', "value", span, f'"{name}"', describe(entry), 0, filter=name)
        if parameter is not None and parameter.type.kinds == 8:
            yield Item("true", "value", span, "true", parameter.name, 0)
            yield Item("false", "value", span, "false", parameter.name, 0)
        if call.named is None:
            yield from _named_arguments(analysis, call, span)
    for name, type in variables(analysis, offset).items():
        rank = 1 if parameter is None or type is None or parameter.type.intersects(type) else 3
        yield Item(name, "variable", span, name, show_type(type) if type is not None else "", rank)
    for each in fields(analysis, "event", (), offset):
        detail = show_type(each.type) if each.type is not None and not _is_open(each.type) else ""
        text = f".{show_name(each.name)}"
        yield Item(text, "field", span, text, detail, 2, filter=each.name)
    yield from _user_functions(analysis, span)
    yield from _functions(analysis, span, offset)
    for word in WORDS.values():
        if analysis.dialect == "dtl" or not word.is_dtl:
            yield Item(
                word.name,
                "keyword",
                span,
                word.snippet,
                word.meaning,
                4 if around.is_statement else 6,
                "$" in word.snippet,
            )


def _named_arguments(analysis: Analysis, call: CallAround, span: Span) -> Iterator[Item]:
    function = function_of(analysis, call.name)
    if function is not None:
        described = function.documentation.arguments
        positional = call.commas + call.is_method - len(call.names)
        for index, parameter in enumerate(function.parameters):
            if index >= positional and parameter.name not in call.names:
                text = f"{parameter.name}: "
                note = described.get(parameter.name, "")
                rank = 2 if parameter.required else 1
                yield Item(
                    f"{parameter.name}:",
                    "parameter",
                    span,
                    text,
                    show_parameter(parameter),
                    rank,
                    filter=parameter.name,
                    note=note,
                )
    user = analysis.user_functions.get(call.name)
    if user is not None:
        for each in user[0].parameters:
            if each.name.text not in call.names:
                yield Item(f"{each.name.text}:", "parameter", span, f"{each.name.text}: ", "", 2, filter=each.name.text)


def _user_functions(analysis: Analysis, span: Span) -> Iterator[Item]:
    called = analysis.text[span.end : span.end + 1] in ("(", "!")
    for name, (node, _) in analysis.user_functions.items():
        required = [each.name.text for each in node.parameters if each.default is None]
        places = ", ".join(f"${{{index}:{each}}}" for index, each in enumerate(required, 1)) or "$1"
        text = name if called else f"{name}({places})"
        yield Item(name, "function", span, text, user_signature(node)[0], 3, not called)


def _functions(analysis: Analysis, span: Span, offset: int) -> Iterator[Item]:
    following = analysis.text[span.end : span.end + 1]
    call = _call_at(analysis, span) if following == "(" else None
    for entry in library(analysis):
        function = entry.function
        if following == "!":
            text, is_snippet = function.name, False
        elif following == "(":
            fails = call is not None and fails_for(analysis, function, call)
            text, is_snippet = function.name + "!" * fails, False
        else:
            text, is_snippet = entry.snippet, True
        yield Item(function.name, "function", span, text, entry.detail, 5, is_snippet, function.name)


def _call_at(analysis: Analysis, span: Span) -> Call | None:
    """Return the call whose name a span is."""
    for node in reversed(analysis.trail(span.start)):
        if isinstance(node, nodes.Call | nodes.MethodCall) and node.name.span.start == span.start:
            return node
    return None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A function of the library with what every list shows of it."""

    function: Function
    snippet: str
    detail: str


# The lists of the standard library and of a host's own, by registry and dialect: few, and long to make.
#: More words than these are not put into a snippet; they are offered when the argument is written.
_CHOICES = 12
_LIBRARIES: dict[tuple[int, str], list[_Entry]] = {}


def load_functions(count: int) -> bool:
    """Import the modules of some functions of the standard library; tell whether there are more.

    The first list of all functions needs all of them, and would take long.
    """
    functions = standard_library()
    missing = functions.unloaded()
    for name in missing[:count]:
        functions.get(name)
    return len(missing) > count


def library(analysis: Analysis) -> list[_Entry]:
    """Return the functions of the program's dialect."""
    key = (id(analysis.functions), analysis.dialect)
    found = _LIBRARIES.get(key)
    if found is None:
        functions = (analysis.functions.get(name, analysis.dialect) for name in sorted(analysis.functions.modules))
        found = [
            _Entry(each, snippet(each), signature(each)[0].removeprefix(each.name))
            for each in functions
            if each is not None
        ]
        _LIBRARIES[key] = found
    return found


def snippet(function: Function, skip: int = 0) -> str:
    """Return a call as a snippet: the required arguments, the closure, and `!` if the function itself can fail."""
    places = []
    for index, parameter in enumerate(function.parameters[skip:], 1):
        if not parameter.required:
            continue
        if parameter.choices and len(parameter.choices) <= _CHOICES:
            choice = ",".join(parameter.choices)
            places.append(f'"${{{index}|{choice}|}}"')
        elif parameter.type.kinds == STRING and parameter.static:
            places.append(f'"${{{index}:{parameter.name}}}"')
        else:
            places.append(f"${{{index}:{parameter.name}}}")
    arguments = ", ".join(places) or ("$1" if function.parameters[skip:] else "")
    text = f"{function.name}{'!' * function.result.fallible}({arguments})"
    if function.closure is not None:
        text += f" -> |{', '.join(closure_names(function))}| {{\n  $0\n}}"
    return text


def _word_end(text: str, offset: int) -> int:
    """Return where the word around an offset ends."""
    end = offset
    while end < len(text) and (text[end].isalnum() or text[end] in "_@"):
        end += 1
    return end
