"""Help on the call around the cursor: its head, and the parameter that is being written."""

from __future__ import annotations

from dataclasses import dataclass

from dtl.ide.analysis import Analysis
from dtl.ide.called import function_of
from dtl.ide.cursor import CallAround, surroundings
from dtl.ide.show import function_page, signature, user_signature
from dtl.source import Source
from dtl.syntax import nodes


@dataclass(frozen=True, slots=True)
class ParameterHelp:
    """Where a parameter stands in the head, and what it is for."""

    place: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A function's head, its summary, its parameters, and which of them the cursor is at (None: none)."""

    head: str
    text: str
    parameters: tuple[ParameterHelp, ...]
    active: int | None


def signature_help(analysis: Analysis, offset: int) -> Signature | None:
    """Return help on the innermost call whose parentheses hold an offset."""
    around = surroundings(analysis.text, statement_start(analysis, offset), offset)
    if not around.calls or around.inside == "comment":
        return None
    call = around.calls[-1]
    user = analysis.user_functions.get(call.name)
    if user is not None:
        return _of_user(call, *user)
    function = function_of(analysis, call.name)
    if function is None:
        return None
    head, places = signature(function)
    documented = function.documentation.arguments
    names = [parameter.name for parameter in function.parameters]
    return Signature(
        head,
        function_page(function, is_brief=True),
        tuple(ParameterHelp(place, documented.get(name, "")) for name, place in zip(names, places, strict=True)),
        active_parameter(call, names),
    )


def _of_user(call: CallAround, node: nodes.Function, source: Source) -> Signature:
    head, places = user_signature(node)
    names = [parameter.name.text for parameter in node.parameters]
    return Signature(head, "", tuple(ParameterHelp(place, "") for place in places), active_parameter(call, names))


def active_parameter(call: CallAround, names: list[str]) -> int | None:
    """Return the index of the parameter that the argument at the cursor goes to."""
    if call.named is not None:
        return names.index(call.named) if call.named in names else None
    typed = call.argument[0].text if len(call.argument) == 1 and call.argument[0].kind == "word" else None
    if typed is not None and typed in names and call.names:
        return names.index(typed)
    given = {names.index(name) for name in call.names if name in names}
    position = call.commas + call.is_method - len(given)
    free = [index for index in range(len(names)) if index not in given]
    return free[position] if 0 <= position < len(free) else None


def statement_start(analysis: Analysis, offset: int) -> int:
    """Return where to begin to read before an offset: at a root expression that surely begins in code."""
    at = analysis.statement_index(offset)
    # A string or bracket that is not closed makes what follows it an Invalid node: begin before that.
    while at > 0 and isinstance(analysis.statements[at], nodes.Invalid):
        at -= 1
    return analysis.statements[at].span.start if at >= 0 else 0
