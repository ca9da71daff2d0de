"""A conversation with one client: which message may come when, who answers it, what is done in between."""

from __future__ import annotations

import importlib
import os
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dtl.source import Span

from .capabilities import CAPABILITIES, HOMES
from .convert import ENCODINGS, path_of
from .wire import NotJson, Writer
from .workspace import Document, Workspace

if TYPE_CHECKING:
    from .evaluator import Evaluator

Answer = Callable[["Session", Any], Any]

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS, INTERNAL_ERROR = -32700, -32600, -32601, -32602, -32603
NOT_INITIALIZED, CANCELLED = -32002, -32800


#: The result of a request whose answer comes later, through `reply`.
DEFERRED = object()


def answer_of(method: str) -> Answer:
    """Return who answers a method; its file is imported when the method is first met."""
    module = importlib.import_module(f"{__package__}.requests.{HOMES[method]}")
    found: Answer = module.METHODS[method]
    return found


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Session:
    """The state of a conversation; everything happens in one thread, `cancelled` is filled from another."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.workspace = Workspace()
        self.client: dict[str, Any] = {}
        self.settings: dict[str, Any] = {}
        self.state = "new"
        self.exit_code: int | None = None
        self.cancelled: set[Any] = set()
        #: Documents whose findings the client has not seen.
        self.dirty: dict[str, None] = {}
        #: What to do when nothing else is to be done; a chore returns whether there is more of it.
        self.chores: list[Callable[[Session], bool]] = []
        self.parent: int | None = None
        #: Whether what later requests need is loaded.
        self.is_prepared = False
        self._evaluator: Evaluator | None = None
        #: The program that the request at hand is about, where it is a part of a document.
        self.part: Document | None = None
        #: The id of the request at hand.
        self.current: Any = None
        #: Has something done in the session's thread; set by whoever runs the session.
        self.post: Callable[[Callable[[], None]], None] = lambda work: work()
        self._asked = 0

    @property
    def evaluator(self) -> Evaluator:
        """Return what runs programs on samples, imported when it is first needed."""
        if self._evaluator is None:
            self._evaluator = importlib.import_module(f"{__package__}.evaluator").Evaluator()
        return self._evaluator

    def close(self) -> None:
        """Leave no process behind."""
        if self._evaluator is not None:
            self._evaluator.close()

    # --- messages -----------------------------------------------------------------------------------

    def receive(self, message: Any) -> None:
        """Take one message and answer it; whatever it is, the conversation goes on."""
        if isinstance(message, NotJson):
            self._fail(None, PARSE_ERROR, f"not JSON: {message}")
        elif not isinstance(message, dict) or not isinstance(message.get("method", ""), str):
            self._fail(None, INVALID_REQUEST, "not a request")
        elif "method" not in message:
            return  # an answer to a request of ours; none of them needs it
        elif "id" in message:
            self._request(message["id"], message["method"], message.get("params"))
        else:
            self._notification(message["method"], message.get("params"))

    def _request(self, id: Any, method: str, params: Any) -> None:
        try:
            if not isinstance(id, str | int):
                raise Refused(INVALID_REQUEST, "the id is neither a string nor an integer")
            if id in self.cancelled:
                self.cancelled.discard(id)
                raise Refused(CANCELLED, "cancelled")
            if self.state == "new" and method != "initialize":
                raise Refused(NOT_INITIALIZED, "the first request must be initialize")
            if self.state == "shut down":
                raise Refused(INVALID_REQUEST, "the server was shut down")
            if method == "initialize":
                result = self._initialize(params)
            elif method == "shutdown":
                self.state, result = "shut down", None
            elif method in HOMES:
                self.current = id
                result = self.answer(method, params)
            else:
                raise Refused(METHOD_NOT_FOUND, f"no method {method}")
        except Refused as refusal:
            self._fail(id if isinstance(id, str | int) else None, refusal.code, str(refusal))
        except Exception as problem:
            self._report(method, problem)
            self._fail(id, INTERNAL_ERROR, f"{type(problem).__name__}: {problem}")
        else:
            if result is not DEFERRED:
                self.reply(id, result)

    def _notification(self, method: str, params: Any) -> None:
        if method == "exit":
            self.exit_code = 0 if self.state == "shut down" else 1
        elif self.state == "running" and method in HOMES:
            try:
                answer_of(method)(self, params)
            except Refused as refusal:
                self.log(f"{method}: {refusal}", 2)
            except Exception as problem:
                self._report(method, problem)

    def _initialize(self, params: Any) -> dict[str, Any]:
        if self.state != "new":
            raise Refused(INVALID_REQUEST, "initialize may be sent only once")
        if not isinstance(params, dict):
            raise Refused(INVALID_PARAMS, "initialize needs parameters")
        self.client = params.get("capabilities") or {}
        options = params.get("initializationOptions")
        self.settings = options if isinstance(options, dict) else {}
        self.workspace.strict = bool(self.settings.get("strict"))
        offered = self.capability("general", "positionEncodings") or []
        self.workspace.encoding = "utf-32" if "utf-32" in offered else ENCODINGS[0]
        folders = params.get("workspaceFolders") or []
        uris = [folder.get("uri", "") for folder in folders if isinstance(folder, dict)] or [
            params.get("rootUri") or ""
        ]
        self.workspace.roots = [path for uri in uris if (path := path_of(str(uri))) is not None]
        process = params.get("processId")
        self.parent = process if isinstance(process, int) and process != os.getpid() else None
        self.state = "running"
        version = importlib.import_module("dtl").__version__
        provided = {"positionEncoding": self.workspace.encoding, **CAPABILITIES}
        return {"capabilities": provided, "serverInfo": {"name": "dtl", "version": version}}

    def answer(self, method: str, params: Any) -> Any:
        """Answer a request; one about a file with programs in it is answered by these."""
        answering = answer_of(method)
        asked = params.get("textDocument") if isinstance(params, dict) else None
        uri = asked.get("uri") if isinstance(asked, dict) else None
        host = self.workspace.documents.get(uri) if isinstance(uri, str) else None
        if host is None or not host.is_host:
            return answering(self, params)
        parts = importlib.import_module(f"{__package__}.parts")
        if parts.is_plain(method):
            return answering(self, params)

        def ask(part: Document, params: Any) -> Any:
            self.part = part
            try:
                return answering(self, params)
            finally:
                self.part = None

        return parts.answer(host, method, params, ask)

    # --- what the answering functions use -----------------------------------------------------------

    def capability(self, *names: str) -> Any:
        """Return what the client says it can do."""
        found: Any = self.client
        for name in names:
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def document(self, params: Any) -> Document:
        """Return the document that a request is about.

        Raises:
            Refused: The request names none, or it is not open.
        """
        try:
            uri = params["textDocument"]["uri"]
        except (TypeError, KeyError, IndexError):
            raise Refused(INVALID_PARAMS, "textDocument.uri is missing") from None
        if self.part is not None:
            return self.part
        document = self.workspace.documents.get(uri) if isinstance(uri, str) else None
        if document is None:
            raise Refused(INVALID_PARAMS, f"{uri} is not open")
        return document

    def place(self, params: Any) -> tuple[Document, int]:
        """Return the document and the offset that a request is about.

        Raises:
            Refused: The request names none.
        """
        document = self.document(params)
        try:
            return document, document.positions.offset(params["position"])
        except (TypeError, KeyError, ValueError, OverflowError):
            raise Refused(INVALID_PARAMS, "position is missing or malformed") from None

    def range(self, params: Any) -> tuple[Document, Span]:
        """Return the document and the span that a request is about.

        Raises:
            Refused: The request names none.
        """
        document = self.document(params)
        try:
            return document, document.positions.span(params["range"])
        except (TypeError, KeyError, ValueError, OverflowError):
            raise Refused(INVALID_PARAMS, "range is missing or malformed") from None

    def reply(self, id: Any, result: Any) -> None:
        """Answer a request."""
        self.writer.write({"jsonrpc": "2.0", "id": id, "result": result})

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self.writer.write({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any = None) -> None:
        """Send a request whose answer does not matter."""
        self._asked += 1
        self.writer.write({"jsonrpc": "2.0", "id": f"dtl-{self._asked}", "method": method, "params": params})

    def log(self, text: str, kind: int = 3) -> None:
        """Write to the client's log: 1 error, 2 warning, 3 information."""
        self.notify("window/logMessage", {"type": kind, "message": text})

    def _report(self, method: str, problem: Exception) -> None:
        """Log a fault of ours with the place where it happened."""
        frames = "".join(traceback.format_exception(problem))
        self.log(f"{method} failed: {frames[-3000:]}", 1)

    def _fail(self, id: Any, code: int, message: str) -> None:
        self.writer.write({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})

    # --- idle time ----------------------------------------------------------------------------------

    @property
    def has_chores(self) -> bool:
        """Tell whether there is something to do while no message waits."""
        return self.state == "running" and bool(self.chores)

    def idle(self) -> None:
        """Do one chore."""
        chore = self.chores[0]
        try:
            more = chore(self)
        except OSError:
            raise
        except Exception as problem:
            self._report("background work", problem)
            more = False
        if not more and chore in self.chores:
            self.chores.remove(chore)
