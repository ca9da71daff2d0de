"""Calls on their way: over HTTP, or in a thread for local models."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from dtl.ai.actions import Send
from dtl.ai.pacer import MOST_CALLS
from dtl.ai.provider import Limits, Refusal, Reply

# Seconds that a response may take, unless the configuration says otherwise.
_TIMEOUT = 120.0
_CONNECT = 10.0
# The part of an exception's text that is told.
_TOLD = 200


class Transport:
    """The connections of a run. Belongs to one loop."""

    def __init__(self) -> None:
        self._httpx: Any = None
        self._clients: dict[bool, Any] = {}
        self._threads: ThreadPoolExecutor | None = None

    async def call(self, send: Send) -> tuple[Reply, Limits]:
        """Send a call and read the response."""
        provider = send.target.provider
        call = provider.pack(send.asks)
        client = self._client(call.url.startswith("http://"))
        httpx = self._httpx
        seconds = call.timeout or _TIMEOUT
        try:
            response = await client.request(
                call.method,
                call.url,
                headers=dict(call.headers),
                content=call.body,
                timeout=httpx.Timeout(seconds, connect=min(_CONNECT, seconds), pool=None),
            )
        except httpx.TimeoutException:
            return Reply(refusal=Refusal("timeout", f"no response within {seconds:g} s")), Limits()
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as reason:
            return Reply(refusal=Refusal("model", f"not an address that can be called: {reason}")), Limits()
        except httpx.HTTPError as reason:
            told = f"{type(reason).__name__}: {reason}"[:_TOLD].rstrip(": ")
            return Reply(refusal=Refusal("connection", told)), Limits()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return provider.read(response.status_code, headers, response.content, send.asks), provider.limits(headers)

    async def compute(self, send: Send) -> Reply:
        """Have a local model answer, in a thread."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(thread_name_prefix="dtl-model")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, send.target.provider.compute, send.asks)

    async def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            await client.aclose()
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)

    def _client(self, is_open: bool) -> Any:
        """Return the client for open (`http:`) or for encrypted connections.

        An open one needs no certificates, which take long to read.
        """
        client = self._clients.get(is_open)
        if client is None:
            # Imported when the first call is sent: it takes longer than many a run.
            self._httpx = httpx = import_module("httpx")
            limits = httpx.Limits(max_connections=MOST_CALLS, max_keepalive_connections=MOST_CALLS)
            http2 = not is_open and find_spec("h2") is not None
            client = httpx.AsyncClient(http2=http2, limits=limits, follow_redirects=False, verify=not is_open)
            self._clients[is_open] = client
        return client
