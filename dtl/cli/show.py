"""Show what the compiler makes of a program, stage by stage."""

from __future__ import annotations

import argparse

import dtl
from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.cli.io.programs import NoProgram, add_program_arguments, dialect_of, read_program, report
from dtl.source import Source

SUMMARY = "show what the compiler makes of a program"

STAGES = ("tokens", "ast", "types", "hir", "python")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("script", nargs="?", metavar="SCRIPT", help="the program's file")
    add_program_arguments(parser)
    parser.add_argument("--stage", choices=STAGES, default="hir", help="default: hir, the typed tree after optimization")
    parser.add_argument("--no-optimize", action="store_true", help="show hir and python without the optimizer's passes")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print one stage of a program."""
    if (arguments.script is None) == (arguments.expression is None):
        console.error("name a program's file, or give the program with -e")
        return Exit.USAGE
    try:
        source = Source(arguments.expression) if arguments.script is None else read_program(arguments.script)
    except NoProgram as reason:
        console.error(str(reason))
        return Exit.FILE
    text, problems = dtl.show(
        source.text,
        arguments.stage,
        dialect=dialect_of(source.name, arguments.dialect),
        strict=arguments.strict,
        timezone=arguments.timezone,
        optimize=not arguments.no_optimize,
        name=source.name,
    )
    report(problems, source, console)
    if text is not None:
        console.print(text)
    return Exit.OK if text is not None else Exit.COMPILE
