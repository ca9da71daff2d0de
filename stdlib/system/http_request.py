"""The `http_request` function."""

import re
from typing import Any

from dtl.functions import Effect, FunctionError, function
from dtl.types.annotations import Boolean, Fallible, Maybe, Object, String
from dtl.values.text import from_bytes, replaced, to_bytes
from dtl.values.value import describe

from ._http import InvalidProxy, Unreachable, send

# A method and a header's name are tokens; a header's value has no control characters but the tab.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\U0010ffff]*")


@function(effect=Effect.NETWORK)
def http_request(
    url: String,
    method: String = "get",
    headers: Object = {},
    body: String = "",
    http_proxy: Maybe[String] = None,
    https_proxy: Maybe[String] = None,
    redact_headers: Boolean = True,
) -> Fallible[String]:
    """Send an HTTP request and return the body of the response, whatever its status.

    The call waits for the response, ten seconds at most; a connection that fails, and a response that says the
    server is overloaded or broken, are tried three times more.

    Args:
        url: Where to.
        method: The method, in any case.
        headers: The headers, texts by name.
        body: The body.
        http_proxy: The proxy for http.
        https_proxy: The proxy for https.
        redact_headers: Whether a failure hides the value of a header that cannot be sent.

    Raises:
        The method is not one.
        A header has an invalid name or value.
        The proxy is not a URL.
        The request fails, or the response cannot be read.

    Examples:
        Send a text:
            >>> http_request!("http://localhost:8080/notes", method: "post", body: "hello")  # not run: asks the network
            "stored"

        Not a method:
            >>> http_request!("http://localhost:8080/", method: "no way")
            error: Unsupported HTTP method: NO WAY

        Not a header's name:
            >>> http_request!("http://localhost:8080/", headers: { "my header": "x" })
            error: Invalid header key: my header

        Not a proxy:
            >>> http_request!("http://localhost:8080/", http_proxy: "no way")
            error: Invalid proxy: Unknown scheme for proxy URL URL('no%20way')

        No server answers:
            >>> http_request!("http://127.0.0.1:9/")  # not run: asks the network
            error: HTTP request failed: [Errno 111] Connection refused
    """
    verb = replaced(method).upper()
    if not _TOKEN.fullmatch(verb):
        raise FunctionError(f"Unsupported HTTP method: {verb}")
    fields = {name: _header(name, headers[name], redact_headers) for name in sorted(headers)}
    proxies = {"http://": http_proxy, "https://": https_proxy}
    try:
        return from_bytes(send(verb, replaced(url), fields, to_bytes(body), proxies))
    except InvalidProxy as reason:
        raise FunctionError(f"Invalid proxy: {reason}") from None
    except Unreachable as reason:
        raise FunctionError(f"HTTP request failed: {reason}") from None


def _header(name: str, value: Any, redact: bool) -> bytes:
    if not _TOKEN.fullmatch(name):
        raise FunctionError(f"Invalid header key: {name}")
    if not isinstance(value, str):
        raise FunctionError(f"expected string, got {describe(value)}")
    text = replaced(value)
    if not _HEADER_VALUE.fullmatch(text):
        raise FunctionError(f"Invalid header value: {'***' if redact else text}")
    return text.encode()
