"""The LALR table: made by Lark from the grammar, kept as JSON, so that a run needs no Lark.

`python -m dtl.syntax.table` writes it anew; a test compares it with the grammar.
"""

from __future__ import annotations

import json
from typing import Any

from dtl.data import data
from dtl.grammar import GRAMMAR, TABLE  # type: ignore[import-not-found,import-untyped,unused-ignore]  # lies beside dtl/ in a checkout
from dtl.syntax.tokens import KIND

STARTS = ("program", "condition")


@data
class Table:
    """What the parser does in each state.

    `actions[state][terminal]` is a state to go to, or `~rule` for a rule to reduce by. `gotos[state]` is keyed by
    nonterminal. A rule is its nonterminal, its length and the name of its function, empty to pass on one value.
    """

    starts: dict[str, int]
    ends: frozenset[int]
    rules: list[tuple[int, int, str]]
    actions: list[dict[int, int]]
    gotos: list[dict[int, int]]


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def build_table() -> dict[str, Any]:
    """Make the table's JSON form of the grammar.

    Raises:
        lark.exceptions.GrammarError: The grammar has a conflict.
    """
    # Lark costs 150 ms to import and only those who change the grammar need it.
    from lark import Lark
    from lark.lexer import Lexer
    from lark.parsers.lalr_analysis import Shift

    class NoLexer(Lexer):
        """Stands where Lark wants a lexer; the tokens come from our own."""

        def __init__(self, configuration: object) -> None:
            del configuration

        def lex(self, *_: object) -> list[object]:  # type: ignore[override]
            """Return no token."""
            return []

    parser = Lark(
        _read(GRAMMAR),
        parser="lalr",
        lexer=NoLexer,
        start=list(STARTS),
        strict=True,
        maybe_placeholders=False,
    )
    table = parser.parser.parser._parse_table
    states = _in_order(table)
    numbers = {state: number for number, state in enumerate(states)}
    nonterminals = sorted({rule.origin.name for rule in parser.rules})
    origin = {name: number for number, name in enumerate(nonterminals)}
    rules: list[list[Any]] = []
    rule_numbers: dict[Any, int] = {}
    for rule in sorted(parser.rules, key=lambda rule: (rule.origin.name, rule.order)):
        if rule.alias is None and len(rule.expansion) != 1:
            raise ValueError(f"a rule of {rule.origin.name} needs a function")
        rule_numbers[rule] = len(rules)
        rules.append([origin[rule.origin.name], len(rule.expansion), rule.alias or ""])
    actions: list[list[int]] = []
    gotos: list[list[int]] = []
    for state in states:
        acts: list[tuple[int, int]] = []
        goes: list[tuple[int, int]] = []
        for symbol, (action, target) in table.states[state].items():
            if symbol in origin:
                goes.append((origin[symbol], numbers[target]))
            elif action is Shift:
                acts.append((KIND["END" if symbol == "$END" else symbol], numbers[target]))
            else:
                acts.append((KIND["END" if symbol == "$END" else symbol], ~rule_numbers[target]))
        actions.append([number for pair in sorted(acts) for number in pair])
        gotos.append([number for pair in sorted(goes) for number in pair])
    starts = {name: numbers[state] for name, state in table.start_states.items()}
    ends = sorted(numbers[state] for state in table.end_states.values())
    return {
        "nonterminals": nonterminals,
        "starts": starts,
        "ends": ends,
        "rules": rules,
        "actions": actions,
        "gotos": gotos,
    }


def _in_order(table: Any) -> list[Any]:
    """Return the states as they are reached from the starts, since Lark's own numbers differ from run to run."""
    found = [table.start_states[start] for start in STARTS]
    seen = set(found)
    for state in found:  # grows as we go
        for _, (_, target) in sorted(table.states[state].items()):
            if target in table.states and target not in seen:
                seen.add(target)
                found.append(target)
    return found


def write_text(table: dict[str, Any]) -> str:
    """Return the table as the text of its file."""
    comment = "made of dtl.lark by `python -m dtl.syntax.table`; do not edit"
    return json.dumps({"comment": comment, **table}, separators=(",", ":")) + "\n"


def load_table() -> Table:
    """Read the table."""
    raw = json.loads(_read(TABLE))
    return Table(
        raw["starts"],
        frozenset(raw["ends"]),
        [(origin, length, name) for origin, length, name in raw["rules"]],
        [dict(zip(row[::2], row[1::2], strict=True)) for row in raw["actions"]],
        [dict(zip(row[::2], row[1::2], strict=True)) for row in raw["gotos"]],
    )


if __name__ == "__main__":
    with open(TABLE, "w", encoding="utf-8") as file:
        file.write(write_text(build_table()))
