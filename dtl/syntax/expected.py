"""What messages say was expected: VRL's list of tokens, and dtl's, which has more tokens and sums them up."""

from __future__ import annotations

from dtl.syntax.tokens import KIND, LISTED, TERMINALS


def _kinds(*names: str) -> frozenset[int]:
    return frozenset(KIND[name] for part in names for name in part.split())


# Expected together only where any word may stand as a name; a list that named them all would help nobody.
_ANY_WORD = frozenset(KIND[name] for name in ("RESERVED", "ELSE", "FALSE", "NULL", "TRUE", "IF"))


def list_expected(kinds: set[int], *, at_end: bool = False) -> str:
    """Return kinds of token as messages list them.

    `|` is named twice, since it is both the bar of a closure and an operator. At the end of a program nothing is
    left out.
    """
    if kinds >= _ANY_WORD and not at_end:
        kinds = kinds - _ANY_WORD
    words = [word for kind, word in enumerate(LISTED) if word is not None and kind in kinds]
    if KIND["PIPE"] in kinds:
        before = KIND["NEWLINE"]
        words.insert(sum(1 for kind in kinds if kind <= before and LISTED[kind] is not None), '"|"')
    return ", ".join(words)


# How dtl says it: a group that can come as a whole is one entry.
# (what must all be possible, what is then not listed one by one, the entry)
_GROUPS: tuple[tuple[frozenset[int], frozenset[int], str], ...] = (
    (
        _kinds("IDENT STRING INTEGER CALL LBRACKET LPAREN"),
        _kinds(
            "IDENT PATH_FIELD STRING RAW_STRING INTEGER FLOAT REGEX TIMESTAMP CALL LQUERY NULL TRUE FALSE UNDERSCORE",
            "BANG LBRACKET LBRACE LPAREN MINUS NEGATE IF INNER_IF ELSE FN MATCH IMPORT TRY FOR WHILE BREAK CONTINUE",
            "ABORT RETURN THROW INNER_ABORT INNER_ABORT_WITH INNER_RETURN INNER_THROW RESERVED NEWLINE",
        ),
        "an expression",
    ),
    (
        _kinds("IDENT PATH_FIELD STRING RESERVED"),
        _kinds(
            "IDENT PATH_FIELD STRING RESERVED IF ELSE NULL TRUE FALSE ABORT RETURN INNER_IF TRY FOR WHILE BREAK",
            "CONTINUE",
        ),
        "a field",
    ),
    (
        _kinds("PLUS STAR EQUAL AND"),
        _kinds("PLUS STAR MINUS SLASH LESS LESS_EQUAL MORE MORE_EQUAL EQUAL NOT_EQUAL PIPE AND OR COALESCE NEGATE"),
        "an operator",
    ),
)
_OWN_WORDS = ("FN", "MATCH", "IMPORT", "AS", "FROM", "TRY", "CATCH", "THROW", "FOR", "IN", "WHILE", "BREAK", "CONTINUE")
_WORDS: dict[str, str] = {
    "IDENT": "a name",
    "PATH_FIELD": "a field",
    "STRING": "a string",
    "RAW_STRING": "a raw string",
    "INTEGER": "an integer",
    "FLOAT": "a float",
    "REGEX": "a regular expression",
    "TIMESTAMP": "a timestamp",
    "CALL": "a function call",
    "METHOD": "a function call",
    "RESERVED": "a type",
    "LQUERY": "a path",
    "RQUERY": "the end of the path",
    "RQUERY_CALL": "the end of the path",
    "NEWLINE": "a new line",
    "NEGATE": '"-"',
    "LAMBDA_ARROW": '"->"',
    "FAT_ARROW": '"=>"',
    "RANGE": '".."',
    "RANGE_EQUAL": '"..="',
    **{f"INNER_{name}": f'"{name.lower()}"' for name in ("IF", "ABORT", "RETURN", "THROW")},
    **{name: f'"{name.lower()}"' for name in _OWN_WORDS},
}


def list_expected_in_dtl(kinds: set[int]) -> str:
    """Return kinds of token as messages of the dtl dialect list them: the most general first, each once."""
    words: list[str] = []
    for core, members, word in _GROUPS:
        if core <= kinds:
            words.append(word)
            kinds = kinds - members
    listed = (_WORDS.get(name, LISTED[kind]) for kind, name in enumerate(TERMINALS) if kind in kinds)
    words += [word for word in listed if word is not None]
    return ", ".join(dict.fromkeys(words))
