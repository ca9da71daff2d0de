"""Show or clear what is kept between runs: compiled programs, and the answers of models.

`dtl cache` and `dtl cache stats` show both, `dtl cache clear` removes both unless `--only` names one. The answers lie
in the file that `--ai-cache` names, as in `dtl run`.
"""

from __future__ import annotations

import argparse
import os
from importlib import import_module
from typing import Any

from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.vm.cache import Cache, default_folder

SUMMARY = "show or clear kept programs and answers"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("action", nargs="?", choices=("stats", "clear"), default="stats", help="default: stats")
    parser.add_argument("--only", choices=("programs", "answers"), help="show or clear only these")
    parser.add_argument("--ai-cache", metavar="PATH", help="the file of answers (default: beside the programs)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print what there is, or remove it."""
    cache = Cache(default_folder())
    clears = arguments.action == "clear"
    if arguments.only != "answers":
        if clears:
            console.print(f"removed {cache.clear()} programs from {cache.folder}")
        else:
            sizes = [os.path.getsize(entry) for entry in cache.entries()]
            console.print(f"{cache.folder}: {len(sizes)} programs, {sum(sizes):,} bytes")
            if os.path.isdir(cache.folder) and not cache.is_private():
                console.error(f"the folder is not used: others can write to it (chmod go-w {cache.folder})")
    if arguments.only != "programs":
        path = arguments.ai_cache or answers_path()
        if os.path.exists(path):
            return _answers(path, clears, console)
        console.print(f"{path}: no answers")
    return Exit.OK


def answers_path() -> str:
    """Return where answers lie unless the command line says otherwise."""
    return os.path.join(default_folder(), "answers.db")


def _answers(path: str, clears: bool, console: Console) -> int:
    # Most uses of the command are about programs, and the database takes a while to import.
    module: Any = import_module("dtl.ai.cache.disk")
    try:
        cache = module.AnswerCache(path)
        try:
            if clears:
                console.print(f"removed {cache.clear()} answers from {path}")
                return Exit.OK
            kept = cache.kept()
        finally:
            cache.close()
    except module.UnusableCache as reason:
        console.error(str(reason))
        return Exit.FILE
    total = sum(each.answers for each in kept)
    console.print(f"{path}: {total:,} answers, {os.path.getsize(path):,} bytes")
    for each in kept:
        console.print(f"  {each.task} on {each.model}: {each.answers:,} answers, {each.bytes:,} bytes")
    return Exit.OK
