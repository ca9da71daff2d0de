"""Show where compiled programs are kept, or remove them."""

from __future__ import annotations

import argparse
import os

from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.vm.cache import Cache, default_folder

SUMMARY = "show or clear the cache of compiled programs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--clear", action="store_true", help="remove all compiled programs")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the folder and what is in it."""
    cache = Cache(default_folder())
    if arguments.clear:
        console.print(f"removed {cache.clear()} programs from {cache.folder}")
        return Exit.OK
    sizes = [os.path.getsize(entry) for entry in cache.entries()]
    console.print(f"{cache.folder}: {len(sizes)} programs, {sum(sizes):,} bytes")
    return Exit.OK
