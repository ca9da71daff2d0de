"""Check programs without running them: files, folders, or - for the standard input.

YAML and TOML files are read for the programs in them: the steps of workflows, the remap transforms and conditions of
Vector configurations. Folders are searched for .dtl and .vrl, and for YAML and TOML files that hold programs.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator

import dtl
from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.cli.io.programs import NoProgram, add_dialect_arguments, dialect_of, load_import, read_program
from dtl.diagnostics.diagnostic import Diagnostic, Severity
from dtl.diagnostics.json import to_json
from dtl.diagnostics.render import render
from dtl.diagnostics.sarif import to_sarif
from dtl.embedded import Host, is_host, read_host
from dtl.embedded.check import check_host
from dtl.functions.standard import standard_library
from dtl.source import Source

SUMMARY = "check programs without running them"

_ENDINGS = (".dtl", ".vrl")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", metavar="FILE|DIR", help="default: the current folder")
    add_dialect_arguments(parser)
    parser.add_argument("--format", choices=("text", "json", "sarif"), default="text", help="default: text")
    parser.add_argument("--deny-warnings", action="store_true", help="warnings, too, make the check fail")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Compile every program and report what was found."""
    findings: list[tuple[Source, Diagnostic]] = []
    count = 0
    unread = False
    for path, is_named in _programs(arguments.paths or ["."]):
        try:
            source = read_program(path, console)
        except NoProgram as reason:
            if is_named or not is_host(path):
                console.error(str(reason))
                unread = True
            continue
        if is_host(path):
            host = read_host(path, source.text)
            # Many a YAML file in a folder is no configuration, or a template of one.
            if is_named or host.programs:
                count += len(host.programs)
                findings += [(source, found) for found in _diagnostics_in(host, arguments)]
        else:
            count += 1
            findings += [(source, found) for found in _diagnostics(source, arguments)]
    if arguments.format == "text":
        _print_text(findings, console)
    elif arguments.format == "json":
        console.print(json.dumps([to_json(found, source) for source, found in findings], indent=2, ensure_ascii=False))
    else:
        console.print(json.dumps(to_sarif(findings, dtl.__version__), indent=2, ensure_ascii=False))
    errors = sum(found.is_error for _, found in findings)
    warnings = sum(found.severity is Severity.WARNING for _, found in findings)
    console.say(f"{_counted(count, 'program')}: {_counted(errors, 'error')}, {_counted(warnings, 'warning')}")
    if unread:
        return Exit.FILE
    return Exit.FAILED if errors or (warnings and arguments.deny_warnings) else Exit.OK


def _programs(paths: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield the files among the paths and those in the folders among them, and whether they were named themselves."""
    for path in paths:
        if not os.path.isdir(path):
            yield path, True
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
            for name in sorted(files):
                if name.endswith(_ENDINGS) or is_host(name):
                    yield os.path.normpath(os.path.join(folder, name)), False


def _diagnostics(source: Source, arguments: argparse.Namespace) -> list[Diagnostic]:
    try:
        program = dtl.compile(
            source.text,
            dialect=dialect_of(source.name, arguments.dialect),
            strict=arguments.strict,
            timezone=arguments.timezone,
            name=source.name,
            load=load_import,
        )
    except dtl.CompileError as error:
        return list(error.diagnostics)
    return list(program.warnings)


def _diagnostics_in(host: Host, arguments: argparse.Namespace) -> list[Diagnostic]:
    return check_host(host, standard_library(), strict=arguments.strict, load=load_import)


def _print_text(findings: list[tuple[Source, Diagnostic]], console: Console) -> None:
    for source, found in findings:
        console.print(render([found], source, colour=console.colour) + "\n")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
