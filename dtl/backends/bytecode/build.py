"""Make nodes of Python's tree at the places of our source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dtl.source import Source, Span

_LOAD, _STORE = ast.Load(), ast.Store()


class Builder:
    """Makes nodes of Python's tree; each carries the place of the HIR node that it is made for.

    CPython hands these places on to the code object, so that a traceback points into our source.
    """

    def __init__(self, source: Source) -> None:
        self.source = self.home = source
        self._here: Any = self._place(Span(0, 0))

    @contextmanager
    def text_of(self, source: Source) -> Iterator[None]:
        """Make nodes for another source for a while."""
        before, self.source = self.source, source
        try:
            yield
        finally:
            self.source = before

    @contextmanager
    def at(self, span: Span) -> Iterator[None]:
        """Make nodes for a span for a while."""
        before = self.move(span)
        try:
            yield
        finally:
            self.back(before)

    def move(self, span: Span) -> Any:
        """Make nodes for another span from now on; return what `back` wants."""
        before = self._here
        self._here = self._place(span)
        return before

    def back(self, before: Any) -> None:
        """Make nodes where they were made before a `move`."""
        self._here = before

    def _place(self, span: Span) -> Any:
        line, column = self.source.position(span.start)
        end_line, end_column = self.source.position(max(span.end, span.start))
        if not self.source.is_ascii and self.source is self.home:
            # Python counts columns in UTF-8 bytes. In an imported file they stay characters: whoever asks for places
            # there has no text to count in.
            column = self._bytes_before(span.start, column)
            end_column = self._bytes_before(max(span.end, span.start), end_column)
        return {
            "lineno": line,
            "col_offset": column - 1,
            "end_lineno": end_line,
            "end_col_offset": end_column - 1,
        }

    def _bytes_before(self, offset: int, column: int) -> int:
        return len(self.source.text[offset - column + 1 : offset].encode("utf-8", "surrogatepass")) + 1

    # --- expressions ------------------------------------------------------------------------------

    def name(self, name: str) -> ast.expr:
        return ast.Name(name, _LOAD, **self._here)

    def target(self, name: str) -> ast.expr:
        return ast.Name(name, _STORE, **self._here)

    def constant(self, value: Any) -> ast.expr:
        return ast.Constant(value, **self._here)

    def call(self, function: str, *arguments: ast.expr, **named: ast.expr) -> ast.expr:
        keywords = [ast.keyword(name, value, **self._here) for name, value in named.items()]
        return ast.Call(self.name(function), list(arguments), keywords, **self._here)

    def method(self, value: ast.expr, name: str, *arguments: ast.expr) -> ast.expr:
        return ast.Call(ast.Attribute(value, name, _LOAD, **self._here), list(arguments), [], **self._here)

    def attribute(self, value: ast.expr, name: str) -> ast.expr:
        return ast.Attribute(value, name, _LOAD, **self._here)

    def item(self, value: ast.expr, key: ast.expr) -> ast.expr:
        return ast.Subscript(value, key, _LOAD, **self._here)

    def item_target(self, value: ast.expr, key: ast.expr) -> ast.expr:
        return ast.Subscript(value, key, _STORE, **self._here)

    def pair(self, first: ast.expr, second: ast.expr, store: bool = False) -> ast.expr:
        return ast.Tuple([first, second], _STORE if store else _LOAD, **self._here)

    def make_tuple(self, items: list[ast.expr]) -> ast.expr:
        return ast.Tuple(items, _LOAD, **self._here)

    def make_list(self, items: list[ast.expr]) -> ast.expr:
        return ast.List(items, _LOAD, **self._here)

    def make_dict(self, keys: list[ast.expr], values: list[ast.expr]) -> ast.expr:
        return ast.Dict(list(keys), values, **self._here)

    def binary(self, left: ast.expr, operator: ast.operator, right: ast.expr) -> ast.expr:
        return ast.BinOp(left, operator, right, **self._here)

    def compare(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
        return ast.Compare(left, [operator], [right], **self._here)

    def is_(self, left: ast.expr, right: ast.expr) -> ast.expr:
        return self.compare(left, ast.Is(), right)

    def is_not(self, left: ast.expr, right: ast.expr) -> ast.expr:
        return self.compare(left, ast.IsNot(), right)

    def between(self, low: ast.expr, value: ast.expr, high: ast.expr) -> ast.expr:
        return ast.Compare(low, [ast.LtE(), ast.LtE()], [value, high], **self._here)

    def both(self, *values: ast.expr) -> ast.expr:
        return ast.BoolOp(ast.And(), list(values), **self._here)

    def either(self, *values: ast.expr) -> ast.expr:
        return ast.BoolOp(ast.Or(), list(values), **self._here)

    def not_(self, value: ast.expr) -> ast.expr:
        return ast.UnaryOp(ast.Not(), value, **self._here)

    def choose(self, test: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
        return ast.IfExp(test, then, otherwise, **self._here)

    def named(self, name: str, value: ast.expr) -> ast.expr:
        return ast.NamedExpr(ast.Name(name, _STORE, **self._here), value, **self._here)

    def type_of(self, value: ast.expr) -> ast.expr:
        return self.call("type", value)

    def yield_(self, value: ast.expr) -> ast.expr:
        return ast.Yield(value, **self._here)

    def yield_from(self, value: ast.expr) -> ast.expr:
        return ast.YieldFrom(value, **self._here)

    # --- statements -------------------------------------------------------------------------------

    def assign(self, target: ast.expr, value: ast.expr) -> ast.stmt:
        return ast.Assign([target], value, **self._here)

    def expression(self, value: ast.expr) -> ast.stmt:
        return ast.Expr(value, **self._here)

    def if_(self, test: ast.expr, then: list[ast.stmt], otherwise: list[ast.stmt] | None = None) -> ast.stmt:
        return ast.If(test, then or [ast.Pass(**self._here)], otherwise or [], **self._here)

    def for_(self, target: ast.expr, items: ast.expr, body: list[ast.stmt]) -> ast.stmt:
        return ast.For(target, items, body or [ast.Pass(**self._here)], [], **self._here)

    def while_(self, test: ast.expr, body: list[ast.stmt]) -> ast.stmt:
        return ast.While(test, body or [ast.Pass(**self._here)], [], **self._here)

    def break_(self) -> ast.stmt:
        return ast.Break(**self._here)

    def continue_(self) -> ast.stmt:
        return ast.Continue(**self._here)

    def return_(self, value: ast.expr) -> ast.stmt:
        return ast.Return(value, **self._here)

    def raise_(self, value: ast.expr, *, plain: bool = True) -> ast.stmt:
        """Raise; `plain` keeps the exception being treated out of it."""
        return ast.Raise(value, self.constant(None) if plain else None, **self._here)

    def reraise(self) -> ast.stmt:
        return ast.Raise(**self._here)

    def try_(self, body: list[ast.stmt], caught: str, name: str | None, treat: list[ast.stmt]) -> ast.stmt:
        """`try: body except caught as name: treat`."""
        handler = ast.ExceptHandler(self.name(caught), name, treat or [ast.Pass(**self._here)], **self._here)
        return ast.Try(body or [ast.Pass(**self._here)], [handler], [], [], **self._here)

    def nonlocal_(self, names: list[str]) -> ast.stmt:
        return ast.Nonlocal(names, **self._here)

    def function(self, name: str, parameters: list[str], body: list[ast.stmt]) -> ast.stmt:
        arguments = ast.arguments(
            posonlyargs=[],
            args=[ast.arg(parameter, None, **self._here) for parameter in parameters],
            kwonlyargs=[],
            kw_defaults=[],
            defaults=[],
        )
        extra: dict[str, Any] = {"type_params": []} if "type_params" in ast.FunctionDef._fields else {}
        return ast.FunctionDef(name, arguments, body or [ast.Pass(**self._here)], [], None, None, **extra, **self._here)
