"""Show what the compiler makes of a program, stage by stage."""

from __future__ import annotations

import argparse

from dtl.api import compile_text
from dtl.backends.bytecode.backend import python
from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.cli.io.outline import outline
from dtl.cli.io.programs import NoProgram, add_program_arguments, dialect_of, load_import, read_program, report
from dtl.compiler import Compilation
from dtl.source import Source
from dtl.syntax.lexer_dtl import lex
from dtl.syntax.parser import parse
from dtl.syntax.tokens import NAMES
from dtl.types.show import show as show_type

SUMMARY = "show what the compiler makes of a program"

STAGES = ("tokens", "ast", "types", "hir", "python")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("script", nargs="?", metavar="SCRIPT", help="the program's file")
    add_program_arguments(parser)
    parser.add_argument(
        "--stage", choices=STAGES, default="hir", help="default: hir, the typed tree after optimization"
    )
    parser.add_argument("--no-optimize", action="store_true", help="show hir and python without the optimizer's passes")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print one stage of a program."""
    if (arguments.script is None) == (arguments.expression is None):
        console.error("name a program's file, or give the program with -e")
        return Exit.USAGE
    try:
        source = Source(arguments.expression) if arguments.script is None else read_program(arguments.script, console)
    except NoProgram as reason:
        console.error(str(reason))
        return Exit.FILE
    dialect = dialect_of(source.name, arguments.dialect)
    if arguments.stage == "tokens":
        console.print(_tokens(source, dialect))
        return Exit.OK
    if arguments.stage == "ast":
        tree, problems = parse(source, dialect)
        report(problems, source, console)
        console.print(outline(tree, source))
        return Exit.COMPILE if problems else Exit.OK
    compilation = compile_text(
        source, dialect, strict=arguments.strict, optimize=not arguments.no_optimize, load=load_import
    )
    report(compilation.diagnostics, source, console)
    if compilation.program is None:
        return Exit.COMPILE
    console.print(_compiled(compilation, arguments.stage, source))
    return Exit.OK


def _tokens(source: Source, dialect: str) -> str:
    rows = []
    for kind, start, end, value in lex(source.text, dialect).tokens:
        at = source.position(start)
        text = source.text[start:end].replace("\n", "\\n")
        rows.append(f"{at.line}:{at.column}\t{NAMES[kind]}\t{text}" + ("" if value is None else f"\t{value!r}"))
    return "\n".join(rows)


def _compiled(compilation: Compilation, stage: str, source: Source) -> str:
    program = compilation.program
    assert program is not None and compilation.unit is not None
    if stage == "types":
        return f".: {show_type(program.types)}\n%: {show_type(program.metadata_type)}"
    if stage == "hir":
        return outline(compilation.unit, source)
    return python(compilation.unit, source)
