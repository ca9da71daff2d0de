"""HTTP/1.1 over open connections (`http:`), to servers on this machine or network.

Such servers speak no HTTP/2, so that every call under way has a connection of its own; a pool that looks at all of
them for each call takes longer than the call. Here an idle connection is taken from a stack, and a call that finds
one is written before anything else happens.

What has arrived is heard before anything is written: a refusal that waits in a socket's buffer keeps the next call
from being sent. And it is heard in the turn of the loop in which it is read, not when a task comes to its turn.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from selectors import EVENT_READ, DefaultSelector
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit


class Response(NamedTuple):
    """What came back; the names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Broken(Exception):
    """The connection could not be made, or broke off; the text says how."""


class Withdrawn(Exception):
    """The call may not be sent any more, and was not."""


class Connections:
    """The open connections of a run. Belongs to one loop."""

    def __init__(self) -> None:
        self._idle: dict[str, list[_Connection]] = {}
        # Comes with httpx; both take long to import, and only calls need them.
        self._h11 = import_module("h11")
        # Those whose response has not begun.
        self._unheard = DefaultSelector()

    async def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        seconds: float,
        connect: float,
        may_send: Callable[[], bool] = lambda: True,
        hear: Callable[[Response], None] = lambda response: None,
    ) -> Response:
        """Send a request and return the response.

        Args:
            method: In capitals.
            url: One that begins with `http://`.
            headers: Besides those that every request has.
            body: May be empty.
            seconds: For the whole, the connection included.
            connect: For the connection.
            may_send: Asked right before the request is written, when all that has arrived is heard.
            hear: Told the response as soon as it is read.

        Raises:
            TimeoutError: It took longer.
            Broken: There was no response, or not all of it.
            ValueError: The address is none.
            Withdrawn: It may not be sent any more.
        """
        parts = urlsplit(url)
        if not parts.hostname:
            raise ValueError(f"no host in {url!r}")
        async with asyncio.timeout(seconds):
            connection = self._take(parts.netloc)
            if connection is None:
                connection = await self._made(parts, connect)
            try:
                while self._unheard.get_map() and self._unheard.select(0):
                    await asyncio.sleep(0)
                if not may_send():
                    raise Withdrawn
                given = {"host": parts.netloc, **headers}
                found = await connection.exchange(method, _target(parts), given, body, hear)
            except BaseException as reason:
                if isinstance(reason, Withdrawn) and connection.is_alive:
                    self._idle.setdefault(parts.netloc, []).append(connection)
                    raise
                connection.close()
                if isinstance(reason, OSError | EOFError | self._h11.ProtocolError):
                    raise Broken(f"{type(reason).__name__}: {reason}".rstrip(": ")) from reason
                raise
        if connection.is_reusable:
            self._idle.setdefault(parts.netloc, []).append(connection)
        else:
            connection.close()
        return found

    def close(self) -> None:
        """Close all connections."""
        for connections in self._idle.values():
            for connection in connections:
                connection.close()
        self._idle.clear()
        self._unheard.close()

    def _take(self, place: str) -> _Connection | None:
        """Return an idle connection that is still open."""
        idle = self._idle.get(place, [])
        while idle:
            connection = idle.pop()
            if connection.is_alive:
                return connection
            connection.close()
        return None

    async def _made(self, parts: SplitResult, seconds: float) -> _Connection:
        loop, host = asyncio.get_running_loop(), str(parts.hostname)
        try:
            async with asyncio.timeout(seconds):
                _, made = await loop.create_connection(
                    lambda: _Connection(self._h11, self._unheard), host, parts.port or 80
                )
        except OSError as reason:
            if isinstance(reason, TimeoutError):
                raise
            raise Broken(f"no connection to {parts.netloc}: {reason.strerror or reason}") from reason
        return made


