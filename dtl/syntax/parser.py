"""Text to a tree and diagnostics: the LALR table driven over the lexer's tokens, with recovery.

Never raises for any text. After an error the parser drops tokens up to the next newline or `;`, wherever it stands,
leaves an `Invalid` node and goes on with the next root expression, as VRL does. So the root expressions of any text
follow each other, none over another, and hold all that is in it but separators and comments.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from dtl.data import data
from dtl.diagnostics.diagnostic import Diagnostic, Fix, Label
from dtl.pattern import pattern
from dtl.source import Source, Span
from dtl.syntax import nodes
from dtl.syntax.build_control import function_named
from dtl.syntax.compound import advice
from dtl.syntax.condition import over_event
from dtl.syntax.depth import MAX_DEPTH, too_deep
from dtl.syntax.expected import list_expected, list_expected_in_dtl
from dtl.syntax.habits import habit
from dtl.syntax.lexer import Lexed
from dtl.syntax.lexer_dtl import lex
from dtl.syntax.table import Table, load_table
from dtl.syntax.tokens import KIND, NAMES, Token

_INVALID, _END, _FILTER_END = KIND["INVALID"], KIND["END"], KIND["FILTER_END"]
# Tokens that VRL's grammar does not even name: the parse ends there, with that error alone.
_FOREIGN = frozenset(KIND[name] for name in ("OPERATOR", "QUESTION", "ESCAPE"))
_NEWLINE = KIND["NEWLINE"]
_SEPARATORS = frozenset((_NEWLINE, KIND["SEMICOLON"], _END))
_RESERVED, _RQUERY, _PATH = KIND["RESERVED"], KIND["RQUERY"], KIND["PATH"]


#: Runs of operator characters, of which VRL's grammar names only some.
_FOREIGN_TEXT = pattern(r"[!&*+\-/<=>?|]+|\\")
_KNOWN = frozenset(["+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "&&", "||", "??", "|", "!", "=", "|=", "->"])


def parse(source: Source, dialect: str = "dtl", start: str = "program") -> tuple[nodes.Program, list[Diagnostic]]:
    """Parse a program, or with `start="condition"` a single condition over the event's fields."""
    lexed = lex(source.text, dialect)
    run = _Run(source.text, lexed.tokens, dialect, start)
    body = run.run() or []
    problems = _problems(lexed, run, body, dialect)
    if start == "condition":
        body = [over_event(expression) for expression in body]
    span = Span(0, len(source.text))
    return nodes.Program(span, tuple(body), tuple(lexed.comments)), problems


def is_silencing(problems: list[Diagnostic], source: Source) -> bool:
    """Tell whether these findings end VRL's compilation by themselves: a broken literal, a token it does not name."""
    if len(problems) != 1:
        return False
    if 206 <= problems[0].code <= 211:
        return True
    token = source.slice(problems[0].span)
    return problems[0].code == 203 and _FOREIGN_TEXT.fullmatch(token) is not None and token not in _KNOWN


def parse_part(
    text: str, dialect: str, start: int, end: int
) -> tuple[list[nodes.Expression], list[nodes.Comment], list[Diagnostic]] | None:
    """Parse the root expressions between two offsets that lie at the start of such, or at an end of the text.

    Returns None where the part's end is not between two root expressions after all, or what is wrong in the part
    may reach beyond it.
    """
    lexed = lex(text, dialect, start, end)
    is_last = end == len(text)
    if not is_last and (lexed.errors or lexed.is_open or not _ends_whole(lexed.tokens)):
        return None
    run = _Run(text, lexed.tokens, dialect, "program", is_part=not is_last)
    body = run.run()
    if body is None or (run.foreign is not None and dialect == "vrl"):
        return None
    if start > 0 and run.problems and run.problems[0].span.start <= _first_place(lexed.tokens):
        return None  # what is expected depends on whether something stands before
    return body, lexed.comments, _problems(lexed, run, body, dialect)


def _first_place(tokens: list[Token]) -> int:
    """Return where the first token begins that is no newline."""
    return next(start for kind, start, _, _ in tokens if kind != _NEWLINE)


def _ends_whole(tokens: list[Token]) -> bool:
    """Tell whether the last token before the end parts root expressions."""
    return len(tokens) == 1 or tokens[-2][0] in _SEPARATORS


