"""Programs inside of files: what is known after an edit is what a fresh start would know."""

from __future__ import annotations

import random

import pytest

from dtl.embedded import read_host
from dtl.embedded.check import check_host
from dtl.functions.standard import standard_library
from dtl.ide.findings import findings
from dtl.ide.hosts import HostAnalyzer
from dtl.source import Source

TEXT = """\
enrichment_tables:
  hosts: {type: file}
ai_models:
  writer: {provider: openai, model: gpt-4o-mini}
transforms:
  clean:
    type: dtl
    config:
      source: |
        name = upcase("é😀")
        .user = parse_json(name)
        .text = llm_summarize(.message, model: "writer")
  keep: {type: filter, config: {condition: "size > 1 && kind == 'a'"}}
  parse:
    type: remap
    source: ".row = get_enrichment_table_record!(\\"hosts\\", {})"
"""
_PARTS = ["", "\n", " ", "x", '"', "'", "{", "}", ": ", "|", "- ", "#", "upcase(.a)", "é", "😀", "\t", ".a = ", "hosts"]


def seen(analyzer: HostAnalyzer, text: str) -> list[object]:
    """Return everything that is found, with places in the file."""
    outer, parts = analyzer.analyze(Source(text, "flow.yaml"))
    found: list[object] = [(each.code, each.span) for each in findings(outer)]
    for part in parts:
        at = part.program.span_in_file
        found += [(part.program.path, each.code, at(each.span), each.message) for each in findings(part.analysis)]
    return found


def test_random_edits_answer_as_a_fresh_start() -> None:
    chance = random.Random(11)
    functions = standard_library()
    analyzer = HostAnalyzer(functions, False, None)
    text = TEXT
    for turn in range(400):
        if turn % 40 == 0:
            text = TEXT
        start = chance.randrange(len(text) + 1)
        end = min(start + chance.choice([0, 0, 1, 2, 9]), len(text))
        text = text[:start] + chance.choice(_PARTS) + text[end:]
        assert seen(analyzer, text) == seen(HostAnalyzer(functions, False, None), text), text


def test_a_file_configures_the_models_of_its_programs() -> None:
    found = seen(HostAnalyzer(standard_library(), False, None), TEXT.replace('model: "writer"', 'model: "reader"'))
    assert any("reader" in str(each) or "E1400" in str(each) for each in found)


def test_an_unchanged_program_is_not_checked_again() -> None:
    analyzer = HostAnalyzer(standard_library(), False, None)
    _, before = analyzer.analyze(Source(TEXT, "flow.yaml"))
    _, after = analyzer.analyze(Source(TEXT.replace("upcase", "downcase").replace("# ", ""), "flow.yaml"))
    assert after[0].analysis is not before[0].analysis
    assert after[2].analysis is before[2].analysis


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('.a = "${HOST}"\\n.b = upcasee("x")', ["E105"]),
        (".a = ${COUNT}\\n.b = upcasee(1)", []),
        (".a = $COUNT", []),
        (".a = ${COUNT:-1}\\n.b = upcasee(1)", ["E105"]),
        (".a = ${COUNT:-1}", []),
        (".a = ${COUNT:-(}", ["E204"]),
    ],
)
def test_variables_of_the_environment(source: str, found: list[str]) -> None:
    """What is found is what the check of the command finds; the text stays as it is written."""
    text = f'transforms:\n  one:\n    type: remap\n    source: "{source}"\n'.replace('"${HOST}"', '\\"${HOST}\\"')
    text = text.replace('("x")', '(\\"x\\")')
    [part] = HostAnalyzer(standard_library(), False, None).analyze(Source(text, "vector.yaml"))[1]
    assert [each.code for each in findings(part.analysis)] == found
    assert [f"E{each.code:03}" for each in check_host(read_host("vector.yaml", text), standard_library())] == found
    assert part.analysis.text == part.program.source.text


def test_a_condition_with_a_variable() -> None:
    text = "transforms:\n  one: {type: filter, condition: '.level == ${LEVEL}'}\n"
    [part] = HostAnalyzer(standard_library(), False, None).analyze(Source(text, "vector.yaml"))[1]
    assert findings(part.analysis) == []