class _Connection(asyncio.Protocol):
    """A connection, with the state of HTTP on it.

    Args:
        h11: The module.
        unheard: Holds the connection's socket while it waits for a response to begin.
    """

    def __init__(self, h11: Any, unheard: DefaultSelector) -> None:
        self._h11 = h11
        self._state = h11.Connection(h11.CLIENT)
        self._unheard = unheard
        self._transport: Any = None
        self._socket = -1
        self._head: Any = None
        self._parts: list[bytes] = []
        self._found: asyncio.Future[Response] | None = None
        self._hear: Callable[[Response], None] = lambda response: None
        self._is_unheard = False
        self.is_alive = True

    @property
    def is_reusable(self) -> bool:
        """Tell whether another request may be sent; makes it ready for that."""
        h11 = self._h11
        if not self.is_alive or self._state.our_state is not h11.DONE or self._state.their_state is not h11.DONE:
            return False
        self._state.start_next_cycle()
        return True

    async def exchange(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes, hear: Callable[[Response], None]
    ) -> Response:
        """Send a request and read the response."""
        h11, send = self._h11, self._state.send
        given = [(name, value.encode("latin-1", "replace")) for name, value in headers.items()]
        request = h11.Request(method=method, target=target, headers=[*given, ("content-length", str(len(body)))])
        head = send(request)
        data = send(h11.Data(data=body)) if body else b""
        whole = head + data + send(h11.EndOfMessage())
        if not self.is_alive:
            raise EOFError("the server closed the connection without a response")
        self._head, self._parts, self._hear = None, [], hear
        self._found = asyncio.get_running_loop().create_future()
        self._unheard.register(self._socket, EVENT_READ)
        self._is_unheard = True
        try:
            self._transport.write(whole)
            return await self._found
        finally:
            self._found = None
            self._heard()

    # --- what asyncio tells -----------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take in that it is open."""
        self._transport = transport
        self._socket = transport.get_extra_info("socket").fileno()

    def data_received(self, data: bytes) -> None:
        """Take in a part of the response."""
        if self._found is None:
            self.is_alive = False  # nobody has asked for anything
            return
        self._state.receive_data(data)
        self._read()

    def eof_received(self) -> None:
        """Take in that the server has said all."""
        self.is_alive = False
        if self._found is not None:
            self._state.receive_data(b"")
            self._read()

    def connection_lost(self, reason: Exception | None) -> None:
        """Take in that it is gone."""
        self.is_alive = False
        self._heard()
        self._fail(reason or EOFError("the server closed the connection without a response"))

    def _read(self) -> None:
        """Read what has arrived."""
        h11 = self._h11
        try:
            while True:
                event = self._state.next_event()
                if event is h11.NEED_DATA or event is h11.PAUSED:
                    return
                if isinstance(event, h11.Response):
                    self._head = event
                    self._heard()
                elif isinstance(event, h11.Data):
                    self._parts.append(bytes(event.data))
                elif isinstance(event, h11.EndOfMessage):
                    self._end()
                    return
                elif isinstance(event, h11.ConnectionClosed):
                    raise EOFError("the server closed the connection without a response")
        except Exception as reason:
            self._fail(reason)

    def _end(self) -> None:
        named = {name.decode("latin-1"): value.decode("latin-1") for name, value in self._head.headers}
        response = Response(self._head.status_code, named, b"".join(self._parts))
        self._parts = []
        if self._found is not None and not self._found.done():
            self._hear(response)
            self._found.set_result(response)

    def _fail(self, reason: Exception) -> None:
        if self._found is not None and not self._found.done():
            self._found.set_exception(reason)

    def _heard(self) -> None:
        if not self._is_unheard:
            return  # another connection may have the number of the socket by now
        self._is_unheard = False
        with suppress(KeyError, ValueError, RuntimeError, OSError):  # it is there no more
            self._unheard.unregister(self._socket)

    def close(self) -> None:
        """Close it."""
        self.is_alive = False
        self._heard()
        with suppress(OSError, RuntimeError):
            self._transport.close()


def _target(parts: SplitResult) -> str:
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path
