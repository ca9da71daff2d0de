"""Calls on their way: over HTTP, or in a thread for local models."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.request import getproxies

from dtl.ai.actions import Send
from dtl.ai.calls.pacer import MOST_CALLS
from dtl.ai.http.connections import Broken, Connections, Response, Withdrawn
from dtl.ai.provider import ComputingProvider, HttpCall, HttpProvider, Limits, Notes, Refusal, Reply

# Seconds that a response may take, unless the configuration says otherwise.
_TIMEOUT = 120.0
_CONNECT = 10.0
_OK = 200
# Bytes of a body that takes long to read.
_LARGE = 1 << 18
# The part of an exception's text that is told.
_TOLD = 200


class Transport:
    """The connections of a run. Belongs to one loop."""

    def __init__(self) -> None:
        self._httpx: Any = None
        self._client: Any = None
        self._connections: Connections | None = None
        # A proxy of the environment is httpx's to find the way to.
        self._is_proxied = not getproxies().keys().isdisjoint(("http", "all"))
        self._threads: ThreadPoolExecutor | None = None

    async def call(
        self,
        send: Send,
        provider: HttpProvider,
        may_send: Callable[[], bool],
        write_down: Callable[[bytes], None],
        take: Callable[[Reply, Limits], None],
    ) -> None:
        """Send a call and read the response.

        Args:
            send: The call.
            provider: Its target's.
            may_send: Asked right before it is written.
            write_down: Given the body of a response as soon as its last byte is there, before it is read.
            take: Given what the response says, or why there is none; a refusal as soon as it is there.

        Raises:
            Withdrawn: It may not be sent any more.
        """
        call = provider.pack(send.asks)
        seconds = call.timeout or _TIMEOUT

        def hear(response: Response) -> None:
            if response.status == _OK:
                write_down(response.body)
            else:
                take(provider.read(*response, send.asks), provider.limits(response.headers))

        try:
            if call.url.startswith("http://") and not self._is_proxied:
                response = await self._open_connections().request(
                    call.method, call.url, call.headers, call.body, seconds, min(_CONNECT, seconds), may_send, hear
                )
            else:
                response = await self._encrypted(call, seconds, may_send)
                hear(response)
        except TimeoutError:
            return take(Reply(refusal=Refusal("timeout", f"no response within {seconds:g} s")), Limits())
        except ValueError as reason:
            return take(Reply(refusal=Refusal("model", f"not an address that can be called: {reason}")), Limits())
        except Broken as reason:
            return take(Reply(refusal=Refusal("connection", str(reason)[:_TOLD])), Limits())
        if response.status == _OK:
            if len(response.body) > _LARGE:
                # While a large body is read, others arrive, and must be written down.
                reply = await asyncio.to_thread(provider.read, *response, send.asks)
            else:
                reply = provider.read(*response, send.asks)
            take(reply, provider.limits(response.headers))

    async def _encrypted(self, call: HttpCall, seconds: float, may_send: Callable[[], bool]) -> Response:
        """Send a call by httpx: over HTTP/2 where the server has it, or through a proxy."""
        if self._client is None:
            # Imported when the first call is sent: it takes longer than many a run.
            self._httpx = import_module("httpx")
            limits = self._httpx.Limits(max_connections=MOST_CALLS, max_keepalive_connections=MOST_CALLS)
            http2 = find_spec("h2") is not None
            self._client = self._httpx.AsyncClient(http2=http2, limits=limits, follow_redirects=False)
        httpx = self._httpx
        timeout = httpx.Timeout(seconds, connect=min(_CONNECT, seconds), pool=None)

        async def trace(event: str, _told: Any) -> None:
            # When the connection stands, which may take a while.
            if event.endswith("send_request_headers.started") and not may_send():
                raise Withdrawn

        try:
            found = await self._client.request(
                call.method,
                call.url,
                headers=dict(call.headers),
                content=call.body,
                timeout=timeout,
                extensions={"trace": trace},
            )
        except httpx.TimeoutException as reason:
            raise TimeoutError from reason
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as reason:
            raise ValueError(str(reason)) from reason
        except httpx.HTTPError as reason:
            raise Broken(f"{type(reason).__name__}: {reason}".rstrip(": ")) from reason
        headers = {name.lower(): value for name, value in found.headers.items()}
        return Response(found.status_code, headers, found.content)

    def _open_connections(self) -> Connections:
        if self._connections is None:
            self._connections = Connections()
        return self._connections

    async def compute(self, send: Send, provider: ComputingProvider, notes: Notes | None = None) -> Reply:
        """Have a local model answer, or a batch endpoint, in a thread."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(thread_name_prefix="dtl-model")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, provider.compute_noted, send.asks, send.keys, notes)

    async def close(self) -> None:
        """Close all connections."""
        if self._client is not None:
            await self._client.aclose()
        if self._connections is not None:
            self._connections.close()
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
