"""What a start of `dtl run` imports: a program that was compiled before runs without the compiler."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAM = ".message = upcase(string!(.message))\n.total = .count + 1 ?? 0\n"
_RECORD = '{"message":"a","count":1}\n'
# Runs the command in this process and tells the modules that are there afterwards.
_RUN = """
import sys
sys.argv[0] = "dtl"
from dtl.__main__ import main
code = main()
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""
#: Modules, and what is in them, that a warm run does without.
_NEEDLESS = (
    "argparse",
    "base64",
    "csv",
    "decimal",
    "dtl.ai",
    "dtl.api",
    "dtl.backends.asking",
    "dtl.check",
    "dtl.cli.io.side_by_side",
    "dtl.compiler",
    "dtl.diagnostics",
    "dtl.hir",
    "dtl.optimize",
    "dtl.syntax",
    "dtl.values.strptime",
    "dtl.vm.window",
    "gettext",
    "httpx",
    "lark",
    "locale",
    "numpy",
    "pathlib",
    "queue",
    "tempfile",
    "threading",
)
#: What a cold run does without.
_NEVER = ("dtl.ai.engine", "httpx", "lark", "numpy", "tempfile", "urllib")


def _modules(folder: Path, *words: str) -> set[str]:
    environment = {**os.environ, "DTL_CACHE_DIR": str(folder / "cache"), "PYTHONPATH": os.pathsep.join(sys.path)}
    (folder / "in.ndjson").write_text(_RECORD)
    (folder / "program.dtl").write_text(_PROGRAM)
    ended = subprocess.run(
        [sys.executable, "-c", _RUN, "run", *words, str(folder / "program.dtl"), str(folder / "in.ndjson")],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == '{"count":1,"message":"A","total":2}\n'
    return set(ended.stderr.split())


def _among(found: set[str], wanted: tuple[str, ...]) -> list[str]:
    return sorted(name for name in found if any(name == word or name.startswith(f"{word}.") for word in wanted))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of files for the runs of this module."""
    return tmp_path_factory.mktemp("start")


def test_a_warm_run_does_without_the_compiler(folder: Path) -> None:
    _modules(folder)
    assert _among(_modules(folder), _NEEDLESS) == []


def test_a_cold_run_does_without_what_it_does_not_use(folder: Path) -> None:
    assert _among(_modules(folder, "--no-cache"), _NEVER) == []
