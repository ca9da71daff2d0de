"""A small client of the language server for tests and benchmarks: sends, waits, keeps what the server said."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "dtl", "lsp")


class Client:
    """One session with a server over two streams."""

    def __init__(self, source: IO[bytes], sink: IO[bytes]) -> None:
        self.source = source
        self.sink = sink
        self.notifications: deque[dict[str, Any]] = deque()
        self.requests: list[dict[str, Any]] = []
        self.answers: dict[Any, dict[str, Any]] = {}
        self.count = 0
        self.changed = threading.Condition()
        self.is_over = False
        self.versions: dict[str, int] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            length = 0
            while (line := self.source.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            body = self.source.read(length) if line else b""
            with self.changed:
                if not body:
                    self.is_over = True
                    self.changed.notify_all()
                    return
                message = json.loads(body)
                if "method" in message and "id" in message:
                    self.requests.append(message)
                elif "method" in message:
                    self.notifications.append(message)
                else:
                    self.answers[message["id"]] = message
                self.changed.notify_all()

    # --- sending ------------------------------------------------------------------------------------

    def write(self, message: Any) -> None:
        """Send a message as JSON."""
        self.write_bytes(json.dumps(message).encode())

    def write_bytes(self, body: bytes) -> None:
        """Send a body as it is."""
        self.sink.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.sink.flush()

    def notify(self, method: str, params: Any = None) -> None:
        """Send a notification."""
        self.write({"jsonrpc": "2.0", "method": method, "params": params})

    def send(self, method: str, params: Any = None) -> int:
        """Send a request and return its id."""
        self.count += 1
        self.write({"jsonrpc": "2.0", "id": self.count, "method": method, "params": params})
        return self.count

    def answer(self, id: Any, timeout: float = 30) -> dict[str, Any]:
        """Wait for the whole answer to a request."""
        with self.changed:
            if not self.changed.wait_for(lambda: id in self.answers or self.is_over, timeout):
                raise TimeoutError(f"no answer to {id}; notifications: {list(self.notifications)[-3:]}")
            if id not in self.answers:
                raise ConnectionError("the server has left")
            return self.answers.pop(id)

    def ask(self, method: str, params: Any = None, timeout: float = 30) -> Any:
        """Send a request and return its result."""
        answer = self.answer(self.send(method, params), timeout)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def error(self, method: str, params: Any = None) -> int:
        """Send a request that must fail and return the code of the error."""
        answer = self.answer(self.send(method, params))
        assert "error" in answer, answer
        assert answer["error"]["message"]
        return int(answer["error"]["code"])

    def wait(self, method: str, timeout: float = 30) -> Any:
        """Wait for the next notification of a kind; earlier ones of other kinds are dropped."""
        with self.changed:
            while True:
                while self.notifications:
                    message = self.notifications.popleft()
                    if message["method"] == method:
                        return message["params"]
                if self.is_over:
                    raise ConnectionError("the server has left")
                if not self.changed.wait(timeout):
                    raise TimeoutError(f"no {method}")

    # --- the usual ----------------------------------------------------------------------------------

    def initialize(self, capabilities: dict[str, Any] | None = None, **more: Any) -> Any:
        """Begin the session."""
        default = {"textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}}
        result = self.ask(
            "initialize", {"processId": None, "capabilities": capabilities or default, "rootUri": None, **more}
        )
        self.notify("initialized", {})
        return result

    def open(self, uri: str, text: str, language: str = "dtl") -> None:
        """Open a document."""
        self.versions[uri] = 1
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, *changes: Any) -> None:
        """Change a document; a string replaces all of it."""
        self.versions[uri] += 1
        listed = [{"text": change} if isinstance(change, str) else change for change in changes]
        document = {"uri": uri, "version": self.versions[uri]}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": listed})

    def diagnostics(self, uri: str, timeout: float = 30) -> list[dict[str, Any]]:
        """Wait for the findings on the newest version of a document."""
        while True:
            params = self.wait("textDocument/publishDiagnostics", timeout)
            if params["uri"] == uri and params.get("version", 0) >= self.versions.get(uri, 0):
                return list(params["diagnostics"])

    def at(self, method: str, uri: str, line: int, character: int, **more: Any) -> Any:
        """Ask about a place."""
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": place, **more})

    def leave(self) -> None:
        """End the session as the protocol wants it."""
        self.ask("shutdown")
        self.notify("exit")


class Started(Client):
    """A server process of its own, on the standard streams."""

    def __init__(self, *arguments: str, errors: int = subprocess.DEVNULL, **more: Any) -> None:
        self.process: subprocess.Popen[bytes] = subprocess.Popen(
            [*COMMAND, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=ROOT, **more
        )
        assert self.process.stdin is not None and self.process.stdout is not None
        super().__init__(self.process.stdout, self.process.stdin)

    def __enter__(self) -> Started:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
