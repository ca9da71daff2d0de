"""Try programs line by line over an event; variables and the event stay between lines."""

from __future__ import annotations

import argparse
import io
import os
import sys
from importlib import import_module
from pathlib import Path

from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.cli.io.files import unreadable
from dtl.cli.io.programs import load_import
from dtl.repl.answer import Failure, Problems, Quit
from dtl.repl.commands import carry_out
from dtl.repl.session import Session, is_complete
from dtl.repl.show import plain

SUMMARY = "try programs line by line"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("events", nargs="?", metavar="FILE", help="JSON lines to try programs on")
    parser.add_argument("--dialect", choices=("dtl", "vrl"), default="dtl", help="default: dtl")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Start a session: with keys and colours on a terminal, plain in a pipe."""
    session = Session(dialect=arguments.dialect, load=load_import)
    if (problem := unreadable([arguments.events] if arguments.events else [])) is not None:
        console.error(problem)
        return Exit.FILE
    if arguments.events:
        for answer in carry_out(session, f":event {arguments.events}"):
            console.print(plain(answer))
    if sys.stdin.isatty() and sys.stdout.isatty():
        try:
            # Imported here: prompt_toolkit is an extra, and a pipe does not need it.
            terminal = import_module("dtl.repl.terminal")
        except ImportError:
            console.error('the REPL on a terminal needs prompt_toolkit: pip install "dtl-lang[repl]"')
            return Exit.USAGE
        terminal.run_terminal(session, _history())
        return Exit.OK
    return _plain(session, console)


def _plain(session: Session, console: Console) -> int:
    """Answer the lines of a pipe; the exit code tells whether the last one failed."""
    text, code = "", int(Exit.OK)
    for line in io.TextIOWrapper(console.input, encoding="utf-8", errors="replace"):
        text += line
        if not is_complete(text, session.dialect):
            continue
        answers, text, code = carry_out(session, text.rstrip("\n")), "", int(Exit.OK)
        for answer in answers:
            if isinstance(answer, Quit):
                return code
            if isinstance(answer, Failure) or (
                isinstance(answer, Problems) and any(found.is_error for found in answer.diagnostics)
            ):
                code = int(Exit.FAILED)
            console.print(plain(answer))
    if text.strip():
        for answer in carry_out(session, text):
            console.print(plain(answer))
    return code


def _history() -> Path | None:
    """Return where the history lies: in the user's state folder, readable by the user alone."""
    base = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    folder = Path(base) / "dtl"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder / "repl_history"
