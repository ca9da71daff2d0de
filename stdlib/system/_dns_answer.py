"""Answers of name servers as objects; imports of dnspython stay inside functions, as few programs ask."""

from __future__ import annotations

from typing import Any

from dtl.values.value import Value


def read_answer(message: Any) -> dict[str, Value]:
    """Return an answer as an object."""
    import dns.flags
    import dns.rcode
    import dns.rdatatype

    flags, rcode = message.flags, message.rcode()
    additional = _records(message.additional)
    if message.opt is not None:
        additional.append(_option_record(message))
    sections = {"answers": _records(message.answer), "authority": _records(message.authority)}
    header: dict[str, Value] = {
        name: bool(flags & getattr(dns.flags, name.upper())) for name in ("aa", "ad", "cd", "ra", "rd", "tc", "qr")
    }
    header |= {
        "opcode": int(message.opcode()),
        "rcode": int(rcode) & 0xF,
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
        "fullRcode": int(rcode),
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
