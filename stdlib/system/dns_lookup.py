"""The `dns_lookup` function."""

from typing import TypedDict

from dtl.functions import Arguments, Effect, function
from dtl.types.annotations import Boolean, Fallible, Integer, Null, Object, String, type_of
from dtl.types.insertion import inserted
from dtl.types.type import Type, array_of
from dtl.values.text import replaced

from ._dns import look_up


class _Record(TypedDict):
    domainName: String
    rData: String
    recordType: String
    recordTypeId: Integer
    ttl: Integer


class _Question(TypedDict):
    domainName: String
    questionType: String
    questionTypeId: Integer


class _Header(TypedDict):
    aa: Boolean
    ad: Boolean
    anCount: Integer
    arCount: Integer
    cd: Boolean
    nsCount: Integer
    opcode: Integer
    qdCount: Integer
    qr: Integer
    ra: Boolean
    rcode: Integer
    rd: Boolean
    tc: Boolean


class _Answer(TypedDict):
    fullRcode: Integer
    rcodeName: String | Null
    time: String | Null
    timePrecision: String | Null
    header: _Header


@function(effect=Effect.NETWORK)
def dns_lookup(
    value: String,
    qtype: String = "A",
    class_: String = "IN",
    options: Object = {},
) -> Fallible[Object]:
    """Ask a name server for the records of a domain name.

    The call waits for the answer.

    Args:
        value: The domain name.
        qtype: The type of record.
        class: The class of record.
        options: `servers` (an array of addresses, with a port if it is not 53; else the system's), `timeout` (seconds
            an attempt may take), `attempts`, and whether to use `tcp`, to ask for recursion (`recurse`), to take
            authoritative answers only (`aa_only`) and to begin with another server each time (`rotate`).

    Raises:
        The name, the type or the class is not one, or an option has a wrong value.
        No server answers.

    Examples:
        Look up the mail servers:
            >>> dns_lookup!("example.com", qtype: "MX").answers[0].rData  # not run: asks the network
            "0 ."

        Not a type:
            >>> dns_lookup!("example.com", qtype: "NOPE")
            error: parsing query type failed: unknown record type

        No server answers:
            >>> dns_lookup!("example.com", options: { "servers": ["127.0.0.1:9"] })  # not run: asks the network
            error: query failed: [Errno 111] Connection refused
    """
    return look_up(replaced(value), replaced(qtype), replaced(class_), options)


@dns_lookup.typed
def _(arguments: Arguments) -> Type:
    answer = type_of(_Answer)
    text, record, question = type_of(String), type_of(_Record), type_of(_Question)
    for part, kind in {"answers": record, "authority": record, "additional": record, "question": question}.items():
        answer = inserted(answer, (part,), array_of(inserted(kind, ("class",), text)))
    return answer
