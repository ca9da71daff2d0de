"""DNS messages in wire format as objects."""

from __future__ import annotations

from dtl.values.value import Value

from ._dns_names import RESPONSE_CODES
from ._dns_reader import Reader
from ._dns_record import InvalidMessage

__all__ = ["InvalidMessage", "read_name", "read_query", "read_update"]


def read_query(data: bytes, lowercase: bool) -> dict[str, Value]:
    """Return a message of the usual kind: a question, or a question with its answer.

    Raises:
        InvalidMessage: The bytes are not one.
    """
    reader = Reader(data, lowercase)
    ident, flags, counts = reader.header()
    questions = [reader.question() for _ in range(counts[0])]
    sections = {
        name: [reader.record() for _ in range(count)]
        for name, count in zip(("answers", "authority", "additional"), counts[1:], strict=True)
    }
    code = (reader.extended_code << 4) | (flags & 0xF)
    bits = {"aa": 10, "tc": 9, "rd": 8, "ra": 7, "ad": 5, "cd": 4}
    header: dict[str, Value] = {name: bool(flags >> bit & 1) for name, bit in bits.items()}
    header |= {"id": ident, "opcode": flags >> 11 & 0xF, "rcode": code, "qr": flags >> 15}
    header |= dict(zip(("qdCount", "anCount", "nsCount", "arCount"), counts, strict=True))
    message: dict[str, Value] = {"header": header, "question": questions or None, "opt": reader.options}
    message |= {name: [record for record in records if record is not None] for name, records in sections.items()}
    return _finished(message, code)


def read_update(data: bytes, lowercase: bool) -> dict[str, Value]:
    """Return a message that changes a zone.

    Raises:
        InvalidMessage: The bytes are not one.
    """
    reader = Reader(data, lowercase)
    ident, flags, counts = reader.header()
    zones = [reader.question() for _ in range(counts[0])]
    if len(zones) != 1:
        raise InvalidMessage(f"Unexpected number of records in update section: {len(zones)}")
    names = {"domainName": "zName", "questionType": "zType", "questionTypeId": "zTypeId", "class": "zClass"}
    sections: dict[str, Value] = {
        name: [record for record in (reader.record() for _ in range(count)) if record is not None]
        for name, count in zip(("prerequisite", "update", "additional"), counts[1:], strict=True)
    }
    code = flags & 0xF
    header: dict[str, Value] = {"id": ident, "opcode": flags >> 11 & 0xF, "rcode": code, "qr": flags >> 15}
    header |= dict(zip(("zoCount", "prCount", "upCount", "adCount"), counts, strict=True))
    zone = {names[key]: value for key, value in zones[0].items()}
    return _finished({"header": header, "zone": zone, **sections}, code)


def read_name(data: bytes, lowercase: bool = False) -> str:
    """Return a domain name with a dot at its end.

    Raises:
        InvalidMessage: The bytes are not one.
    """
    return Reader(data, lowercase).name()


def _finished(message: dict[str, Value], code: int) -> dict[str, Value]:
    message |= {"fullRcode": code, "rcodeName": RESPONSE_CODES.get(code)}
    return {key: value for key, value in message.items() if value is not None and value != []}