def _problems(lexed: Lexed, run: _Run, body: list[nodes.Expression], dialect: str) -> list[Diagnostic]:
    """Return what is wrong; in vrl a broken literal or a foreign token silences everything else."""
    if dialect == "vrl" and (lexed.errors or run.foreign):
        # VRL lexes as it parses, so what comes first in the text ends both.
        ends = lexed.errors[:1] + ([run.foreign] if run.foreign else [])
        return [min(ends, key=lambda problem: problem.span.start)]
    problems = [problem for problem in run.problems if problem.span.start not in lexed.broken]
    for number, expression in enumerate(body):
        # Passes over the tree recurse; a short text cannot be too deep.
        if expression.span.end - expression.span.start > MAX_DEPTH and (place := too_deep(expression)) is not None:
            body[number] = nodes.Invalid(expression.span)
            problems.append(Diagnostic(1600, "nested too deeply", (Label(place, "too many levels"),)))
    if lexed.errors:
        problems = sorted(lexed.errors + problems, key=lambda problem: problem.span.start)
    return problems


@data
class _Machine:
    """The table, with the functions its rules name.

    `follows` remembers where a reduction ends up when the rules that only pass a value on are skipped; its keys are
    made of a state, a nonterminal and the next terminal.
    """

    table: Table
    functions: list[Callable[..., Any]]
    is_passing: list[bool]
    follows: dict[int, int]

    def follow(self, state: int, origin: int, kind: int) -> int:
        """Return the state after a nonterminal, past all rules that only rename it before this terminal."""
        table = self.table
        gotos = table.gotos[state]
        while True:
            after = gotos[origin]
            action = table.actions[after].get(kind, 0)
            if action >= 0 or not self.is_passing[~action]:
                return after
            origin = table.rules[~action][0]

    def accepts(self, stack: list[int], kind: int) -> bool:
        """Tell whether a terminal can be shifted from a stack of states, which stays as it is and may be very deep."""
        table = self.table
        height, state = len(stack), stack[-1]
        added: list[int] = []
        while (action := table.actions[state].get(kind)) is not None:
            if action >= 0:
                return True
            origin, length, _ = table.rules[~action]
            height -= max(0, length - len(added))
            del added[max(0, len(added) - length) :]
            state = table.gotos[added[-1] if added else stack[height - 1]][origin]
            added.append(state)
        return state in table.ends and kind == _END


@cache
def _machine() -> _Machine:
    """Load the table once."""
    table = load_table()
    functions = [function_named(name) for _, _, name in table.rules]
    return _Machine(table, functions, [not name for _, _, name in table.rules], {})


