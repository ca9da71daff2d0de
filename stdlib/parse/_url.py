"""URLs, as browsers read them (the WHATWG's standard)."""

from __future__ import annotations

import re
from typing import NamedTuple

from dtl.pattern import total

from ._percent import encode_fragment, encode_opaque, encode_user
from ._url_host import InvalidUrl, read_host, read_opaque_host
from ._url_path import is_drive, read_path

#: The schemes whose URLs have a host, and their ports.
PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*+):")
_IGNORED = re.compile(r"[\t\n\r]")
_SURROUNDING = "".join(map(chr, range(0x21)))
_USER_END = {True: re.compile(r"[/?#\\]"), False: re.compile(r"[/?#]")}
_SLASHES = total(r"[/\\]*+")
# The URLs that need no change: one of the usual schemes, a plain domain, and characters that stand for themselves.
_PLAIN = re.compile(
    r"(https?|wss?|ftp)://((?!(?:[^/?#:]*\.)?xn--)(?:[a-z0-9_-]+\.)*[a-z_][a-z0-9_-]*)(?::([0-9]{1,4}))?(?![^/?#])"
    r"((?:/(?!\.)[A-Za-z0-9._~!$&'()*+,;=:@\-]*)*)(?:\?([^#\s]*))?(?:#([!#-;=?-_a-z{}~|]*))?"
)


class Url(NamedTuple):
    """The parts of a URL; the port is None if it is the scheme's own or was not given."""

    scheme: str
    username: str = ""
    password: str = ""
    host: str | None = None
    port: int | None = None
    path: str = ""
    query: str | None = None
    fragment: str | None = None


def parse_url(text: str) -> Url:
    """Read a URL.

    Raises:
        InvalidUrl: It is none.
    """
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        scheme, host, digits, path, query, fragment = plain.groups()
        port = int(digits) if digits else None
        return Url(scheme, "", "", host, None if port == PORTS[scheme] else port, path or "/", query, fragment)
    text = _IGNORED.sub("", text.strip(_SURROUNDING))
    match = _SCHEME.match(text)
    if match is None:
        raise InvalidUrl("relative URL without a base")
    scheme, rest = match[1].lower(), text[match.end() :]
    before, hash_mark, fragment = rest.partition("#")
    before, question, query = before.partition("?")
    url = _read_file(before) if scheme == "file" else _read_hierarchy(scheme, before)
    return url._replace(query=query if question else None, fragment=encode_fragment(fragment) if hash_mark else None)


def _read_hierarchy(scheme: str, rest: str) -> Url:
    special = scheme in PORTS
    if special:
        rest = rest[_SLASHES.match(rest).end() :]
    elif rest.startswith("//"):
        rest = rest[2:]
    elif rest.startswith("/"):
        return Url(scheme, path=read_path(rest[1:], special=False))
    else:
        return Url(scheme, path=encode_opaque(rest))
    end = _USER_END[special].search(rest)
    authority, path = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    user, at, address = authority.rpartition("@")
    if at and not user and not address and path:
        raise InvalidUrl("empty host")
    name, _, password = user.partition(":")
    host, port, rest_of_address = _read_address(scheme, address, special)
    path = rest_of_address + path
    if not host and (name or password):
        raise InvalidUrl("empty host")
    if special or path:
        path = read_path(path[1:] if path[:1] == "/" or (special and path[:1] == "\\") else path, special)
    return Url(scheme, encode_user(name), encode_user(password), host or None, port, path)


def _read_address(scheme: str, address: str, special: bool) -> tuple[str, int | None, str]:
    """Return the host, the port and what is left of an authority behind the user."""
    colon = _port_mark(address)
    text = address if colon < 0 else address[:colon]
    if not text and (special or colon >= 0):
        raise InvalidUrl("empty host")
    host = read_host(text) if special else read_opaque_host(text)
    if colon < 0:
        return host, None, ""
    digits = address[colon + 1 :]
    number, backslash, rest = digits.partition("\\")
    if number and not (number.isascii() and number.isdigit()):
        raise InvalidUrl("invalid port number")
    significant = number.lstrip("0")
    if len(significant) > 5 or int(significant or "0") > 65_535:
        raise InvalidUrl("invalid port number")
    port = int(significant or "0") if number else None
    return host, None if port == PORTS.get(scheme) else port, backslash + rest


def _port_mark(address: str) -> int:
    """Return where the colon before the port is, or -1: colons in brackets do not count."""
    inside = False
    for place, character in enumerate(address):
        if character == "[":
            inside = True
        elif character == "]":
            inside = False
        elif character == ":" and not inside:
            return place
    return -1


def _read_file(rest: str) -> Url:
    slashes = len(_SLASHES.match(rest[:2])[0])
    if slashes < 2:
        return Url("file", path=read_path(rest[slashes:], special=True, file=True))
    end = re.search(r"[/\\]", rest[2:])
    host_text, path = (rest[2 : 2 + end.start()], rest[2 + end.start() :]) if end else (rest[2:], "")
    if is_drive(host_text):
        host, path = None, "/" + host_text + path
    else:
        host = read_host(host_text) if host_text else None
    if host == "localhost" or is_drive(re.split(r"[/\\]", path[1:], maxsplit=1)[0]):
        host = None
    return Url("file", host=host, path=read_path(path[1:], special=True, file=True))
