"""The command line: one small file per command, found by its name.

A command's module has `SUMMARY`, `add_arguments(parser)` and `run(arguments, console) -> exit code`. Only the
module of the command at hand is imported, so that one command's needs cost the others nothing.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.cli.io.words import PlainWords

_DESCRIPTION = "DTL: a compiled, typed language for transforming records."


def commands() -> list[str]:
    """Return the names of all commands: the modules of this folder."""
    files = os.listdir(os.path.dirname(__file__))
    return sorted(name[:-3] for name in files if name.endswith(".py") and not name.startswith("_"))


def main(arguments: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Run a command line and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    console = console or Console.of_process()
    name = words[0] if words else ""
    if name in commands():
        try:
            return _run_command(name, words[1:], console)
        except KeyboardInterrupt:
            return Exit.INTERRUPTED
        except BrokenPipeError:
            console.abandon_output()
            return Exit.BROKEN_PIPE
    if name == "--version":
        console.print(f"dtl {importlib.import_module('dtl').__version__}")
        return Exit.OK
    if name in ("", "-h", "--help", "help"):
        console.print(_overview())
        return Exit.OK if name else Exit.USAGE
    console.error(f"no command {name!r}; one of: {', '.join(commands())}")
    return Exit.USAGE


def _run_command(name: str, words: list[str], console: Console) -> int:
    module = _module(name)
    parsed: Any = None
    if getattr(module, "IS_PLAIN", False):
        plain = PlainWords()
        module.add_arguments(plain)
        parsed = plain.read(words)
    if parsed is None:
        # Most runs do without, and the module takes a while to import.
        parser = importlib.import_module("dtl.cli.io.parser").parser_of(name, module.__doc__, _exits())
        module.add_arguments(parser)
        try:
            parsed = parser.parse_args(words)
        except SystemExit as stop:  # argparse prints its message and leaves
            return stop.code if isinstance(stop.code, int) else Exit.USAGE
    if not getattr(module, "COLLECTS_LATER", False):
        gc.enable()  # see `dtl.__main__`
    code: int = module.run(parsed, console)
    return code


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name}")


def _overview() -> str:
    rows = [f"  dtl {name:<8} {_module(name).SUMMARY}" for name in commands()]
    return "\n".join([_DESCRIPTION, "", *rows, "", "`dtl COMMAND --help` says more.", _exits()])


def _exits() -> str:
    return "exit codes: " + "; ".join(f"{code.value} {code.meaning}" for code in Exit)
