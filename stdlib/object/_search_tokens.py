"""The tokens of Datadog's search syntax, and the names of its rules."""

from __future__ import annotations

import re

_CHARACTER = r'(?:\\.|(?!UNICODE3000)[^ \r\n\t"()\[\]{}+\-!:~^?*\\>=<])'
_END = r"(?=[ \r\n\t)\]}]|\Z)"
_TERM_TEXT = rf"(?!AND|&&|OR|\|\||NOT|-){_CHARACTER}(?:{_CHARACTER}|[-+=])*+"
_NUMBER = r"(?:\\?-)?[0-9]++(?:\.[0-9]+)?"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.DOTALL)


TERM = _pattern(_TERM_TEXT)
LOOKAHEAD = _pattern(rf"{_TERM_TEXT}(?!:|\*|[ \r\n\t]+(?:AND|&&|OR|\|\|))")
PREFIX = _pattern(rf"{_CHARACTER}(?:{_CHARACTER}|[-+=])*+\*{_END}")
GLOB = _pattern(rf"(?:{_CHARACTER}|[*?])(?:{_CHARACTER}|[-+=*?])*+{_END}")
PHRASE = _pattern(r'"(?:\\.|[^"])*+"')
NUMERIC_TERM = _pattern(rf"{_NUMBER}(?:E{_NUMBER})?")
RANGE_VALUE = _pattern(r"[^ \r\n\t\]}]+")
MATCH_ALL = _pattern(r"\*:\*")
WORDS = {
    "AND": _pattern(r"AND|&&"),
    "OR": _pattern(r"OR|\|\|"),
    "NOT": _pattern(r"NOT|-"),
    "PLUS": _pattern(r"\+"),
    "STAR": _pattern(r"\*"),
    "GT_EQ": _pattern(">="),
    "LT_EQ": _pattern("<="),
    "GT": _pattern(">"),
    "LT": _pattern("<"),
    "LSQRBRACKET": _pattern(r"\["),
    "LBRACKET": _pattern(r"\{"),
    "RSQRBRACKET": _pattern(r"\]"),
    "RBRACKET": _pattern(r"\}"),
    "EOI": _pattern(r"\Z"),
}
COLON, OPEN, CLOSE, TO = _pattern(":"), _pattern(r"\("), _pattern(r"\)"), _pattern("TO")
#: What may stand behind a value besides a bracket and the end.
QUIET_END = _pattern(r"[ \r\n\t)]")
#: In the order in which messages list them.
# fmt: off
RULES = (
    "EOI", "LT", "LT_EQ", "GT", "GT_EQ", "LSQRBRACKET", "LBRACKET", "RSQRBRACKET", "RBRACKET", "STAR", "QUESTIONMARK",
    "AND", "OR", "NOT", "PLUS", "ESC_CHAR", "TERM", "TERM_PREFIX", "TERM_GLOB", "PHRASE", "NUMERIC_TERM", "queryroot",
    "query", "multitermlookahead", "multiterm", "modifiers", "conjunction", "clause", "matchall", "field", "value",
    "comparison", "operator", "range", "RANGE_VALUE",
)
# fmt: on
