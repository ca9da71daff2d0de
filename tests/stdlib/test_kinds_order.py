"""Which of several wrong arguments a call complains about, as VRL does: the order is a function's own."""

from __future__ import annotations

import re

import pytest

import dtl
from dtl.backends import BACKENDS
from dtl.values.decode import from_json

_LETTERS = '{"n": 1, "f": 1.5, "t": true, "s": "text", "list": ["a", 1], "nested": [["x"]], "object": {"k": "v"}}'


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("contains!(.n, .f, .s)", "expected boolean, got string"),
        ("ends_with!(.n, .f)", "expected string, got integer"),
        ("starts_with!(.n, .f)", "expected string, got float"),
        ("find!(.n, .f, .t)", "expected integer, got boolean"),
        ("find!(.n, .f)", "expected string or regex, got float"),
        ("slice!(.n, .f)", "expected integer, got float"),
        ("split!(.s, .n, .t)", "expected integer, got boolean"),
        ("replace!(.s, .n, .f)", "expected string, got float"),
        ("join!(.list, .n)", "all array items must be strings"),
        ('join!(["a"], .n)', "expected string, got integer"),
        ("crc!(.n, .t)", "expected string, got boolean"),
        ("encode_gzip!(.n, 10 + int!(.n))", "compression level must be <= 10"),
        ("encode_gzip!(.n, .f)", "expected integer, got float"),
        ("encode_csv!(.list, .t)", "expected string, got integer"),
        ("encode_csv!(.nested)", "expected string, got [string]"),
        ("encode_key_value!(.n, .list)", "invalid field value type at index 1: expected string, got integer"),
        ("encode_key_value!(.n, [], .f)", "expected object, got integer"),
        ("contains_all!(.s, .list)", None),
        ("contains_all!(.s, .nested)", "expected string, got [string]"),
        ("decode_punycode!(.s, .n)", None),
        ("parse_timestamp!(.n, .f, .t)", "unable to convert integer value to timestamp"),
        ('parse_timestamp!(.s, "%s", .n)', "expected string, got integer"),
        ('parse_timestamp!(.s, "%s", .missing)', "expected string, got null"),
        ("ip_subnet!(.s, .n)", "unable to parse IP address: invalid IP address syntax"),
        ('ip_subnet!("::1", .n)', "expected string, got integer"),
        ("ip_cidr_contains!(.n, .s)", "unable to parse IP address: invalid IP address syntax"),
        ('ip_cidr_contains!(.n, "::1")', "expected string or array, got integer"),
        ("encrypt_ip!(.s, .n, .t)", "unable to parse IP address: invalid IP address syntax"),
        ('encrypt_ip!("::1", .n, .t)', "expected string, got boolean"),
        ("encrypt!(.n, .s, .f, .t)", "expected string, got integer"),
        ("encrypt!(.s, .s, .f, .t)", "Invalid algorithm: TEXT"),
        ('encrypt!(.s, "AES-128-CFB", .s, .t)', "Invalid key size. Expected 16 bytes. Found 4 bytes"),
        ("community_id!(.s, .n, .t)", "unable to parse source IP address: invalid IP address syntax"),
        (
            'community_id!("::1", "::2", .n, 70000 + int!(.n), .t)',
            "source port must be between 0 and 65535: out of range integral type conversion attempted",
        ),
        ('community_id!("::1", "::2", 6, .missing)', "expected integer, got null"),
    ],
)
def test_the_first_complaint(call: str, error: str | None, backend: str) -> None:
    program = dtl.compile(call, dialect="vrl", backend=backend)
    outcome = program.run(from_json(_LETTERS))
    if error is None:
        assert outcome.status == "ok"
    else:
        assert outcome.error is not None
        assert outcome.error.message.endswith(f": {error}")


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("slice!(string!(.n), .t)", "expected integer, got boolean"),
        ("slice!(.s, .t, int!(.s))", "expected integer, got boolean"),
        ("slice!(.n, int!(.s))", 'function call error for "int" at (11:19): expected integer, got string'),
        ('starts_with!(string!(.n), "a", .n)', "expected boolean, got integer"),
        ("starts_with!(.t, string!(.n))", 'function call error for "string" at (17:28): expected string, got integer'),
        ("merge!(.n, object!(.s))", "expected object, got integer"),
        ("merge!(.object, .n, bool!(.s))", "expected object, got integer"),
        ("parse_url!(.n, bool!(.s))", "expected string, got integer"),
        ("parse_cef!(.s, .n, bool!(.s))", "expected boolean, got integer"),
        ("object_from_array!(.n, array!(.s))", "expected array, got integer"),
        ("map_values!(object!(.n), .s) -> |v| { v }", "expected boolean, got string"),
        ("encode_charset!(.n, string!(.t))", "expected string, got integer"),
        ("decode_lz4!(.t, .s, bool!(.n))", "expected integer, got string"),
        ("contains!(.n, string!(.t))", 'function call error for "string" at (14:25): expected string, got boolean'),
    ],
)
def test_a_kind_is_wrong_before_another_argument_fails(call: str, error: str, backend: str) -> None:
    outcome = dtl.compile(call, dialect="vrl", backend=backend).run(from_json(_LETTERS))
    assert outcome.error is not None
    assert outcome.error.message.split(": ", 1)[1] == error


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("dialect", ["vrl", "dtl"])
@pytest.mark.parametrize(
    ("call", "order"),
    [
        ("contains(substring: {b; 'x'}, value: {a; 'y'})", "ab"),
        ("starts_with({a; 'x'}, {b; 'y'}, {c; true})", "cba"),
        ("slice!({a; 'xyz'}, {b; 1}, {c; 2})", "bca"),
        ("replace({a; 'x'}, {b; 'y'}, {c; 'z'}, {d; 1})", "acdb"),
        ("get!({a; {}}, {b; ['k']})", "ba"),
        ("set!({a; {}}, {b; ['k']}, {c; 1})", "bac"),
        ("round({a; 1.5}, {b; 1})", "ba"),
        ("merge(from: {b; {}}, to: {a; {}})", "ab"),
    ],
)
def test_arguments_are_evaluated_in_the_order_of_the_function(
    call: str, order: str, dialect: str, backend: str
) -> None:
    """A letter stands for noting that its argument is evaluated."""
    text = re.sub(r"{(\w);", r'{ seen = string!(seen) + "\1";', call.replace("'", '"'))
    program = dtl.compile(f'seen = ""\n.x = {text}\n.seen = seen', dialect=dialect, backend=backend)
    assert program.run({}).record["seen"] == order


@pytest.mark.parametrize("backend", BACKENDS)
def test_what_one_argument_does_is_seen_by_those_after_it(backend: str) -> None:
    """The type that the checker knows of `.a` in the second argument is not the one that it has."""
    text = '.a = "b"\n.x = slice!({ .a = 1; [1, 2, 3] }, { .n = is_integer(.a); 1 })'
    assert dtl.compile(text, dialect="dtl", backend=backend).run({}).record["n"] is False


@pytest.mark.parametrize(("event", "expected"), [('{"v": 5}', False), ('{"v": {"message": "a b"}}', True)])
def test_a_query_finds_nothing_in_what_is_no_object(event: str, expected: bool) -> None:
    program = dtl.compile('match_datadog_query!(.v, "b")', dialect="vrl")
    assert program.run(from_json(event)).value is expected
