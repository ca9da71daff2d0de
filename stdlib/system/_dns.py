"""DNS queries and their answers as objects."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from dtl.functions import FunctionError
from dtl.values.value import Value, describe

from .._extra import missing

_PORT = 53
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
            return _answer(answer)
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
            raise FunctionError(f"{name} has to be a positive integer, got: {value}.")
        settings[name] = value
    return settings


def _servers(options: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return addresses and ports to ask."""
    import socket

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


def _answer(message: Any) -> dict[str, Value]:
    import dns.flags
    import dns.opcode
    import dns.rcode
    import dns.rdatatype

    flags, rcode = message.flags, int(message.rcode())
    additional = _records(message.additional)
    if message.opt is not None:
        additional.append(_option_record(message))
    sections = {"answers": _records(message.answer), "authority": _records(message.authority)}
    header: dict[str, Value] = {
        name: bool(flags & getattr(dns.flags, name.upper())) for name in ("aa", "ad", "cd", "ra", "rd", "tc", "qr")
    }
    header |= {
        "opcode": int(message.opcode()),
        "rcode": rcode & 0xF,
        "anCount": len(sections["answers"]),
        "arCount": len(additional),
        "nsCount": len(sections["authority"]),
        "qdCount": len(message.question),
    }
    question = [
        {
            "class": dns.rdataclass.to_text(part.rdclass),
            "domainName": _name(part.name),
            "questionType": dns.rdatatype.to_text(part.rdtype),
            "questionTypeId": int(part.rdtype),
        }
        for part in message.question
    ]
    name = dns.rcode.to_text(rcode)
    return {
        "fullRcode": rcode,
        "rcodeName": name,
        "header": header,
        "question": question,
        "additional": additional,
        **sections,
    }


def _records(section: Any) -> list[Value]:
    import dns.name
    import dns.rdataclass
    import dns.rdatatype

    return [
        {
            "class": dns.rdataclass.to_text(group.rdclass),
            "domainName": _name(group.name),
            # Names within are written without a dot at their end.
            "rData": record.to_text(origin=dns.name.root, relativize=True),
            "recordType": dns.rdatatype.to_text(group.rdtype),
            "recordTypeId": int(group.rdtype),
            "ttl": int(group.ttl),
        }
        for group in section
        for record in group
    ]


def _option_record(message: Any) -> Value:
    """Return the pseudo-record that tells what the server's software can do."""
    return {
        "class": f"CLASS{message.payload}",
        "domainName": "",
        "rData": "OPT ...",
        "recordType": "OPT",
        "recordTypeId": 41,
        "ttl": int(message.ednsflags) & 0xFFFFFFFF,
    }


def _name(name: Any) -> str:
    return str(name.to_text(omit_final_dot=True)) if len(name) > 1 else ""
