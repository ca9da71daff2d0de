"""The files of this repository, for tests that read them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("dtl", "stdlib", "lsp", "grammar", "tests", "examples", "benchmarks")
_LEFT_OUT = {".venv", "node_modules", "__pycache__", "dist", "build"}


@cache
def python_files() -> tuple[Path, ...]:
    """Return every Python file of the project."""
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return tuple(sorted(path for path in found if not _LEFT_OUT & set(path.relative_to(ROOT).parts)))


@cache
def text_files() -> tuple[Path, ...]:
    """Return every text file that is or would be under version control; all of the tree where there is none."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode()
        paths = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in ROOT.rglob("*") if not _LEFT_OUT & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in paths if path.is_file() and _is_text(path)))


def _is_text(path: Path) -> bool:
    if path.suffix in (".gz", ".zst", ".png", ".ico", ".vsix", ".bin"):
        return False
    with path.open("rb") as file:
        return b"\0" not in file.read(4096)
