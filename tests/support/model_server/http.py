"""HTTP/1.1 as far as clients of models use it: requests with a length, connections that stay open."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from http import HTTPStatus
from typing import Any

from tests.support.model_server.ledger import Ledger
from tests.support.model_server.service import Response, Service

_REASONS = {status.value: status.phrase for status in HTTPStatus} | {529: "Overloaded"}
_MOST_HEAD = 64 << 10


class Connection(asyncio.Protocol):
    """A client's connection.

    Args:
        service: Who answers.
        ledger: Takes a line for each request.
    """

    def __init__(self, service: Service, ledger: Ledger | None) -> None:
        self._service = service
        self._ledger = ledger
        self._transport: Any = None
        self._buffer = bytearray()
        self._is_answering = False
        self._timer: asyncio.TimerHandle | None = None
        self._pending: Response | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take in a connection."""
        self._transport = transport

    def connection_lost(self, reason: Exception | None) -> None:
        """Take in that it is gone; what was asked gets no answer."""
        if self._timer is not None:
            self._timer.cancel()
        if self._pending is not None:
            self._note(self._pending, status=0, lost=True)

    def data_received(self, data: bytes) -> None:
        """Take in bytes."""
        self._buffer += data
        if not self._is_answering:
            self._next()

    def _next(self) -> None:
        """Answer the next request if it is there as a whole."""
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > _MOST_HEAD:
                self._transport.abort()
            return
        first, *lines = self._buffer[:end].decode("latin-1").split("\r\n")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        size = int(headers.get("content-length", "0"))
        if len(self._buffer) < end + 4 + size:
            return
        body = bytes(self._buffer[end + 4 : end + 4 + size])
        del self._buffer[: end + 4 + size]
        method, target, _ = first.split(" ", 2)
        arrived = time.monotonic()
        response = self._service.answer(method, target.partition("?")[0], headers, body, arrived)
        response.entry["at"] = arrived
        self._is_answering = True
        self._pending = response
        wait = arrived + response.delay - time.monotonic()
        if wait > 0:
            self._timer = asyncio.get_running_loop().call_later(wait, self._finish)
        else:
            self._finish()

    def _finish(self) -> None:
        """Send what is to be sent."""
        self._timer = None
        response, self._pending = self._pending, None
        assert response is not None
        whole = _head(response) + response.body
        self._note(response)
        match response.ending:
            case "whole":
                self._transport.write(whole)
            case "cut":
                self._transport.write(whole[: len(whole) // 2])
                self._transport.close()
                return
            case "reset":
                held = self._transport.get_extra_info("socket")
                held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self._transport.abort()
                return
            case "hang":
                self._transport.close()
                return
        self._is_answering = False
        if self._buffer:
            self._next()

    def _note(self, response: Response, **more: Any) -> None:
        if self._ledger is not None:
            self._ledger.write({**response.entry, "done": time.monotonic(), **more})


def _head(response: Response) -> bytes:
    lines = [f"HTTP/1.1 {response.status} {_REASONS.get(response.status, '')}"]
    lines += ["content-type: application/json", f"content-length: {len(response.body)}"]
    lines += [f"{name}: {value}" for name, value in response.headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def serve(service: Service, ledger: Ledger | None, port: int) -> asyncio.Server:
    """Begin to serve on the loopback; port 0 is any free one."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: Connection(service, ledger), "127.0.0.1", port, backlog=1024)
