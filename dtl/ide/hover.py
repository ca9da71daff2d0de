"""What a hover says: the inferred type, whether something can fail, documentation, the sample's value."""

from __future__ import annotations

from dataclasses import dataclass

from dtl.diagnostics.codes import CODES
from dtl.ide.analysis import Analysis
from dtl.ide.called import Call, bound, can_fail, function_of
from dtl.ide.configuration import describe
from dtl.ide.findings import findings
from dtl.ide.knowledge import field_at, root_type, shown
from dtl.ide.show import function_page, show_parameter, show_shape, show_type, signature, user_signature
from dtl.ide.words import OPERATORS, WORDS
from dtl.source import Source, Span
from dtl.syntax import nodes
from dtl.syntax.visit import Node
from dtl.types.type import ALL, UNDEFINED, Type

_WORD_KINDS = (nodes.Boolean, nodes.Null, nodes.Abort, nodes.Return, nodes.Break, nodes.Continue)


@dataclass(frozen=True, slots=True)
class Hover:
    """A range and what is said of it, in Markdown."""

    span: Span
    text: str


def hover(analysis: Analysis, offset: int) -> Hover | None:
    """Return what is to be said of the place at an offset."""
    trail = analysis.trail(offset)
    found = _of_node(analysis, trail, offset) if trail else None
    found = found or _of_word(analysis, offset)
    return _with_findings(analysis, found, offset)


def _of_node(analysis: Analysis, trail: list[Node], offset: int) -> Hover | None:
    node = trail[-1]
    outer = trail[-2] if len(trail) > 1 else None
    if isinstance(node, nodes.Name):
        return _of_name(analysis, node, outer)
    if isinstance(node, nodes.Field | nodes.Index) and isinstance(outer, nodes.Query):
        return _of_field(analysis, outer, offset)
    if isinstance(node, nodes.Event | nodes.Metadata) and isinstance(outer, nodes.Query):
        if outer.path:
            return _of_field(analysis, outer, outer.path[0].span.start)
        return _of_root(analysis, node, outer)
    if isinstance(node, nodes.Variable):
        return _of_variable(analysis, node, outer)
    if isinstance(node, nodes.NamePattern):
        return Hover(node.span, _code(f"{node.name}"))
    if isinstance(
        node,
        nodes.Block
        | nodes.If
        | nodes.Branch
        | nodes.Arm
        | nodes.Match
        | nodes.Try
        | nodes.For
        | nodes.While
        | nodes.Function,
    ):
        return None
    if isinstance(node, nodes.Comment | nodes.Import):
        return None
    if isinstance(node, _WORD_KINDS):
        return None
    type = analysis.type_of(node)
    return Hover(node.span, _code(show_type(type))) if type is not None and not isinstance(node, nodes.Assign) else None


def _of_name(analysis: Analysis, node: nodes.Name, outer: Node | None) -> Hover | None:
    if isinstance(outer, nodes.Call | nodes.MethodCall) and node is outer.name:
        return _of_call(analysis, outer)
    if isinstance(outer, nodes.Argument):
        return None
    if isinstance(outer, nodes.Function) and node is outer.name:
        return Hover(node.span, _user_page(outer, analysis.source))
    if isinstance(outer, nodes.Binary | nodes.Unary | nodes.Assign | nodes.AssignResult) and node.text in OPERATORS:
        type = analysis.type_of(outer)
        lines = [f"`{node.text}` — {OPERATORS[node.text]}"]
        if type is not None:
            lines.insert(0, _code(show_type(type)))
        return Hover(node.span, "\n\n".join(lines))
    type = analysis.checked.types.get(node.span)
    return Hover(node.span, _code(f"{node.text}: {show_type(type)}")) if type is not None else None


def _of_call(analysis: Analysis, call: Call) -> Hover | None:
    name = call.name.text
    user = analysis.user_functions.get(name)
    if user is not None:
        return Hover(call.name.span, _user_page(*user, analysis.type_of(call)))
    function = function_of(analysis, name)
    if function is None:
        return None
    head = signature(function)[0]
    type = analysis.type_of(call)
    remarks: list[str] = []
    if type is not None:
        remarks.append(f"Here it gives `{show_type(type)}`.")
    fails = can_fail(analysis, call)
    if fails:
        remarks.append(_why_it_fails(analysis, call))
    elif fails is False:
        remarks.append("This call cannot fail.")
    for parameter, argument in bound(function, call):
        entry = analysis.models.entries(parameter.name).get(getattr(argument.value, "value", ""))
        if entry is not None:
            remarks.append(f"`{parameter.name}` is {describe(entry)}.")
    text = "\n\n".join(
        [_code(head), " ".join(remarks), function_page(function)] if remarks else [_code(head), function_page(function)]
    )
    return Hover(call.name.span, text)


def _why_it_fails(analysis: Analysis, call: Call) -> str:
    """Say what makes a call fallible: an argument's type, or the function itself."""
    handled = " `!` aborts on failure." if call.bang is not None else ""
    function = function_of(analysis, call.name.text)
    assert function is not None
    for parameter, argument in bound(function, call):
        type = analysis.type_of(argument.value)
        if type is not None and not parameter.query and not parameter.type.includes(type):
            return (
                f"**This call can fail:** `{parameter.name}` takes `{show_type(parameter.type)}`, "
                f"the argument is `{show_type(type)}`.{handled}"
            )
    return f"**This call can fail.**{handled}"


