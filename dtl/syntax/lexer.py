"""Text to tokens, with the marks around paths that the grammar needs.

Whether a `.` or `[` goes on with a path is a matter of adjacency, which no LALR grammar sees. So the lexer finds
the chains of adjacent characters that are paths and sets LQUERY and RQUERY around their tokens; the common ones,
`.a.b[0]` and `name.a`, become one PATH token.
"""

from __future__ import annotations

import re

from dtl.data import data, fresh
from dtl.diagnostics.diagnostic import Diagnostic, Label
from dtl.pattern import pattern
from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.brackets import match_brackets
from dtl.syntax.literals import BadEscape, unescape
from dtl.syntax.tokens import KEYWORDS, KIND, RESERVED, Token

_WORDS: dict[str, int] = {**KEYWORDS, **dict.fromkeys(RESERVED, KIND["RESERVED"])}
OPERATORS: dict[str, int] = {
    "+": KIND["PLUS"],
    "*": KIND["STAR"],
    "-": KIND["MINUS"],
    "/": KIND["SLASH"],
    "<": KIND["LESS"],
    "<=": KIND["LESS_EQUAL"],
    ">": KIND["MORE"],
    ">=": KIND["MORE_EQUAL"],
    "==": KIND["EQUAL"],
    "!=": KIND["NOT_EQUAL"],
    "|": KIND["PIPE"],
    "&&": KIND["AND"],
    "||": KIND["OR"],
    "??": KIND["COALESCE"],
    "=": KIND["EQUALS"],
    "|=": KIND["MERGE_EQUALS"],
    "!": KIND["BANG"],
    "->": KIND["ARROW"],
    "&": KIND["AMPERSAND"],
    "?": KIND["QUESTION"],
}
PUNCTUATION: dict[str, int] = {
    ",": KIND["COMMA"],
    ":": KIND["COLON"],
    ";": KIND["SEMICOLON"],
    ".": KIND["DOT"],
    "%": KIND["PERCENT"],
    "(": KIND["LPAREN"],
    ")": KIND["RPAREN"],
    "[": KIND["LBRACKET"],
    "]": KIND["RBRACKET"],
    "{": KIND["LBRACE"],
    "}": KIND["RBRACE"],
    "\\": KIND["ESCAPE"],
}
_LITERALS = {"s": KIND["RAW_STRING"], "r": KIND["REGEX"], "t": KIND["TIMESTAMP"]}

_SPACE = "\t\x0b\x0c\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_NAME = "(?:[A-Za-z@][A-Za-z0-9_@]*+|_[A-Za-z0-9_@]++)"
_CHAIN = r'[A-Za-z0-9_@.!"\[({]'


def token_pattern(quote: str, operator: str) -> re.Pattern[str]:
    """Return the pattern of a token, whose group tells what kind it is."""
    return pattern(
        rf"""[{_SPACE}]*+(?:
          ( \n (?: [\n{_SPACE}]++ | \#[^\n]*+ )*+ )                      # 1 newlines, blank lines, comment lines
        | ( [srt] ) '                                                    # 2 prefix of a literal
        | ( {_NAME} (?! {_CHAIN} ) )                                     # 3 word on its own
        | ( [.%] (?: {_NAME} (?: \.{_NAME} | \[-?[0-9]{{1,18}}+\] ){{0,99}}+ )? (?! {_CHAIN} )
          | {_NAME} (?: \.{_NAME} | \[-?[0-9]{{1,18}}+\] ){{1,99}}+ (?! {_CHAIN} ) )   # 4 path, unless it is very long
        | ( {quote} )                                                    # 5 string
        | ( -?[0-9] )                                                    # 6 number
        | ( [,:;)}}\]] )                                                 # 7 punctuation that starts no path
        | ( {operator} )                                                 # 8 operator
        | ( [.%[{{(] | [A-Za-z_@][A-Za-z0-9_@]*+ )                       # 9 whatever may start a path, and `(`
        | ( \# [^\n]*+ )                                                 # 10 comment
        | ( \Z )                                                         # 11 end
        | ( . )                                                          # 12 anything else
        )""",
        re.VERBOSE | re.DOTALL,
    )


