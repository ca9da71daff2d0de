"""Print the page of a function, or write all generated pages of the documentation."""

from __future__ import annotations

import argparse
from pathlib import Path

from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.functions.registry import near_misses
from dtl.functions.standard import standard_library
from dtl.reference.function_pages import function_index, function_page
from dtl.reference.pages import pages

SUMMARY = "print a function's documentation"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("name", nargs="?", help="a function's name; without one, all functions are listed")
    parser.add_argument("--write", metavar="FOLDER", help="write the generated pages under this folder (docs)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print one page or the list, or write all pages."""
    library = standard_library()
    if arguments.write:
        return write(Path(arguments.write), console)
    if arguments.name is None:
        console.print(function_index(library).rstrip())
        return Exit.OK
    function = library.get(arguments.name)
    if function is None:
        near = ", ".join(near_misses(arguments.name, library.names(), 3))
        console.error(f"no function {arguments.name!r}; near it: {near}")
        return Exit.USAGE
    console.print(function_page(function).rstrip())
    return Exit.OK


def write(folder: Path, console: Console) -> int:
    """Write every generated page and remove pages of what no longer exists."""
    made = pages(standard_library())
    for name in ("functions", "codes"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for old in (folder / name).glob("*.md"):
            if f"{name}/{old.name}" not in made:
                old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    console.print(f"{len(made)} pages under {folder}")
    return Exit.OK
