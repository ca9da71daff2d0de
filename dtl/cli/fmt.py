"""Format programs in place; - formats the standard input onto the standard output."""

from __future__ import annotations

import argparse
import difflib
from pathlib import Path

from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.cli.io.programs import DIALECTS, NoProgram, dialect_of, read_program, report
from dtl.source import Source
from dtl.syntax.format import format_source
from dtl.syntax.parser import parse

SUMMARY = "format programs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="+", metavar="FILE", help="programs; - is the standard input")
    parser.add_argument("--dialect", choices=DIALECTS, help="default: vrl for files that end so, else dtl")
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a file is not formatted")
    parser.add_argument("--diff", action="store_true", help="change nothing; show what would change")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Format every file that parses."""
    code = Exit.OK
    for path in arguments.paths:
        try:
            source = read_program(path, console)
        except NoProgram as reason:
            console.error(str(reason))
            code = Exit.FILE
            continue
        code = max(code, _format(source, path, arguments, console))
    return code


def _format(source: Source, path: str, arguments: argparse.Namespace, console: Console) -> Exit:
    dialect = dialect_of(path, arguments.dialect)
    _, problems = parse(source, dialect)
    if problems:
        report(problems, source, console)
        return Exit.COMPILE
    formatted = format_source(source, dialect)
    is_changed = formatted != source.text
    if arguments.diff and is_changed:
        console.write(_difference(source.text, formatted, path).encode())
    if arguments.check or arguments.diff:
        if is_changed and arguments.check:
            name, how = ("the standard input", "dtl fmt -") if path == "-" else (path, f"dtl fmt {path}")
            console.say(f"{name} is not formatted: `{how}` does it")
        return Exit.FAILED if is_changed else Exit.OK
    if path == "-":
        console.write(formatted.encode())
    elif is_changed:
        try:
            Path(path).write_text(formatted, encoding="utf-8", newline="")
        except OSError as reason:
            console.error(f"cannot write {path}: {reason.strerror or reason}")
            return Exit.FILE
        console.say(f"formatted {path}")
    return Exit.OK


def _difference(before: str, after: str, path: str) -> str:
    """Return a unified diff, with the remark of diff tools on a last line that does not end."""
    lines = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), path, path)
    ended = (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return "".join(ended)