_TOKEN = token_pattern('"', r"! (?= [^&*+\-/<=>?|] | \Z ) | -> | [!&*+\-/<=>?|]++")
STRING = pattern(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
QUOTED = pattern(r"[srt]'((?:[^'\\]++|\\.)*+)'", re.DOTALL)
_NUMBER = pattern(r"-?[0-9][0-9_]*+(\.[0-9_]*+)?")
_DIGIT_WORD = pattern(r"[0-9][A-Za-z0-9_@]*")
_BEFORE_ELSE = pattern(r"else(?![A-Za-z0-9_@])")
_COMMENT = pattern(r"#([^\n]*)")
WORD_RUN = pattern(r"[A-Za-z0-9_@]+")

_IDENT, _PATH_FIELD, _CALL, _PATH = KIND["IDENT"], KIND["PATH_FIELD"], KIND["CALL"], KIND["PATH"]
_STRING_KIND, _INTEGER, _FLOAT, _NEWLINE = KIND["STRING"], KIND["INTEGER"], KIND["FLOAT"], KIND["NEWLINE"]
_LQUERY, _RQUERY, _UNKNOWN, _UNDERSCORE = KIND["LQUERY"], KIND["RQUERY"], KIND["UNKNOWN"], KIND["UNDERSCORE"]


@data
class Lexed:
    """A text's tokens and comments, and what is wrong with its literals.

    Where a literal is broken there is still a token, so that the rest can be parsed; `broken` holds where those
    tokens start that stand for no literal at all. `is_open` tells that the text ends within something that could
    go on: a path, a `try` without `catch`.
    """

    tokens: list[Token]
    comments: list[nodes.Comment] = fresh(factory=list)
    errors: list[Diagnostic] = fresh(factory=list)
    broken: set[int] = fresh(factory=set)
    is_open: bool = False


class Lexer:
    """One pass over a text, or over the part between two offsets."""

    dialect = "vrl"
    pattern = _TOKEN
    number_pattern = _NUMBER
    words = _WORDS

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.end = end
        self.at = start
        self.tokens: list[Token] = []
        self.result = Lexed(self.tokens)
        self.brackets = match_brackets(text, start, end, self.dialect)
        self.open_queries: list[int] = []  # last offsets of the paths we are in, innermost last
        self.in_chain: set[int] = set()  # where links of known chains begin: no new path starts there

    def run(self) -> Lexed:
        """Lex everything."""
        text, end, add = self.text, self.end, self.tokens.append
        match, words = self.pattern.match, self.words
        queries = self.open_queries
        at = self.at
        if self.brackets.error is not None:
            self.result.errors.append(self.brackets.error)
        while True:
            found = match(text, at, end)
            assert found is not None and found.lastindex is not None  # the last alternative takes any character
            kind = found.lastindex
            start, at = found.span(kind)
            if kind == 3:
                word = text[start:at]
                if word in words:
                    self.word(word, start, at)
                elif "@" in word:
                    add((_PATH_FIELD, start, at, word))
                else:
                    add((_IDENT, start, at, word))
            elif kind == 4:
                at = self.link(start) if queries and start in self.in_chain else self.path(start, at)
            elif kind == 7:
                self.closing(text[start], start)
            elif kind == 8:
                self.operator(text[start:at], start, at)
            elif kind == 1:
                self.newline(start, at)
                if text.find("#", start, at) >= 0:
                    for comment in _COMMENT.finditer(text, start, at):
                        self.comment(comment.start(), comment.end())
            elif kind == 5:
                at = self.string(start)
            elif kind == 9:
                at = self.link(start)
            elif kind == 6:
                at = self.number(start)
            elif kind == 2:
                at = self.literal(start)
            elif kind == 10:
                self.comment(start, at)
            elif kind == 11:
                break
            else:
                add((KIND["ESCAPE"] if text[start] == "\\" else _UNKNOWN, start, at, None))
            if queries and queries[-1] < at:
                self.close_queries(at)
        self.result.is_open = bool(queries)
        self.leave_queries()
        add((KIND["END"], end, end, None))
        return self.result

    def word(self, word: str, start: int, end: int) -> None:
        """Lex a keyword or reserved word."""
        self.tokens.append((_WORDS[word], start, end, word))

    def closing(self, mark: str, start: int) -> None:
        """Lex a closing bracket, comma, colon or semicolon."""
        self.tokens.append((PUNCTUATION[mark], start, start + 1, None))

    def operator(self, text: str, start: int, end: int) -> None:
        """Lex a run of operator characters."""
        self.tokens.append((OPERATORS.get(text, KIND["OPERATOR"]), start, end, text))

    def newline(self, start: int, end: int) -> None:
        """Lex a run of newlines; one before `else` means nothing."""
        if _BEFORE_ELSE.match(self.text, end, self.end) is None:
            self.tokens.append((_NEWLINE, start, start + 1, None))

    def close_queries(self, at: int) -> None:
        """Close the paths that end before an offset; one whose end lies within a token is passed over."""
        while self.open_queries and self.open_queries[-1] == at - 1:
            self.open_queries.pop()
            self.close_query(at)

    def leave_queries(self) -> None:
        """Close at the end of the text what is open: paths with an end within a token, and those around them."""
        while self.open_queries:
            last = self.open_queries.pop()
            self.tokens.append((_RQUERY, last, last + 1, None))

    def close_query(self, end: int) -> None:
        """Set RQUERY at the last character of a path."""
        self.tokens.append((_RQUERY, end - 1, end, None))

    def comment(self, start: int, end: int) -> None:
        """Keep a comment."""
        self.result.comments.append(nodes.Comment(Span(start, end), self.text[start + 1 : end]))

    def path(self, start: int, end: int) -> int:
        """Lex a simple path as one token, unless it hangs on a word that is no variable."""
        text = self.text
        if text[start] not in ".%":
            word = WORD_RUN.match(text, start)
            assert word is not None
            if word.group() in _WORDS or "@" in word.group():
                return self.link(start)
        self.tokens.append((_PATH, start, end, text[start:end]))
        return end

    def link(self, start: int) -> int:
        """Lex what may start a path: a bracket, a dot, `%`, a word, the name of a call."""
        text, tokens = self.text, self.tokens
        mark = text[start]
        if (start not in self.in_chain and self.may_open(mark)) or text.startswith("..", start):
            self.open_query(start, start, "")
        if mark in PUNCTUATION:
            return self.opening(mark, start)
        word = WORD_RUN.match(text, start)
        assert word is not None
        end, name = word.end(), word.group()
        if self.is_call(name, end):
            self.call(start, end, name)
        elif name in self.words:
            self.word(name, start, end)
        elif name == "_":
            tokens.append((_UNDERSCORE, start, end, name))
        else:
            tokens.append((_PATH_FIELD if "@" in name else _IDENT, start, end, name))
        return end

    def may_open(self, mark: str) -> bool:
        """Tell whether a path may begin at a character of those that go on with one."""
        return mark != "("

    def opening(self, mark: str, start: int) -> int:
        """Lex an opening bracket, a dot or `%`."""
        self.tokens.append((PUNCTUATION[mark], start, start + 1, None))
        return start + 1

    def is_call(self, name: str, end: int) -> bool:
        """Tell whether a word that ends here is the name of a call."""
        return self.text.startswith(("(", "!"), end) and end < self.end

    def call(self, start: int, end: int, name: str) -> None:
        """Lex the name of a call."""
        self.tokens.append((_CALL, start, end, name))

    def open_query(self, start: int, at: int, before: str, mark: int = _LQUERY) -> None:
        """Set LQUERY where a chain begins that is a path, unless one is open that ends there too.

        The chain is followed from `at`; `before` stands for what of it comes before that.
        """
        last, links = self.chain(at, before)
        if last >= 0 and not (self.open_queries and self.open_queries[-1] == last):
            self.open_queries.append(last)
            self.in_chain.update(links)
            self.tokens.append((mark, start, start + 1, None))

    def chain(self, at: int, before: str) -> tuple[int, list[int]]:
        """Return the last offset of the path that goes on here, or -1, and where its links begin.

        Two dots in a row end the chain at the second of them. `before` is the link before: `a` for a word, `.`,
        a closing bracket, a quote, nothing at a path's start.
        """
        text, end = self.text, self.end
        closing = self.brackets.closing
        is_path = False
        links: list[int] = []
        while at < end:
            mark = text[at]
            if mark == ".":
                if before == ".":
                    return at, links
                links.append(at)
                if before == "" or before in 'a)}]"':
                    is_path = True
                at += 1
                before = "."
            elif mark == "%":
                if before:
                    return (at if is_path else -1), links
                is_path, before = True, "."
                links.append(at)
                at += 1
            elif mark in "[{(":
                if mark == "[" and before and before in "a])}":
                    is_path = True
                links.append(at)
                at = closing.get(at, end - 1) + 1
                before = {"[": "]", "{": "}", "(": ")"}[mark]
            elif mark == '"':
                literal = STRING.match(text, at, end)
                if literal is None:
                    break
                links.append(at)
                at = literal.end()
                before = '"'
            elif mark == "!":
                if self.is_inequality(at):
                    break
                at += 1
                before = "!"
            else:
                run = WORD_RUN.match(text, at, end)
                if run is None:
                    break
                links.append(at)
                at = run.end()
                before = "a"
        return (at - 1 if is_path else -1), links

    def is_inequality(self, at: int) -> bool:
        """Tell whether a `!` in a chain begins `!=`; to VRL it never does."""
        return False

    def string_pattern(self, start: int) -> re.Pattern[str]:
        """Return the pattern of a string that begins here."""
        return STRING

    def string(self, start: int) -> int:
        """Lex a string; its value is its raw text, checked."""
        literal = self.string_pattern(start).match(self.text, start, self.end)
        if literal is None:
            return self.unterminated(start, start + 1, 207, "invalid string literal")
        raw = literal.group(1)
        if "\\" in raw:
            try:
                unescape(raw, start + 1)
            except BadEscape as reason:
                self.result.errors.append(reason.diagnostic)
                raw = ""
        self.tokens.append((_STRING_KIND, start, literal.end(), raw))
        return literal.end()

    def literal(self, start: int) -> int:
        """Lex a raw string, regex or timestamp."""
        found = QUOTED.match(self.text, start, self.end)
        if found is None:
            return self.unterminated(start, start + 2, 208, "invalid literal")
        prefix, raw = self.text[start], found.group(1)
        self.tokens.append((_LITERALS[prefix], start, found.end(), raw if prefix == "s" else raw.replace("\\'", "'")))
        return found.end()

    def unterminated(self, start: int, inside: int, code: int, message: str) -> int:
        """Report a literal without end and go on after its line."""
        problem = Diagnostic(code, message, (Label(Span(inside - 1, inside), message),))
        if code == 207:
            try:
                unescape(self.text[inside : self.end], inside)
            except BadEscape as reason:
                problem = reason.diagnostic
        self.result.errors.append(problem)
        end = self.text.find("\n", start, self.end)
        end = self.end if end < 0 else end
        self.result.broken.add(start)
        self.tokens.append((_UNKNOWN, start, end, None))
        return end

    def number(self, start: int) -> int:
        """Lex a number, or a word that starts with a digit."""
        text = self.text
        found = self.number_pattern.match(text, start, self.end)
        assert found is not None
        end = found.end()
        if found.group(1) is not None:
            self.tokens.append((_FLOAT, start, end, float(found.group().replace("_", ""))))
            return end
        word = _DIGIT_WORD.match(text, start, self.end)
        if word is not None and word.end() > end:
            kind = _PATH_FIELD if "@" in word.group() else _IDENT
            self.tokens.append((kind, start, word.end(), word.group()))
            return word.end()
        value = int(found.group().replace("_", "")) if end - start < 4000 else 1 << 64
        if not -(1 << 63) <= value < 1 << 63:
            side = "small" if value < 0 else "large"
            text = f"invalid numeric literal: number too {side} to fit in target type"
            self.result.errors.append(Diagnostic(206, "invalid numeric literal", (Label(Span(start, end), text),)))
            value = 0
        self.tokens.append((_INTEGER, start, end, value))
        return end
