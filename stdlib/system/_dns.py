"""DNS queries and their answers as objects."""

from __future__ import annotations

import random
import socket
from collections.abc import Mapping
from typing import Any

from dtl.functions import FunctionError
from dtl.values.value import Value, describe

from .._optional import missing
from ._dns_answer import read_answer

_PORT = 53
_OUT_OF_RANGE = "out of range integral type conversion attempted"
_DEFAULTS: dict[str, int | bool] = {
    "timeout": 5,
    "attempts": 2,
    "ndots": 1,
    "tcp": False,
    "recurse": True,
    "aa_only": False,
    "rotate": False,
}


def look_up(name: str, record_type: str, record_class: str, options: Mapping[str, Any]) -> dict[str, Value]:
    """Ask for records.

    Raises:
        FunctionError: An argument is not valid, or no server answers.
    """
    # Lazy, as few programs ask.
    try:
        import dns.exception
        import dns.flags
        import dns.message
        import dns.name
        import dns.query
        import dns.rdataclass
        import dns.rdatatype
    except ImportError:
        raise missing("dns_lookup", "dnspython", "dns") from None
    try:
        domain = dns.name.from_text(name)
    except (dns.exception.DNSException, UnicodeError, ValueError) as reason:
        raise FunctionError(f"parsing host name failed: {reason}") from None
    try:
        type_number = dns.rdatatype.from_text(record_type)
    except (dns.exception.DNSException, ValueError):
        raise FunctionError("parsing query type failed: unknown record type") from None
    try:
        class_number = dns.rdataclass.from_text(record_class)
    except (dns.exception.DNSException, ValueError):
        raise FunctionError("parsing query class failed: unknown class") from None
    settings = _settings(options)
    servers = _servers(options)
    query = dns.message.make_query(domain, type_number, class_number, use_edns=0)
    if not settings["recurse"]:
        query.flags &= ~dns.flags.RD
    if settings["rotate"]:
        random.shuffle(servers)
    failure = "no server to ask"
    for _ in range(max(settings["attempts"], 1)):
        for address, port in servers:
            try:
                if settings["tcp"]:
                    answer = dns.query.tcp(query, address, timeout=settings["timeout"], port=port)
                else:
                    answer, _ = dns.query.udp_with_fallback(query, address, timeout=settings["timeout"], port=port)
            except (dns.exception.DNSException, OSError, ValueError) as reason:
                failure = str(reason) or type(reason).__name__
                continue
            if settings["aa_only"] and not answer.flags & dns.flags.AA:
                failure = "the answer is not authoritative"
                continue
            return read_answer(answer)
    raise FunctionError(f"query failed: {failure}")


def _settings(options: Mapping[str, Any]) -> dict[str, Any]:
    settings: dict[str, Any] = dict(_DEFAULTS)
    for name, default in _DEFAULTS.items():
        if name not in options:
            continue
        value = options[name]
        if type(value) is not type(default):
            expected = "boolean" if isinstance(default, bool) else "integer"
            raise FunctionError(f"expected {expected}, got {describe(value)}")
        if value < 0:
            raise FunctionError(f"{name} has to be a positive integer, got: {value}. ({_OUT_OF_RANGE})")
        settings[name] = value
    return settings


def _servers(options: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return addresses and ports to ask."""
    if "servers" not in options:
        import dns.exception
        import dns.resolver

        try:
            resolver = dns.resolver.get_default_resolver()
        except dns.exception.DNSException as reason:
            raise FunctionError(f"query failed: {reason}") from None
        return [(str(server), resolver.port) for server in resolver.nameservers]
    given = options["servers"]
    if not isinstance(given, list):
        raise FunctionError(f"expected array, got {describe(given)}")
    servers = []
    for server in given:
        if not isinstance(server, str):
            raise FunctionError(f"expected string, got {describe(server)}")
        host, _, port = server.rpartition(":") if ":" in server else (server, "", str(_PORT))
        try:
            found = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_DGRAM)
        except (OSError, ValueError, OverflowError) as reason:
            raise FunctionError(f"can't resolve nameserver ({server}): {reason}") from None
        servers += [(str(address[4][0]), int(address[4][1])) for address in found]
    return servers
