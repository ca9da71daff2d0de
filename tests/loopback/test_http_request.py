"""http_request sends what it is told to, gives back bodies, and tries again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

pytest.importorskip("httpx")

from dtl.functions.standard import standard_library
from dtl.values.errors import FunctionError


class _Handler(BaseHTTPRequestHandler):
    broken = 0

    def _answer(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        status = 200
        if self.path == "/flaky" and _Handler.broken:
            _Handler.broken -= 1
            status = 503
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/target")
            self.end_headers()
            return
        text = f"{self.command} {self.path} {self.headers.get('X-Mark', '')} {body.decode()}".encode()
        if self.path == "/missing":
            status = 404
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_DELETE = _answer

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def request(url: str, method: str = "get", headers: Any = None, body: str = "", proxy: str | None = None) -> str:
    """Call the function."""
    function = standard_library().get("http_request")
    assert function is not None
    return str(function(url, method, headers or {}, body, proxy, None, True))


def test_a_body_comes_back(url: str) -> None:
    assert request(f"{url}/x") == "GET /x  "


def test_method_headers_and_body_are_sent(url: str) -> None:
    assert request(f"{url}/x", "post", {"X-Mark": "m"}, "hello") == "POST /x m hello"


def test_a_status_is_no_failure(url: str) -> None:
    assert request(f"{url}/missing") == "GET /missing  "


def test_redirects_are_followed(url: str) -> None:
    assert request(f"{url}/moved") == "GET /target  "


def test_a_broken_server_is_asked_again(url: str) -> None:
    _Handler.broken = 2
    assert request(f"{url}/flaky") == "GET /flaky  "
    assert _Handler.broken == 0


def test_a_proxy_is_used(url: str) -> None:
    assert request("http://example.invalid/x", proxy=url) == "GET http://example.invalid/x  "


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "no way"}, "Unsupported HTTP method: NO WAY"),
        ({"headers": {"a b": "x"}}, "Invalid header key: a b"),
        ({"headers": {"a": "x\ny"}}, "Invalid header value: ***"),
        ({"headers": {"a": 5}}, "expected string, got integer"),
    ],
)
def test_what_cannot_be_sent_is_refused(url: str, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(FunctionError) as failure:
        request(url, **arguments)
    assert failure.value.message == message
