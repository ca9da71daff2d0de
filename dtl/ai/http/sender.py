"""Calls that are sent one by one and waited for: filling stores, batch endpoints."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from threading import Lock
from typing import Any, NamedTuple

from dtl.ai.http import wire
from dtl.ai.provider import HttpCall, Refusal

#: Why a call may be sent again.
_BUSY = ("rate_limit", "overloaded", "server", "timeout", "connection")
_LONGEST_WAIT = 120.0


class Sent(NamedTuple):
    """What came of a call: its status (0 when there was no response), body, and why it was refused, if it was."""

    status: int
    body: bytes
    refusal: Refusal | None

    @property
    def data(self) -> Any:
        """Return the body's JSON value; None when it is none."""
        return wire.json_of(self.body)


class Sender:
    """Sends calls until they are answered, refused for good, or were tried often enough.

    Args:
        attempts: Most tries of a call.
        timeout: Seconds for one.
        sleep: Waits for seconds.
    """

    def __init__(self, attempts: int = 6, timeout: float = 60.0, sleep: Callable[[float], None] = time.sleep) -> None:
        self.attempts = attempts
        self.timeout = timeout
        self.sleep = sleep
        self._client: Any = None
        self._lock = Lock()

    def send(self, call: HttpCall) -> Sent:
        """Send a call, again after what the service says, or after 0.25, 0.5, 1 ... 8 seconds."""
        httpx: Any = import_module("httpx")
        with self._lock:
            if self._client is None:
                self._client = httpx.Client()
        for attempt in range(self.attempts):
            response = self._once(httpx, call)
            refusal = response.refusal
            if refusal is None or refusal.kind not in _BUSY or attempt + 1 == self.attempts:
                return response
            wait = refusal.retry_after if refusal.retry_after is not None else min(8.0, 0.25 * 2**attempt)
            if wait > _LONGEST_WAIT:
                return response
            self.sleep(wait)
        raise AssertionError("every attempt returns or goes on")

    def _once(self, httpx: Any, call: HttpCall) -> Sent:
        seconds = call.timeout or self.timeout
        try:
            found = self._client.request(
                call.method, call.url, headers=dict(call.headers), content=call.body or None, timeout=seconds
            )
        except httpx.TimeoutException:
            return Sent(0, b"", Refusal("timeout", f"no response within {seconds:g} s"))
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as reason:
            return Sent(0, b"", Refusal("model", f"not an address that can be called: {reason}"))
        except httpx.HTTPError as reason:
            told = f"{type(reason).__name__}: {wire.told(str(reason))}".rstrip(": ")
            return Sent(0, b"", Refusal("connection", told))
        status, body = found.status_code, found.content
        if 200 <= status < 300:
            return Sent(status, body, None)
        headers = {name.lower(): value for name, value in found.headers.items()}
        return Sent(status, body, wire.refusal(status, headers, wire.message_of(wire.json_of(body), body)))

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None
