"""Programs are found where workflows and Vector configurations have them, each in its form."""

from __future__ import annotations

import pytest

from dtl.embedded import Host, is_host, programs, read_host

WORKFLOW = """\
ai_models:
  writer: {provider: openai, model: small}
  local_models:
    mood: {type: onnx}
vector_stores:
  articles:
    type: qdrant
    config: {dimension: 384}
transformations:
  clean:
    type: dtl
    config:
      source: |
        .a = 1
  short: {type: dtl, script: .b = 2}
  keep:
    type: filter
    config:
      condition: "age > 18"
  split:
    type: ai_router
    config:
      routing_rules:
        - condition: "kind == 'a'"
          destination: x
        - default: y
"""

VECTOR = """\
enrichment_tables:
  hosts: {type: file}
secret:
  vault: {type: exec}
transforms:
  parse: {type: remap, source: ".a = 1"}
  lua: {type: lua, source: "x = 1"}
  keep: {type: filter, condition: ".b"}
  keep2: {type: filter, condition: {type: vrl, source: ".c"}}
  logs: {type: filter, condition: {type: is_log}}
  split: {type: route, route: {one: ".d", two: {type: vrl, source: ".e"}}}
  only: {type: exclusive_route, routes: [{name: one, condition: ".f"}]}
  joined: {type: reduce, ends_when: ".g"}
  some: {type: sample, rate: 10, exclude: ".h"}
tests:
  - name: one
    outputs:
      - extract_from: parse
        conditions:
          - {type: vrl, source: ".i"}
          - .j
"""

TOML = """\
[transforms.parse]
type = "remap"
source = '''
.a = 1
'''
[transforms.keep]
type = "filter"
condition.type = "vrl"
condition.source = ".b"
[[tests]]
[[tests.outputs]]
extract_from = "parse"
conditions = [{ type = "vrl", source = ".c" }]
[transforms.split.route]
one = '.d'
[transforms.split]
type = "route"
"""


def found(name: str, text: str) -> list[tuple[str, str, str, str]]:
    """Return what is found: place, dialect, start, text."""
    return [(".".join(map(str, p.path)), p.dialect, p.start, p.source.text) for p in programs(name, text)]


def test_a_workflow() -> None:
    assert found("flow.yaml", WORKFLOW) == [
        ("transformations.clean.config.source", "dtl", "program", ".a = 1\n"),
        ("transformations.short.script", "dtl", "program", ".b = 2"),
        ("transformations.keep.config.condition", "dtl", "condition", "age > 18"),
        ("transformations.split.config.routing_rules.0.condition", "dtl", "condition", "kind == 'a'"),
    ]
    host = read_host("flow.yaml", WORKFLOW)
    assert host.models == ("writer", "mood")
    assert host.stores == (("articles", 384),)
    assert host.tables is None
    assert host.secrets is None


def test_a_vector_configuration() -> None:
    assert [(path, dialect, start, text) for path, dialect, start, text in found("vector.yaml", VECTOR)] == [
        ("transforms.parse.source", "vrl", "program", ".a = 1"),
        ("transforms.keep.condition", "vrl", "program", ".b"),
        ("transforms.keep2.condition.source", "vrl", "program", ".c"),
        ("transforms.split.route.one", "vrl", "program", ".d"),
        ("transforms.split.route.two.source", "vrl", "program", ".e"),
        ("transforms.only.routes.0.condition", "vrl", "program", ".f"),
        ("transforms.joined.ends_when", "vrl", "program", ".g"),
        ("transforms.some.exclude", "vrl", "program", ".h"),
        ("tests.0.outputs.0.conditions.0.source", "vrl", "program", ".i"),
        ("tests.0.outputs.0.conditions.1", "vrl", "program", ".j"),
    ]
    host = read_host("vector.yaml", VECTOR)
    assert host.tables == {"hosts"}
    assert host.secrets == {"vault"}


def test_a_vector_configuration_in_toml() -> None:
    assert found("vector.toml", TOML) == [
        ("transforms.parse.source", "vrl", "program", ".a = 1\n"),
        ("transforms.keep.condition.source", "vrl", "program", ".b"),
        ("tests.0.outputs.0.conditions.0.source", "vrl", "program", ".c"),
        ("transforms.split.route.one", "vrl", "program", ".d"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("script: |\n  .a = 1\n", [("script", "dtl", "program", ".a = 1\n")]),
        ("filter:\n  condition: a > 1\n", [("filter.condition", "dtl", "condition", "a > 1")]),
        # A job of a build server, not a program.
        ("job:\n  script: |\n    echo hello\n", []),
        ("type: remap\nsource: [not, text]\n", []),
        ("a: &x {type: remap, source: .a}\nb: *x\n", [("a.source", "vrl", "program", ".a")]),
        ("a: 1\n---\ntype: vrl\nsource: .b\n", [("source", "vrl", "program", ".b")]),
        ("", []),
        ("- just\n- a list\n", []),
    ],
)
def test_lesser_forms(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert found("file.yaml", text) == expected


def test_a_broken_file_gives_what_stands_before_the_break() -> None:
    host = read_host("vector.yaml", "a: {type: remap, source: .x}\nb: [1\nc: }\n")
    assert [program.source.text for program in host.programs] == [".x"]
    assert _problem(host) == "not YAML"
    host = read_host("vector.toml", "[a]\ntype = 'remap'\nsource = '.x'\n[b\n")
    assert [program.source.text for program in host.programs] == [".x"]
    assert _problem(host) == "not TOML"


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01\x02",
        "a: \ud800\ntype: remap\nsource: .x",
        "\ufefftype: remap\nsource: .x",
        "a: *nothing\n",
        "&a [*a]",
        "{" * 5000,
        "[" * 5000,
        "a: |9\n b",
        "? {a: 1}\n: 2",
        "!!python/object/apply:os.system ['x']",
        "%",
        "\t",
        "x = [" * 500,
        "x = '''",
        'x = "\\u"',
        "= 1",
        "[[a]]\n[a]\n",
        "a = 1\na.b = 2",
        "[a.b]\n[[a]]\n",
        "x = {",
        "\r\r\n",
    ],
)
@pytest.mark.parametrize("name", ["a.yaml", "a.toml"])
def test_no_text_is_too_bad(name: str, text: str) -> None:
    read_host(name, text)


def test_many_aliases_are_no_bomb() -> None:
    lines = ["a0: &a0 {type: remap, source: .x}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert len(programs("bomb.yaml", "\n".join(lines))) == 1


def test_a_file_that_is_too_long() -> None:
    assert _problem(read_host("big.yaml", "#" * 5_000_001)) == "the file is too long to be read"


def test_names() -> None:
    assert is_host("a/b.YAML") and is_host("b.yml") and is_host("c.toml")
    assert not is_host("a.dtl")


def _problem(host: Host) -> str:
    return host.problems[0].message
