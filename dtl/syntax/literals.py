"""What string literals mean: escapes, and the templates inside them."""

from __future__ import annotations

from dtl.data import data
from dtl.diagnostics.diagnostic import Diagnostic, Label
from dtl.pattern import pattern
from dtl.source import Span

_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\", '"': '"', "'": "'", "{": "{", "}": "}"}
_SPACE = pattern("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*")
_HEX = pattern("[0-9A-Fa-f]*")
_ESCAPED_BRACES = pattern(r"\\(\{\{|\}\})")


class BadEscape(Exception):
    """A backslash sequence without meaning; `diagnostic` says which."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@data
class Piece:
    """A stretch of a template: text, or the name of a variable, which lies `inner` characters into it."""

    start: int
    end: int
    text: str
    is_variable: bool
    inner: int = 0


class DottedText(str):
    """A string literal's raw text, the templates of which may hold paths."""


def invalid_escape(character: str, at: int) -> BadEscape:
    """Return the error for a backslash before a character that has no meaning there."""
    return BadEscape(
        Diagnostic(
            209,
            f"invalid escape character: \\{character}",
            (Label(Span(at, at + 1), f"invalid escape character: {character}"),),
        )
    )


def unescape(raw: str, at: int) -> str:
    r"""Return a literal's text with its escapes decoded; `at` is where it begins in the source.

    Raises:
        BadEscape: `\x` and its like, or `\u{..}` that is no Unicode scalar value.
    """
    if "\\" not in raw:
        return raw
    parts: list[str] = []
    done = 0
    while (slash := raw.find("\\", done)) >= 0:
        parts.append(raw[done:slash])
        character = raw[slash + 1 : slash + 2]
        if (plain := _SIMPLE.get(character)) is not None:
            parts.append(plain)
            done = slash + 2
        elif character == "\n":
            space = _SPACE.match(raw, slash + 2)
            done = space.end() if space else slash + 2
        elif character == "u":
            text, done = _unicode(raw, slash, at)
            parts.append(text)
        else:
            raise invalid_escape(character or "\0", at + slash + 1)
    parts.append(raw[done:])
    return "".join(parts)


def _unicode(raw: str, slash: int, at: int) -> tuple[str, int]:
    r"""Decode `\u{..}` and return the character and where the text goes on."""
    start = slash + 2
    if raw[start : start + 1] != "{":
        raise invalid_escape(raw[start : start + 1] or "\0", at + start)
    digits = _HEX.match(raw, start + 1)
    end = digits.end() if digits else start + 1
    if raw[end : end + 1] != "}":
        raise invalid_escape(raw[end : end + 1] or "\0", at + end)
    number = int(raw[start + 1 : end] or "-1", 16)
    if not 0 <= number <= 0x10FFFF or 0xD800 <= number < 0xE000:
        text = "invalid unicode escape sequence"
        raise BadEscape(Diagnostic(211, text, (Label(Span(at + slash, at + end + 1), text),)))
    return chr(number), end + 1


def pieces(raw: str, at: int) -> list[Piece]:
    """Split a literal that contains `{{` into decoded text and variables.

    Braces are looked for before escapes are decoded; a backslash right before two braces hides them and is
    dropped. What follows an opening without end is dropped.
    """
    found: list[Piece] = []
    done = scan = 0
    while (opening := raw.find("{{", scan)) >= 0:
        if opening and raw[opening - 1] == "\\":
            scan = opening + 2
            continue
        if opening > done:
            found.append(_text(raw, done, opening, at))
        closing = raw.find("}}", opening + 2)
        if closing < 0:
            return found
        done = scan = closing + 2
        if closing > opening + 2:
            inside = raw[opening + 2 : closing]
            inner = 2 + len(inside) - len(inside.lstrip())
            found.append(Piece(at + opening, at + closing + 2, inside.strip(), True, inner))
    if len(raw) > done:
        found.append(_text(raw, done, len(raw), at))
    return found


def _text(raw: str, start: int, end: int, at: int) -> Piece:
    """Return the piece of decoded text between two offsets of a literal."""
    part = _ESCAPED_BRACES.sub(r"\1", raw[start:end])
    return Piece(at + start, at + end, unescape(part, at + start), False)


def text_of(raw: str, at: int) -> str:
    """Return a literal's text as an expression without variables: hidden braces lose their backslash."""
    if "\\" in raw and ("{{" in raw or "}}" in raw):
        raw = _ESCAPED_BRACES.sub(r"\1", raw)
    return unescape(raw, at)


def field_name(raw: str, at: int) -> str:
    """Return a quoted path segment's name: variables of a template are written out as `{{ name }}`."""
    if "{{" not in raw:
        return text_of(raw, at)
    return "".join(f"{{{{ {piece.text} }}}}" if piece.is_variable else piece.text for piece in pieces(raw, at))
