"""`dtl run` as a table: arguments, input, output, messages, exit code."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.support.command_line import dtl


class Row(NamedTuple):
    """A command line, its input and what must come of it; `errors` is a pattern."""

    name: str
    arguments: list[str]
    stdin: str | bytes
    output: str
    errors: str = ""
    code: int = 0


ADD = ".b = 1"
FAIL_ODD = "if .n == 1 || .n == 3 { .x = to_int!(.text) }"

TABLE = [
    Row("one record out for each in", ["-e", ADD], '{"a": 1}\n{"a": 2}\n', '{"a":1,"b":1}\n{"a":2,"b":1}\n'),
    Row("keys are sorted", ["-e", "."], '{"b":1,"a":2,"B":3,"é":4}', '{"B":3,"a":2,"b":1,"é":4}\n'),
    Row("no line feed at the end of the input", ["-e", ADD], "{}", '{"b":1}\n'),
    Row("windows line ends", ["-e", ADD], '{"a":1}\r\n{"a":2}\r\n', '{"a":1,"b":1}\n{"a":2,"b":1}\n'),
    Row("empty input", ["-e", ADD], "", ""),
    Row("only line feeds", ["-e", ADD], "\n\n\n", ""),
    Row("blank lines between records", ["-e", "."], '{"a":1}\n\n  \n{"a":2}\n', '{"a":1}\n{"a":2}\n'),
    Row("a byte order mark", ["-e", "."], b'\xef\xbb\xbf{"a":1}\n', '{"a":1}\n'),
    Row("abort drops the record", ["-e", "if .a == 1 { abort }"], '{"a":1}\n{"a":2}\n', '{"a":2}\n'),
    Row("the result instead of the record", ["-e", ".a", "--print", "result"], '{"a":[1,2]}\n{}\n', "[1,2]\nnull\n"),
    Row("without input", ["-n", "-e", ".a = 1 + 2"], "", '{"a":3}\n'),
    Row("metadata", ["-e", ".k = %kind", "--metadata", '{"kind": "m"}'], "{}\n", '{"k":"m"}\n'),
    Row("metadata starts anew for each record", ["-e", ".n = %n; %n = 1"], "{}\n{}\n", '{"n":null}\n{"n":null}\n'),
    Row("metadata that is no object", ["-e", ".", "--metadata", "[1]"], "", "", "", 2),
    # --- formats
    Row("json: documents over lines", ["-e", ADD, "--input-format", "json"], '{"a":\n1}\n{"a": 2}', '{"a":1,"b":1}\n{"a":2,"b":1}\n'),
    Row("json: an array's elements", ["-e", ADD, "--input-format", "json"], '[{"a":1},\n{"a":2}]', '{"a":1,"b":1}\n{"a":2,"b":1}\n'),
    Row("json: brackets in strings", ["-e", ".", "--input-format", "json"], '{"a":"]}\\"{"}{"b":1}', '{"a":"]}\\"{"}\n{"b":1}\n'),
    Row("json: cut off", ["-e", ".", "--input-format", "json"], '{"a":1}\n{"b":', '{"a":1}\n', r"line 2: not JSON", 1),
    Row("raw lines", ["-e", ".", "--input-format", "raw"], "one\ntwo\r\n\n", '{"message":"one"}\n{"message":"two"}\n{"message":""}\n'),
    Row("csv", ["-e", ".", "--input-format", "csv"], 'a,b\n1,"x,y"\n', '{"a":"1","b":"x,y"}\n'),
    Row("csv: a field over lines", ["-e", ".", "--input-format", "csv"], 'a\n"x\ny"\nz\n', '{"a":"x\\ny"}\n{"a":"z"}\n'),
    Row("csv: a short row", ["-e", ".", "--input-format", "csv", "--on-error", "skip"], "a,b\n1\n2,3\n", '{"a":"2","b":"3"}\n', "line 2: the row has 1 fields", 1),
    Row("csv: a stray quote", ["-e", ".", "--input-format", "csv", "--on-error", "skip"], 'a,b\n"x"y,1\n2,3\n', '{"a":"2","b":"3"}\n', "line 2: not CSV", 1),
    Row("output pretty", ["-e", ".", "--output-format", "pretty"], '{"a":1}', '{\n  "a": 1\n}\n'),
    Row("output json", ["-e", ".", "--output-format", "json"], '{"a":1}\n{}\n', '[\n{"a":1},\n{}\n]\n'),
    Row("output csv", ["-e", ".", "--output-format", "csv"], '{"b":"x,y","a":1}\n{"a":null}\n', 'a,b\n1,"x,y"\n,\n'),
    Row("output csv: an unknown field", ["-e", ".", "--output-format", "csv", "--on-error", "skip"], '{"a":1}\n{"z":2}\n', "a\n1\n", "line 2: the header", 1),
    Row("output raw", ["-e", ".", "--output-format", "raw", "--input-format", "raw"], b"a\xffb\n", "a\ufffdb\n"),
    Row("output display", ["-e", "t'2024-01-01T00:00:00Z'", "--print", "result", "--output-format", "display"], "{}", "t'2024-01-01T00:00:00Z'\n"),
    # --- failures
    Row("a failure stops the run", ["-e", FAIL_ODD], '{"n":0}\n{"n":1,"text":"x"}\n{"n":2}\n', '{"n":0}\n', r'standard input, line 2: function call error for "to_int" .*\(program:1:\d+\)', 1),
    Row("failures are skipped", ["-e", FAIL_ODD, "--on-error", "skip"], '{"n":1,"text":"x"}\n{"n":2}\n', '{"n":2}\n', "line 1", 1),
    Row("failures are kept", ["-e", ".n = 5; .x = to_int!(.text)", "--on-error", "keep"], '{"n":1,"text":"x"}\n{"text":"2"}\n', '{"n":1,"text":"x"}\n{"n":5,"text":"2","x":2}\n', "line 1", 1),
    Row("a line that is kept", ["-e", ".", "--on-error", "keep"], "{oops\n", '{"message":"{oops"}\n', "line 1", 1),
    Row("a wrong record within a block", ["-e", ".", "--on-error", "skip"], '{"a":1}\n{"a":}\n{"a":3}\n', '{"a":1}\n{"a":3}\n', "line 2: not JSON", 1),
    Row("a record that is no object", ["-e", ".", "--on-error", "skip"], '1\n[{}]\nnull\n"a"\n{}\n', "{}\n", "(?s)line 1.*integer.*line 2.*array.*line 3.*null.*line 4.*string", 1),
    Row("not UTF-8", ["-e", ".", "--on-error", "skip"], b'{"a":"\xff"}\n{"a":"\xc3\xa9"}\n', '{"a":"é"}\n', "line 1: not JSON", 1),
    Row("NaN and Infinity", ["-e", ".", "--on-error", "skip"], '{"a":NaN}\n{"a":Infinity}\n{"a":1}\n', '{"a":1}\n', "(?s)line 1.*line 2", 1),
    Row("duplicate keys: the last wins", ["-e", "."], '{"a":1,"b":2,"a":3}\n', '{"a":3,"b":2}\n'),
    Row("big integers become floats", ["-e", "."], '{"a":9223372036854775807,"b":9223372036854775808}\n', '{"a":9223372036854775807,"b":9.223372036854776e+18}\n'),
    Row("deep nesting", ["-e", ".", "--on-error", "skip"], '{"a":' * 5000 + "1" + "}" * 5000 + '\n{"b":1}\n', '{"b":1}\n', "line 1: not JSON: recursion limit", 1),
    Row("deep arrays", ["-e", ".", "--on-error", "skip"], "[" * 100_000 + '\n{"b":1}\n', '{"b":1}\n', "line 1: not JSON", 1),
    Row("a line beyond the limit", ["-e", ".", "--on-error", "skip", "--limit-line", "10"], '{"a":"0123456789"}\n{"b":1}\n', '{"b":1}\n', "line 1: the line has more than 10 bytes", 1),
    Row("a control character", ["-e", ".", "--on-error", "skip"], '{"a":"\x01"}\n{"a":"\\u0001"}\n', '{"a":"\\u0001"}\n', "line 1", 1),
    Row("a lone surrogate", ["-e", ".", "--on-error", "skip"], '{"a":"\\ud800"}\n{}\n', "{}\n", "line 1", 1),
    Row("infinity is written as null", ["-e", ".x = to_float!(\"inf\")"], "{}", '{"x":null}\n'),
    # --- programs
    Row("a program that does not compile", ["--dialect", "vrl", "-e", ".a = 1 / .b"], "{}\n", "", r"error\[E103\]", 3),
    Row("strict", ["--strict", "-e", ".a = 1 / .b"], "{}\n", "", r"error\[E103\]", 3),
    Row("a warning", ["-e", ".a = 1 / .b"], '{"b":2}\n', '{"a":0.5,"b":2}\n', r"warning\[E103\]"),
    Row("no warning", ["--no-warnings", "-e", ".a = 1 / .b"], '{"b":2}\n', '{"a":0.5,"b":2}\n'),
    Row("no program", [], "", "", "name a program", 2),
    Row("no such program", ["nowhere.dtl"], "", "", "cannot read nowhere.dtl: No such file", 4),
    Row("no such input", ["-e", ".", "nowhere.jsonl"], "", "", "cannot read nowhere.jsonl: no such file", 4),
    Row("a folder as input", ["-e", ".", "."], "", "", "it is a folder", 4),
    # --- limits
    Row("a limit of size", ["-e", ".b = \"0123456789\"", "--limit-size", "10", "--on-error", "skip"], "{}\n", "", "line 1", 1),
    Row("a limit of depth", ["-e", ".a.b.c.d = 1", "--limit-depth", "3", "--on-error", "skip"], "{}\n", "", "line 1", 1),
    Row("a limit of zero", ["-e", ".", "--limit-steps", "0"], "", "", "", 2),
    Row("a message that would steer the terminal", ["-e", r'assert!(false, "\u{1b}[2J")'], "{}\n", "", r'(?<!\x1b)\[2J', 1),
]  # fmt: skip


@pytest.mark.parametrize("backend", ["interpreter", "bytecode"])
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_run(row: Row, backend: str) -> None:
    ran = dtl("run", "--backend", backend, *row.arguments, stdin=row.stdin)
    assert ran.output == row.output
    assert ran.code == row.code
    if row.errors:
        assert re.search(row.errors, ran.errors), ran.errors
    elif row.code == 0:
        assert ran.errors == ""


def test_a_line_of_ten_megabytes() -> None:
    text = "x" * 10_000_000
    ran = dtl("run", "-e", ".n = length(string!(.a)); del(.a)", stdin=f'{{"a":"{text}"}}\n{{"a":"y"}}\n')
    assert ran.output == '{"n":10000000}\n{"n":1}\n'


def test_messages_do_not_flood() -> None:
    ran = dtl("run", "-e", ".", "--on-error", "skip", stdin="bad\n" * 1000)
    assert ran.errors.count("\n") == 21
    assert "980 more failed" in ran.errors
