"""An expression as VRL's messages write it: from the tree, not from the source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dtl.pattern import pattern
from dtl.syntax import nodes

_WORD = pattern("[0-9_]*[A-Za-z@][A-Za-z0-9_@]*|_[A-Za-z0-9_@]+")


def show(node: nodes.Expression | nodes.Target) -> str:
    """Return an expression as text: single spaces, strings not escaped again, calls without `!` and keywords."""
    return _SHOW[type(node)](node)


def _list(items: tuple[Any, ...]) -> str:
    return ", ".join(show(item) for item in items)


def _path(node: nodes.Query) -> str:
    target = node.target
    if isinstance(target, nodes.Event | nodes.Metadata):
        text = "." if isinstance(target, nodes.Event) else "%"
        return text + show_path(node.path).removeprefix(".")
    return show(target) + show_path(node.path)


def show_path(path: tuple[nodes.Segment, ...]) -> str:
    """Return segments as `.a.b[0]`; a name that is no word is quoted."""
    return "".join(
        f"[{segment.value}]" if isinstance(segment, nodes.Index) else f".{show_name(segment.name)}" for segment in path
    )


def show_name(name: str) -> str:
    """Return a field's name, quoted if it is no word."""
    if _WORD.fullmatch(name):
        return name
    text = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return f'"{text}"'


def _call(name: str, arguments: tuple[nodes.Argument, ...]) -> str:
    return f"{name}({', '.join(show(argument.value) for argument in arguments)})"


def _if(node: nodes.If) -> str:
    parts = [f"if {_predicate(branch.predicate)} {show(branch.body)}" for branch in node.branches]
    if node.otherwise is not None:
        parts.append(show(node.otherwise))
    return " else ".join(parts)


def _predicate(parts: tuple[nodes.Expression, ...]) -> str:
    return show(parts[0]) if len(parts) == 1 else f"({'; '.join(map(show, parts))})"


def _template(node: nodes.Template) -> str:
    parts = (part.value if isinstance(part, nodes.String) else f"{{{{ {show(part)} }}}}" for part in node.parts)
    return f'"{"".join(parts)}"'


def _float(value: float) -> str:
    return repr(value) if "e" not in repr(value) else format(value, "f")


def _closure(node: nodes.Closure) -> str:
    return f"-> |{', '.join(name.text for name in node.parameters)}| {show(node.body)}"


def _called(node: nodes.Call) -> str:
    return _call(node.name.text, node.arguments) + (f" {_closure(node.closure)}" if node.closure else "")


def _method(node: nodes.MethodCall) -> str:
    """A method is a call whose first argument is the receiver."""
    receiver = nodes.Argument(node.receiver.span, None, node.receiver)
    text = _call(node.name.text, (receiver, *node.arguments))
    return text + (f" {_closure(node.closure)}" if node.closure else "")


def _pattern(node: nodes.Pattern) -> str:
    match node:
        case nodes.LiteralPattern():
            return show(node.value)
        case nodes.RangePattern():
            low = show(node.low) if node.low else ""
            high = show(node.high) if node.high else ""
            return f"{low}{'..=' if node.inclusive else '..'}{high}"
        case nodes.TypePattern():
            return f"{node.kind.text} {node.binding.text}" if node.binding else node.kind.text
        case nodes.NamePattern():
            return node.name
        case nodes.AlternativePattern():
            return " | ".join(map(_pattern, node.options))
    return "_"


def _match(node: nodes.Match) -> str:
    arms = (
        f"{_pattern(arm.pattern)}{f' if {show(arm.guard)}' if arm.guard else ''} => {show(arm.body)}"
        for arm in node.arms
    )
    return f"match {show(node.subject)} {{ {', '.join(arms)} }}"


def _try(node: nodes.Try) -> str:
    return f"try {show(node.body)} catch {f'{node.error.text} ' if node.error else ''}{show(node.handler)}"


def _function(node: nodes.Function) -> str:
    parameters = ", ".join(
        parameter.name.text
        + (f": {parameter.type.text}" if parameter.type else "")
        + (f" = {show(parameter.default)}" if parameter.default else "")
        for parameter in node.parameters
    )
    return f"fn {node.name.text}({parameters}) {f'-> {node.result.text} ' if node.result else ''}{show(node.body)}"


def _import(node: nodes.Import) -> str:
    if not node.names:
        return f"import {show(node.path)}"
    names = (there.text if there.text == here.text else f"{there.text} as {here.text}" for there, here in node.names)
    return f"import {{ {', '.join(names)} }} from {show(node.path)}"


def _object(node: nodes.Object) -> str:
    if not node.entries:
        return "{  }"
    return f"{{ {', '.join(f'{show(entry.key)}: {show(entry.value)}' for entry in node.entries)} }}"


_SHOW: dict[type, Callable[[Any], str]] = {
    nodes.String: lambda node: f'"{node.value}"',
    nodes.RawString: lambda node: f'"{node.value}"',
    nodes.Template: _template,
    nodes.Integer: lambda node: str(node.value),
    nodes.Float: lambda node: _float(node.value),
    nodes.Boolean: lambda node: "true" if node.value else "false",
    nodes.Null: lambda _: "null",
    nodes.Regex: lambda node: f"r'{node.pattern}'",
    nodes.Timestamp: lambda node: f"t'{node.text}'",
    nodes.Variable: lambda node: node.name,
    nodes.Discard: lambda _: "_",
    nodes.Query: _path,
    nodes.Group: lambda node: f"({show(node.inner)})",
    nodes.Block: lambda node: f"{{ {'; '.join(map(show, node.body))} }}",
    nodes.Array: lambda node: f"[{_list(node.items)}]",
    nodes.Object: _object,
    nodes.Unary: lambda node: f"{node.operator.text}{show(node.operand)}",
    nodes.Binary: lambda node: f"{show(node.left)} {node.operator.text} {show(node.right)}",
    nodes.Call: _called,
    nodes.MethodCall: _method,
    nodes.Assign: lambda node: f"{show(node.target)} {node.operator.text} {show(node.value)}",
    nodes.AssignResult: lambda node: f"{show(node.ok)}, {show(node.error)} {node.operator.text} {show(node.value)}",
    nodes.If: _if,
    nodes.Abort: lambda node: f"abort {show(node.message)}" if node.message else "abort",
    nodes.Return: lambda node: f"return {show(node.value)}",
    nodes.Filter: lambda node: f"if {show(node.condition)}",
    nodes.Match: _match,
    nodes.Try: _try,
    nodes.Throw: lambda node: f"throw {show(node.message)}",
    nodes.Function: _function,
    nodes.Import: _import,
    nodes.For: lambda node: (
        f"for {', '.join(name.text for name in node.parameters)} in {show(node.iterable)} {show(node.body)}"
    ),
    nodes.While: lambda node: f"while {show(node.condition)} {show(node.body)}",
    nodes.Break: lambda _: "break",
    nodes.Continue: lambda _: "continue",
    nodes.Invalid: lambda _: "",
}
