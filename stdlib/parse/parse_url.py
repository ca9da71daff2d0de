"""The `parse_url` function."""

from __future__ import annotations

from typing import TypedDict

from dtl.functions import FunctionError, function
from dtl.types.annotations import Boolean, Fallible, Integer, Null, String
from dtl.values.text import replaced

from ._form import form_pairs
from ._url import PORTS
from ._url import parse_url as read_url
from ._url_host import InvalidUrl


class UrlParts(TypedDict):
    """The parts of a URL, as the reference declares them."""

    scheme: String
    username: String
    password: String
    path: String | Null
    host: String
    port: Integer | Null
    fragment: String | Null
    query: dict[str, String]


@function(checked_at_once=("value",))
def parse_url(value: String, default_known_ports: Boolean = False) -> Fallible[UrlParts]:
    """Take a URL apart, as browsers do.

    Hosts and paths are normalized: international domains become ASCII, dots in paths are resolved, and what may not
    stand in a URL is percent-encoded. The query becomes an object of its decoded fields; of equal ones the last counts.

    Args:
        value: The URL, which must have a scheme.
        default_known_ports: Give the port of the scheme where the URL has none. Without it, that port is null even if
            it is written.

    Raises:
        `value` is not a URL.

    Examples:
        A URL:
            >>> parse_url!("https://eve@lamps.example/attic/7?on=yes#top")
            {"fragment": "top", "host": "lamps.example", "password": "", "path": "/attic/7", "port": null,
            "query": {"on": "yes"}, "scheme": "https", "username": "eve"}

        With the scheme's port:
            >>> parse_url!("wss://lamps.example", default_known_ports: true).port
            443

        No scheme:
            >>> parse_url!("lamps.example/attic")
            error: unable to parse url: relative URL without a base
    """
    try:
        url = read_url(replaced(value))
    except InvalidUrl as reason:
        raise FunctionError(f"unable to parse url: {reason}") from None
    port = url.port
    if port is None and default_known_ports:
        port = PORTS.get(url.scheme)
    return {
        "scheme": url.scheme,
        "username": url.username,
        "password": url.password,
        "path": url.path,
        "host": url.host,  # type: ignore[typeddict-item]
        "port": port,
        "fragment": url.fragment,
        "query": dict(form_pairs(url.query)) if url.query else {},
    }
