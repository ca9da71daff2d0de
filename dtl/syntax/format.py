"""A program as canonical text.

In:   a source text
Out:  the same program, with two-space indents, lines of at most 100 columns where they can be broken, its comments,
      and single blank lines
Law:  parsing the output gives the same tree but for places and parentheses; formatting it again changes nothing

Literals stay as they were written. A block, or a list of items, that was broken over lines stays broken. A node with
a comment in a place of which this module does not know stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dtl.source import Source
from dtl.syntax import nodes
from dtl.syntax.flat import FlatText, joined, opening_brace
from dtl.syntax.parser import parse
from dtl.syntax.visit import Node, children

WIDTH = 100
_STEP = "  "


def format_source(source: Source, dialect: str = "dtl") -> str:
    """Return the text of a program in canonical form; a text with syntax errors is returned unchanged."""
    program, problems = parse(source, dialect)
    if problems:
        return source.text
    text = _Printer(source.text, program).sequence(program.body, 0, len(source.text), "")
    return text + "\n" if text else ""


class _Printer:
    """Writes the nodes of one program."""

    def __init__(self, text: str, program: nodes.Program) -> None:
        self.text = text
        self.comments = program.comments
        self.starts = [comment.span.start for comment in program.comments]
        self.flat = FlatText(text, self.has_comment)

    def has_comment(self, start: int, end: int) -> bool:
        """Tell whether there is a comment between two offsets."""
        return bisect_left(self.starts, start) < bisect_left(self.starts, end)

    def write(self, node: Node, indent: str, column: int) -> str:
        """Return a node's text; its first line begins at a column, the others are indented."""
        text = self.flat.of(node)
        if text is not None and column + len(text.partition("\n")[0]) <= WIDTH:
            return text
        if self.has_stray_comment(node):
            return self.text[node.span.start : node.span.end]
        method = getattr(self, f"write_{type(node).__name__.lower()}", None)
        if method is None:
            return text if text is not None else self.text[node.span.start : node.span.end]
        written: str = method(node, indent, column)
        return written

    def has_stray_comment(self, node: Node) -> bool:
        """Tell whether a comment lies right in a node, not in a node below it or between the items of a list."""
        start, end = node.span
        if not self.has_comment(start, end):
            return False
        # A chain of operators is written as a whole.
        below = self.flat.chain(node)[0] if isinstance(node, nodes.Binary) else children(node)
        inner = [child.span for child in below]
        if isinstance(node, nodes.Block | nodes.Array | nodes.Object):
            return False
        listed = (0, 0)
        if isinstance(node, nodes.Call | nodes.MethodCall):
            listed = (node.name.span.end, node.arguments_end)
        elif isinstance(node, nodes.Match):
            listed = (opening_brace(self.text, node.subject.span.end), end)
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return any(
            not (listed[0] <= at < listed[1] or any(span[0] <= at < span[1] for span in inner))
            for at in self.starts[first:last]
        )

    # --- sequences --------------------------------------------------------------------------------

    def sequence(self, items: Sequence[Node], start: int, end: int, indent: str, separator: str = "") -> str:
        """Return items with the comments around them, each on lines of its own, without the first indent.

        `start` and `end` are where what holds the items begins and ends.
        """
        lines: list[str] = []
        done = start  # what lies before has been written
        for number, item in enumerate(items):
            done = self.own_lines(lines, done, item.span.start, start)
            text = self.write(item, indent, len(indent)) + (separator if number + 1 < len(items) else "")
            self.gap(lines, done, item.span.start, start)
            done = item.span.end
            following = items[number + 1].span.start if number + 1 < len(items) else end
            trailing = self.trailing(done, following)
            if trailing is not None:
                text += f" {self.comment(trailing)}"
                done = trailing.span.end
            lines.append(text)
        self.own_lines(lines, done, end, start)
        return "\n".join(line and (line if at == 0 else indent + line) for at, line in enumerate(lines))

    def own_lines(self, lines: list[str], start: int, end: int, beginning: int) -> int:
        """Write the comments between two offsets, a line each, and return where the last of them ends."""
        for comment in self.comments[bisect_left(self.starts, start) : bisect_left(self.starts, end)]:
            self.gap(lines, start, comment.span.start, beginning)
            lines.append(self.comment(comment))
            start = comment.span.end
        return start

    def gap(self, lines: list[str], start: int, end: int, beginning: int) -> None:
        """Keep one blank line where there were some, except at the beginning."""
        if lines and start != beginning and self.text.count("\n", start, end) > 1:
            lines.append("")

    def trailing(self, start: int, end: int) -> nodes.Comment | None:
        """Return the comment on the line on which an item ends, if there is one before the next item."""
        at = bisect_left(self.starts, start)
        if at < len(self.starts) and self.starts[at] < end and "\n" not in self.text[start : self.starts[at]]:
            return self.comments[at]
        return None

    def comment(self, comment: nodes.Comment) -> str:
        """Return a comment's text."""
        return f"#{comment.text.rstrip()}"

    # --- blocks and lists -------------------------------------------------------------------------

    def write_block(self, node: nodes.Block, indent: str, _: int) -> str:
        inner = indent + _STEP
        body = self.sequence(node.body, node.span.start + 1, node.span.end - 1, inner)
        return f"{{\n{inner}{body}\n{indent}}}"

    def items(self, items: Sequence[Node], start: int, end: int, indent: str, brackets: str) -> str:
        """Return items between brackets, one a line; `start` and `end` are those of the brackets."""
        inner = indent + _STEP
        body = self.sequence(items, start + 1, end - 1, inner, ",")
        return f"{brackets[0]}\n{inner}{body}\n{indent}{brackets[1]}" if body else brackets

    def write_array(self, node: nodes.Array, indent: str, column: int) -> str:
        if node.items and not self.is_spread(node.items, *node.span):
            hugged = self.hug(list(node.items), indent, column + 1)
            if hugged is not None:
                return f"[{hugged}]"
        return self.items(node.items, *node.span, indent, "[]")

    def write_object(self, node: nodes.Object, indent: str, _: int) -> str:
        return self.items(node.entries, *node.span, indent, "{}")

    def write_entry(self, node: nodes.Entry, indent: str, column: int) -> str:
        key = self.flat.slice(node.key)
        return f"{key}: {self.write(node.value, indent, column + len(key) + 2)}"

    def is_spread(self, items: Sequence[Node], start: int, end: int) -> bool:
        """Tell whether a list was written, or because of a comment must be written, an item a line."""
        if not items:
            return self.has_comment(start, end)
        spans = [item.span for item in items]
        edges = [start, *(edge for span in spans for edge in span), end]
        between = zip(edges[::2], edges[1::2], strict=True)
        return "\n" in self.text[start : spans[0].start] or any(self.has_comment(*gap) for gap in between)

    def hug(self, items: list[Node], indent: str, column: int) -> str | None:
        """Return items on one line, of which the last may go on over lines, or None if another is broken."""
        texts: list[str] = []
        for item in items[:-1]:
            text = self.flat.of(item)
            if text is None or "\n" in text:
                return None
            texts.append(text)
            column += len(text) + 2
        last = self.write(items[-1], indent, column)
        head = last.partition("\n")[0]
        if "\n" not in last or column + len(head) > WIDTH or not head.endswith(("{", "[", "(")):
            return None
        return joined([*texts, last])

    def arguments(self, node: nodes.Call | nodes.MethodCall, indent: str, column: int) -> str:
        """Return a call's arguments with their parentheses, and its closure."""
        lambdas = [node.closure] if node.closure is not None and node.closure.is_lambda else []
        items: list[Node] = [*node.arguments, *lambdas]
        start = self.text.index("(", (node.bang or node.name.span).end)
        flat = self.flat.arguments(node)
        if flat is None or column + len(flat) > WIDTH:
            hugged = None
            if items and not self.is_spread(items, start, node.arguments_end):
                hugged = self.hug(items, indent, column + 1)
            text = f"({hugged})" if hugged is not None else self.items(items, start, node.arguments_end, indent, "()")
        else:
            text = flat
        if node.closure is not None and not lambdas:
            line = text.rpartition("\n")[2]
            column = len(line) if "\n" in text else column + len(line)
            text += " " + self.write(node.closure, indent, column + 1)
        return text

    def write_call(self, node: nodes.Call, indent: str, column: int) -> str:
        name = node.name.text + ("!" if node.bang else "")
        return name + self.arguments(node, indent, column + len(name))

    def write_methodcall(self, node: nodes.MethodCall, indent: str, column: int) -> str:
        receiver = self.write(node.receiver, indent, column)
        name = self.flat.method_name(node)
        line = receiver.rpartition("\n")[2]
        column = len(line) if "\n" in receiver else column + len(line)
        return receiver + name + self.arguments(node, indent, column + len(name))

    def write_argument(self, node: nodes.Argument, indent: str, column: int) -> str:
        name = f"{node.name.text}: " if node.name else ""
        return name + self.write(node.value, indent, column + len(name))

    def write_closure(self, node: nodes.Closure, indent: str, column: int) -> str:
        head = self.flat.parameters(node)
        body: Node = node.body
        if node.is_lambda and body.body[0].span == body.span:
            body = body.body[0]
        if not node.is_lambda:
            return head + self.write_block(node.body, indent, column)
        return head + self.write(body, indent, column + len(head))

    def write_query(self, node: nodes.Query, indent: str, column: int) -> str:
        is_rooted = isinstance(node.target, nodes.Event | nodes.Metadata)
        return ("" if is_rooted else self.write(node.target, indent, column)) + self.flat.path(node)

    def write_group(self, node: nodes.Group, indent: str, column: int) -> str:
        return f"({self.write(node.inner, indent, column + 1)})"

    # --- operators --------------------------------------------------------------------------------

    def write_unary(self, node: nodes.Unary, indent: str, column: int) -> str:
        return node.operator.text + self.write(node.operand, indent, column + 1)

    def write_binary(self, node: nodes.Binary, indent: str, column: int) -> str:
        """Break a chain of operators after each of them, if it was so or only because it is too long."""
        operands, operators = self.flat.chain(node)
        breaks = self.flat.of(node) is not None or self.flat.is_broken_chain(operands, operators)
        inner = indent + _STEP
        text = self.write(operands[0], indent, column)
        for operator, operand in zip(operators, operands[1:], strict=True):
            if breaks:
                text += f" {operator.text}\n{inner}{self.write(operand, inner, len(inner))}"
                continue
            line = text.rpartition("\n")[2]
            at = len(line) if "\n" in text else column + len(line)
            text += f" {operator.text} {self.write(operand, indent, at + len(operator.text) + 2)}"
        return text

    def write_assign(self, node: nodes.Assign, indent: str, column: int) -> str:
        head = f"{self.flat.require(node.target)} {node.operator.text} "
        return head + self.write(node.value, indent, column + len(head))

    def write_assignresult(self, node: nodes.AssignResult, indent: str, column: int) -> str:
        targets = joined([self.flat.require(node.ok), self.flat.require(node.error)])
        head = f"{targets} {node.operator.text} "
        return head + self.write(node.value, indent, column + len(head))

    # --- control ----------------------------------------------------------------------------------

    def headed(self, head: str, node: Node, indent: str, column: int) -> str:
        """Return a word and the expression after it."""
        return head + self.write(node, indent, column + len(head))

    def write_abort(self, node: nodes.Abort, indent: str, column: int) -> str:
        return self.headed("abort ", node.message, indent, column) if node.message else "abort"

    def write_return(self, node: nodes.Return, indent: str, column: int) -> str:
        return self.headed("return ", node.value, indent, column)

    def write_throw(self, node: nodes.Throw, indent: str, column: int) -> str:
        return self.headed("throw ", node.message, indent, column)

    def write_filter(self, node: nodes.Filter, indent: str, column: int) -> str:
        return self.headed("if ", node.condition, indent, column)

    def predicate(self, node: nodes.Branch, indent: str, column: int) -> str:
        """Return the predicate of an `if`; one of several expressions is a list in parentheses."""
        parts, (start, end) = node.predicate, node.predicate_span
        if len(parts) == 1 and parts[0].span == node.predicate_span:
            return self.write(parts[0], indent, column)
        flat = self.flat.predicate(node)
        if flat is not None and column + len(flat) <= WIDTH:
            return flat
        inner = indent + _STEP
        return f"(\n{inner}{self.sequence(parts, start + 1, end - 1, inner)}\n{indent})"

    def write_if(self, node: nodes.If, indent: str, column: int) -> str:
        parts = []
        for branch in node.branches:
            if self.has_stray_comment(branch) and not self.has_comment(*branch.predicate_span):
                return self.text[node.span.start : node.span.end]
            predicate = self.predicate(branch, indent, column + 3)
            parts.append(f"if {predicate} {self.write_block(branch.body, indent, column)}")
        if node.otherwise is not None:
            parts.append(self.write_block(node.otherwise, indent, column))
        return " else ".join(parts)

    def write_match(self, node: nodes.Match, indent: str, column: int) -> str:
        head = self.headed("match ", node.subject, indent, column)
        opening = opening_brace(self.text, node.subject.span.end)
        return f"{head} {self.items(node.arms, opening, node.span.end, indent, '{}')}"

    def write_arm(self, node: nodes.Arm, indent: str, column: int) -> str:
        head = self.flat.arm_head(node)
        return head + self.write(node.body, indent, column + len(head))

    def write_try(self, node: nodes.Try, indent: str, column: int) -> str:
        error = f"{node.error.text} " if node.error else ""
        body, handler = (self.write_block(block, indent, column) for block in (node.body, node.handler))
        return f"try {body} catch {error}{handler}"

    def write_for(self, node: nodes.For, indent: str, column: int) -> str:
        head = self.headed(self.flat.for_head(node), node.iterable, indent, column)
        return f"{head} {self.write_block(node.body, indent, column)}"

    def write_while(self, node: nodes.While, indent: str, column: int) -> str:
        head = self.headed("while ", node.condition, indent, column)
        return f"{head} {self.write_block(node.body, indent, column)}"

    def write_function(self, node: nodes.Function, indent: str, column: int) -> str:
        return f"{self.flat.function_head(node)} {self.write_block(node.body, indent, column)}"