def _user_page(node: nodes.Function, source: Source, result: Type | None = None) -> str:
    """Return a user function's head, and the comments right above it."""
    lines: list[str] = []
    number = source.position(node.span.start).line - 1
    while number >= 1 and source.line(number).lstrip().startswith("#"):
        lines.insert(0, source.line(number).lstrip().lstrip("#").strip())
        number -= 1
    parts = [_code(user_signature(node, result)[0])]
    if lines:
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _of_field(analysis: Analysis, query: nodes.Query, offset: int) -> Hover | None:
    found = field_at(query, offset)
    if found is None:
        return None
    path, span = found
    is_whole = len(path) == len(query.path)
    type = analysis.type_of(query) if is_whole else None
    root = "event" if isinstance(query.target, nodes.Event) else ""
    root = "metadata" if isinstance(query.target, nodes.Metadata) else root
    if type is None and root:
        known = root_type(analysis, root, offset)
        type = known.at(path) if known is not None else None
    elif type is None and isinstance(query.target, nodes.Variable):
        known = analysis.checked.types.get(query.target.span) or root_type(analysis, query.target.name, span.start)
        type = known.at(path) if known is not None else None
    lines = [_code(f"{analysis.source.slice(span)}: {show_shape(type) if type is not None else 'any'}")]
    if root == "event":
        lines += _sampled(analysis, path, type)
    return Hover(span, "\n\n".join(lines))


def _sampled(analysis: Analysis, path: tuple[str | int, ...], type: Type | None) -> list[str]:
    """Say what the sample has at a path."""
    value = analysis.sample.value(path)
    if not value:
        return []
    part = analysis.sample.type.at(path)
    lines = []
    if type is None or type.kinds in (ALL, ALL & ~UNDEFINED):
        lines.append(f"In the sample: `{show_type(part)}`")
    lines.append(f"Sample value: `{shown(value[0])}`")
    return lines


def _of_root(analysis: Analysis, node: Node, query: nodes.Query) -> Hover:
    is_event = isinstance(node, nodes.Event)
    type = analysis.type_of(query) or (analysis.checked.event if is_event else analysis.checked.metadata)
    what = "The event." if is_event else "The event's metadata."
    return Hover(query.span, f"{_code(analysis.source.slice(query.span) + ': ' + show_shape(type))}\n\n{what}")


def _of_variable(analysis: Analysis, node: nodes.Variable, outer: Node | None) -> Hover | None:
    type = analysis.type_of(node)
    if type is None:
        known = analysis.names.at(node.span.start)
        if known is not None:
            written = [each for each in analysis.names.of_key(known.key) if each.is_write and each.span <= node.span]
            type = next((t for each in reversed(written) if (t := analysis.checked.types.get(each.span))), None)
    if type is None and node.name == "this":
        return Hover(node.span, f"{_code('this: ' + show_shape(analysis.checked.event))}\n\nThe event.")
    return Hover(node.span, _code(f"{node.name}: {show_shape(type) if type is not None else 'any'}"))


def _of_word(analysis: Analysis, offset: int) -> Hover | None:
    """Say what a keyword, a named argument or a function's name in a broken statement means."""
    text = analysis.text
    start = end = offset
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    word, span = text[start:end], Span(start, end)
    if not word or any(comment.span.start <= start < comment.span.end for comment in analysis.tree.comments):
        return None
    trail = analysis.trail(start)
    if trail and isinstance(trail[-1], nodes.String | nodes.RawString | nodes.Regex | nodes.Timestamp | nodes.Field):
        return None
    for node in reversed(trail):
        if isinstance(node, nodes.Call | nodes.MethodCall):
            function = function_of(analysis, node.name.text)
            argument = next((a for a in node.arguments if a.name is not None and a.name.span == span), None)
            parameter = function.parameter(word) if function is not None and argument is not None else None
            if function is not None and parameter is not None:
                described = function.documentation.arguments.get(word, "")
                return Hover(span, f"{_code(show_parameter(parameter))}\n\n{described}")
    if word in WORDS and (analysis.dialect == "dtl" or not WORDS[word].is_dtl):
        return Hover(span, f"`{word}` — {WORDS[word].meaning}")
    if text[end : end + 1] in ("(", "!"):
        function = function_of(analysis, word)
        if function is not None:
            return Hover(span, f"{_code(signature(function)[0])}\n\n{function_page(function)}")
    return None


def _with_findings(analysis: Analysis, found: Hover | None, offset: int) -> Hover | None:
    """Add the explanation of a code that is reported at the place."""
    for each in findings(analysis):
        if each.code and each.span.start <= offset < each.span.end and each.span.end - each.span.start < 200:
            code = CODES.get(each.origin.code)
            if code is None or not code.explanation:
                continue
            text = f"**{each.code}** {code.explanation}"
            return Hover(each.span, text) if found is None else Hover(found.span, f"{found.text}\n\n---\n\n{text}")
    return found


def _code(text: str) -> str:
    return f"```dtl\n{text}\n```"
