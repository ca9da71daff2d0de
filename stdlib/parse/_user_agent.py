"""User agents by two classifiers: woothee, which knows the kinds of device, and uap-core, which knows versions."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from .._optional import missing

_SAMSUNG = re.compile(r"SamsungBrowser/([.0-9]+)")

Agent = dict[str, dict[str, str | None]]

#: The fields of each part, and how many of them the short schema has.
SHORT = {"browser": ("family", "version"), "os": ("family", "version"), "device": ("category",)}
FULL = {
    "browser": ("family", "version", "major", "minor", "patch"),
    "os": ("family", "version", "major", "minor", "patch", "patch_minor"),
    "device": ("family", "category", "brand", "model"),
}


def fast(text: str) -> Agent:
    """Classify with woothee."""
    return _schema(SHORT, _by_woothee(text))


def reliable(text: str) -> Agent:
    """Classify with woothee, and with uap-core where woothee does not know browser or system."""
    agent = _by_woothee(text)
    if agent["browser"].get("family") is None or agent["os"].get("family") is None:
        agent = _either(_by_uap(text), agent)
    return _schema(SHORT, agent)


def enriched(text: str) -> Agent:
    """Classify with uap-core, and fill what it does not know from woothee."""
    return _schema(FULL, _either(_by_uap(text), _by_woothee(text)))


MODES: dict[str, Callable[[str], Agent]] = {"fast": fast, "reliable": reliable, "enriched": enriched}


def _schema(fields: dict[str, tuple[str, ...]], agent: Agent) -> Agent:
    return {part: {name: agent[part].get(name) for name in names} for part, names in fields.items()}


def _either(first: Agent, second: Agent) -> Agent:
    return {
        part: second[part] | {name: value for name, value in first[part].items() if value is not None} for part in first
    }


@lru_cache(maxsize=1)
def _woothee() -> Callable[[str], dict[str, str]]:
    # Lazy, as most programs parse no user agent.
    try:
        from woothee import parse
    except ImportError:
        raise missing("parse_user_agent", "woothee", "useragent") from None
    return parse


def _by_woothee(text: str) -> Agent:
    found = _woothee()(text)
    known = {name: value for name, value in found.items() if value not in ("", "UNKNOWN")}
    # The package takes Samsung's browser for the Chrome that it is made of.
    if known.get("name") == "Chrome" and (samsung := _SAMSUNG.search(text)):
        known |= {"name": "SamsungBrowser", "version": samsung[1]}
    # A Windows of a version that it does not know, and a Wget without one, tell VRL nothing.
    if known.get("os") == "Windows UNKNOWN Ver" and "os_version" in known:
        known = {name: known[name] for name in known.keys() & {"name", "version"}}
    if known.get("version") == "wget" and "Wget/" not in text:
        known = {}
    return {
        "browser": {"family": known.get("name"), "version": known.get("version")},
        "os": {"family": known.get("os"), "version": known.get("os_version")},
        "device": {"category": known.get("category")},
    }


@lru_cache(maxsize=1)
def _uap() -> Any:
    # Lazy, as its thousand expressions take a moment.
    try:
        from ua_parser import Parser, load_lazy_builtins
        from ua_parser.regex import Resolver
    except ImportError:
        raise missing("parse_user_agent", "ua-parser with ua-parser-rs and ua-parser-builtins", "useragent") from None
    return Parser(Resolver(load_lazy_builtins()))


def _by_uap(text: str) -> Agent:
    parser = _uap()
    browser, system, device = parser.parse_user_agent(text), parser.parse_os(text), parser.parse_device(text)
    return {
        "browser": _fields(browser, "family", "major", "minor", "patch"),
        "os": _fields(system, "family", "major", "minor", "patch", "patch_minor"),
        "device": _fields(device, "family", "brand", "model"),
    }


def _fields(found: Any, *names: str) -> dict[str, str | None]:
    return {name: getattr(found, name) for name in names} if found is not None else {}
