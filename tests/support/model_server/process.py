"""The server as a process of its own, so that it does not share the client's interpreter."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

from tests.support.model_server import ledger
from tests.support.model_server.plan import Plan

_ROOT = Path(__file__).resolve().parents[3]


class ModelServer:
    """A running server.

    Args:
        folder: Where its ledger goes.
        plan: How it behaves.

    Attributes:
        url: Its address, without a path.
    """

    def __init__(self, folder: Path, plan: Plan | None = None) -> None:
        self._ledger = folder / f"ledger-{len(list(folder.glob('ledger-*')))}.jsonl"
        given = ["--ledger", str(self._ledger), "--plan", (plan or Plan()).to_json()]
        command = [sys.executable, "-m", "tests.support.model_server", *given]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT)
        assert self._process.stdout is not None
        port = self._process.stdout.readline().strip()
        if not port:
            raise RuntimeError("the server did not start")
        self.url = f"http://127.0.0.1:{port}"

    def lines(self) -> list[dict[str, Any]]:
        """Return the ledger so far, by time of arrival."""
        return ledger.read(self._ledger)

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait(10)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> ModelServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


#: Starts a server with the fields of a plan: the fixture `start`.
Start: TypeAlias = Callable[..., ModelServer]
