"""Advice to who writes dtl as another language: what a token that fits nowhere was meant to be, and how dtl says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from dtl.diagnostics.diagnostic import Edit, Fix
from dtl.pattern import pattern
from dtl.source import Span
from dtl.syntax.tokens import KIND, Token

#: A note, and the edits that follow it, if it is clear how.
Advice: TypeAlias = tuple[str, tuple[Edit, ...]]

_NONE: tuple[tuple[str, ...], tuple[Fix, ...]] = (), ()
_END = KIND["END"]
_RESERVED = KIND["RESERVED"]
_OPENING = {KIND["LBRACE"]: "{", KIND["LBRACKET"]: "[", KIND["LPAREN"]: "("}
_CLOSING = {KIND["RBRACE"]: "{", KIND["RBRACKET"]: "[", KIND["RPAREN"]: "("}
_BREAKS = frozenset((KIND["NEWLINE"], KIND["SEMICOLON"]))
_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"}
_KEY = pattern(r"[A-Za-z_]\w*")
_PATH = pattern(r"[.%]?[A-Za-z_@][\w@.]*")


class _Place(NamedTuple):
    """A token that fits nowhere, and the text around it."""

    text: str
    tokens: list[Token]
    at: int
    first: int  # the first token of the root expression

    def word(self, step: int = 0) -> str:
        """Return the text of the token, or of one before or after it; "" beyond the root expression."""
        at = self.at + step
        if not self.first <= at < len(self.tokens) or self.tokens[at][0] == _END:
            return ""
        _, start, end, _ = self.tokens[at]
        return self.text[start:end]

    def span(self, step: int = 0) -> Span:
        """Return where the token, or one before or after it, stands."""
        _, start, end, _ = self.tokens[self.at + step]
        return Span(start, end)

    @property
    def is_joined(self) -> bool:
        """Tell whether the token before ends where this one begins."""
        return self.at > self.first and self.tokens[self.at - 1][2] == self.tokens[self.at][1]

    def words(self) -> list[str]:
        """Return the words of the line before the token."""
        found: list[str] = []
        step = -1
        while self.at + step >= self.first and self.tokens[self.at + step][0] not in _BREAKS:
            found.append(self.word(step))
            step -= 1
        return found[::-1]


def habit(text: str, tokens: list[Token], at: int, start: int) -> tuple[tuple[str, ...], tuple[Fix, ...]]:
    """Return the notes and fixes for a token that fits nowhere; `start` is where its root expression may begin."""
    first = at
    while first > 0 and tokens[first - 1][1] >= start:
        first -= 1
    while first < at and tokens[first][0] in _BREAKS:
        first += 1
    place = _Place(text, tokens, at, first)
    for rule in _RULES:
        found = rule(place)
        if found is not None:
            note, edits = found
            return (note,), (Fix(note, edits),) if edits else ()
    return _NONE


# --- words in the place of words and signs --------------------------------------------------------------

_SPELT = {
    "elif": ("`elif` is written `else if`", "else if"),
    "elsif": ("`elsif` is written `else if`", "else if"),
    "elseif": ("`elseif` is written `else if`", "else if"),
    "and": ("`and` is written `&&`", "&&"),
    "or": ("`or` is written `||`; a default for what fails is written `??`", "||"),
    "is": ("`is` is written `==`", "=="),
    "except": ("`except` is written `catch`", "catch"),
    "rescue": ("`rescue` is written `catch`", "catch"),
}
_ADVISED = {
    "then": "the body of an `if` stands in braces: `if a { b }`",
    "in": "whether a list holds a value is told by `includes(list, value)`",
    "as": "there are no casts: call `to_string`, `to_int`, `to_float` or `to_bool`",
    "if": "`if` comes first and gives a value: `x = if a { b } else { c }`",
    "unless": "there is no `unless`: write `if !a { b }`",
    "where": "there is no `where`: write `if a { b }`",
}
_DECLARING = frozenset(("let", "var", "const", "local", "set", "my", "auto"))
_DEFINING = frozenset(("function", "def", "func", "fun", "sub", "proc"))
_SWITCHING = frozenset(("switch", "case", "when", "cond"))


def _spelt(place: _Place) -> Advice | None:
    word = place.word()
    if word in _SPELT and place.at > place.first:
        note, right = _SPELT[word]
        return note, (Edit(place.span(), right),)
    if word in _ADVISED and place.at > place.first:
        return _ADVISED[word], ()
    return None


def _after_word(place: _Place) -> Advice | None:
    """Advise on a word before the token that another language has in this place."""
    before, word = place.word(-1), place.word()
    if place.is_joined and word[:1] in "\"'" and before in ("f", "b", "u"):
        return f'a text has no `{before}` before it; `"{{{{ name }}}}"` puts a value into one', ()
    if before == "not":
        return "`not` is written `!`", (Edit(Span(place.span(-1).start, place.span().start), "!"),)
    is_first = len(place.words()) == 1
    if is_first and before in _DECLARING and _PATH.match(word):
        note = f"a variable is made by assigning to it: `{word} = ...`"
        return note, (Edit(Span(place.span(-1).start, place.span().start), ""),)
    if is_first and before in _DEFINING:
        return f"`{before}` is written `fn`: `fn name(value) {{ ... }}`", ()
    if is_first and before in _SWITCHING:
        return f"`{before}` is written `match`: `match value {{ 1 => a, _ => b }}`", ()
    if is_first and before == "import":
        return 'an import names a file: `import "texts.dtl"`', ()
    if _KEY.fullmatch(before) and before not in ("if", "while", "true", "false", "null") and _is_value(place):
        return f"if `{before}` is a function, its arguments stand in parentheses: `{before}(...)`", ()
    return None


def _is_value(place: _Place) -> bool:
    """Tell whether a value begins at the token, which follows a word after a space."""
    word = place.word()
    return not place.is_joined and (word[:1] in "\"'" or (_PATH.match(word) is not None and word[:1] in ".%"))


# --- words that are reserved ----------------------------------------------------------------------------

_LOOP = "`for` takes the elements of a list one by one, without parentheses: `for x in list { ... }`"
_LOOPING = pattern(r"\((?:(?:let|const|var)\s+)?([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)?)\s+(?:of|in)\s+")
_TYPE_WORDS = frozenset(
    ("array", "bool", "boolean", "duration", "float", "int", "integer", "object", "regex", "string", "timestamp")
)


def _loops(place: _Place) -> Advice | None:
    """Advise on loops in the form of other languages."""
    word, words = place.word(), place.words()
    span = place.span()
    if word == "of" and words[:1] == ["for"]:
        return "`for x of list` is written `for x in list`", (Edit(span, "in"),)
    if word == "each" and words == ["for"]:
        return "`for each` is written `for`", (Edit(Span(span.start, place.span(1).start), ""),)
    if word == "do" and words[:1] in (["for"], ["while"]):
        return f"the body of `{words[0]}` stands in braces, without a `do`", (
            (Edit(Span(span.start, place.span(1).start), ""),) if place.word(1) == "{" else ()
        )
    if place.tokens[place.at][0] != _RESERVED or word not in ("for", "foreach", "forall"):
        return None
    if place.word(1) != "(":
        return f"`{word}` is written `for`", (Edit(span, "for"),) if word != "for" else ()
    opened = place.span(1)
    head = _LOOPING.match(place.text, opened.start)
    closed = _closed(place, place.at + 1)
    if head is None or closed is None:
        return _LOOP, ()
    return _LOOP, (Edit(Span(span.start, head.end()), f"for {head[1]} in "), Edit(closed, ""))


def _closed(place: _Place, at: int) -> Span | None:
    """Return where the bracket is closed that is opened by a token."""
    depth = 0
    for kind, start, end, _ in place.tokens[at:]:
        depth += (kind in _OPENING) - (kind in _CLOSING)
        if not depth:
            return Span(start, end)
    return None


def _reserved(place: _Place) -> Advice | None:
    """Advise on reserved words that mean something in other languages."""
    word, span = place.word(), place.span()
    if place.tokens[place.at][0] != _RESERVED:
        return None
    if word == "undefined":
        return "`undefined` is written `null`", (Edit(span, "null"),)
    if word == "loop":
        return "a loop without an end is written `while true { ... }`", (Edit(span, "while true"),)
    if word == "do":
        return "there is no `do`: write `while a { ... }`", ()
    if word == "unless":
        return _ADVISED[word], ()
    if word in _TYPE_WORDS and place.at == place.first and place.word(2) == "=" and _KEY.fullmatch(place.word(1)):
        note = f"a variable is declared by assigning to it, without a type: `{place.word(1)} = ...`"
        return note, (Edit(Span(span.start, place.span(1).start), ""),)
    return None


# --- signs ----------------------------------------------------------------------------------------------


def _quotes(place: _Place) -> Advice | None:
    """Advise on quotes that a word processor has made."""
    start = place.span().start if place.word() else -1
    mark = place.text[start : start + 1] if start >= 0 else ""
    if mark == "`":
        return 'texts stand in double quotes; `"{{ name }}"` puts a value into one', ()
    if mark not in _QUOTES:
        return None
    straight = _QUOTES[mark]
    note = f"`{mark}` is a quote of a word processor; programs have `{straight}`"
    line = place.text.find("\n", start)
    line = len(place.text) if line < 0 else line
    end = next((i for i in range(start + 1, line) if _QUOTES.get(place.text[i]) == straight), -1)
    if end < 0 or '"' in place.text[start:end] or "\\" in place.text[start:end]:
        return note, ()
    return note, (Edit(Span(start, start + 1), straight), Edit(Span(end, end + 1), straight))


_LONG = {
    "===": ("`===` is written `==`", "=="),
    "!==": ("`!==` is written `!=`", "!="),
    "&&&": ("`&&&` is written `&&`", "&&"),
    "|||": ("`|||` is written `||`", "||"),
}


def _signs(place: _Place) -> Advice | None:
    """Advise on signs that other languages put together."""
    start, _ = place.span()
    text = place.text
    if place.word() == "":
        return None
    for length in (2, 1):
        long = text[start - length : start + 1]
        if long in _LONG and start >= length:
            note, right = _LONG[long]
            return note, (Edit(Span(start - length, start + 1), right),)
    if text.startswith(("//", "/*"), start) and place.at == place.first:
        note = "a comment begins with `#` and ends with the line"
        return note, (Edit(Span(start, start + 2), "#"),) if text[start + 1] == "/" else ()
    pair = text[start - 1 : start + 1]
    if pair == "//":
        return "`//` is no operator: a default for what fails is written `??`, one for null or false `||`", ()
    if pair == "**":
        return "`**` is no operator", ()
    if pair == "[]":
        return (
            "every element is met by `for item in list { ... }` or `map_values(list)`; one has a number: `list[0]`",
            (),
        )
    if pair in ("++", "--"):
        return _stepped(place, pair)
    if text[start] == "?":
        return _question(place)
    if text[start] == "$":
        return "names have no `$` before them", (Edit(Span(start, start + 1), ""),)
    if text[start] == "%" and place.at > place.first:
        return "the remainder of a division is told by `mod(a, b)`", ()
    if text[start] == "." and text[start + 1 : start + 2] in (" ", '"') and place.word(-1)[:1] == '"':
        return "texts are joined by `+`", ()
    return None


def _stepped(place: _Place, pair: str) -> Advice | None:
    """Advise on `x++`."""
    words = place.words()[:-1]
    start, _ = place.span()
    line = place.text.rfind("\n", 0, start) + 1
    target = place.text[line : start - 1].strip()
    if not words or _PATH.fullmatch(target) is None:
        return f"`{pair}` is no operator: add or take away 1", ()
    return f"`{pair}` is no operator; write `{target} = {target} {pair[0]} 1`", ()


def _question(place: _Place) -> Advice:
    start, _ = place.span()
    if place.text.startswith("?.", start):
        note = "a path through what is not there gives null by itself: no `?` is needed"
        return note, (Edit(Span(start, start + 1), ""),)
    return "a choice is written `if a { b } else { c }`", ()


# --- structure ------------------------------------------------------------------------------------------


def _assignment(place: _Place) -> Advice | None:
    """Advise on `=` in a condition."""
    words = place.words()
    if place.word() == "=" and words[:1] == ["for"]:
        return "`for` takes the elements of a list one by one: `for x in list { ... }`", ()
    if place.word() == "=" and words[-2:-1] == ["-"] and len(words) == 3 and not any(" " in word for word in words):
        return _dashed(place)
    if place.is_joined and place.text[place.span().start - 1] in "=!":
        return None
    if place.word() == "=" and words[:1] in (["if"], ["while"], ["}"]) and "{" not in words[1:]:
        if words[0] == "}" and words[1:3] != ["else", "if"]:
            return None
        return "`=` stores; whether two values are equal is told by `==`", (Edit(place.span(), "=="),)
    return None


def _dashed(place: _Place) -> Advice | None:
    """Advise on a field whose name has a `-`."""
    span = Span(place.span(-3).start, place.span(-1).end)
    written = place.text[span.start : span.end]
    if " " in written or written[:1] not in ".%" or "[" in written or '"' in written:
        return None
    head, _, last = written.rpartition(".")
    return f'a name with `-` in it is quoted: `{head}."{last}"`', (Edit(span, f'{head}."{last}"'),)


def _key(place: _Place) -> Advice | None:
    """Advise on a key without quotes, an arm of a match, an element by a dot or a field in brackets."""
    word, before = place.word(), place.word(-1)
    words = place.words()
    if word in (":", "->") and "match" in words:
        return f"an arm of a `match` has `=>` where this has `{word}`", (Edit(place.span(), "=>"),)
    if word == ":" and _KEY.fullmatch(before) and place.word(-2) in ("{", ",", "\n"):
        return f'the keys of an object are texts: `"{before}": ...`', (Edit(place.span(-1), f'"{before}"'),)
    if word and place.word(1) == ":" and _KEY.fullmatch(word) and before in ("{", ","):
        return f'the keys of an object are texts: `"{word}": ...`', (Edit(place.span(), f'"{word}"'),)
    if before == "[" and word[:1] == '"' and place.word(1) == "]":
        note = f"a field is written behind a dot: `.{word}`"
        dot = "" if place.word(-2) == "." or place.text[place.span(-1).start - 1] == "." else "."
        return note, (Edit(Span(place.span(-1).start, place.span(1).end), f"{dot}{word}"),)
    if word.isdecimal() and place.text[place.span().start - 1] == ".":
        start, end = place.span()
        return f"an element is written in brackets: `[{word}]`", (Edit(Span(start - 1, end), f"[{word}]"),)
    return None


def _braces(place: _Place) -> Advice | None:
    """Advise on what stands between a condition and its body."""
    words = place.words()
    if words[:1] in (["if"], ["while"], ["for"]) and "{" not in words and place.word(-1) in (")", "]"):
        return f"the body of `{words[0]}` stands in braces: `{words[0]} ... {{ ... }}`", ()
    if words[-1:] == ["else"] and place.word():
        return "what follows `else` stands in braces: `else { ... }`", ()
    return None


def _unclosed(place: _Place) -> Advice | None:
    """Advise on the innermost bracket that is still open where a line or the program ends."""
    at = place.at
    is_new = at > place.first and place.tokens[at - 1][0] in _BREAKS
    if not is_new and place.tokens[at][0] != _END:
        return None
    stack = _open(place)
    if not stack:
        return None
    kind, start, _, _ = stack[-1]
    line = place.text[place.text.rfind("\n", 0, start) + 1 : start].lstrip() + place.text[start:].split("\n", 1)[0]
    return f"the `{_OPENING[kind]}` of `{line.strip()[:40]}` is not closed", ()


def _open(place: _Place) -> list[Token]:
    """Return the brackets that are open before the token."""
    stack: list[Token] = []
    for token in place.tokens[place.first : place.at]:
        if token[0] in _OPENING:
            stack.append(token)
        elif token[0] in _CLOSING and stack:
            stack.pop()
    return stack


def _unopened(place: _Place) -> Advice | None:
    """Advise on a bracket that closes none."""
    closing = _CLOSING.get(place.tokens[place.at][0])
    if closing is None or not place.words():
        return None  # one alone in its line most likely closes what an error before it has opened
    stack = _open(place)
    if not stack:
        return f"no `{closing}` is open that this could close", (Edit(place.span(), ""),)
    return None


def _literals(place: _Place) -> Advice | None:
    """Advise on regexes and closures in the form of other languages."""
    start, end = place.span()
    word, before = place.word(), place.word(-1)
    if place.is_joined and word[:1] == '"' and before in ("r", "s", "t"):
        note = f"after `{before}` come single quotes: `{before}'...'`"
        body = word[1:-1]
        return note, () if "'" in body or '"' in body or len(word) < 2 else (Edit(Span(start, end), f"'{body}'"),)
    if word == "/" and before in ("=", "(", ",", "=="):
        line = place.text[end:].split("\n", 1)[0]
        closing = line.find("/")
        note = "a regex is written `r'...'`"
        if closing <= 0 or "'" in line[:closing] or "\\/" in line[: closing + 1]:
            return note, ()
        return note, (Edit(Span(start, end + closing + 1), f"r'{line[:closing]}'"),)
    if word in ("|", "||") and before in ("(", ","):
        return "a closure is written `x => x + 1`, or behind the call: `map_values(value) -> |x| { ... }`", ()
    return None


_RULES: tuple[Callable[[_Place], Advice | None], ...] = (
    _loops,
    _reserved,
    _quotes,
    _spelt,
    _assignment,
    _key,
    _literals,
    _signs,
    _braces,
    _after_word,
    _unclosed,
    _unopened,
)
