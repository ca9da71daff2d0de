"""What the REPL has to say, as data; the terminal decides how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dtl.diagnostics.diagnostic import Diagnostic
from dtl.source import Source


@dataclass(frozen=True, slots=True)
class Value:
    """A program's value."""

    value: Any


@dataclass(frozen=True, slots=True)
class Problems:
    """Why a program did not compile, or what to watch in one that did."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """How a run ended early, and where."""

    message: str
    source: Source
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text: help, a type, a listing."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quit:
    """The session is over."""


Answer = Value | Problems | Failure | Text | Quit
