"""Tokens of the dtl dialect: VRL's, and those that stand where VRL has a syntax error.

New words are words only where VRL could not go on after the name, so that a VRL program may use them as names; and a
run of operator characters that VRL does not know is read as several operators.
"""

from __future__ import annotations

import re

from dtl.pattern import pattern
from dtl.syntax.lexer import OPERATORS, STRING, Lexed, Lexer, token_pattern
from dtl.syntax.literals import DottedText
from dtl.syntax.tokens import KEYWORDS, KIND, RESERVED, Token

_OPERATOR = r"-> | => | == | != | <= | >= | && | \|\| | \?\? | \|= | \.\.=? | [!&*+\-/<=>?|]"
_TOKEN = token_pattern("[\"']", _OPERATOR)
_SINGLE = pattern(r"'((?:[^'\\]++|\\.)*+)'", re.DOTALL)
_NUMBER = pattern(r"-?[0-9][0-9_]*+(\.(?![.A-Za-z@]|_+[A-Za-z@])[0-9_]*+)?")

#: Words that are keywords only where a name could not be followed so.
CONTEXTUAL = ("match", "throw", "fn", "import", "as", "from", "catch", "in")
_WORDS: dict[str, int] = {
    **dict.fromkeys(RESERVED, KIND["RESERVED"]),
    **KEYWORDS,
    **dict.fromkeys(CONTEXTUAL, KIND["IDENT"]),
}
# Keywords that may stand right before a parenthesis: VRL has no function of that name.
_NEVER_CALLED = frozenset(("if", "while", "return", "abort", "throw"))

# What must follow for a word to be more than a name.
_AHEAD = {
    word: pattern(ahead)
    for word, ahead in {
        "match": r"[ \t]+(?:[\"'0-9.%(\[A-Za-z_@]|!(?!=))",
        "throw": r"[ \t]*\(|[ \t]+(?:[\"'0-9.%\[A-Za-z_@]|!(?!=))",
        "fn": r"[ \t]+[A-Za-z_][A-Za-z0-9_]*\(",
        "import": r"[ \t]*[\"'{]",
        "catch": r"\s*(?:[A-Za-z_][A-Za-z0-9_]*\s*)?\{",
        "try": r"\s*\{",
        "for": r"[ \t]+[A-Za-z_]",
        "while": r"[ \t]*[^ \t:=,]",
        "break": r"",
        "continue": r"",
    }.items()
}
_NAMED = pattern(r"[ \t]*:")
_OPERAND = pattern(r"[ \t]+[^\s)\]}{,;#|&?]")
_BARS = pattern(r"\s*\|")
_CLOSURE = pattern(r"[ \t]*->[ \t]*\|")
_BANG_CALL = pattern(r"![ \t]*\(")
_METHOD = pattern(r"\.[A-Za-z_@][A-Za-z0-9_@]*(?:\(|![ \t]*\()")
# A line that begins so goes on with the one before.
_GOES_ON = pattern(r"&&|\|\||\?\?|==|!=|=>|->|[<>+*/,]|\|(?!=)|-(?=\s)|else(?![A-Za-z0-9_@])")
_CATCH = pattern(r"catch(?![A-Za-z0-9_@])\s*(?:[A-Za-z_][A-Za-z0-9_]*\s*)?\{")


def _kinds(names: str) -> frozenset[int]:
    """Return kinds of token by their names."""
    return frozenset(KIND[name] for name in names.split())


_BINARY = _kinds(
    "PLUS STAR MINUS SLASH LESS LESS_EQUAL MORE MORE_EQUAL EQUAL NOT_EQUAL PIPE AND OR COALESCE BANG NEGATE"
)
# After these an operand comes, and VRL lets none begin with `if`.
_BEFORE_OPERAND = _BINARY | _kinds("LPAREN LBRACKET COMMA COLON LAMBDA_ARROW")
# After these a newline means nothing.
_BEFORE_MORE = _BEFORE_OPERAND | _kinds("EQUALS MERGE_EQUALS FAT_ARROW")
_AFTER_OPERAND = _kinds(
    "IDENT PATH_FIELD STRING RAW_STRING INTEGER FLOAT REGEX TIMESTAMP RQUERY RQUERY_CALL PATH NULL TRUE FALSE RPAREN "
    "RBRACKET RBRACE UNDERSCORE"
)
_BEFORE_STATEMENT = _kinds("NEWLINE SEMICOLON LBRACE")
_FALLBACK = _kinds("COALESCE OR")
_IN_PARAMETERS = _kinds("IDENT UNDERSCORE COMMA")
_IDENT, _CALL, _DOT, _UNDERSCORE, _COMMA = KIND["IDENT"], KIND["CALL"], KIND["DOT"], KIND["UNDERSCORE"], KIND["COMMA"]
_NEWLINE, _RBRACE, _RPAREN, _BANG = KIND["NEWLINE"], KIND["RBRACE"], KIND["RPAREN"], KIND["BANG"]
_IF, _INNER_IF, _METHOD_KIND, _FN, _FOR = KIND["IF"], KIND["INNER_IF"], KIND["METHOD"], KIND["FN"], KIND["FOR"]
_STARTS = _kinds("IF INNER_IF")
_PAIRS = {")": "(", "]": "[", "}": "{"}


