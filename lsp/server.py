"""Serving a client over two streams, as a rule the standard streams."""

from __future__ import annotations

import gc
import os
import queue
import sys
import threading
import time
from typing import Any, BinaryIO

from .session import Session
from .wire import BrokenStream, Writer, read_messages

# Messages that wait; the client is made to wait beyond that.
_WAITING = 1_000
# How often the client's process is looked for, in seconds.
_WATCH = 2.0
_END = object()


def serve_stdio() -> int:
    """Serve the client on the standard streams until it leaves; return the exit code."""
    # A stream of its own: Python would close its standard input while the reading thread waits on it.
    source, sink = os.fdopen(os.dup(sys.stdin.fileno()), "rb"), os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a program or a library prints must not get among the messages.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return serve(source, sink)


def serve(source: BinaryIO, sink: BinaryIO) -> int:
    """Serve the client on two streams; return 0 if it took its leave properly."""
    # Trees are many small objects without cycles: looking for cycles at the usual pace costs a third of a parse.
    gc.set_threshold(50_000, 20, 50)
    session = Session(Writer(sink))
    waiting: queue.Queue[Any] = queue.Queue(_WAITING)
    session.post = waiting.put
    threading.Thread(target=_read, args=(source, session, waiting), daemon=True).start()
    watched = False
    try:
        while session.exit_code is None:
            try:
                message = waiting.get(block=not session.has_chores)
            except queue.Empty:
                session.idle()
                continue
            if message is _END:
                return 1
            if isinstance(message, BrokenStream):
                sys.stderr.write(f"dtl lsp: {message}\n")
                return 1
            if callable(message):
                message()
                continue
            session.receive(message)
            if session.parent is not None and not watched:
                watched = True
                threading.Thread(target=_watch, args=(session.parent,), daemon=True).start()
    except OSError:
        return 1  # the client is gone
    finally:
        session.close()
    return session.exit_code


def _read(source: BinaryIO, session: Session, waiting: queue.Queue[Any]) -> None:
    """Put every message into the queue; note at once what is cancelled."""
    try:
        for message in read_messages(source):
            if isinstance(message, dict) and message.get("method") == "$/cancelRequest":
                params = message.get("params")
                id = params.get("id") if isinstance(params, dict) else None
                if isinstance(id, str | int) and len(session.cancelled) < _WAITING:
                    session.cancelled.add(id)
                continue
            waiting.put(message)
    except BrokenStream as reason:
        waiting.put(reason)
    except (OSError, ValueError):
        pass
    waiting.put(_END)


def _watch(parent: int) -> None:
    """End this process when the client's is gone."""
    if sys.platform == "win32":
        return  # the standard streams close there, too
    while True:
        time.sleep(_WATCH)
        try:
            os.kill(parent, 0)
        except ProcessLookupError:
            os._exit(1)
        except OSError:
            return
