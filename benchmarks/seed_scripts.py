"""Scripts run end to end on local models over labelled news: seconds for each, and records that failed.

`python benchmarks/seed_scripts.py FOLDER` takes the scripts of FOLDER/seed/scripts and the rows of
FOLDER/data/ag_news_test.csv (class, title, text). Steps of one pipeline are given what the step before wrote. A script
that cannot be run as a program of its own (an excerpt) counts as failed. Nothing is measured where there is no folder.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_CLASSES = {"1": "World", "2": "Sports", "3": "Business", "4": "Sci/Tech"}
#: Whose output a script goes on with; others get the news as they are.
_AFTER = {
    "05-2": "05-1", "05-3": "05-2", "05-4": "05-3", "05-5": "05-4",
    "14-2": "14-1", "14-3": "14-2", "14-4": "14-3", "14-5": "14-4", "14-6": "14-4",
}  # fmt: skip
#: Rows that the vector stores of the scripts hold.
_STORES = {"knowledge_base": 500, "content_index": 500}


@dataclass(frozen=True)
class Ran:
    """What became of a script: seconds, records in, out and failed, and what it wrote to the standard error."""

    name: str
    seconds: float
    given: int
    written: int
    failed: int
    exit: int
    told: str


def records_of(path: Path, most: int | None) -> Iterator[dict[str, Any]]:
    """Yield the news as records with the fields that the scripts read."""
    with path.open(newline="", encoding="utf-8") as file:
        for number, (label, title, text) in enumerate(csv.reader(file)):
            if number == most:
                return
            yield {
                "id": number,
                "class": _CLASSES[label],
                "title": title,
                "text": text,
                "content": text,
                "raw_content": f"  {text} ",
                "raw_data": json.dumps({"source": "news", "number": number}),
                "timestamp_str": f"2024-03-{number % 28 + 1:02} 08:30:00",
                "date_string": f"2024-03-{number % 28 + 1:02}",
                "name": f"Reader {number}",
                "first_name": "Reader",
                "last_name": f"Number{number}",
                "email": f"Reader{number}@Example.com",
                "age": number % 70,
                "status": "active" if number % 3 else "asleep",
                "tags": [_CLASSES[label].lower(), "news"],
                "internal_id": f"x{number}",
                "word_count": len(text.split()),
            }


def run(script: Path, source: Path, target: Path, environment: dict[str, str]) -> Ran:
    """Run a script over records, as a user would."""
    refused = target.with_suffix(".failed")
    command = [sys.executable, "-m", "dtl", "run", str(script), str(source), "--on-error", str(refused)]
    started = time.perf_counter()
    with target.open("wb") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, cwd=ROOT, env=environment)
    seconds = time.perf_counter() - started
    failed = _lines(refused)
    return Ran(script.stem, seconds, _lines(source), _lines(target), failed, done.returncode, done.stderr.decode())


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _fill_stores(source: Path, environment: dict[str, str]) -> None:
    lines = source.read_bytes().splitlines(keepends=True)
    for name, count in _STORES.items():
        command = [sys.executable, "-m", "dtl", "vectors", "load", name, "-", "--embed", "content"]
        subprocess.run(
            command, input=b"".join(lines[:count]), check=True, cwd=ROOT, env=environment, capture_output=True
        )


def main() -> int:
    """Run them; return the exit code: 1 when a record or a script failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, help="only so many (default: all)")
    parser.add_argument("--only", action="append", metavar="NAME", help="scripts whose name begins so")
    parser.add_argument("--show", action="store_true", help="show what each script told")
    parser.add_argument("--json", metavar="FILE", help="write what was measured there too")
    arguments = parser.parse_args()
    scripts = sorted((arguments.folder / "seed" / "scripts").glob("*.dtl"))
    news = arguments.folder / "data" / "ag_news_test.csv"
    if not scripts or not news.exists():
        print(f"{arguments.folder} has no scripts or no news: nothing is measured")
        return 0
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "news.jsonl"
        with source.open("w") as file:
            file.writelines(json.dumps(record) + "\n" for record in records_of(news, arguments.rows))
        # Caches and stores of this run only: what is measured is asked anew by every script.
        own = {"XDG_CACHE_HOME": str(folder / "cache"), "XDG_DATA_HOME": str(folder / "data")}
        environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}
        chosen = [script for script in scripts if _is_wanted(script, arguments.only)]
        if any("vector_search" in script.read_text(encoding="utf-8") for script in chosen):
            _fill_stores(source, environment)
        for script in chosen:
            before = folder / f"{_AFTER.get(script.stem[:4], '')}.out"
            given = before if before.exists() else source
            each = {**environment, "XDG_CACHE_HOME": str(folder / "cache" / script.stem)}
            ran = run(script, given, folder / f"{script.stem[:4]}.out", each)
            found.append(ran)
            print(
                f"{ran.name:<32} {ran.seconds:7.1f} s  {ran.given:6,} in  {ran.written:6,} out  {ran.failed:5,} failed"
                f"  exit {ran.exit}",
                flush=True,
            )
            if arguments.show:
                print("".join(f"    {line}\n" for line in ran.told.splitlines()[-12:]), end="", flush=True)
    if arguments.json:
        Path(arguments.json).write_text(json.dumps([vars(each) for each in found], indent=1))
    return 1 if any(each.failed or each.exit for each in found) else 0


def _is_wanted(script: Path, only: list[str] | None) -> bool:
    """Tell whether a script is asked for, or makes what one that is asked for goes on with."""
    if not only:
        return True
    wanted = set()
    for name in only:
        before = _AFTER.get(name[:4])
        while before is not None:
            wanted.add(before)
            before = _AFTER.get(before)
    return script.stem[:4] in wanted or any(script.stem.startswith(each) for each in only)


if __name__ == "__main__":
    sys.exit(main())
