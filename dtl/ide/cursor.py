"""What stands around a cursor, told from the text alone, so that it also works where nothing parses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<string>(?:\b[rst])?'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?)
    |(?P<word>[^\W\d][\w@]*)
    |(?P<number>\d[\w.]*)
    |(?P<open>[(\[{])
    |(?P<close>[)\]}])
    |(?P<line>\n|;)
    |(?P<arrow>->|=>)
    |(?P<operator>\|=|\?\?|\|\||&&|[=!<>]=|\.\.=?|[-+*/<>|=])
    |(?P<mark>[.,:!%])
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
# A path that ends at the cursor: its root, its whole segments, the piece being typed.
_PATH = re.compile(
    r"""(?P<root>[%.]|[^\W\d][\w@]*(?=[.\[])|[)\]])
    (?P<segments>(?:(?:(?<=[%.])|\.)(?:[\w@]+|"(?:\\.|[^"\\])*")(?=[.\[])|\[-?\d+\])*)
    (?P<dot>\.?)(?P<piece>[\w@]*)\Z""",
    re.VERBOSE,
)
_SEGMENT = re.compile(r'\[(-?\d+)\]|"((?:\\.|[^"\\])*)"|([\w@]+)')
_WORD_END = re.compile(r"[\w@]*\Z")


class Token(NamedTuple):
    """A lexeme before the cursor."""

    kind: str
    text: str
    start: int


@dataclass(slots=True)
class CallAround:
    """A call whose parentheses are open at the cursor.

    Attributes:
        name: The function's name.
        start: Where the name begins.
        has_bang: Whether a `!` follows the name.
        is_method: Whether a receiver stands before the name.
        opened: The offset behind the `(`.
        commas: How many arguments are finished.
        names: The named arguments so far, the one at the cursor last if `named` tells so.
        named: The name of the argument at the cursor, if it has one.
        argument: The tokens of the argument at the cursor.
    """

    name: str
    start: int
    has_bang: bool
    is_method: bool
    opened: int
    commas: int = 0
    names: list[str] = field(default_factory=list)
    named: str | None = None
    argument: list[Token] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Path:
    """A path being typed: its root, its whole segments, the piece at the cursor and where that begins.

    `root` is "event", "metadata", a variable's name, or "" for another expression's value.
    """

    root: str
    segments: tuple[str | int, ...]
    piece: str
    start: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a cursor.

    Attributes:
        inside: "code", "string" or "comment".
        word: The word that ends at the cursor.
        word_start: Where it begins.
        string_start: Where the string around the cursor begins.
        calls: The open calls, the innermost last.
        is_argument: Whether the innermost open bracket is that of the innermost call.
        path: The path that ends at the cursor, if one does.
        before: The token before the word, line ends included.
        is_statement: Whether a new expression begins at the word.
        is_signature: Whether the cursor is among the parameters of a function's declaration.
    """

    inside: str
    word: str
    word_start: int
    string_start: int
    calls: tuple[CallAround, ...]
    is_argument: bool
    path: Path | None
    before: Token | None
    is_statement: bool
    is_signature: bool


def surroundings(text: str, start: int, offset: int) -> Surroundings:
    """Return what stands around an offset; `start` is where a root expression before it begins."""
    tokens: list[Token] = []
    open_calls: list[CallAround | None] = []
    inside, string_start = "code", offset
    for match in _TOKEN.finditer(text, start, offset):
        kind = str(match.lastgroup)
        token = Token(kind, match.group(), match.start())
        if kind in ("comment", "string") and match.end() == offset and _is_open(token, text, offset):
            inside, string_start = kind, match.start()
            break
        if (token.text.isspace() and kind != "line") or kind == "comment":
            continue
        _bracket(token, tokens, open_calls)
        tokens.append(token)
    word = "" if inside != "code" else str(_WORD_END.search(text, max(start, offset - 200), offset).group())  # type: ignore[union-attr]
    word_start = offset - len(word)
    before = next((token for token in reversed(tokens) if token.start < word_start), None)
    calls = tuple(call for call in open_calls if call is not None and call.name)
    innermost = open_calls[-1] if open_calls else None
    return Surroundings(
        inside,
        word,
        word_start,
        string_start,
        calls,
        innermost is not None and bool(innermost.name),
        _path(text, start, offset) if inside == "code" else None,
        before,
        before is None
        or before.kind in ("line", "arrow")
        or (before.text in ("{", "|") and "\n" in text[before.start : word_start]),
        innermost is not None and not innermost.name,
    )


def _is_open(token: Token, text: str, offset: int) -> bool:
    """Tell whether a cursor at a token's end is in it."""
    if token.kind == "comment":
        return True
    body = token.text.lstrip("rst") if token.text[0] in "rst" else token.text
    return len(body) < 2 or body[-1] != body[0] or _escapes(body) % 2 == 1


def _escapes(body: str) -> int:
    """Return how many backslashes stand before a string's last character."""
    return len(body) - 1 - len(body[:-1].rstrip("\\"))


def _bracket(token: Token, tokens: list[Token], open_calls: list[CallAround | None]) -> None:
    """Note what a token does to the open brackets and the calls among them."""
    call = open_calls[-1] if open_calls else None
    if token.kind == "open":
        opened = _call(token, tokens) if token.text == "(" else None
        if call is not None:
            call.argument.append(token)
        open_calls.append(opened)
    elif token.kind == "close":
        if open_calls:
            open_calls.pop()
    elif call is not None:
        if token.text == ",":
            call.commas += 1
            call.named = None
            call.argument = []
        elif token.text == ":" and len(call.argument) == 1 and call.argument[0].kind == "word":
            call.named = call.argument[0].text
            call.names.append(call.named)
            call.argument = []
        elif token.kind != "line":
            call.argument.append(token)


def _call(token: Token, tokens: list[Token]) -> CallAround | None:
    """Return the call that a parenthesis opens, if a name stands right before it; in a declaration one without name."""
    if not tokens:
        return None
    at = -1
    has_bang = tokens[at].text == "!" and tokens[at].start == token.start - 1
    if has_bang:
        at -= 1
    if len(tokens) < -at:
        return None
    name = tokens[at]
    if (
        name.kind != "word"
        or name.start + len(name.text) + has_bang != token.start
        or name.text in ("if", "while", "in")
    ):
        return None
    previous = tokens[at - 1] if len(tokens) >= 1 - at else None
    if previous is not None and previous.text == "fn":
        return CallAround("", name.start, False, False, token.start + 1)
    is_method = previous is not None and previous.text == "." and previous.start == name.start - 1
    return CallAround(name.text, name.start, has_bang, is_method, token.start + 1)


def _path(text: str, start: int, offset: int) -> Path | None:
    """Return the path that ends at an offset."""
    at = offset
    while at > start and (text[at - 1].isalnum() or text[at - 1] in '_@.[]"-%)' or _in_quotes(text, start, at)):
        at -= 1
        if text[at] == "%" and not (at > start and (text[at - 1].isalnum() or text[at - 1] in ")_")):
            break
    match = _PATH.search(text, at, offset)
    if match is None:
        return None
    root, segments = match.group("root"), match.group("segments")
    is_external = root in (".", "%")
    if not is_external and not match.group("dot"):
        return None
    if is_external and segments and not match.group("dot"):
        return None
    path = tuple(
        int(index) if index else quoted.replace('\\"', '"') if quoted else plain
        for index, quoted, plain in _SEGMENT.findall(segments)
    )
    name = {".": "event", "%": "metadata", ")": "", "]": ""}.get(root, root)
    return Path(name, path, match.group("piece"), match.start("piece"))


def _in_quotes(text: str, start: int, at: int) -> bool:
    """Tell whether the character before a place is in a quoted segment: between `."` and `"`."""
    line = text.rfind("\n", start, at) + 1
    return text.count('"', max(line, start), at) % 2 == 1
