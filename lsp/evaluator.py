"""Runs programs on their samples in a process of its own, one after the other, each for a limited time."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

# How long a job may take in all, in seconds, and how long one event.
LIMIT = 5.0
_EVENT_SECONDS = 1.0

Done = Callable[[dict[str, Any]], None]


class Evaluator:
    """Takes jobs from the session's thread; `done` is called in another one."""

    def __init__(self) -> None:
        self._jobs: queue.Queue[tuple[dict[str, Any], Done] | None] = queue.Queue(100)
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._limit = LIMIT

    def submit(self, job: dict[str, Any], done: Done) -> None:
        """Have a program run; if too many wait, the answer comes at once and says so."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()
        try:
            self._jobs.put_nowait((job, done))
        except queue.Full:
            done(_failed("too many programs wait to be run"))

    def close(self) -> None:
        """End the process."""
        self._end()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job[1](self._run(job[0]))

    def _run(self, job: dict[str, Any]) -> dict[str, Any]:
        """Return what a job gives; a process that takes too long is ended and another one begun."""
        process = self._process
        if process is None or process.poll() is not None:
            process = self._process = _start()
        assert process.stdin is not None and process.stdout is not None
        timer = threading.Timer(self._limit + 2, process.kill)
        timer.start()
        try:
            line = json.dumps({**job, "seconds": _EVENT_SECONDS, "limit": self._limit}).encode()
            process.stdin.write(line + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = b""
        finally:
            timer.cancel()
        if not answer:
            self._end()
            return _failed("the run took too long or too much memory and was stopped")
        found: dict[str, Any] = json.loads(answer)
        return found

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()


def _start() -> subprocess.Popen[bytes]:
    """Start the process with an empty environment but for where Python finds its modules."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(sys.modules["dtl"].__file__ or "")))
    places = os.pathsep.join([root, *(path for path in sys.path if path)])
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "dtl.lsp.worker"],  # -P: no module of the folder that it is started in
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": places, "PYTHONUTF8": "1"},
        start_new_session=True,
    )


def _failed(problem: str) -> dict[str, Any]:
    return {"problem": problem, "runs": [], "values": []}