class DtlLexer(Lexer):
    """One pass over a text in the dtl dialect."""

    dialect = "dtl"
    pattern = _TOKEN
    number_pattern = _NUMBER
    words = _WORDS

    def __init__(self, text: str, start: int, end: int) -> None:
        super().__init__(text, start, end)
        # Open brackets: their character, their token's place, and whether newlines in them mean nothing.
        self.nesting: list[tuple[str, int, bool]] = []
        self.closed = -1  # place of the token that opened the bracket closed last
        self.tries = 0  # `try` without `catch` yet
        self.in_for = self.in_import = False

    def run(self) -> Lexed:
        """Lex everything."""
        result = super().run()
        result.is_open = result.is_open or self.tries > 0
        return result

    def previous(self) -> int:
        """Return the kind of the last token."""
        return self.tokens[-1][0] if self.tokens else _NEWLINE

    def word(self, word: str, start: int, end: int) -> None:
        """Lex a word that may mean something here."""
        kind = _WORDS[word]
        if (self.open_queries and start in self.in_chain) or _NAMED.match(self.text, end, self.end):
            self.tokens.append((kind, start, end, word))
            return
        previous = self.previous()
        if word == "if":
            kind = _INNER_IF if previous in _BEFORE_OPERAND else _IF
        elif word in ("abort", "return"):
            kind = self.leave(word, kind, previous, end)
        elif word == "in":
            if self.in_for and previous in (_IDENT, _UNDERSCORE):
                kind, self.in_for = KIND["IN"], False
        elif word == "as":
            if self.in_import and previous == _IDENT:
                kind = KIND["AS"]
        elif word == "from":
            if self.in_import and previous == _RBRACE:
                kind, self.in_import = KIND["FROM"], False
        elif (ahead := _AHEAD.get(word)) is not None and ahead.match(self.text, end, self.end):
            kind = self.start_of(word, kind, previous, end)
        self.tokens.append((kind, start, end, word))

    def leave(self, word: str, kind: int, previous: int, end: int) -> int:
        """Return the kind of `abort`, `return` or `throw`: an operand after `??` and `||`."""
        if previous not in _FALLBACK:
            return kind
        if word == "abort":
            return KIND["INNER_ABORT_WITH" if _OPERAND.match(self.text, end, self.end) else "INNER_ABORT"]
        return KIND["INNER_RETURN" if word == "return" else "INNER_THROW"]

    def start_of(self, word: str, kind: int, previous: int, end: int) -> int:
        """Return the kind of a word that is followed by what it needs."""
        if word == "match":
            return kind if previous in _AFTER_OPERAND or self.in_for else KIND["MATCH"]
        if word == "throw":
            return kind if previous in _AFTER_OPERAND or self.in_for else self.leave(word, KIND["THROW"], previous, end)
        if word == "fn":
            return _FN if previous not in _AFTER_OPERAND else kind
        if word == "import":
            self.in_import = previous in _BEFORE_STATEMENT
            return KIND["IMPORT"] if self.in_import else kind
        if word == "catch":
            if previous != _RBRACE or not self.tries:
                return kind
            self.tries -= 1
        elif word == "try":
            self.tries += 1
        elif word == "for":
            self.in_for = True
        return KIND[word.upper()]

    def newline(self, start: int, end: int) -> None:
        """Lex a run of newlines, unless the expression goes on after it."""
        previous = self.previous()
        if previous in _BEFORE_MORE or (self.nesting and self.nesting[-1][2]):
            return
        if _GOES_ON.match(self.text, end, self.end) or (self.tries and _CATCH.match(self.text, end, self.end)):
            return
        if not self.nesting:
            self.in_for = self.in_import = False
        self.tokens.append((_NEWLINE, start, start + 1, None))

    def opening(self, mark: str, start: int) -> int:
        """Lex an opening bracket, a dot or `%`."""
        if mark in "([{":
            # Newlines part the expressions of a predicate, and a bracket without end must not swallow the rest.
            is_free = mark != "{" and start in self.brackets.closing
            if mark == "(" and self.previous() in _STARTS:
                is_free = False
            self.nesting.append((mark, len(self.tokens), is_free))
        return super().opening(mark, start)

    def closing(self, mark: str, start: int) -> None:
        """Lex a closing bracket, comma, colon or semicolon."""
        super().closing(mark, start)
        opened = _PAIRS.get(mark)
        if opened is not None and any(entry[0] == opened for entry in self.nesting):
            while True:
                entry = self.nesting.pop()
                if entry[0] == opened:
                    break
            self.closed = entry[1]

    def operator(self, text: str, start: int, end: int) -> None:
        """Lex an operator."""
        if text == "->":
            if _BARS.match(self.text, end, self.end):
                kind = KIND["ARROW"]
            else:
                kind = KIND["LAMBDA_ARROW"]
                self.name_parameters()
        elif text == "-" and self.previous() not in _AFTER_OPERAND:
            kind = KIND["NEGATE"]
        elif text == "..":
            kind = KIND["RANGE"]
        elif text == "..=":
            kind = KIND["RANGE_EQUAL"]
        elif text == "=>":
            kind = KIND["FAT_ARROW"]
        else:
            kind = OPERATORS[text]
        self.tokens.append((kind, start, end, text))

    def name_parameters(self) -> None:
        """Tell the grammar that what stands before a lambda's arrow are its parameters."""
        tokens = self.tokens
        previous = self.previous()
        if previous in (_IDENT, _UNDERSCORE):
            tokens[-1] = (KIND["LAMBDA_PARAMETER"], *tokens[-1][1:])
        elif previous == _RPAREN and self.closed >= 0:
            at = self.closed
            is_called = at > 0 and tokens[at - 1][0] in (_CALL, _BANG, _METHOD_KIND)
            if not is_called and all(token[0] in _IN_PARAMETERS for token in tokens[at + 1 : -1]):
                tokens[at] = (KIND["LAMBDA_LPAREN"], *tokens[at][1:])

    def may_open(self, mark: str) -> bool:
        """Tell whether a path may begin at a character of those that go on with one: here, at any."""
        return True

    def is_call(self, name: str, end: int) -> bool:
        """Tell whether a word that ends here is the name of a call."""
        mark = self.text[end : end + 1] if end < self.end else ""
        if mark == "(":
            return name not in _NEVER_CALLED or self.previous() == _DOT
        return mark == "!" and _BANG_CALL.match(self.text, end, self.end) is not None

    def call(self, start: int, end: int, name: str) -> None:
        """Lex the name of a call, which after a dot is that of a method."""
        is_method = bool(self.open_queries) and self.previous() == _DOT
        self.tokens.append((_METHOD_KIND if is_method else _CALL, start, end, name))

    def is_inequality(self, at: int) -> bool:
        """Tell whether a `!` in a chain begins `!=`."""
        return self.text.startswith("!=", at)

    def close_queries(self, at: int) -> None:
        """Close the paths that end before an offset, but not one whose end lies within a token: it is no path."""
        queries = self.open_queries
        while queries and queries[-1] < at:
            if queries.pop() == at - 1:
                self.close_query(at)

    def leave_queries(self) -> None:
        """Let go what is open at the end of the text: the missing end is an error where the path is."""
        self.open_queries.clear()

    def close_query(self, end: int) -> None:
        """Set a mark at the last character of a path; a method's closure may follow."""
        kind = KIND["RQUERY"]
        if self.previous() == _RPAREN and _CLOSURE.match(self.text, end, self.end):
            at = self.closed - 1
            if at > 0 and self.tokens[at][0] == _BANG:
                at -= 1
            if at >= 0 and self.tokens[at][0] == _METHOD_KIND:
                kind = KIND["RQUERY_CALL"]
        self.tokens.append((kind, end - 1, end, None))

    def string_pattern(self, start: int) -> re.Pattern[str]:
        """Return the pattern of a string that begins here."""
        return STRING if self.text[start] == '"' else _SINGLE

    def string(self, start: int) -> int:
        """Lex a string."""
        end = super().string(start)
        kind, _, _, raw = self.tokens[-1]
        if isinstance(raw, str) and "{{" in raw:
            self.tokens[-1] = (kind, start, end, DottedText(raw))
        return self.with_methods(start, end)

    def literal(self, start: int) -> int:
        """Lex a raw string, regex or timestamp."""
        return self.with_methods(start, super().literal(start))

    def number(self, start: int) -> int:
        """Lex a number; a minus right after an operand is an operator."""
        if self.text[start] == "-" and self.previous() in _AFTER_OPERAND:
            self.tokens.append((KIND["MINUS"], start, start + 1, "-"))
            return start + 1
        return self.with_methods(start, super().number(start))

    def with_methods(self, start: int, end: int) -> int:
        """Open a path before a literal that a method follows."""
        if start not in self.in_chain and _METHOD.match(self.text, end, self.end):
            token: Token = self.tokens.pop()
            self.open_query(start, end, '"', KIND["LITERAL_LQUERY"])
            self.tokens.append(token)
        return end


def lex(text: str, dialect: str = "dtl", start: int = 0, end: int | None = None) -> Lexed:
    """Split a text, or the part between two offsets, into tokens."""
    kind = Lexer if dialect == "vrl" else DtlLexer
    return kind(text, start, len(text) if end is None else end).run()
