"""Test programs: run the cases of `NAME.test.yaml` files and the unit tests of Vector configurations."""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit
from dtl.testing import coverage, report
from dtl.testing.case import Case, Verdict
from dtl.testing.read import BadFile, find, read
from dtl.testing.run import run_case

SUMMARY = "test programs with cases in YAML"

#: Fewer cases than this are run in this process: starting others would take longer.
FEW = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", default=["."], help="files or folders (default: this folder)")
    parser.add_argument("--verbose", action="store_true", help="also list the cases that passed")
    parser.add_argument("--update", action="store_true", help="write what came out as what is expected")
    parser.add_argument("--junit", metavar="FILE", help="write the verdicts as JUnit XML")
    parser.add_argument("--coverage", action="store_true", help="show which statements and branches ran")
    parser.add_argument("--lcov", metavar="FILE", help="write the coverage as LCOV")
    parser.add_argument("--html", metavar="FILE", help="write the coverage as a page")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (default: as many as it is worth)")
    parser.add_argument("--watch", action="store_true", help="run again whenever a file changes")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run the cases once, or again at every change."""
    code = _once(arguments, console)
    while arguments.watch:
        before = _stamps(arguments.paths)
        while _stamps(arguments.paths) == before:
            time.sleep(0.3)
        code = _once(arguments, console)
    return code


def _once(arguments: argparse.Namespace, console: Console) -> int:
    wants_coverage = bool(arguments.coverage or arguments.lcov or arguments.html)
    work: list[tuple[Case, str, bool]] = []
    broken = False
    try:
        for path in find(arguments.paths):
            try:
                work += [(case, str(path), wants_coverage) for case in read(path)]
            except BadFile as reason:
                console.error(str(reason))
                broken = True
    except (BadFile, OSError) as reason:
        console.error(str(reason))
        broken = True
    if not work and not broken:
        console.error(f"no tests in {', '.join(arguments.paths)}: they stand in NAME.test.yaml beside a program")
    verdicts = _run_all(work, arguments.jobs)
    console.print(report.text(verdicts, arguments.verbose))
    if arguments.update and (changed := report.update(verdicts)):
        console.print(f"{changed} cases updated")
    if arguments.junit:
        Path(arguments.junit).write_text(report.junit(verdicts), "utf-8")
    if wants_coverage:
        _show_coverage(verdicts, arguments, console)
    if broken:
        return Exit.FILE
    return Exit.OK if all(verdict.passed for verdict in verdicts) else Exit.FAILED


def _run_all(work: list[tuple[Case, str, bool]], jobs: int) -> list[Verdict]:
    if jobs == 1 or (not jobs and len(work) < FEW):
        return [run_case(*item) for item in work]
    with ProcessPoolExecutor(jobs or None) as pool:
        return list(pool.map(run_case, *zip(*work, strict=True), chunksize=16))


def _show_coverage(verdicts: list[Verdict], arguments: argparse.Namespace, console: Console) -> None:
    ran: dict[str, set[tuple[int, int]]] = {}
    sources: dict[str, tuple[str, str]] = {}
    for verdict in verdicts:
        sources |= verdict.sources
        for name, spans in verdict.covered.items():
            ran.setdefault(name, set()).update(spans)
    scripts = [coverage.measure(name, *sources[name], ran.get(name, set())) for name in sorted(sources)]
    if arguments.coverage:
        console.print(coverage.table(scripts))
    if arguments.lcov:
        Path(arguments.lcov).write_text(coverage.lcov(scripts), "utf-8")
    if arguments.html:
        Path(arguments.html).write_text(coverage.html(scripts), "utf-8")


def _stamps(paths: list[str]) -> dict[str, float]:
    """Return when each script and file of cases was last changed."""
    found: dict[str, float] = {}
    for name in paths:
        base = Path(name)
        for path in sorted(base.rglob("*")) if base.is_dir() else sorted(base.parent.glob("*")):
            if path.suffix in (".dtl", ".vrl", ".yaml", ".yml", ".toml"):
                found[str(path)] = path.stat().st_mtime
    return found
