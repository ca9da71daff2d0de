"""Every parameter that takes one of some words offers them, whatever is broken around the call."""

from __future__ import annotations

import pytest

from dtl.functions.function import Function, Parameter
from dtl.functions.standard import standard_library
from dtl.ide.completion import complete
from dtl.types.type import STRING
from tests.ide.edits import analysis_of

_FUNCTIONS = [each for name in standard_library().names("dtl") if (each := standard_library().get(name, "dtl"))]
CHOICES = [(each, parameter) for each in _FUNCTIONS for parameter in each.parameters if parameter.choices]


def offered(program: str) -> set[str]:
    """Return the values offered at the mark."""
    at = program.index("‸")
    items = complete(analysis_of(program.replace("‸", "")), at)
    return {item.label.strip('"') for item in items if item.kind == "value"}


@pytest.mark.parametrize(("function", "parameter"), CHOICES, ids=lambda each: each.name)
def test_values_are_offered(function: Function, parameter: Parameter) -> None:
    before = [each for each in function.parameters[: function.parameters.index(parameter)] if each.required]
    positions = function.parameters.index(parameter) == len(before)
    call = f".x = {function.name}!({', '.join('.a' for _ in before)}{', ' if before else ''}"
    starts = [f'{call}{parameter.name}: "‸', f"{call}{parameter.name}: ‸"]
    if positions:
        starts += [f'{call}"‸', f"{call}‸"]
    for start in starts:
        ends = ['")', '"', '"\n.b = ='] if start.endswith('"‸') else [")", "", "\n.b = ="]
        for end in ends:
            assert set(parameter.choices) <= offered(f".q = 1\n{start}{end}\n.c = 2"), f"{start}{end}"


@pytest.mark.parametrize(
    ("name", "parameter", "word"),
    [
        ("encode_base64", "charset", "url_safe"),
        ("decode_base64", "charset", "url_safe"),
        ("crc", "algorithm", "CRC_16_MODBUS"),
        ("hmac", "algorithm", "SHA-512"),
        ("encrypt", "algorithm", "AES-256-SIV"),
        ("parse_bytes", "unit", "MiB"),
        ("parse_duration", "unit", "ms"),
        ("encrypt_ip", "mode", "pfx"),
        ("from_unix_timestamp", "unit", "milliseconds"),
        ("log", "level", "warn"),
    ],
)
def test_parameters_that_take_words_say_so(name: str, parameter: str, word: str) -> None:
    function = standard_library().get(name, "vrl")
    assert function is not None
    known = function.parameter(parameter)
    assert known is not None
    assert known.type.kinds & STRING
    assert word in known.choices
    assert set(known.choices) >= {known.default} or not isinstance(known.default, str)
