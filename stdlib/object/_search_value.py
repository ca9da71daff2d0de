"""Reads the values in Datadog's search syntax."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ._search_peg import FAILED, Machine
from ._search_query import Condition, read_bound, unescaped
from ._search_tokens import GLOB, NUMERIC_TERM, PHRASE, PREFIX, QUIET_END, RANGE_VALUE, TERM, TO, WORDS


class ValueReader:
    """Reads the values of clauses: terms, phrases, wildcards, comparisons and ranges."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def word(self, *names: str) -> Any:
        """Match one of several rules; the result is its name."""
        for name in names:
            if self.machine.token(name, WORDS[name]) is not FAILED:
                return name
        return FAILED

    def choice(self, *bodies: Callable[[], Any]) -> Any:
        for body in bodies:
            result = self.machine.attempt(body)
            if result is not FAILED:
                return result
        return FAILED

    def value(self) -> Any:
        """Match a value, in which no white space is skipped."""
        compact, self.machine.compact = self.machine.compact, True
        value = self.machine.rule("value", self._compact_value)
        self.machine.compact = compact
        return value

    def _compact_value(self) -> Any:
        return self.choice(
            lambda: self._ended("STAR", WORDS["STAR"], lambda text: Condition("wildcard", "", "*")),
            lambda: self._read("PHRASE", PHRASE, lambda text: Condition("phrase", "", unescaped(text[1:-1]))),
            lambda: self._read("TERM_PREFIX", PREFIX, lambda text: Condition("prefix", "", unescaped(text[:-1]))),
            lambda: self.machine.rule("comparison", self._comparison),
            self._range,
            lambda: self._ended("TERM", TERM, lambda text: Condition("term", "", unescaped(text))),
            lambda: self._read("TERM_GLOB", GLOB, lambda text: Condition("wildcard", "", unescaped(text))),
        )

    def _read(self, name: str, pattern: re.Pattern[str], make: Callable[[str], Condition]) -> Any:
        text = self.machine.token(name, pattern)
        return FAILED if text is FAILED else make(text)

    def _ended(self, name: str, pattern: re.Pattern[str], make: Callable[[str], Condition]) -> Any:
        result = self._read(name, pattern, make)
        if result is FAILED:
            return FAILED
        place = self.machine.at
        if self.machine.take(QUIET_END) is FAILED and self.word("RSQRBRACKET", "RBRACKET", "EOI") is FAILED:
            return FAILED
        self.machine.at = place
        return result

    def _comparison(self) -> Any:
        operator = self.machine.rule("operator", lambda: self.word("GT_EQ", "LT_EQ", "GT", "LT"))
        if operator is FAILED:
            return FAILED
        number = self.machine.token("NUMERIC_TERM", NUMERIC_TERM)
        if number is not FAILED:
            return Condition("compare", "", bounds=((operator, read_bound(number)),))
        term = self.machine.token("TERM", TERM)
        return FAILED if term is FAILED else Condition("compare", "", bounds=((operator, unescaped(term)),))

    def _range(self) -> Any:
        compact, self.machine.compact = self.machine.compact, False
        result = self.machine.rule("range", self._range_body)
        self.machine.compact = compact
        return result

    def _range_body(self) -> Any:
        bounds: list[Any] = []
        opening = self.word("LSQRBRACKET", "LBRACKET")
        if opening is FAILED:
            return FAILED
        for follows in (TO, None):
            self.machine.skip()
            bounds.append(self.machine.token("RANGE_VALUE", RANGE_VALUE))
            if bounds[-1] is FAILED:
                return FAILED
            self.machine.skip()
            if follows and self.machine.take(follows) is FAILED:
                return FAILED
        closing = self.word("RSQRBRACKET", "RBRACKET")
        if closing is FAILED:
            return FAILED
        # The reference engine stops dead at brackets of two kinds; here each means what it says.
        low = "GT_EQ" if opening == "LSQRBRACKET" else "GT"
        high = "LT_EQ" if closing == "RSQRBRACKET" else "LT"
        return Condition("range", "", bounds=((low, read_bound(bounds[0])), (high, read_bound(bounds[1]))))