class _Run:
    """One parse."""

    def __init__(self, text: str, tokens: list[Token], dialect: str, start: str, *, is_part: bool = False) -> None:
        self.machine = machine = _machine()
        self.is_part = is_part  # the tokens' end is not that of the text
        self.text = text
        self.tokens = tokens
        self.dialect = dialect
        self.separators = _SEPARATORS if start == "program" else frozenset((_END,))
        self.stack = [machine.table.starts[start]]
        self.values: list[Any] = [None]
        self.problems: list[Diagnostic] = []
        self.foreign: Diagnostic | None = None  # the error at the first token that no rule knows

    def run(self) -> list[nodes.Expression] | None:
        """Parse all tokens and return the root expressions, or None if a part does not end between such."""
        machine, tokens, stack, values = self.machine, self.tokens, self.stack, self.values
        functions, follows = machine.functions, machine.follows
        actions, rules = machine.table.actions, machine.table.rules
        at = 0
        token = tokens[0]
        kind = token[0]
        while True:
            action = actions[stack[-1]].get(kind)
            if action is None:
                at = self.recover(at)
                if at < 0:
                    body: list[nodes.Expression] = values[-1]
                    return body
                token = tokens[at]
                kind = token[0]
            elif action >= 0:
                stack.append(action)
                values.append(token)
                at += 1
                token = tokens[at]
                kind = token[0]
                if kind == _END and self.is_part and not machine.accepts(stack, _INVALID):
                    return None
            else:
                origin, length, _ = rules[~action]
                if length == 1:
                    stack.pop()
                    values[-1] = functions[~action](values[-1])
                elif length:
                    del stack[-length:]
                    value = functions[~action](*values[-length:])
                    del values[-length:]
                    values.append(value)
                else:
                    values.append(None)
                state = stack[-1]
                key = (state << 16) | (origin << 8) | kind
                after = follows.get(key)
                if after is None:
                    after = follows[key] = machine.follow(state, origin, kind)
                stack.append(after)

    def recover(self, at: int) -> int:
        """Report an unexpected token, drop tokens up to a separator and return its place; -1 if all is parsed."""
        machine, stack, values, tokens = self.machine, self.stack, self.values, self.tokens
        if stack[-1] in machine.table.ends:
            return -1
        if self.dialect == "dtl" and tokens[at][0] == _END and machine.accepts(stack, _FILTER_END):
            self.force((_FILTER_END, tokens[at][1], tokens[at][2], None))
            return at
        self.problems.append(self.unexpected(at))
        if tokens[at][0] in _FOREIGN:
            self.foreign = self.foreign or self.problems[-1]
        # In vrl the end of a path may stand after tokens that it lies before.
        start = tokens[at][1]
        end = max(start, tokens[at - 1][2] if at else 0)
        while tokens[at][0] not in self.separators:
            if tokens[at][0] in _FOREIGN and self.foreign is None:
                self.foreign = self.unexpected(at)
            end = max(end, tokens[at][2])
            at += 1
        while not machine.accepts(stack, _INVALID):
            stack.pop()
            begun = _start(values.pop())
            start = start if begun is None else begun
        start = max(start, self.end_of_roots())
        self.force((_INVALID, start, max(start, end), None))
        return at

    def end_of_roots(self) -> int:
        """Return where the last root expression on the stack ends."""
        roots: list[nodes.Expression] = next((value for value in self.values if isinstance(value, list)), [])
        return roots[-1].span.end if roots else 0

    def force(self, token: Token) -> None:
        """Shift a token that is not in the text, but that the grammar has a place for."""
        machine, stack, values = self.machine, self.stack, self.values
        actions, rules, gotos = machine.table.actions, machine.table.rules, machine.table.gotos
        while (action := actions[stack[-1]][token[0]]) < 0:
            origin, length, _ = rules[~action]
            value = machine.functions[~action](*values[len(values) - length :])
            del stack[len(stack) - length :], values[len(values) - length :]
            values.append(value)
            stack.append(gotos[stack[-1]][origin])
        stack.append(action)
        values.append(token)

    def unexpected(self, at: int) -> Diagnostic:
        """Return the diagnostic for a token that fits nowhere."""
        kind, start, end, _ = self.tokens[at]
        if kind == _RESERVED:
            place = Span(start, end)
            notes, fixes = self.habit(at)
            return Diagnostic(
                205,
                "reserved keyword",
                (
                    Label(place, "this identifier name is reserved for future use in the language"),
                    Label(place, "use a different name instead", primary=False),
                ),
                notes,
                fixes,
            )
        code = 203
        if kind == _END:
            code = 204
            start = end = self.tokens[at - 1][2] if at else start
            text = "unexpected end of program"
        elif kind == _RQUERY:
            text = "unexpected end of query path"
        else:
            text = f'unexpected syntax token: "{NAMES[kind]}"'
            end = start + 1 if kind == _PATH else end
        place = Span(start, end)
        kinds = {kind for kind in range(_END) if self.machine.accepts(self.stack, kind)}
        is_dtl = self.dialect == "dtl"
        expected = list_expected_in_dtl(kinds) if is_dtl else list_expected(kinds, at_end=code == 204)
        labels = (Label(place, text), Label(place, f"expected one of: {expected}", primary=False))
        notes, fixes = advice(self.text, self.tokens, at) if is_dtl else ((), ())
        if is_dtl and not notes:
            notes, fixes = self.habit(at)
        return Diagnostic(code, "syntax error", labels, notes, fixes)

    def habit(self, at: int) -> tuple[tuple[str, ...], tuple[Fix, ...]]:
        """Return the advice to who writes dtl as another language, for a token that fits nowhere."""
        if self.dialect != "dtl":
            return (), ()
        done = self.values[2] if len(self.values) > 2 else None  # the root expressions, where there are any yet
        return habit(self.text, self.tokens, at, done[-1].span.end if isinstance(done, list) else 0)


def _start(value: Any) -> int | None:
    """Return where the text of a value on the stack begins."""
    if isinstance(value, tuple):
        return int(value[1]) if value and isinstance(value[0], int) else _start(value[0]) if value else None
    if isinstance(value, list):
        return _start(value[0]) if value else None
    return value.span.start if value is not None else None
