"""A command's parser of arguments, for command lines that are not plain (see `dtl.cli.io.words`)."""

from __future__ import annotations

import argparse


def parser_of(name: str, description: str | None, epilog: str) -> argparse.ArgumentParser:
    """Return a parser that the command's arguments are still to be declared to."""
    return argparse.ArgumentParser(prog=f"dtl {name}", description=description, epilog=epilog, formatter_class=_Help)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help of a fixed width: asking the terminal for its own means importing what only help needs."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=100)
