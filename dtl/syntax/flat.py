"""Nodes as canonical text on one line, for the formatter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dtl.pattern import pattern
from dtl.syntax import nodes
from dtl.syntax.visit import Node

# Operators of one level form one chain.
_LEVELS = (("??",), ("||", "&&"), ("==", "!="), ("<", "<=", ">", ">="), ("|",), ("+", "-"), ("*", "/"))
LEVEL = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}
_COMMENT_OR_BRACE = pattern(r"#[^\n]*|\{")


def joined(texts: Iterable[str]) -> str:
    """Return texts with commas between."""
    return ", ".join(texts)


def opening_brace(text: str, start: int) -> int:
    """Return the offset of the next `{` that is not in a comment."""
    for found in _COMMENT_OR_BRACE.finditer(text, start):
        if found.group() == "{":
            return found.start()
    return len(text)


class FlatText:
    """Writes nodes on one line, where they may stand on one: nothing in them was broken, no comment is in the way."""

    def __init__(self, text: str, has_comment: Callable[[int, int], bool]) -> None:
        self.text = text
        self.has_comment = has_comment
        self.known: dict[int, str | None] = {}

    def of(self, node: Node) -> str | None:
        """Return a node's text on one line, or None if it needs several.

        Only a string that itself holds line feeds gives more lines than one.
        """
        key = id(node)
        if key not in self.known:
            method = getattr(self, f"of_{type(node).__name__.lower()}", None)
            has_comment = self.has_comment(*node.span)
            self.known[key] = None if has_comment else self.slice(node) if method is None else method(node)
        return self.known[key]

    def slice(self, node: Node) -> str:
        """Return a node's text as it was written."""
        return self.text[node.span.start : node.span.end]

    def require(self, node: Node) -> str:
        """Return a node's text, as it was written if it does not go on one line."""
        text = self.of(node)
        return self.slice(node) if text is None else text

    def all_of(self, items: Sequence[Node]) -> list[str] | None:
        """Return the texts of nodes, or None if one of them needs several lines."""
        texts = [self.of(item) for item in items]
        return [text for text in texts if text is not None] if None not in texts else None

    def with_parts(self, pattern: str, *parts: Node) -> str | None:
        """Return a pattern filled with the texts of nodes."""
        texts = self.all_of(parts)
        return None if texts is None else pattern.format(*texts)

    def is_broken(self, start: int, end: int) -> bool:
        """Tell whether there is a line feed between two offsets."""
        return self.text.find("\n", start, end) >= 0

    # --- lists and blocks -------------------------------------------------------------------------

    def of_block(self, node: nodes.Block) -> str | None:
        texts = self.all_of(node.body)
        if texts is None or self.is_block_broken(node):
            return None
        return f"{{ {'; '.join(texts)} }}"

    def is_block_broken(self, node: nodes.Block) -> bool:
        """Tell whether a block's braces and expressions were on lines of their own."""
        edges = [node.span.start, *(edge for item in node.body for edge in item.span), node.span.end]
        return any(self.is_broken(edges[at], edges[at + 1]) for at in range(0, len(edges), 2))

    def listed(self, items: Sequence[Node], start: int, brackets: str) -> str | None:
        """Return items between brackets, unless the first stood on a line of its own."""
        texts = self.all_of(items)
        if texts is None or (items and self.is_broken(start, items[0].span.start)):
            return None
        return f"{brackets[0]}{joined(texts)}{brackets[1]}"

    def of_array(self, node: nodes.Array) -> str | None:
        return self.listed(node.items, node.span.start, "[]")

    def of_object(self, node: nodes.Object) -> str | None:
        text = self.listed(node.entries, node.span.start, "{}")
        return None if text is None else "{}" if text == "{}" else f"{{ {text[1:-1]} }}"

    def of_entry(self, node: nodes.Entry) -> str | None:
        return self.with_parts("{}: {}", node.key, node.value)

    def of_group(self, node: nodes.Group) -> str | None:
        return self.with_parts("({})", node.inner)

    # --- paths and calls --------------------------------------------------------------------------

    def of_query(self, node: nodes.Query) -> str | None:
        if isinstance(node.target, nodes.Event | nodes.Metadata):
            return self.path(node)
        target = self.of(node.target)
        return None if target is None else target + self.path(node)

    def path(self, node: nodes.Query) -> str:
        """Return a path's segments, with its root if that is the event or the metadata."""
        text = "".join(
            f"[{segment.value}]" if isinstance(segment, nodes.Index) else f".{self.slice(segment)}"
            for segment in node.path
        )
        if isinstance(node.target, nodes.Event):
            return text if text.startswith(".") else f".{text}"
        return f"%{text.removeprefix('.')}" if isinstance(node.target, nodes.Metadata) else text

    def arguments(self, node: nodes.Call | nodes.MethodCall) -> str | None:
        """Return a call's arguments in parentheses, a lambda among them."""
        items: list[Node] = list(node.arguments)
        if node.closure is not None and node.closure.is_lambda:
            items.append(node.closure)
        start = (node.bang or node.name.span).end
        if self.has_comment(start, node.arguments_end):
            return None
        return self.listed(items, start, "()")

    def of_call(self, node: nodes.Call) -> str | None:
        return self.called(node.name.text + ("!" if node.bang else ""), node)

    def called(self, name: str, node: nodes.Call | nodes.MethodCall) -> str | None:
        """Return a call with its arguments and closure."""
        arguments = self.arguments(node)
        if arguments is None or node.closure is None or node.closure.is_lambda:
            return None if arguments is None else name + arguments
        closure = self.of(node.closure)
        return None if closure is None else f"{name}{arguments} {closure}"

    def method_name(self, node: nodes.MethodCall) -> str:
        """Return a method's name with what ties it to its receiver."""
        is_root = isinstance(node.receiver, nodes.Query) and self.of(node.receiver) == "."
        return ("" if is_root else ".") + node.name.text + ("!" if node.bang else "")

    def of_methodcall(self, node: nodes.MethodCall) -> str | None:
        receiver = self.of(node.receiver)
        called = self.called(self.method_name(node), node)
        return None if receiver is None or called is None else receiver + called

    def of_argument(self, node: nodes.Argument) -> str | None:
        return self.with_parts(f"{node.name.text}: {{}}" if node.name else "{}", node.value)

    def parameters(self, node: nodes.Closure) -> str:
        """Return a closure's parameters and arrow."""
        names = joined(name.text for name in node.parameters)
        if not node.is_lambda:
            return f"-> |{names}| "
        return f"{names} -> " if len(node.parameters) == 1 else f"({names}) -> "

    def of_closure(self, node: nodes.Closure) -> str | None:
        body = node.body
        is_expression = node.is_lambda and body.body[0].span == body.span
        text = self.of(body.body[0] if is_expression else body)
        return None if text is None else self.parameters(node) + text

    # --- operators --------------------------------------------------------------------------------

    def of_unary(self, node: nodes.Unary) -> str | None:
        text = self.of(node.operand)
        if text is None:
            return None
        if node.operator.text == "-" and text[0].isdigit():
            return f"-({text})"  # as a sign it would belong to the number
        return f"{node.operator.text}{' ' if node.operator.text == '!' and text[0] == '-' else ''}{text}"

    def chain(self, node: nodes.Binary) -> tuple[list[Node], list[nodes.Name]]:
        """Return the operands and operators of one level that follow each other."""
        level = LEVEL[node.operator.text]
        operands: list[Node] = [node.right]
        operators = [node.operator]
        left: Any = node.left
        while isinstance(left, nodes.Binary) and LEVEL[left.operator.text] == level:
            operands.append(left.right)
            operators.append(left.operator)
            left = left.left
        operands.append(left)
        return operands[::-1], operators[::-1]

    def is_broken_chain(self, operands: Sequence[Node], operators: Sequence[nodes.Name]) -> bool:
        """Tell whether an operator stood at the end or the beginning of a line."""
        return any(
            self.is_broken(before.span.end, operator.span.start) or self.is_broken(operator.span.end, after.span.start)
            for before, operator, after in zip(operands, operators, operands[1:], strict=False)
        )

    def of_binary(self, node: nodes.Binary) -> str | None:
        operands, operators = self.chain(node)
        texts = self.all_of(operands)
        if texts is None or self.is_broken_chain(operands, operators):
            return None
        pairs = zip(operators, texts[1:], strict=True)
        return texts[0] + "".join(f" {operator.text} {text}" for operator, text in pairs)

    def of_assign(self, node: nodes.Assign) -> str | None:
        return self.with_parts(f"{{}} {node.operator.text} {{}}", node.target, node.value)

    def of_assignresult(self, node: nodes.AssignResult) -> str | None:
        return self.with_parts(f"{{}}, {{}} {node.operator.text} {{}}", node.ok, node.error, node.value)

    # --- control ----------------------------------------------------------------------------------

    def predicate(self, node: nodes.Branch) -> str | None:
        """Return the predicate of an `if`."""
        parts = node.predicate
        texts = self.all_of(parts)
        if texts is None:
            return None
        if len(parts) == 1 and parts[0].span == node.predicate_span:
            return texts[0]
        edges = [node.predicate_span.start, *(edge for part in parts for edge in part.span), node.predicate_span.end]
        if any(self.is_broken(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)):
            return None
        return f"({'; '.join(texts)}{';' if len(parts) == 1 else ''})"

    def of_branch(self, node: nodes.Branch) -> str | None:
        predicate, body = self.predicate(node), self.of(node.body)
        return None if predicate is None or body is None else f"if {predicate} {body}"

    def of_if(self, node: nodes.If) -> str | None:
        otherwise = [node.otherwise] if node.otherwise else []
        texts = self.all_of([*node.branches, *otherwise])
        return None if texts is None else " else ".join(texts)

    def of_abort(self, node: nodes.Abort) -> str | None:
        return self.with_parts("abort {}", node.message) if node.message else "abort"

    def of_return(self, node: nodes.Return) -> str | None:
        return self.with_parts("return {}", node.value)

    def of_throw(self, node: nodes.Throw) -> str | None:
        return self.with_parts("throw {}", node.message)

    def of_filter(self, node: nodes.Filter) -> str | None:
        if self.text[node.condition.span.start] == "(" and isinstance(node.condition, nodes.Block):
            return self.slice(node)  # a predicate of several expressions
        return self.with_parts("if {}", node.condition)

    def arm_head(self, node: nodes.Arm) -> str:
        """Return an arm's pattern, guard and arrow."""
        guard = f" if {self.require(node.guard)}" if node.guard else ""
        return f"{self.require(node.pattern)}{guard} => "

    def of_arm(self, node: nodes.Arm) -> str | None:
        body = self.of(node.body)
        return None if body is None else self.arm_head(node) + body

    def of_alternativepattern(self, node: nodes.AlternativePattern) -> str | None:
        texts = self.all_of(node.options)
        return None if texts is None else " | ".join(texts)

    def of_rangepattern(self, node: nodes.RangePattern) -> str | None:
        low = self.slice(node.low) if node.low else ""
        high = self.slice(node.high) if node.high else ""
        return f"{low}{'..=' if node.inclusive else '..'}{high}"

    def of_typepattern(self, node: nodes.TypePattern) -> str | None:
        return f"{node.kind.text} {node.binding.text}" if node.binding else node.kind.text

    def of_match(self, node: nodes.Match) -> str | None:
        subject, arms = self.of(node.subject), self.all_of(node.arms)
        opening = opening_brace(self.text, node.subject.span.end)
        edges = [opening, *(edge for arm in node.arms for edge in arm.span), node.span.end]
        is_broken = any(self.is_broken(edges[at], edges[at + 1]) for at in range(0, len(edges), 2))
        if subject is None or arms is None or is_broken:
            return None
        return f"match {subject} {{ {joined(arms)} }}"

    def of_try(self, node: nodes.Try) -> str | None:
        return self.with_parts(
            f"try {{}} catch {f'{node.error.text} ' if node.error else ''}{{}}", node.body, node.handler
        )

    def for_head(self, node: nodes.For) -> str:
        """Return a loop's names."""
        return f"for {joined(name.text for name in node.parameters)} in "

    def of_for(self, node: nodes.For) -> str | None:
        return self.with_parts(self.for_head(node) + "{} {}", node.iterable, node.body)

    def of_while(self, node: nodes.While) -> str | None:
        return self.with_parts("while {} {}", node.condition, node.body)

    def function_head(self, node: nodes.Function) -> str:
        """Return a function's name, parameters and result."""
        parameters = joined(self.parameter(parameter) for parameter in node.parameters)
        result = f" -> {node.result.text}" if node.result else ""
        return f"fn {node.name.text}({parameters}){result}"

    def parameter(self, node: nodes.Parameter) -> str:
        """Return a function's parameter."""
        kind = f": {node.type.text}" if node.type else ""
        default = f" = {self.require(node.default)}" if node.default else ""
        return f"{node.name.text}{kind}{default}"

    def of_function(self, node: nodes.Function) -> str | None:
        body = self.of(node.body)
        return None if body is None else f"{self.function_head(node)} {body}"

    def of_import(self, node: nodes.Import) -> str | None:
        if not node.names:
            return f"import {self.slice(node.path)}"
        names = joined(
            there.text if there.text == here.text else f"{there.text} as {here.text}" for there, here in node.names
        )
        return f"import {{ {names} }} from {self.slice(node.path)}"
