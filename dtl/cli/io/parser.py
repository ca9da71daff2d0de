"""A command's parser of arguments, for command lines that are not plain (see `dtl.cli.io.words`)."""

from __future__ import annotations

import argparse
import difflib
from typing import NoReturn


def parser_of(name: str, description: str | None, epilog: str) -> argparse.ArgumentParser:
    """Return a parser that the command's arguments are still to be declared to."""
    return _Parser(prog=f"dtl {name}", description=description, epilog=epilog, formatter_class=_Help)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in a line, and where the rest is said."""

    def error(self, message: str) -> NoReturn:
        """Report a mistake and leave."""
        word = message.removeprefix("unrecognized arguments: ").split(" ")[0].split("=")[0]
        near = difflib.get_close_matches(word, self._option_string_actions, 1) if word.startswith("--") else []
        hint = f"; did you mean {near[0]}?" if near else ""
        self.exit(2, f"{self.prog}: {message}{hint} (`{self.prog} --help` lists the arguments)\n")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help of a fixed width: asking the terminal for its own means importing what only help needs."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=100)
