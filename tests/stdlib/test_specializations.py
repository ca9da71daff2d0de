"""Evaluators made for one call give what the function itself gives, as the interpreter calls it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dtl
from dtl.functions.standard import standard_library
from tests.support.typed_json import encode
from tests.values.strategies import byte_strings, keys, timestamps, values

# Every function that has evaluators of that kind is called here.
PROGRAMS = [
    r"parse_regex!(.v, r'(?P<user>\w+)[ =](?P<ms>\d+)?')",
    r"parse_regex!(.v, r'(.)(?P<b>.)?', numeric_groups: true)",
    r"parse_regex!(.v, r'(?s)^.*$')",
    'split!(.v, "1")',
    'split!(.v, "")',
    'split!(.v, "é", limit: 2)',
    r"split!(.v, r'[\s0]')",
    'replace!(.v, "1", "é")',
    'replace!(.v, "", "-", count: 2)',
    r"""replace!(.v, r'(\d)', "<$1>")""",
    "parse_key_value!(.v)",
    'parse_key_value!(.v, field_delimiter: "1", whitespace: "strict", accept_standalone_key: false)',
    'parse_timestamp!(.v, "%+")',
    'parse_timestamp!(.v, "%Y-%m-%dT%H:%M:%S%.fZ")',
    'parse_timestamp!(.v, "%s")',
    'parse_timestamp!(.v, "%F %T", timezone: "Europe/Rome")',
    "compact!(.v)",
    "compact!(.v, recursive: false, string: false)",
    "compact!(.v, nullish: true, null: false, object: false)",
    *(f"{name}!(.v)" for name in ("to_int", "to_float", "to_bool", "to_string", "string", "int", "float", "bool")),
    *(f"{name}!(.v)" for name in ("array", "object", "timestamp")),
    # Stores that put another object in the event's stead.
    ". = compact(.)\n.w = 1\n.",
    "x = .v\n. = object!(.v)\n.w = 1\n[., x]",
    ". |= object!(.v)\n.v = 1\n.",
    'x = .\n. |= { "v": .w }\n[., x]',
    '. |= { "v": (.w = 2) }\n.',
    '. = merge(., { "w": . })\n.w.v = 3\n.',
    '. = merge(., { "w": (.v = 2) })\n.',
]
TIMES = st.from_regex(
    r"\A[0-9]{4}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-5][0-9]:[0-6][0-9](\.[0-9]{0,10})?(Z|z|\+[0-2][0-9]:?30)?\Z"
)
VALUES = (
    values | byte_strings | TIMES | timestamps | st.from_regex(r"\A[-+]?[0-9a]{0,20}\Z") | st.text("a1 =é", max_size=9)
)


def outcome(program: dtl.Program, event: dict[str, Any]) -> tuple[Any, ...]:
    """Return what there is to compare."""
    found = program.run(event)
    return found.status, encode(found.value), encode(found.record), found.error and found.error.message


@pytest.mark.parametrize("source", PROGRAMS)
def test_they_give_the_same(source: str) -> None:
    plain = dtl.compile(source, dialect="vrl", backend="interpreter", optimize=False)
    quick = dtl.compile(source, dialect="vrl")

    @settings(max_examples=60, deadline=None)
    @given(st.fixed_dictionaries({"v": VALUES}, optional={"w": VALUES, "": VALUES}) | st.dictionaries(keys, VALUES))
    def check(event: dict[str, Any]) -> None:
        assert outcome(quick, event) == outcome(plain, event)

    check()


def test_every_one_is_tried() -> None:
    registry = standard_library()
    known = [function for name in registry.names("dtl") if (function := registry.get(name)) is not None]
    special = {function.name for function in known if is_special(function)}
    assert special
    assert {name for name in special if not any(f"{name}!(" in source for source in PROGRAMS)} == set()


def is_special(function: Any) -> bool:
    """Tell whether a call of a function may take another way than through its evaluator."""
    return function.specialization is not None or bool(function.keeps)
