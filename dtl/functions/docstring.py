"""Read a function's docstring: summary, usage, Args, Raises, Examples."""

from __future__ import annotations

import re
from inspect import cleandoc

from dtl.data import fresh, frozen


@frozen
class Example:
    """A program and what it gives.

    Attributes:
        title: What it shows.
        source: The program; several lines where it was written with `...`.
        result: The expected value as a DTL literal, or `error: message` where it fails.
        skip: Why it cannot be run as a test (`# not run: reason` behind the last line), if so.
    """

    title: str
    source: str
    result: str
    skip: str = ""

    @property
    def error(self) -> str | None:
        """Return the expected failure's message."""
        return self.result.removeprefix("error:").strip() if self.result.startswith("error:") else None


@frozen
class Documentation:
    """A docstring taken apart."""

    summary: str
    usage: str = ""
    arguments: dict[str, str] = fresh(factory=dict)
    raises: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


# Compiled when a docstring is first read: every run imports this module, and few read docstrings.
_SECTION = r"(?m)^(Args|Returns|Raises|Examples):\s*$"
_ARGUMENT = r"^(\w+):\s+(.*)$"
_NOT_RUN = r"\s+# not run: (.+)$"


def read_docstring(text: str) -> Documentation:
    """Return a docstring's parts."""
    pieces = re.split(_SECTION, cleandoc(text))
    summary, _, usage = pieces[0].partition("\n")
    sections = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return Documentation(
        summary.strip(),
        usage.strip(),
        _read_arguments(sections.get("Args", "")),
        tuple(_items(sections.get("Raises", ""))),
        tuple(_read_examples(sections.get("Examples", ""))),
    )


def _items(text: str) -> list[str]:
    """Return the entries of a section: a deeper indented line goes on with the entry before."""
    lines = cleandoc("\n" + text).split("\n")
    entries: list[list[str]] = []
    for line in lines:
        if line.startswith((" ", "\t")) and entries:
            entries[-1].append(line.strip())
        elif line.strip():
            entries.append([line.strip()])
    return [" ".join(entry) for entry in entries]


def _read_arguments(text: str) -> dict[str, str]:
    found = {}
    for entry in _items(text):
        if match := re.match(_ARGUMENT, entry):
            found[match[1]] = match[2]
    return found


def _read_examples(text: str) -> list[Example]:
    examples: list[Example] = []
    title = ""
    source: list[str] = []
    result: list[str] = []

    def finish() -> None:
        if source:
            program, reason = "\n".join(source), ""
            if match := re.search(_NOT_RUN, program):
                program, reason = program[: match.start()], match[1]
            examples.append(Example(title, program, "\n".join(result).strip(), reason))
            source.clear()
            result.clear()

    for line in cleandoc("\n" + text).split("\n"):
        stripped = line.strip()
        if stripped.startswith(">>>"):
            finish()
            source.append(stripped[3:].removeprefix(" "))
        elif stripped.startswith("...") and source and not result:
            source.append(stripped[3:].removeprefix(" "))
        elif line and not line.startswith((" ", "\t")):
            finish()
            title = stripped.rstrip(":")
        elif stripped:
            result.append(stripped)
    finish()
    return examples
