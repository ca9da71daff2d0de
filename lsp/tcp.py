"""Serving a client over a socket of this machine."""

from __future__ import annotations

import contextlib
import socket
import sys

from .server import serve


def serve_tcp(port: int) -> int:
    """Serve one client on a port of the loopback interface until it leaves; return the exit code.

    With port 0 the system chooses one. The port is written on the error stream.
    """
    with socket.create_server(("127.0.0.1", port)) as listener:
        sys.stderr.write(f"listening on 127.0.0.1:{listener.getsockname()[1]}\n")
        sys.stderr.flush()
        connection, _ = listener.accept()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection:
        try:
            return serve(connection.makefile("rb"), connection.makefile("wb"))
        finally:
            with contextlib.suppress(OSError):  # the client may have closed it
                connection.shutdown(socket.SHUT_RDWR)  # wakes the thread that reads
