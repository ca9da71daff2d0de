"""The models of a run: options, and what is opened and closed around it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dtl.cli.io.compiled import Compiled
from dtl.cli.io.console import Console
from dtl.cli.io.files import size
from dtl.cli.io.stream import Stream
from dtl.vm.cache import default_folder

if TYPE_CHECKING:
    import argparse

    from dtl.cli.io.words import PlainWords
    from dtl.diagnostics.diagnostic import Diagnostic

# Seconds that a question waits for others while a live stream brings no records.
_LINGER = 0.05
# Records that an estimate is made from.
_SAMPLE = 1000


class UnusableModels(Exception):
    """The models of a run cannot be made ready; the text says why."""


def add_model_arguments(parser: argparse.ArgumentParser | PlainWords) -> None:
    """Declare the options of programs that ask models."""
    group = parser.add_argument_group("models (for programs that ask them)")
    # As `dtl.cli.io.models` declares it for other commands; that module takes long to import.
    group.add_argument(
        "--config",
        metavar="FILE",
        help="models and vector stores, as YAML or TOML (default: a dtl.toml around the program)",
    )
    group.add_argument(
        "--ai-cache", metavar="PATH|off", help="where answers are kept between runs (default: in the user's caches)"
    )
    group.add_argument("--max-cost", type=_positive, metavar="DOLLARS", help="what the run may cost at most")
    group.add_argument("--max-requests", type=_count, metavar="N", help="how many requests the run may send at most")
    group.add_argument("--ai-report", metavar="FILE", help="write what was asked, at what cost, as JSON")
    group.add_argument("--no-fuse", action="store_true", help="never put several tasks about one text in one request")
    group.add_argument(
        "--ai", nargs=2, metavar=("record|replay", "FILE"), help="write all answers to a file, or answer from it only"
    )
    group.add_argument(
        "--estimate", action="store_true", help="ask nobody: tell what the first records would ask, and all at most"
    )


@contextmanager
def opened_models(
    arguments: argparse.Namespace, program: Compiled, script: str, paths: list[str], console: Console
) -> Iterator[None]:
    """Give a program its models for the time of a run, and report on them afterwards.

    Args:
        arguments: The options.
        program: What will be run.
        script: The program's file; empty for none.
        paths: The input files; - is the standard input.
        console: Where warnings and the report go.

    Raises:
        UnusableModels: An option, the configuration or the cache cannot be used.
    """
    if not asks_models(program):
        yield
        return
    # Everything about models is imported for programs that ask them only.
    if arguments.ai is not None and arguments.ai[0] not in ("record", "replay"):
        raise UnusableModels(f"--ai is followed by record or replay, not {arguments.ai[0]!r}")
    if arguments.ai is not None and arguments.ai[0] == "replay":
        program.context.ai = _replay(arguments.ai[1])
        yield
        return
    shell = _shell(arguments, script, "-" in paths and _is_live(console), console)
    program.context.ai = shell
    try:
        yield
    finally:
        try:
            shell.close()
        except OSError as reason:
            console.error(f"cannot write {reason.filename}: {reason.strerror}")
        if not arguments.estimate:
            _report(shell.engine.report, arguments.ai_report, console)


def asks_models(program: Compiled) -> bool:
    """Tell whether a program asks models."""
    unit = program.code.unit
    if unit is not None and any(effect.value == "ai" for effect in unit.effects):
        return True
    return bool(getattr(program.code, "asks", False))


def unknown_models(arguments: argparse.Namespace, program: Compiled, script: str) -> list[Diagnostic]:
    """Return a finding for each model or store that a program names and the configuration does not have."""
    unit = program.code.unit
    if unit is None or arguments.estimate or (arguments.ai is not None and arguments.ai[0] == "replay"):
        return []  # neither an estimate nor a replay asks anybody
    models = import_module("dtl.cli.io.models")
    try:
        router = models.router_of(arguments.config, script, lambda text: None)
    except models.NoConfig:
        return []  # what is wrong with it is told when the models are opened
    found: list[Diagnostic] = import_module("dtl.cli.io.named_models").unknown_names(unit, router.problem)
    return found


def _replay(path: str) -> Any:
    replay = import_module("dtl.ai.cache.replay")
    try:
        return replay.Replay(path)
    except replay.UnreadableReplay as reason:
        raise UnusableModels(str(reason)) from reason


def _shell(arguments: argparse.Namespace, script: str, is_live: bool, console: Console) -> Any:
    runs, budget = import_module("dtl.ai.run_settings"), import_module("dtl.ai.accounting.budget")
    cache = None
    if arguments.ai_cache != "off":
        kept = import_module("dtl.ai.cache.disk")
        try:
            cache = kept.AnswerCache(arguments.ai_cache or os.path.join(default_folder(), "answers.db"))
        except kept.UnusableCache as reason:
            if arguments.ai_cache is not None:
                raise UnusableModels(str(reason)) from reason
            console.error(str(reason))
    settings = runs.RunSettings(
        stops=budget.Stops(arguments.max_cost, arguments.max_requests),
        fuses=not arguments.no_fuse,
        linger=_LINGER if is_live else None,
        looks_up=cache is not None,
        memory=(32 << 20) if cache is not None else (256 << 20),
    )
    recording = forecast = None
    if arguments.estimate:
        forecast = import_module("dtl.ai.accounting.estimate").Forecast()
        settings = import_module("dataclasses").replace(settings, stops=budget.Stops())
    elif arguments.ai is not None:
        recording = import_module("dtl.ai.cache.replay").Recording(arguments.ai[1])
    models = import_module("dtl.cli.io.models")
    try:
        router = models.router_of(arguments.config, script, console.error)
    except models.NoConfig as reason:
        raise UnusableModels(str(reason)) from reason
    return import_module("dtl.ai.shell").Shell(router, settings, cache, recording, console.error, forecast=forecast)


def _is_live(console: Console) -> bool:
    try:
        return not stat.S_ISREG(os.fstat(console.input.fileno()).st_mode)
    except (OSError, ValueError, AttributeError):
        return False


def estimate(stream: Stream, names: list[str]) -> None:
    """Tell what a program's first records would ask, and from that all of them."""
    console, engine = stream.console, getattr(stream.program.context.ai, "engine", None)
    if engine is None:
        console.error("the program asks no model")
        return
    run = import_module("dtl.cli.io.side_by_side").SideBySide(stream, names, most=_SAMPLE)
    run.run()
    whole = size(names)
    times = None if whole is None or not run.bytes else whole / run.bytes
    for line in import_module("dtl.ai.accounting.estimate").told(engine.report, run.records, times):
        console.error(line)


def _report(report: Any, path: str | None, console: Console) -> None:
    for line in report.summary():
        console.error(line)
    if path is None:
        return
    try:
        with open(path, "w", encoding="utf-8") as file:
            import_module("json").dump(report.to_data(), file, indent=2)
            file.write("\n")
    except OSError as reason:
        console.error(f"cannot write {path}: {reason.strerror or reason}")


def _positive(text: str) -> float:
    number = float(text)
    if not number > 0:
        raise import_module("argparse").ArgumentTypeError("must be more than 0")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise import_module("argparse").ArgumentTypeError("must be at least 1")
    return number
