"""Reads queries in Datadog's search syntax."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dtl.functions import FunctionError
from dtl.values.text import WHITE_SPACE

from ._search_peg import FAILED, Machine
from ._search_query import DEFAULT_FIELD, Condition, Not, Query, grouped, in_field, unescaped
from ._search_tokens import CLOSE, COLON, LOOKAHEAD, MATCH_ALL, OPEN, RULES, TERM
from ._search_value import ValueReader


def read_query(text: str) -> Query:
    """Read a query.

    Raises:
        FunctionError: The text is not one.
    """
    if not text.strip(WHITE_SPACE):
        return Condition("all")
    machine = Machine(text, RULES)
    reader = _Reader(machine)
    try:
        query = machine.rule("queryroot", reader.root)
    except RecursionError:
        raise FunctionError("the query is nested too deeply") from None
    if query is FAILED:
        raise machine.failure()
    return in_field(query, DEFAULT_FIELD)


class _Reader(ValueReader):
    def root(self) -> Any:
        query = self.machine.rule("query", self._query)
        if query is FAILED:
            return FAILED
        self.machine.skip()
        return query if self.word("EOI") is not FAILED else FAILED

    def _query(self) -> Any:
        groups: list[list[Query]] = [[]]
        first = True
        while True:
            parts = self.machine.attempt(self._first if first else self._next)
            if parts is FAILED:
                break
            first = False
            conjunction, part = parts
            if conjunction == "OR":
                groups.append([])
            groups[-1].append(part)
        if first:
            return FAILED
        return grouped([grouped(group, every=True) for group in groups], every=False)

    def _first(self) -> Any:
        return self.choice(self._multiterm, lambda: self._clauses(False))

    def _next(self) -> Any:
        self.machine.skip()
        return self.choice(self._multiterm, lambda: self._clauses(True))

    def _multiterm(self) -> Any:
        terms: list[str] = []

        def body() -> Any:
            while True:
                begin = self.machine.at
                if terms:
                    self.machine.skip()
                place = self.machine.at
                if self.machine.token("multitermlookahead", LOOKAHEAD) is FAILED:
                    self.machine.at = begin
                    return terms or FAILED
                self.machine.at = place
                terms.append(unescaped(self.machine.token("TERM", TERM)))

        if self.machine.rule("multiterm", body) is FAILED:
            return FAILED
        return "", Condition("term", "", " ".join(terms))

    def _clauses(self, joined: bool) -> Any:
        conjunction: Any = ""
        if joined:
            conjunction = self.machine.rule("conjunction", lambda: self.word("AND", "OR"))
            self.machine.skip()
        modifier = self.machine.rule("modifiers", lambda: self.word("PLUS", "NOT"))
        self.machine.skip()
        clause = self.machine.rule("clause", self._clause)
        if clause is FAILED:
            return FAILED
        return conjunction, Not(clause) if modifier == "NOT" else clause

    def _clause(self) -> Any:
        return self.choice(self._everything, lambda: self._fielded(self.value), lambda: self._fielded(self._nested))

    def _everything(self) -> Any:
        return Condition("all") if self.machine.token("matchall", MATCH_ALL) is not FAILED else FAILED

    def _fielded(self, body: Callable[[], Any]) -> Any:
        field = self.machine.rule("field", self._field)
        self.machine.skip()
        query = body()
        if query is FAILED or field is FAILED:
            return query
        return in_field(query, field)

    def _field(self) -> Any:
        term = self.machine.token("TERM", TERM)
        return term if term is not FAILED and self.machine.take(COLON) is not FAILED else FAILED

    def _nested(self) -> Any:
        if self.machine.take(OPEN) is FAILED:
            return FAILED
        self.machine.skip()
        query = self.machine.rule("query", self._query)
        if query is FAILED:
            return FAILED
        self.machine.skip()
        return query if self.machine.take(CLOSE) is not FAILED else FAILED
