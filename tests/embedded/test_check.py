"""Checking the programs of a file: the findings stand where they are in the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dtl.diagnostics.diagnostic import Severity
from dtl.embedded import read_host
from dtl.embedded.check import check_host
from dtl.functions.standard import standard_library
from tests.support.command_line import dtl

CONFIG = """\
[enrichment_tables.hosts]
type = "file"
[secret.vault]
type = "exec"
[transforms.parse]
type = "remap"
source = '''
.time = to_timestamp!(.time)
.a = get_enrichment_table_record!("hosts", {"name": .host})
.b = get_enrichment_table_record!("users", {"name": .host})
.key = "SECRET[vault.key]"
.key = "SECRET[other.key]"
'''
[transforms.keep]
type = "filter"
condition = ".level == \\"error\\" && excists(.a)"
"""


def findings(name: str, text: str) -> list[tuple[int, str]]:
    """Return what is found: code, and the text of the place in the file."""
    host = read_host(name, text)
    found = check_host(host, standard_library())
    return [(each.code, host.source.slice(each.span)) for each in found]


def test_a_configuration_of_vector() -> None:
    assert findings("vector.toml", CONFIG) == [
        (105, "to_timestamp"),
        (610, 'get_enrichment_table_record!("users", {"name": .host})'),
        (1701, "other"),
        (105, "excists"),
    ]


def test_a_removed_function_comes_with_its_successor() -> None:
    host = read_host("vector.toml", CONFIG)
    [first, *_] = check_host(host, standard_library())
    assert any("parse_timestamp" in label.text for label in first.labels)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("filter:\n  condition: age + 1\n", [(100, "age + 1"), (1702, "age + 1")]),
        ("filter:\n  condition: upcase('a')\n", [(1702, "upcase('a')")]),
        ("filter:\n  condition: upcase('a') == name\n", []),
        ('filter:\n  condition: "name == \\"a\\" &&"\n', [(204, "")]),
        ("type: remap\nsource: |\n  .a = upcase(.b)\n", [(103, "upcase(.b)")]),
        ("type: dtl\nsource: |\n  .a = 1\n  .b = nothing()\n", [(105, "nothing")]),
        ("type: dtl\nsource: .a\nx: [\n", [(1700, "")]),
        ("just: text\n", []),
        # Vector puts the environment's variables in before it reads the file.
        ("type: remap\nsource: |\n  .port = ${PORT:-514} + nothing()\n", [(105, "nothing")]),
        ("type: remap\nsource: |\n  .port = ${PORT}\n  .limit = nothing()\n", []),
        ('type: remap\nsource: |\n  .name = "${NAME}"\n  .limit = nothing()\n', [(105, "nothing")]),
        ("type: window\nflush_when: nothing(.a)\n", [(105, "nothing")]),
        ("decoding:\n  codec: vrl\n  vrl: {source: nothing(.a)}\n", [(105, "nothing")]),
    ],
)
def test_yaml(text: str, expected: list[tuple[int, str]]) -> None:
    assert findings("flow.yaml", text) == expected


def test_the_command_checks_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "vector.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "chart.yaml").write_text("{{ template }}: [\n", encoding="utf-8")
    (tmp_path / "flow.yaml").write_text("type: remap\nsource: .ok = true\n", encoding="utf-8")
    done = dtl("check", str(tmp_path), "--format", "json")
    assert done.code == 1
    assert [each["code"] for each in json.loads(done.output)] == ["E105", "E610", "E1701", "E105"]
    assert "3 programs" in done.errors
    # Named itself, the template is a file that is no YAML.
    done = dtl("check", str(tmp_path / "chart.yaml"))
    assert done.code == 1
    assert "E1700" in done.output


def test_severities() -> None:
    host = read_host("vector.toml", CONFIG)
    severities = {each.code: each.severity for each in check_host(host, standard_library())}
    assert severities[1701] is Severity.WARNING
    assert severities[105] is Severity.ERROR
