"""HTTP requests with a limit of time, tried again where that may help."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .._optional import missing

_CONNECT_SECONDS = 5.0
_TOTAL_SECONDS = 10.0
_ATTEMPTS = 4
_FIRST_WAIT_SECONDS = 0.2
# Responses that another attempt may better: too slow, too many, and the server's own failures.
_TRANSIENT = frozenset({408, 429, *range(500, 600)})


class InvalidProxy(ValueError):
    """A proxy is not a URL."""


class Unreachable(Exception):
    """The request could not be sent, or the response not be read."""


def send(method: str, url: str, headers: Mapping[str, bytes], body: bytes, proxies: Mapping[str, str | None]) -> bytes:
    """Send a request and return the response's body.

    Args:
        method: The method, in capitals.
        url: Where to.
        headers: The headers.
        body: The body; an empty one is sent as none where the method wants none.
        proxies: A proxy (or None) for the beginning of URLs.

    Raises:
        InvalidProxy: A proxy is not a URL.
        Unreachable: No response came in time.
    """
    client, errors = _client(tuple((scheme, proxy) for scheme, proxy in proxies.items() if proxy is not None))
    wait = _FIRST_WAIT_SECONDS
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            response = client.request(method, url, headers=dict(headers), content=body or None)
        except errors.TransportError as reason:
            if attempt == _ATTEMPTS or not isinstance(reason, (errors.NetworkError, errors.TimeoutException)):
                raise Unreachable(str(reason) or type(reason).__name__) from None
        except (errors.InvalidURL, errors.HTTPError, ValueError) as reason:
            raise Unreachable(str(reason)) from None
        else:
            if response.status_code not in _TRANSIENT or attempt == _ATTEMPTS:
                return bytes(response.text.encode("utf-8", "replace"))
        time.sleep(wait)
        wait *= 2
    raise AssertionError("the last attempt returns or raises")


@lru_cache(maxsize=16)
def _client(proxies: tuple[tuple[str, str], ...]) -> tuple[Any, Any]:
    """Return a client, kept for the next request, and the module of its errors."""
    # Lazy, as httpx takes a third of a second to import.
    try:
        import httpx
    except ImportError:
        raise missing("http_request", "httpx", "http") from None
    try:
        mounts = {scheme: httpx.HTTPTransport(proxy=proxy) for scheme, proxy in proxies}
    except (httpx.InvalidURL, ValueError) as reason:
        raise InvalidProxy(str(reason)) from None
    timeout = httpx.Timeout(_TOTAL_SECONDS, connect=_CONNECT_SECONDS)
    client = httpx.Client(timeout=timeout, follow_redirects=True, max_redirects=10, mounts=mounts, headers=_HEADERS)
    return client, httpx


# What httpx would send of itself is left out, but for what every request needs.
_HEADERS = {"accept": "*/*", "user-agent": ""}
