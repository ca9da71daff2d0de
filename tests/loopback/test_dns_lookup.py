"""dns_lookup and reverse_dns give what a name server answers."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("dns")

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

from dtl.functions.standard import standard_library
from dtl.values.errors import FunctionError

_ZONE = {
    ("host.test.", "A"): ["192.0.2.1", "192.0.2.2"],
    ("host.test.", "MX"): ["10 mail.test."],
    ("host.test.", "TXT"): ['"hello there"'],
    ("alias.test.", "CNAME"): ["host.test."],
}


def _answer(data: bytes) -> bytes:
    query = dns.message.from_wire(data)
    response = dns.message.make_response(query, recursion_available=True)
    question = query.question[0]
    name, kind = question.name.to_text(), dns.rdatatype.to_text(question.rdtype)
    records = _ZONE.get((name, kind))
    if records is None:
        response.set_rcode(dns.rcode.NXDOMAIN)
    else:
        response.answer.append(dns.rrset.from_text(name, 300, "IN", kind, *records))
    return response.to_wire()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("127.0.0.1", 0))
    listener.settimeout(0.1)
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                data, sender = listener.recvfrom(4_096)
            except TimeoutError:
                continue
            listener.sendto(_answer(data), sender)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    over.set()
    thread.join()
    listener.close()


def lookup(server: str, name: str, kind: str = "A", **options: Any) -> Any:
    """Call the function."""
    function = standard_library().get("dns_lookup")
    assert function is not None
    return function(name, kind, "IN", {"servers": [server], "timeout": 2, "attempts": 1, **options})


def test_addresses(server: str) -> None:
    found = lookup(server, "host.test")
    # dnspython shuffles what it sends.
    first, second = sorted(found["answers"], key=lambda record: str(record["rData"]))
    assert second["rData"] == "192.0.2.2"
    assert first == {
        "class": "IN",
        "domainName": "host.test",
        "rData": "192.0.2.1",
        "recordType": "A",
        "recordTypeId": 1,
        "ttl": 300,
    }
    assert found["question"] == [{"class": "IN", "domainName": "host.test", "questionType": "A", "questionTypeId": 1}]
    assert found["rcodeName"] == "NOERROR" and found["fullRcode"] == 0
    header = found["header"]
    assert header["qr"] is True and header["rd"] is True and header["anCount"] == 2 and header["qdCount"] == 1


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [("host.test", "MX", "10 mail.test"), ("host.test", "TXT", '"hello there"'), ("alias.test", "CNAME", "host.test")],
)
def test_other_records(server: str, name: str, kind: str, text: str) -> None:
    assert lookup(server, name, kind)["answers"][0]["rData"] == text


def test_a_name_that_does_not_exist(server: str) -> None:
    found = lookup(server, "nothing.test")
    assert found["answers"] == [] and found["rcodeName"] == "NXDOMAIN" and found["fullRcode"] == 3


def test_recursion_can_be_left_out(server: str) -> None:
    assert lookup(server, "host.test", recurse=False)["header"]["rd"] is False


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"timeout": "x"}, "expected integer, got string"),
        ({"recurse": 1}, "expected boolean, got integer"),
        ({"attempts": -1}, "attempts has to be a positive integer, got: -1."),
        ({"servers": 5}, "expected array, got integer"),
        ({"aa_only": True}, "query failed: the answer is not authoritative"),
    ],
)
def test_options_are_checked(server: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(FunctionError) as failure:
        lookup(server, "host.test", **options)
    assert failure.value.message.startswith(message)


def test_no_server_answers() -> None:
    silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    silent.bind(("127.0.0.1", 0))
    with pytest.raises(FunctionError, match="query failed"):
        lookup(f"127.0.0.1:{silent.getsockname()[1]}", "host.test", timeout=1)
    silent.close()


def test_the_name_of_this_machine() -> None:
    function = standard_library().get("reverse_dns")
    assert function is not None and function("127.0.0.1")
