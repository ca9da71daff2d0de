"""The terminals of the grammar: their order, their names, and how messages list them."""

from __future__ import annotations

from typing import TypeAlias

# A token is a plain tuple, not a class: the lexer makes thousands of them.
# (kind, start, end, value); kind indexes `TERMINALS`, value is a decoded literal or None.
Token: TypeAlias = tuple[int, int, int, object]

# terminal, the name of an unexpected token, the text in a list of what was expected (None: not listed).
# The order of this table is the order of such lists.
_TABLE: tuple[tuple[str, str, str | None], ...] = (
    ("IDENT", "Identifier", '"identifier"'),
    ("PATH_FIELD", "PathField", '"path field"'),
    ("STRING", "StringLiteral", '"string literal"'),
    ("RAW_STRING", "RawStringLiteral", '"raw string literal"'),
    ("INTEGER", "IntegerLiteral", '"integer literal"'),
    ("FLOAT", "FloatLiteral", '"float literal"'),
    ("REGEX", "RegexLiteral", '"regex literal"'),
    ("TIMESTAMP", "TimestampLiteral", '"timestamp literal"'),
    ("CALL", "FunctionCall", '"function call"'),
    ("RESERVED", "ReservedIdentifier", '"reserved identifier"'),
    ("LQUERY", "LQuery", '"path literal"'),
    ("RQUERY", "RQuery", "RQuery"),
    ("IF", "If", '"if"'),
    ("ELSE", "Else", '"else"'),
    ("NULL", "Null", '"null"'),
    ("TRUE", "True", '"true"'),
    ("FALSE", "False", '"false"'),
    ("ABORT", "Abort", '"abort"'),
    ("RETURN", "Return", '"return"'),
    ("SEMICOLON", "SemiColon", '";"'),
    ("NEWLINE", "Newline", '"\\n"'),
    ("EQUALS", "Equals", '"="'),
    ("MERGE_EQUALS", "MergeEquals", '"|="'),
    ("COMMA", "Comma", '","'),
    ("UNDERSCORE", "Underscore", '"_"'),
    ("COLON", "Colon", '":"'),
    ("DOT", "Dot", '"."'),
    ("BANG", "Bang", '"!"'),
    ("ARROW", "Arrow", '"->"'),
    ("PERCENT", "Percent", '"%"'),
    ("PLUS", "Operator", '"+"'),
    ("STAR", "Operator", '"*"'),
    ("MINUS", "Operator", '"-"'),
    ("SLASH", "Operator", '"/"'),
    ("LESS", "Operator", '"<"'),
    ("LESS_EQUAL", "Operator", '"<="'),
    ("MORE", "Operator", '">"'),
    ("MORE_EQUAL", "Operator", '">="'),
    ("EQUAL", "Operator", '"=="'),
    ("NOT_EQUAL", "Operator", '"!="'),
    ("PIPE", "Operator", '"|"'),
    ("AND", "Operator", '"&&"'),
    ("OR", "Operator", '"||"'),
    ("COALESCE", "Operator", '"??"'),
    ("LBRACKET", "LBracket", '"["'),
    ("LBRACE", "LBrace", '"{"'),
    ("LPAREN", "LParen", '"("'),
    ("RBRACKET", "RBracket", '"]"'),
    ("RBRACE", "RBrace", '"}"'),
    ("RPAREN", "RParen", '")"'),
    # A whole path, or variable with path, in one token: what LQUERY ... RQUERY would say.
    ("PATH", "LQuery", None),
    # Only the dtl lexer makes these.
    ("LITERAL_LQUERY", "LQuery", None),  # before a literal with a method
    ("RQUERY_CALL", "RQuery", None),  # after a method whose closure follows
    ("METHOD", "FunctionCall", None),  # the name of a call after a dot
    ("NEGATE", "Operator", None),  # a minus before its operand
    ("LAMBDA_ARROW", "Arrow", None),
    ("LAMBDA_PARAMETER", "Identifier", None),  # a name before a lambda's arrow
    ("LAMBDA_LPAREN", "LParen", None),  # opens the parameters of a lambda
    ("FAT_ARROW", "Operator", None),
    ("RANGE", "Operator", None),
    ("RANGE_EQUAL", "Operator", None),
    ("INNER_IF", "If", None),  # `if` where VRL has no `if`: an operand, an argument, an item
    ("INNER_ABORT", "Abort", None),  # the same after `??` and `||`, without a message
    ("INNER_ABORT_WITH", "Abort", None),  # and with one
    ("INNER_RETURN", "Return", None),
    ("INNER_THROW", "Throw", None),
    ("FN", "Fn", None),
    ("MATCH", "Match", None),
    ("IMPORT", "Import", None),
    ("AS", "As", None),
    ("FROM", "From", None),
    ("TRY", "Try", None),
    ("CATCH", "Catch", None),
    ("THROW", "Throw", None),
    ("FOR", "For", None),
    ("IN", "In", None),
    ("WHILE", "While", None),
    ("BREAK", "Break", None),
    ("CONTINUE", "Continue", None),
    # The parser sets this where a program may end after `if condition`.
    ("FILTER_END", "end of program", None),
    # Never in a rule.
    ("OPERATOR", "Operator", None),
    ("AMPERSAND", "Ampersand", None),
    ("QUESTION", "Question", None),
    ("ESCAPE", "Escape", None),
    ("UNKNOWN", "InvalidToken", None),
    # A stretch the parser skipped; only the parser makes it.
    ("INVALID", "InvalidToken", None),
    ("END", "end of program", None),
)

TERMINALS: tuple[str, ...] = tuple(row[0] for row in _TABLE)
KIND: dict[str, int] = {name: kind for kind, name in enumerate(TERMINALS)}
NAMES: tuple[str, ...] = tuple(row[1] for row in _TABLE)
LISTED: tuple[str | None, ...] = tuple(row[2] for row in _TABLE)

KEYWORDS: dict[str, int] = {
    "if": KIND["IF"],
    "else": KIND["ELSE"],
    "null": KIND["NULL"],
    "true": KIND["TRUE"],
    "false": KIND["FALSE"],
    "abort": KIND["ABORT"],
    "return": KIND["RETURN"],
}

_RESERVED = """
array bool boolean break continue do emit float for forall foreach all each any try undefined int integer iter object
regex string traverse timestamp duration unless walk while loop
"""
RESERVED: frozenset[str] = frozenset(_RESERVED.split())
