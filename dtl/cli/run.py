"""Run a program over records: `dtl run SCRIPT [FILE...]` or `dtl run -e PROGRAM [FILE...]`.

Records are read from the files (.gz and .zst too) or the standard input, and written to the standard output in
order, one for each record that the program keeps. `abort` and `deleted()` drop the record and are no failure.
"""

from __future__ import annotations

import gc
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dtl.backends import BACKENDS
from dtl.cli.io.asking import (
    UnusableModels,
    add_model_arguments,
    asks_models,
    estimate,
    opened_models,
    unknown_models,
)
from dtl.cli.io.compiled import Compiled, Preparation, Settings
from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.cli.io.failures import Failures, Stopped
from dtl.cli.io.files import UnreadableFile, unreadable
from dtl.cli.io.lines import DEFAULT_LIMIT
from dtl.cli.io.log import Log
from dtl.cli.io.programs import NoProgram, add_program_arguments, dialect_of, read_program, report
from dtl.cli.io.readers import READERS
from dtl.cli.io.stream import Stream, run_once
from dtl.cli.io.writers import WRITERS
from dtl.source import Source
from dtl.values.decode import InvalidJson, from_json
from dtl.vm.cache import default_folder
from dtl.vm.limits import Limits

if TYPE_CHECKING:
    import argparse

    from dtl.cli.io.words import PlainWords

SUMMARY = "run a program over records"
#: The arguments may be read without argparse where they are plain.
IS_PLAIN = True
#: Garbage is looked for from the first record on.
COLLECTS_LATER = True


def add_arguments(parser: argparse.ArgumentParser | PlainWords) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "paths", nargs="*", metavar="SCRIPT|FILE", help="the program's file, then input files; - is stdin"
    )
    add_program_arguments(parser)
    parser.add_argument("--input-format", choices=READERS, default="ndjson", help="default: ndjson, a document a line")
    parser.add_argument("--output-format", choices=WRITERS, default="ndjson", help="default: ndjson")
    parser.add_argument(
        "--print",
        choices=("record", "result"),
        default="record",
        help="write the record after the program, or the value of its last expression (default: record)",
    )
    parser.add_argument("--backend", choices=BACKENDS, default="bytecode", help="default: bytecode")
    parser.add_argument(
        "--on-error",
        default="fail",
        metavar="fail|skip|keep|FILE",
        help="on a failing record or bad input: stop, leave it out, pass it on as it came, "
        "or write it to a file of dead letters with the reason (default: fail)",
    )
    parser.add_argument("--sandbox", action="store_true", help="refuse what reaches network, environment or files")
    parser.add_argument(
        "--metadata", type=_json_object, default={}, metavar="JSON", help="metadata of every record (%%)"
    )
    parser.add_argument("-n", "--null-input", action="store_true", help="run once on the record {}, without input")
    parser.add_argument("--no-warnings", action="store_true", help="do not show the compiler's warnings")
    parser.add_argument("--no-cache", action="store_true", help="compile even if the program was compiled before")
    parser.add_argument(
        "--jobs",
        type=_count,
        default=0,
        metavar="N",
        help="processes that share the lines of large files (default: one for each core; 1 for none)",
    )
    parser.add_argument("--no-progress", action="store_true", help="no progress line, even on a terminal")
    add_model_arguments(parser)
    limits = parser.add_argument_group("limits (none unless given)")
    limits.add_argument("--limit-steps", type=_count, metavar="N", help="steps that a program may take on a record")
    limits.add_argument("--limit-seconds", type=_seconds, metavar="S", help="time that a program may take on a record")
    limits.add_argument(
        "--limit-size", type=_count, metavar="BYTES", help="size of a record after the program, as JSON"
    )
    limits.add_argument("--limit-depth", type=_count, metavar="N", help="nesting of a record after the program")
    limits.add_argument(
        "--limit-line", type=_count, default=DEFAULT_LIMIT, metavar="BYTES", help="length of an input line (64 MiB)"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Compile the program and send the input through it."""
    paths = list(arguments.paths)
    if arguments.expression is None and not paths:
        console.error("name a program's file, or give the program with -e")
        return Exit.USAGE
    try:
        source = (
            Source(arguments.expression) if arguments.expression is not None else read_program(paths.pop(0), console)
        )
    except NoProgram as reason:
        console.error(str(reason))
        return Exit.FILE
    if (problem := unreadable(paths)) is not None:
        console.error(problem)
        return Exit.FILE
    if arguments.no_progress:
        console.progress = False
    gc.disable()
    try:
        program = _prepare(arguments, source, console)
    finally:
        if not gc.get_freeze_count():
            gc.freeze()  # what a start made stays to the end
        gc.enable()
    if program is None:
        return Exit.COMPILE
    failures = Failures(arguments.on_error, console, source.name)
    stream = Stream(
        program,
        READERS[arguments.input_format],
        WRITERS[arguments.output_format](),
        failures,
        console,
        metadata=arguments.metadata,
        print_result=arguments.print == "result",
        line_limit=arguments.limit_line,
        jobs=arguments.jobs,
    )
    paths = paths or ["-"]
    try:
        with opened_models(arguments, program, source.name, paths, console):
            if arguments.estimate:
                estimate(stream, paths or ["-"])
                return Exit.OK
            return _transform(stream, paths, arguments.null_input)
    except UnusableModels as reason:
        console.error(str(reason))
        return Exit.USAGE


def _transform(stream: Stream, paths: list[str], null_input: bool) -> int:
    try:
        stream.failures.open()
        try:
            if null_input:
                run_once(stream, {})
            elif asks_models(stream.program):
                # Few programs do, and what that needs takes a while to import.
                import_module("dtl.cli.io.side_by_side").SideBySide(stream, paths).run()
            else:
                stream.run(paths)
        finally:
            stream.failures.close()
    except Stopped:
        return Exit.FAILED
    except UnreadableFile as reason:
        stream.console.error(str(reason))
        return Exit.FILE
    except BrokenPipeError:
        raise
    except OSError as reason:
        stream.console.error(f"cannot write {reason.filename or 'the output'}: {reason.strerror or reason}")
        return Exit.FILE
    return Exit.FAILED if stream.failures.count else Exit.OK


def _prepare(arguments: argparse.Namespace, source: Source, console: Console) -> Compiled | None:
    settings = Settings(
        dialect_of(source.name, arguments.dialect),
        arguments.strict,
        arguments.sandbox,
        arguments.backend,
        arguments.timezone,
        Limits(arguments.limit_steps, arguments.limit_seconds, arguments.limit_size, arguments.limit_depth),
    )
    cache = None if arguments.no_cache else default_folder()
    program, found = Preparation(settings, cache).prepare(source)
    if program is None or not arguments.no_warnings:
        report(found, source, console)
    if program is None:
        return None
    program.context.log = Log(console).write
    if asks_models(program):
        # A kept program has no tree to look for names in.
        tree = program if program.code.unit is not None else Preparation(settings, None).prepare(source)[0]
        unknown = [] if tree is None else unknown_models(arguments, tree, source.name)
        report(unknown, source, console)
        return None if unknown else program
    return program


def _json_object(text: str) -> dict[str, Any]:
    try:
        value = from_json(text)
    except InvalidJson as reason:
        raise import_module("argparse").ArgumentTypeError(f"not JSON: {reason}") from None
    if not isinstance(value, dict):
        raise import_module("argparse").ArgumentTypeError("metadata must be a JSON object")
    return value


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise import_module("argparse").ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise import_module("argparse").ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return seconds
