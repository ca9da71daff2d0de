"""How text must be written at a place of a YAML or TOML file, for edits of a program that stands there."""

from __future__ import annotations

from dataclasses import dataclass

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(frozen=True)
class Quoting:
    """The form of a text in its file.

    `style` is one of: "lines" (a block after `|`, or a multi-line literal: written as it is, with `margin` before each
    further line), "folded" and "plain" (one line may be changed, none added), "single" (YAML: a quote is doubled),
    "double" (backslash escapes), "double-lines" (TOML's three quotes: escapes, and newlines as they are),
    "literal" and "literal-lines" (TOML: no escapes at all).
    """

    style: str = "lines"
    margin: str = ""

    def write(self, text: str) -> str | None:
        """Return the text as it is written there; None where it cannot be."""
        return _WRITERS[self.style](text, self.margin)


def _lines(text: str, margin: str) -> str:
    return text.replace("\n", f"\n{margin}")


def _one_line(text: str, margin: str) -> str | None:
    return None if "\n" in text else text


def _plain(text: str, margin: str) -> str | None:
    return None if "\n" in text or ": " in text or " #" in text else text


def _single(text: str, margin: str) -> str | None:
    return None if "\n" in text else text.replace("'", "''")


def _double(text: str, margin: str) -> str:
    return "".join(_ESCAPES.get(mark, mark) for mark in text)


def _double_lines(text: str, margin: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _literal(text: str, margin: str) -> str | None:
    return None if "\n" in text or "'" in text else text


def _literal_lines(text: str, margin: str) -> str | None:
    return None if "'''" in text else text


_WRITERS = {
    "lines": _lines,
    "folded": _one_line,
    "plain": _plain,
    "single": _single,
    "double": _double,
    "double-lines": _double_lines,
    "literal": _literal,
    "literal-lines": _literal_lines,
}
