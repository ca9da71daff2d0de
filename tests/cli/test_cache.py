"""Compiled programs on disk: used when nothing has changed, and never in the way."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dtl.source import Source
from dtl.vm import cache as module
from tests.support.command_line import Ran, dtl
from tests.support.repository import ROOT

PROGRAM = (
    "x, err = parse_regex(.text, r'(?P<n>\\d+)')\n.n = to_int(.text)\n.at = t'2024-01-01T00:00:00Z'\n.s = upcase(\"ß\")"
)
RECORDS = '{"text": "1"}\n{"text": "b"}\n'


def run(*arguments: str) -> Ran:
    """Run the program over the records."""
    return dtl("run", "--on-error", "skip", *arguments, "-e", PROGRAM, stdin=RECORDS)


def test_a_kept_program_does_the_same(cache: Path) -> None:
    first = run()
    (entry,) = cache.iterdir()
    before = entry.stat().st_mtime_ns
    assert run() == first == run("--no-cache")
    assert entry.stat().st_mtime_ns == before
    assert "warning[E103]" in first.errors
    assert first.output.count("\n") == 1


def test_a_kept_program_needs_no_compiler(cache: Path) -> None:
    run()
    code = (
        "import sys, dtl.cli; code = dtl.cli.main(sys.argv[1:]);"
        "heavy = [n for n in sys.modules if n.split('.')[:2] in (['dtl', 'check'], ['dtl', 'hir'], ['dtl', 'api'])"
        " or n.startswith('lark') or n == 'dtl.syntax.parser'];"
        "sys.exit(', '.join(heavy) or code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "run", "--no-warnings", "--on-error", "skip", "-e", PROGRAM],
        input=RECORDS,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "DTL_CACHE_DIR": str(cache)},
    )
    assert done.returncode == 1, done.stderr  # a record failed, and nothing heavy was imported
    assert done.stdout == run().output


@pytest.mark.parametrize(
    "arguments", [["--strict"], ["--dialect", "vrl"], ["--sandbox"], ["--limit-steps", "9"]], ids=lambda a: a[0]
)
def test_what_changes_the_program_changes_the_entry(cache: Path, arguments: list[str]) -> None:
    ok = [".a = 1", "-n"]
    dtl("run", "-e", *ok)
    dtl("run", *arguments, "-e", *ok)
    assert len(list(cache.iterdir())) == 2


def test_a_change_of_the_compiler_changes_the_entry(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr(module, "fingerprint", lambda: ("another",))
    run()
    assert len(list(cache.iterdir())) == 2


def test_a_change_of_an_import_is_seen(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "lib.dtl").write_text("fn one() -> integer { 1 }")
    (tmp_path / "main.dtl").write_text('import "lib.dtl"\n.n = one()')
    command = ["run", "-n", str(tmp_path / "main.dtl")]
    assert dtl(*command).output == '{"n":1}\n'
    (tmp_path / "lib.dtl").write_text("fn one() -> integer { 2 }")
    assert dtl(*command).output == '{"n":2}\n'
    assert dtl(*command).output == '{"n":2}\n'
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"junk", b"\xe3" * 50])
def test_a_damaged_entry_is_made_again(cache: Path, damage: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "fingerprint", lambda: ())
    first = run()
    (entry,) = cache.iterdir()
    whole = entry.read_bytes()
    entry.write_bytes(damage or whole[: len(whole) // 2])
    assert run() == first
    mended = entry.stat().st_mtime_ns
    assert run() == first
    assert entry.stat().st_mtime_ns == mended, "the new entry is good"


def test_a_folder_that_cannot_be_made_is_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("DTL_CACHE_DIR", str(file / "programs"))
    assert dtl("run", "-n", "-e", ".a = 1").output == '{"a":1}\n'


def test_a_program_with_errors_is_not_kept(cache: Path) -> None:
    assert dtl("run", "-n", "-e", ".a = ").code == 3
    assert not cache.exists()


def test_the_folder_does_not_grow_without_end(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 4)
    for number in range(9):
        dtl("run", "-n", "-e", f".a = {number}")
    assert len(list(cache.iterdir())) <= 4


def test_the_folder_is_private(cache: Path) -> None:
    run()
    if os.name == "posix":
        assert cache.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")
def test_what_others_can_write_is_not_run(cache: Path) -> None:
    def ran(program: str) -> str:
        return dtl("run", "-n", "-e", program).output

    ran(".a = 1")
    (entry,) = cache.iterdir()
    ran(".a = 2")
    (other,) = set(cache.iterdir()) - {entry}
    key, *_ = marshal.loads(entry.read_bytes())
    entry.write_bytes(marshal.dumps((key, *marshal.loads(other.read_bytes())[1:])))
    assert ran(".a = 1") == '{"a":2}\n', "the planted entry is a good one"
    cache.chmod(0o777)
    assert ran(".a = 1") == '{"a":1}\n'
    ran(".a = 3")
    assert len(list(cache.iterdir())) == 2
    assert "others can write to it" in dtl("cache").errors


def test_the_command_shows_and_clears(cache: Path) -> None:
    run()
    assert f"{cache}: 1 programs" in dtl("cache").output
    assert dtl("cache", "clear", "--only", "programs").output == f"removed 1 programs from {cache}\n"
    assert list(cache.iterdir()) == []


def test_the_same_hash_does_not_make_the_same_program(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "source_hash", lambda _: b"same")
    assert dtl("run", "-n", "-e", ".a = 1").output == '{"a":1}\n'
    assert dtl("run", "-n", "-e", ".a = 2").output == '{"a":2}\n'
    assert len(list(cache.iterdir())) == 1
    assert module.Cache(str(cache)).load("other", Source(""), lambda _: None) is None
