"""What the measurements of model calls share: a program against the server of models, and a table of targets."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import httpx  # noqa: F401  (its import is a start-up cost that a run pays once)

import dtl
from dtl.ai.cache.disk import AnswerCache
from dtl.ai.config.entries import read_config
from dtl.ai.router import ConfiguredRouter
from dtl.ai.run_settings import RunSettings
from dtl.ai.shell import Shell
from dtl.vm.outcome import Outcome
from tests.support.model_server.configuration import PROVIDERS, config_of

_TEXTS, MODEL_FOR_CHATS, _ = PROVIDERS["openai"]
assert _TEXTS is not None
MODEL_FOR_TEXTS: str = _TEXTS


@dataclass(frozen=True)
class Row:
    """A measured number and what is wanted of it.

    Attributes:
        what: What was measured.
        measured: The number.
        target: What it should be, in words.
        is_met: Whether it is.
    """

    what: str
    measured: Any
    target: str
    is_met: bool


def at_most(what: str, measured: float, most: float, unit: str = "") -> Row:
    """Return a row for a number that has an upper bound."""
    return Row(
        what,
        f"{measured:,.3g}{unit}" if isinstance(measured, float) else measured,
        f"<= {most:,g}{unit}",
        measured <= most,
    )


def at_least(what: str, measured: float, least: float, unit: str = "") -> Row:
    """Return a row for a number that has a lower bound."""
    return Row(what, f"{measured:,.0f}{unit}", f">= {least:,g}{unit}", measured >= least)


def exactly(what: str, measured: Any, wanted: Any) -> Row:
    """Return a row for what has one right value."""
    return Row(what, measured, f"= {wanted}", measured == wanted)


@contextmanager
def shell(url: str, cache: Path | None = None, fuses: bool = True, **settings: Any) -> Iterator[Shell]:
    """Give what asks the models at an address, as `dtl run` would set it up."""
    router = ConfiguredRouter(read_config(config_of(url, **settings), "benchmark.yaml", {}))
    kept = None if cache is None else AnswerCache(str(cache))
    asker = Shell(router, RunSettings(fuses=fuses, looks_up=kept is not None), kept)
    try:
        yield asker
    finally:
        asker.close()


def run(program: str, records: Iterable[dict[str, Any]], asker: Any) -> tuple[list[Outcome], float]:
    """Run a program on records; return the outcomes, and the seconds from the first record in to the last one out."""
    compiled = dtl.compile(program)
    started = time.perf_counter()
    outcomes = list(compiled.run_many(records, ai=asker))
    return outcomes, time.perf_counter() - started


def main(title: str, measure: Callable[[bool, Path], Sequence[Row]]) -> int:
    """Run one measurement as a command; return the exit code."""
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--quick", action="store_true", help="small sizes, for a check that all is well")
    parser.add_argument("--json", metavar="FILE", help="write the rows there too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(arguments.quick, Path(folder))
    show(title, rows)
    if arguments.json:
        Path(arguments.json).write_text(json.dumps([asdict(row) for row in rows], indent=1))
    return 0 if all(row.is_met for row in rows) else 1


def show(title: str, rows: Sequence[Row]) -> None:
    """Print a table."""
    print(title)
    wide = max(len(row.what) for row in rows)
    for row in rows:
        mark = "ok    " if row.is_met else "MISSED"
        print(f"  {mark}  {row.what:<{wide}}  {row.measured!s:>12}  {row.target}", flush=True)
