"""Reading a program named on the command line, and telling what is wrong with it."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from dtl.cli.io.console import Console
from dtl.cli.io.files import UnreadableFile, blocks
from dtl.source import Source
from dtl.values.zone import UnknownZone, find_zone

if TYPE_CHECKING:
    import argparse

    from dtl.cli.io.words import PlainWords
    from dtl.diagnostics.diagnostic import Diagnostic

DIALECTS = ("dtl", "vrl")


class NoProgram(Exception):
    """The program's text cannot be had."""


def add_program_arguments(parser: argparse.ArgumentParser | PlainWords) -> None:
    """Add what every command that compiles a program takes."""
    parser.add_argument("-e", "--expression", metavar="PROGRAM", help="the program itself, instead of a file")
    add_dialect_arguments(parser)


def add_dialect_arguments(parser: argparse.ArgumentParser | PlainWords) -> None:
    """Add the choice of the language's form."""
    parser.add_argument(
        "--dialect", choices=DIALECTS, help="the language's form (default: vrl for files that end so, else dtl)"
    )
    parser.add_argument("--strict", action="store_true", help="an unhandled fallible call is an error, as in VRL")
    parser.add_argument(
        "--timezone", type=time_zone, default="UTC", metavar="ZONE", help="zone of times that name none (default UTC)"
    )


def read_program(name: str, console: Console) -> Source:
    """Return a program's text; `-` is the standard input.

    Raises:
        NoProgram: the file cannot be read, or is not UTF-8.
    """
    try:
        data = b"".join(blocks(name, console.input)) if name == "-" else _read(name)
    except UnreadableFile as reason:
        raise NoProgram(str(reason)) from reason
    except OSError as reason:
        raise NoProgram(f"cannot read {name}: {reason.strerror or reason}") from reason
    try:
        return Source(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as reason:
        line = data.count(b"\n", 0, reason.start) + 1
        raise NoProgram(f"{name}, line {line}: not UTF-8") from reason


def load_import(name: str, importer: Source) -> Source:
    """Return a file that a program imports; its place is told from the importing file's folder.

    Raises:
        OSError: it cannot be read.
    """
    path = os.path.normpath(os.path.join(os.path.dirname(importer.name), name))
    try:
        return Source(_read(path).decode("utf-8-sig"), path)
    except UnicodeDecodeError as reason:
        raise OSError(f"{path} is not UTF-8") from reason


def _read(name: str) -> bytes:
    with open(name, "rb") as file:
        return file.read()


def time_zone(name: str) -> str:
    """Return a time zone's name, for argparse."""
    try:
        find_zone(name)
    except UnknownZone:
        raise import_module("argparse").ArgumentTypeError(f"no time zone {name!r}") from None
    return name


def dialect_of(name: str, chosen: str | None) -> str:
    """Return the dialect: as chosen, else by the file's ending."""
    return chosen or ("vrl" if name.endswith(".vrl") else "dtl")


def report(diagnostics: list[Diagnostic], source: Source, console: Console) -> None:
    """Write a report on the error stream."""
    if diagnostics:
        # Most runs have nothing to report, and the table of codes takes a while to import.
        render = import_module("dtl.diagnostics.render").render
        console.say(render(diagnostics, source, colour=console.colour) + "\n")
