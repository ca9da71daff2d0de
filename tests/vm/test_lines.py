"""Lines go through a program as single records do, whatever stands beside them."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

import dtl
from dtl.values.decode import InvalidJson, from_json
from dtl.values.encode import to_json_bytes
from dtl.vm.limits import Limits
from dtl.vm.lines import Block, LineRunner
from dtl.vm.outcome import Outcome

PROGRAMS = {
    "nothing": ".",
    "fields": ".b = .a\n.c = upcase!(.s)\ndel(.d)",
    "floats": ".b = to_float(.a) ?? 1.5\n.c = .b / 1000000000000000000",
    "endings": "if .a == 1 { abort }\nif .a == 2 { return 5 }\n.b = int!(.a)\nif .a == 3 { deleted() }",
    "metadata": "%seen = .a\n.m = %",
    "deep": '.x.y.z = .a\n.l[3] = .\n. = {"r": .}',
    "bytes": '.raw = decode_base64!("/w==")\n.e = encode_json(.)',
}
# Deeper than the text that a function reads may be, but not too deep for a record.
DEEP_LINE = b'{"a":' + b"[" * 300 + b"]" * 300 + b',"s":"x"}'
LINES = (
    b'{"a":1,"s":"x"}',
    b'{"a":2,"s":"y"}',
    b'{"a":3,"s":"z","d":[1,2]}',
    b'{"a":-0,"s":"x"}',
    b'{"a": -0.0 , "s":"x"}',
    b'{"a":1e3,"s":"e5, 7"}',
    b'{"a":123456789.123456789012,"s":"\\u00e9"}',
    b'{"a":18446744073709551615,"s":"x"}',
    b'{"a":-9223372036854775809,"s":"x"}',
    b'{"a":9223372036854775807,"s":"x"}',
    b'{"a":10000000000000000.0,"s":"x"}',
    b'{"a":0.00001,"s":"x"}',
    b'{"a":0.000001,"s":"say \\"1e5\\", and 0.00001"}',
    b'{"a":12345678901234567890123,"s":"x"}',
    b'{"a":1E400,"s":"x"}',
    b'{"a":null,"s":null}',
    b"",
    b"   ",
    b"[1]",
    b"5",
    b"1e5",
    b"nope",
    b'{"a":1,"a":2,"s":"x"}',
    b'{"a":NaN}',
    b'\xff{"a":1}',
    b'{"s":"\xff"}',
    '{"a":1,"s":"ü – 😀"}'.encode(),
    b'{"a":' + b"[" * 100 + b"]" * 100 + b',"s":"x"}',
    DEEP_LINE,
    b'{"a":' + b"[" * 5000 + b"]" * 5000 + b',"s":"x"}',
)


def one_by_one(program: dtl.Program, lines: list[bytes]) -> Block:
    """Return the same block, made by the public API."""
    block = Block()
    runner = LineRunner(program.code, program.context, program.limits)
    for index, line in enumerate(lines):
        single = runner([line])
        block.written += single.written
        block.kept += single.kept
        block.dropped += single.dropped
        block.troubles += [trouble._replace(line=index, place=len(block.written)) for trouble in single.troubles]
    return block


def seen(block: Block) -> Any:
    troubles = [
        (index, place, reason.error.message if isinstance(reason, Outcome) and reason.error else str(reason))
        for index, place, reason in block.troubles
    ]
    return bytes(block.written), block.kept, block.dropped, troubles


@pytest.mark.parametrize("name", PROGRAMS)
def test_neighbours_do_not_matter(name: str) -> None:
    program = dtl.compile(PROGRAMS[name], dialect="dtl")
    runner = LineRunner(program.code, program.context)
    random = Random(1)
    for _ in range(60):
        lines = random.choices(LINES, k=random.randint(1, 12))
        assert seen(runner(lines)) == seen(one_by_one(program, lines))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:30].decode("utf-8", "replace"))
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_line_gives_what_its_record_gives(name: str, line: bytes) -> None:
    program = dtl.compile(PROGRAMS[name], dialect="dtl")
    block = LineRunner(program.code, program.context)([line])
    try:
        record = from_json(line)
    except InvalidJson as reason:
        if line.strip() and line != DEEP_LINE:
            assert str(block.troubles[0].reason) == str(reason)
        return
    if not isinstance(record, dict):
        assert isinstance(block.troubles[0].reason, InvalidJson)
        return
    outcome = program.run(record)
    if outcome.status == "ok":
        assert bytes(block.written) == to_json_bytes(outcome.record) + b"\n"
    elif outcome.status == "failed":
        found = block.troubles[0].reason
        assert isinstance(found, Outcome)
        assert (found.error, found.record) == (outcome.error, record)
    else:
        assert (block.kept, block.dropped, block.troubles) == (0, 1, [])


def test_results_may_be_written_instead_of_records() -> None:
    program = dtl.compile('if .a == 1 { "text" } else { .a }', dialect="dtl")
    runner = LineRunner(program.code, program.context, result=True)
    assert bytes(runner([b'{"a":1}', b'{"a":2e20}', b'{"a":10000000000000000.0}']).written) == b'"text"\n2e+20\n1e+16\n'


def test_every_line_has_its_own_metadata() -> None:
    program = dtl.compile("%n = (to_int(%n) ?? 0) + 1\n.n = %n", dialect="dtl")
    runner = LineRunner(program.code, program.context, metadata={"n": 4})
    assert bytes(runner([b"{}", b"{}"]).written) == b'{"n":5}\n{"n":5}\n'


def test_limits_hold_for_every_line() -> None:
    limits = Limits(steps=10, size=20)
    program = dtl.compile("n = 0; while n < int!(.a) { n = n + 1 }\n.b = .s", dialect="dtl", limits=limits)
    runner = LineRunner(program.code, program.context, limits)
    lines = [json.dumps(record).encode() for record in ({"a": 1}, {"a": 9}, {"a": 1, "s": "x" * 20}, {"a": 0})]
    block = runner(lines)
    assert block.kept == 2
    assert [trouble.line for trouble in block.troubles] == [1, 2]
