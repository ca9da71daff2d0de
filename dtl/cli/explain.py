"""Explain a diagnostic code: what it means, a program that causes it and one that does not."""

from __future__ import annotations

import argparse
import textwrap

from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.diagnostics.codes import CODES, Code

SUMMARY = "explain a diagnostic code"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("code", nargs="?", help="such as E103 or 103; all codes are listed without one")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the explanation of one code, or the list of all."""
    if arguments.code is None:
        console.print("\n".join(f"{code.name:<6} {code.title}" for code in CODES.values()))
        return Exit.OK
    digits = arguments.code.upper().removeprefix("E")
    code = CODES.get(int(digits)) if digits.isdecimal() else None
    if code is None:
        console.error(f"no code {arguments.code!r}; `dtl explain` lists them all")
        return Exit.USAGE
    console.print(_explanation(code))
    return Exit.OK


def _explanation(code: Code) -> str:
    parts = [f"{code.severity.value}[{code.name}]: {code.title}", textwrap.fill(code.explanation, 88)]
    if code.wrong:
        parts.append("Wrong:\n\n" + _indented(code.wrong))
    if code.right:
        parts.append("Right:\n\n" + _indented(code.right))
    return "\n\n".join(parts)


def _indented(program: str) -> str:
    return "\n".join(f"    {line}" for line in program.split("\n"))
