"""`dtl` as a process: pipes that break, signals, closed streams, compressed files, memory."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.command_line import dtl
from tests.support.repository import ROOT

COMMAND = [sys.executable, "-m", "dtl"]
ADD = ["run", "-e", ".b = 1"]
RECORDS = b"".join(b'{"n":%d}\n' % n for n in range(20_000))
EXPECTED = "".join(f'{{"b":1,"n":{n}}}\n' for n in range(20_000))

needs_posix = pytest.mark.skipif(os.name != "posix", reason="signals and descriptors as POSIX has them")


def start(*arguments: str, **streams: object) -> subprocess.Popen[bytes]:
    """Start a command with pipes."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.Popen([*COMMAND, *arguments], cwd=ROOT, **pipes)  # type: ignore[call-overload, no-any-return]


def test_a_pipe() -> None:
    done = subprocess.run([*COMMAND, *ADD], input=RECORDS, capture_output=True, cwd=ROOT)
    assert done.stdout.decode() == EXPECTED
    assert done.stderr == b""
    assert done.returncode == 0


@needs_posix
def test_the_output_reader_goes_away() -> None:
    process = start(*ADD)
    assert process.stdin and process.stdout and process.stderr
    process.stdin.write(b'{"n":0}\n')
    process.stdin.flush()
    assert process.stdout.readline() == b'{"b":1,"n":0}\n'
    process.stdout.close()
    try:
        for _ in range(100):
            process.stdin.write(RECORDS)
        process.stdin.close()
    except BrokenPipeError:
        pass
    assert process.wait(timeout=20) == 141
    assert process.stderr.read() == b""


@needs_posix
def test_a_record_comes_out_before_the_next_goes_in() -> None:
    process = start(*ADD)
    assert process.stdin and process.stdout
    for number in range(3):
        process.stdin.write(b'{"n":%d}\n' % number)
        process.stdin.flush()
        assert json.loads(process.stdout.readline()) == {"b": 1, "n": number}
    process.stdin.close()
    assert process.wait(timeout=20) == 0


@needs_posix
def test_an_interrupt_while_waiting() -> None:
    process = start(*ADD)
    assert process.stdin and process.stdout and process.stderr
    process.stdin.write(b'{"n":0}\n{"n"')
    process.stdin.flush()
    assert process.stdout.readline() == b'{"b":1,"n":0}\n'
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130
    assert process.stdout.read() == b""
    assert process.stderr.read() == b""


@needs_posix
def test_an_interrupt_while_working(tmp_path: Path) -> None:
    big = tmp_path / "big.jsonl"
    big.write_bytes(RECORDS * 100)
    out = tmp_path / "out.jsonl"
    with out.open("wb") as file:
        process = start(*ADD, str(big), stdout=file)
        deadline = time.monotonic() + 20
        while out.stat().st_size == 0 and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
    written = out.read_bytes()
    assert written.endswith(b"}\n")
    assert written.count(b"\n") < 2_000_000
    json.loads(written.splitlines()[-1])


@needs_posix
def test_a_full_disk() -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as full:
        process = start(*ADD, stdout=full)
        _, errors = process.communicate(b"{}\n", timeout=20)
    assert process.returncode == 4
    assert b"cannot write the output: No space left" in errors
    assert b"Traceback" not in errors


@needs_posix
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream(closed: str) -> None:
    command = " ".join([sys.executable, "-m dtl run -n -e '.b = 1'", closed])
    done = subprocess.run(["sh", "-c", command], input=b"", capture_output=True, cwd=ROOT)
    assert b"Traceback" not in done.stderr
    assert done.returncode == (4 if closed == ">&-" else 0)


def test_gz(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(gzip.compress(RECORDS[: len(RECORDS) // 2]) + gzip.compress(RECORDS[len(RECORDS) // 2 :]))
    assert dtl(*ADD, str(file)).output == EXPECTED


def test_a_damaged_gz(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    whole = gzip.compress(os.urandom(100) + b"\n" + RECORDS)
    file.write_bytes(whole[: len(whole) // 2])
    ran = dtl(*ADD, "--on-error", "skip", str(file))
    assert ran.code == 4
    assert f"cannot read {file}" in ran.errors
    assert ran.output == "" or ran.output.endswith("}\n")


def test_zst(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard", reason="reading .zst needs the extra `codecs`")
    file = tmp_path / "a.jsonl.zst"
    compress = zstandard.ZstdCompressor().compress
    file.write_bytes(compress(RECORDS[: len(RECORDS) // 2]) + compress(RECORDS[len(RECORDS) // 2 :]))
    assert dtl(*ADD, str(file)).output == EXPECTED
    file.write_bytes(file.read_bytes()[:-10])
    ran = dtl(*ADD, str(file))
    assert ran.code == 4
    assert "end before the end of a frame" in ran.errors


def test_files_and_standard_input_in_order(tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    first.write_text('{"n":1}')
    second.write_text('{"n":3}\n')
    ran = dtl("run", "-e", ".", str(first), "-", str(second), stdin='{"n":2}')
    assert ran.output == '{"n":1}\n{"n":2}\n{"n":3}\n'


def test_dead_letters(tmp_path: Path) -> None:
    dead = tmp_path / "dead.jsonl"
    script = tmp_path / "p.dtl"
    script.write_text(".a = 1\n.n = to_int!(.text)\n")
    stdin = b'{"text":"1"}\n{"text":"x","k":1}\n{oops\n\xff\n{"text":"2"}\n'
    ran = dtl("run", "--on-error", str(dead), str(script), stdin=stdin)
    assert ran.output == '{"a":1,"n":1,"text":"1"}\n{"a":1,"n":2,"text":"2"}\n'
    assert ran.errors == f"dtl: 3 failed, see {dead}\n"
    assert ran.code == 1
    failed, broken, binary = map(json.loads, dead.read_text().splitlines())
    assert failed["record"] == {"text": "x", "k": 1}
    assert failed["position"] == {"program": str(script), "line": 2, "column": 6}
    assert failed["input"] == {"file": "-", "line": 2}
    assert 'Invalid integer "x"' in failed["error"]
    assert broken["raw"] == "{oops"
    assert broken["input"]["line"] == 3
    assert binary["raw_base64"] == "/w=="


def test_dead_letters_that_cannot_be_written(tmp_path: Path) -> None:
    ran = dtl("run", "-e", ".", "--on-error", str(tmp_path / "no" / "dead.jsonl"), stdin="{}\n")
    assert ran.code == 4
    assert "cannot write" in ran.errors


@needs_posix
@pytest.mark.slow
def test_memory_is_flat() -> None:
    peaks = [_peak_of_run(megabytes) for megabytes in (4, 40)]
    assert peaks[1] < peaks[0] * 1.2 + 8_000, f"from {peaks[0]} KiB to {peaks[1]} KiB"


def _peak_of_run(megabytes: int) -> int:
    """Return the peak memory of a run over so much input, in KiB."""
    code = (
        "import resource, sys, dtl.cli\n"
        "code = dtl.cli.main(['run', '-e', '.b = 1'])\n"
        "print(code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
    )
    line = b'{"message":"' + b"x" * 480 + b'","n":1}\n'
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _, errors = process.communicate(line * (megabytes * 2000), timeout=120)
    exit_code, peak = errors.split()
    assert exit_code == b"0"
    return int(peak)
