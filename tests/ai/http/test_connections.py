"""Open connections: responses in every form that HTTP has, connections used again, and what goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

pytest.importorskip("h11")

from dtl.ai.http.connections import Broken, Connections, Response

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """Read a request with a length; return its head and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    size = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return head + await reader.readexactly(size)


def asked(talks: list[Talk], count: int = 1, seconds: float = 5.0) -> list[Response | BaseException]:
    """Make requests one after the other to a server whose connections talk as told, each in its way."""

    async def run() -> list[Response | BaseException]:
        left = list(talks)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await left.pop(0)(reader, writer)
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        connections = Connections()
        found: list[Response | BaseException] = []
        for _ in range(count):
            try:
                headers = {"content-type": "application/json"}
                url = f"http://127.0.0.1:{port}/path?a=b"
                found.append(await connections.request("POST", url, headers, b"{}", seconds, 1.0))
            except Exception as reason:
                found.append(reason)
            await asyncio.sleep(0.05)
        connections.close()
        server.close()
        return found

    return asyncio.run(run())


def says(*parts: bytes, times: int = 1) -> Talk:
    """Return a talk that answers requests with some bytes, and checks what is asked."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(times):
            request = await read_request(reader)
            assert request.startswith(b"POST /path?a=b HTTP/1.1\r\n") and request.endswith(b"\r\n\r\n{}")
            for part in parts:
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(0.01)

    return talk


WHOLE = b"HTTP/1.1 200 OK\r\nX-Mark: One\r\nContent-Length: 5\r\n\r\nhello"


@pytest.mark.parametrize(
    "parts",
    [
        [WHOLE],
        [WHOLE[:30], WHOLE[30:60], WHOLE[60:]],
        [b"HTTP/1.1 200 OK\r\nX-Mark: One\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n", b"3\r\nllo\r\n0\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\nX-Mark: One\r\nConnection: close\r\n\r\nhel", b"lo"],
        [b"HTTP/1.0 200 OK\r\nX-Mark: One\r\n\r\nhello"],
        [b"HTTP/1.1 100 Continue\r\n\r\n", WHOLE],
    ],
)
def test_responses_are_read_in_every_form(parts: list[bytes]) -> None:
    (response,) = asked([says(*parts)])
    assert isinstance(response, Response), response
    assert (response.status, response.body, response.headers["x-mark"]) == (200, b"hello", "One")


def test_a_connection_is_used_again() -> None:
    found = asked([says(WHOLE, times=3)], 3)
    assert [response.body for response in found if isinstance(response, Response)] == [b"hello"] * 3


def test_one_that_was_closed_is_not() -> None:
    found = asked([says(WHOLE), says(WHOLE)], 2)
    assert [response.body for response in found if isinstance(response, Response)] == [b"hello"] * 2


@pytest.mark.parametrize("parts", [[], [WHOLE[:40]], [WHOLE[:-2]], [b"what is this?\r\n\r\n"]])
def test_a_response_that_is_no_whole_one_breaks(parts: list[bytes]) -> None:
    (found,) = asked([says(*parts)])
    assert isinstance(found, Broken)


def test_time_runs_out() -> None:
    async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        await asyncio.sleep(0.5)

    (found,) = asked([silence], seconds=0.1)
    assert isinstance(found, TimeoutError)


def test_nobody_there() -> None:
    async def run() -> None:
        await Connections().request("POST", "http://127.0.0.1:9/", {}, b"", 5.0, 1.0)

    with pytest.raises(Broken, match=r"no connection to 127\.0\.0\.1:9"):
        asyncio.run(run())
