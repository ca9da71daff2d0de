"""The functions that read log lines, and the named grok patterns, find what the real engine finds in the same texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dtl
from dtl.stdlib.parse._grok_patterns import patterns_of_grok, patterns_of_groks

_ENGINE = "vector-vrl is not installed (it needs Python 3.12)"
_FOLDER = Path(__file__).parent / "texts"
_SIGNS = str.maketrans({"␉": "\t", "␊": "\n", "␠": " "})

#: The patterns that match every text, an empty part of it at least.
_MATCH_ALL = {
    "CISCO_REASON", "DATA", "ELB_REQUEST_LINE", "EXIM_QT", "GREEDYDATA", "HAPROXYCAPTUREDREQUESTHEADERS",
    "HAPROXYCAPTUREDRESPONSEHEADERS", "IPTABLES4_FRAG", "IPTABLES_TCP_FLAGS", "JAVALOGMESSAGE", "RAILS3PROFILE",
    "S3_REQUEST_LINE", "SPACE",
}  # fmt: skip

_READERS = (
    *(f'parse_apache_log(text, format: "{name}")' for name in ("common", "combined", "error")),
    'parse_apache_log(text, format: "error", timestamp_format: "%Y")',
    "parse_common_log(text)",
    'parse_common_log(text, timestamp_format: "%+")',
    *(f'parse_nginx_log(text, format: "{name}")' for name in ("combined", "error", "ingress_upstreaminfo", "main")),
    "parse_glog(text)",
    "parse_klog(text)",
    "parse_aws_alb_log(text)",
    "parse_aws_alb_log(text, strict_mode: false)",
    "parse_aws_cloudwatch_log_subscription_message(text)",
    "parse_aws_vpc_flow_log(text)",
    "parse_linux_authorization(text)",
    "parse_syslog(text)",
    "parse_cef(text)",
    "parse_cef(text, strict: false)",
    "parse_cef(text, translate_custom_fields: true)",
    "parse_influxdb(text)",
    "parse_ruby_hash(text)",
    *(f'parse_user_agent(text, mode: "{name}")' for name in ("fast", "reliable", "enriched")),
)


def texts(name: str) -> list[str]:
    """Return the texts of a file."""
    lines = (_FOLDER / name).read_text("utf-8").split("\n")
    return [line.translate(_SIGNS) for line in lines if line and not line.startswith("#")]


def program(call: str) -> str:
    """Return a program that puts a call's results and failures on all texts into `found`, as JSON."""
    caught = f"found, error = {call}; if error == null {{ found }} else {{ error }}"
    call = call if call.startswith("parse_user_agent") else caught
    return f'. = {{ "found": encode_json(map_values(array!(.texts)) -> |text| {{ text = string!(text); {call} }}) }}'


def answers(call: str, given: list[str]) -> list[object]:
    """Return what this project answers."""
    outcome = dtl.compile(program(call), dialect="vrl").run({"texts": given})
    assert outcome.status == "ok"
    return json.loads(outcome.record["found"])  # type: ignore[no-any-return]


def differences(call: str, given: list[str]) -> list[tuple[str, object, object]]:
    """Return the texts on which the real engine's answer is another, with that answer and ours."""
    from vector_vrl import execute_vrl  # only where the comparison is made

    real = json.loads(execute_vrl(program(call), [json.dumps({"texts": given})], {})[0]["found"])
    own = answers(call, given)
    return [(text, a, b) for text, a, b in zip(given, real, own, strict=True) if a != b]


def _literal(pattern: str) -> str:
    return f"s'{pattern}'"


def test_every_pattern_is_tried() -> None:
    """Each name matches a text, so that the comparison says something, and each that can refuse one does."""
    given = texts("grok.txt")
    matched = {
        name: sum(isinstance(found, dict) for found in answers(f"parse_grok(text, {_literal(f'%{{{name}}}')})", given))
        for name in patterns_of_grok()
    }
    assert [name for name, count in matched.items() if not count] == []
    assert {name for name, count in matched.items() if count == len(given)} == _MATCH_ALL


@pytest.mark.parametrize("call", _READERS)
def test_lines_are_read_alike(call: str) -> None:
    """A function's results and failures are the engine's, on its own lines and on those of the others."""
    pytest.importorskip("vector_vrl", reason=_ENGINE)
    assert differences(call, texts("log_lines.txt")) == []


def test_grok_patterns_find_the_same() -> None:
    """Each named pattern of `parse_grok` finds the engine's fields."""
    pytest.importorskip("vector_vrl", reason=_ENGINE)
    given = texts("grok.txt")
    for name in patterns_of_grok():
        assert differences(f"parse_grok(text, {_literal(f'%{{{name}:whole}}')})", given) == [], name


def test_groks_patterns_find_the_same(request: pytest.FixtureRequest) -> None:
    """Each named pattern of `parse_groks` finds the engine's fields in a part of the text, and in all of it."""
    pytest.importorskip("vector_vrl", reason=_ENGINE)
    given = texts("grok.txt")
    forms = (".*?{}.*", "{}") if request.config.getoption("--long") else (".*?{}.*",)
    for name in patterns_of_groks():
        for pattern in (form.format(f"%{{{name}:whole}}") for form in forms):
            assert differences(f"parse_groks(text, [{_literal(pattern)}])", given) == [], name
