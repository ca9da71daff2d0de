"""HTTP/1.1 over open connections (`http:`), to servers on this machine or network.

Such servers speak no HTTP/2, so that every call under way has a connection of its own; a pool that looks at all of
them for each call takes longer than the call. Here an idle connection is taken from a stack, and a call that finds
one is written before anything else happens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

_AT_ONCE = 1 << 16


class Response(NamedTuple):
    """What came back; the names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Broken(Exception):
    """The connection could not be made, or broke off; the text says how."""


class Connections:
    """The open connections of a run. Belongs to one loop."""

    def __init__(self) -> None:
        self._idle: dict[str, list[_Connection]] = {}
        # Comes with httpx; both take long to import, and only calls need them.
        self._h11 = import_module("h11")

    async def request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, seconds: float, connect: float
    ) -> Response:
        """Send a request and return the response.

        Args:
            method: In capitals.
            url: One that begins with `http://`.
            headers: Besides those that every request has.
            body: May be empty.
            seconds: For the whole, the connection included.
            connect: For the connection.

        Raises:
            TimeoutError: It took longer.
            Broken: There was no response, or not all of it.
            ValueError: The address is none.
        """
        parts = urlsplit(url)
        if not parts.hostname:
            raise ValueError(f"no host in {url!r}")
        async with asyncio.timeout(seconds):
            connection = self._take(parts.netloc)
            if connection is None:
                connection = await self._made(parts, connect)
            try:
                found = await connection.exchange(method, _target(parts), {"host": parts.netloc, **headers}, body)
            except BaseException as reason:
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
        try:
            async with asyncio.timeout(seconds):
                reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 80, limit=_AT_ONCE)
        except OSError as reason:
            if isinstance(reason, TimeoutError):
                raise
            raise Broken(f"no connection to {parts.netloc}: {reason.strerror or reason}") from reason
        return _Connection(self._h11, reader, writer)


class _Connection:
    """A connection, with the state of HTTP on it."""

    def __init__(self, h11: Any, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._h11 = h11
        self._state = h11.Connection(h11.CLIENT)
        self._reader = reader
        self._writer = writer

    @property
    def is_alive(self) -> bool:
        """Tell whether the server has not closed it, as far as is known."""
        return not self._reader.at_eof() and not self._writer.is_closing()

    @property
    def is_reusable(self) -> bool:
        """Tell whether another request may be sent; makes it ready for that."""
        h11 = self._h11
        if self._state.our_state is not h11.DONE or self._state.their_state is not h11.DONE:
            return False
        self._state.start_next_cycle()
        return True

    async def exchange(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Send a request and read the response."""
        h11, send = self._h11, self._state.send
        given = [(name, value.encode("latin-1", "replace")) for name, value in headers.items()]
        request = h11.Request(method=method, target=target, headers=[*given, ("content-length", str(len(body)))])
        head = send(request)
        data = send(h11.Data(data=body)) if body else b""
        self._writer.write(head + data + send(h11.EndOfMessage()))
        if len(body) > _AT_ONCE:
            await self._writer.drain()
        return await self._response()

    async def _response(self) -> Response:
        h11, state = self._h11, self._state
        response: Any = None
        parts: list[bytes] = []
        while True:
            event = state.next_event()
            if event is h11.NEED_DATA:
                data = await self._reader.read(_AT_ONCE)
                if not data and response is None:
                    raise EOFError("the server closed the connection without a response")
                state.receive_data(data)
            elif isinstance(event, h11.Response):
                response = event
            elif isinstance(event, h11.Data):
                parts.append(bytes(event.data))
            elif isinstance(event, h11.EndOfMessage):
                named = {name.decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
                return Response(response.status_code, named, b"".join(parts))

    def close(self) -> None:
        """Close it."""
        with suppress(OSError, RuntimeError):
            self._writer.close()


def _target(parts: SplitResult) -> str:
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path
