"""Cases in Markdown: headings name them, fences hold programs and what is expected of them.

A `dtl` or `vrl` fence begins a case. The fences after it, up to the next program or heading, belong to it:

    json          the record after; if there are two, or the run does not end well, the record before comes first
    metadata      the metadata before; if there are two, the second is what it is afterwards
    result        the value of the program, as a literal of the language
    error         the message of the error that ends the run
    status        `aborted` or `dropped`
    diagnostics   the report on the program; with `strict` after the word, compiled strictly
    types         the type of the record afterwards
    hir           the program's HIR after the optimizer pass that the file is about
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PROGRAMS = ("dtl", "vrl")
EXPECTATIONS = ("json", "metadata", "result", "error", "status", "diagnostics", "types", "hir")

_FENCE = re.compile(r"^```([\w-]*)([^\n]*)\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
_PIECE = re.compile(rf"^(#+) +([^\n]*)$|{_FENCE.pattern}", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Fence:
    """A block of text: its words after the backticks, its text without the last line feed, where the text lies."""

    kind: str
    words: tuple[str, ...]
    text: str
    span: tuple[int, int]


@dataclass(frozen=True)
class Case:
    """A program and what is expected of it."""

    file: Path
    name: str
    line: int
    dialect: str
    program: Fence
    expected: list[Fence] = field(default_factory=list)

    def texts(self, kind: str) -> list[str]:
        """Return the texts of the fences of one kind."""
        return [fence.text for fence in self.expected if fence.kind == kind]

    @property
    def is_strict(self) -> bool:
        """Tell whether a word asks for strict compilation."""
        return any("strict" in fence.words for fence in (self.program, *self.expected))

    def before(self, kind: str) -> str:
        """Return the record or metadata before."""
        texts = self.texts(kind)
        return texts[0] if len(texts) > 1 or (texts and self._comes_first(kind)) else "{}"

    def after(self, kind: str) -> str | None:
        """Return the record or metadata afterwards, if the case tells."""
        texts = self.texts(kind)
        return texts[-1] if len(texts) > 1 or (texts and not self._comes_first(kind)) else None

    def _comes_first(self, kind: str) -> bool:
        return kind == "metadata" or bool(self.texts("error") or self.texts("status"))


def read_cases(file: Path) -> Iterator[Case]:
    """Yield the cases of a file.

    Raises:
        ValueError: a fence is of no known kind, or belongs to no program.
    """
    text = file.read_text(encoding="utf-8")
    headings: list[str] = []
    counts: dict[str, int] = {}
    case: Case | None = None
    for match in _PIECE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match[1]:
            if case is not None:
                yield case
            case = None
            headings[len(match[1]) - 1 :] = [match[2].strip()]
            continue
        fence = Fence(match[3], tuple(match[4].split()), match[5].removesuffix("\n"), match.span(5))
        if fence.kind in PROGRAMS:
            if case is not None:
                yield case
            name = " / ".join(headings[1:] or headings)
            counts[name] = counts.get(name, 0) + 1
            shown = name if counts[name] == 1 else f"{name} ({counts[name]})"
            case = Case(file, shown, line, fence.kind, fence)
        elif fence.kind in EXPECTATIONS and case is not None:
            case.expected.append(fence)
        elif fence.kind in EXPECTATIONS:
            raise ValueError(f"{file}:{line}: a {fence.kind} fence without a program")
        elif fence.kind not in ("sh", "text", "yaml", "python", "toml", ""):
            raise ValueError(f"{file}:{line}: unknown fence {fence.kind!r}")
    if case is not None:
        yield case


def rewrite(case: Case, fence: Fence, text: str) -> None:
    """Put another text into a case's fence; places may have moved since the file was read, so it is searched."""
    whole = case.file.read_text(encoding="utf-8")
    program = whole.index(f"\n{case.program.text}\n```")
    start = whole.index(f"```{fence.kind}", program)
    start = whole.index("\n", start) + 1
    end = start + len(fence.text)
    assert whole[start:end] == fence.text
    case.file.write_text(whole[:start] + text + whole[end:], encoding="utf-8")
