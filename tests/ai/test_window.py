"""Programs on many records side by side give what the naive way gives: one record and one call at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dtl
from dtl.ai.models import open_models
from dtl.ai.provider import Ask, Caps, ComputingProvider, Refusal, Reply, Target
from dtl.ai.request import Kind, Request
from dtl.ai.run_settings import RunSettings
from dtl.ai.shell import Shell
from dtl.vm.outcome import Outcome
from dtl.vm.window import Bounds

#: Statements of which programs are made. What a model is asked may depend on what another said.
STATEMENTS = [
    ".mood = sentiment_analysis(.text)",
    ".language = detect_language(.text)",
    '.mood2 = sentiment_analysis(.text) ?? "unknown"',
    ".vector = embed(.title)",
    '.kind, .error = classify_text(.text, ["a", "b", "c"])',
    ".again = embed(.title)",
    ".about = extract_topics(.mood) ?? []",
    "if .n == 3 { abort }",
    'if .n == 4 { throw "four" }',
    "if .n > 5 { .long = llm_summarize(.text) } else { .short = detect_language(.title) }",
    ".title = .text",
    "del(.title)",
    "unused = embed(.text)",
    '.t = sentiment_analysis(.title) == "positive" && .n == 1',
    "sentiment_analysis(.text)",
    '.moods = map_values({"a": .text, "b": .title}) -> |text| { sentiment_analysis(text) ?? "none" }',
    "count = 0\nfor_each([1, 2]) -> |_i, n| { count = count + n\n .at = embed(.text) ?? [] }\n.count = count",
    "if .n == 2 { deleted() }",
    ".x = mood_of(.text)",
    '.constant = embed("tea")',
    'if .n > 3 { .sometimes, .why = detect_language("bad") }',
    '.both = sentiment_analysis("tea") == sentiment_analysis(.text)',
    '.each = map_values([1, .n]) -> |n| { classify_text("tea", ["a", "b"]) ?? n }',
    '.never = embed("") ?? [0.0]',
    "for i, w in [.text, .title] { .last = detect_language(w) ?? i }",
]
FUNCTION = 'fn mood_of(text: any) { if text == "bad" { return "none" }\n sentiment_analysis(text) }\n'
TEXTS = ["fine", "bad", "", "long text", "other", None, 5]


class Oracle(ComputingProvider):
    """Answers by what is asked, always the same; some texts cannot be answered."""

    name = "oracle"
    key = "oracle"
    is_local = True

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return small caps, so that there are many calls."""
        return Caps(3 if kind == "embed" else 1, concurrency=4, fuses=kind == "chat")

    def compute(self, asks: Sequence[Ask]) -> Reply:
        """Answer."""
        bad = [ask for ask in asks if ask.request.input == "bad"]
        if bad and len(asks) > 1:
            return Reply(refusal=Refusal("invalid", "one of them"))
        if bad:
            return Reply(refusal=Refusal("poison", "this text cannot be read"))
        return Reply({ask.id: said(ask.request) for ask in asks})

    def target(self, request: Request) -> Target:
        """Route everything here."""
        return Target(self, "m")


def said(request: Request) -> Any:
    """Return the answer to a question."""
    number = len(request.input) + sum(map(ord, request.input + request.task))
    if request.kind == "embed":
        return [float(number), 0.5]
    schema = None if request.prompt is None else request.prompt.schema
    return f"{request.task} {number}" if schema is None else _filled(schema, number)


def _filled(schema: Any, number: int) -> Any:
    if "enum" in schema:
        return schema["enum"][number % len(schema["enum"])]
    kind = schema.get("type")
    if kind == "object":
        return {name: _filled(each, number + at) for at, (name, each) in enumerate(schema["properties"].items())}
    if kind == "array":
        return [_filled(schema["items"], number + at) for at in range(2)]
    word = ("en", "de", "fr")[number % 3]
    return {"string": word, "integer": number, "number": number / 2, "boolean": number % 2 == 0}.get(kind)


@pytest.fixture(scope="module")
def shell() -> Iterator[Shell]:
    """Give a shell whose models answer at once."""
    shell = Shell(Oracle())
    yield shell
    shell.close()


def plainly(outcome: Outcome) -> Any:
    """Return what must be equal."""
    error = None if outcome.error is None else (outcome.error.message, outcome.error.place)
    return outcome.status, json.dumps([outcome.value, outcome.record], sort_keys=True, default=str), error


def both(source: str, records: list[dict[str, Any]], shell: Shell, bounds: Bounds) -> tuple[list[Any], list[Any]]:
    """Return the outcomes of the naive way and of the window."""
    naive = dtl.compile(source, backend="interpreter", optimize=False)
    quick = dtl.compile(source)
    naive.context.ai = shell
    one = [plainly(naive.run(record)) for record in records]
    return one, [plainly(outcome) for outcome in quick.run_many(records, ai=shell, window=bounds)]


#: Statements whose model is asked even if it fails: the answers of the others may turn out to be of no use to anybody.
SURE = [statement for statement in STATEMENTS if not statement.startswith(("unused", "sentiment_analysis"))]


def _records(texts: list[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    fields = {"text": st.sampled_from(texts), "title": st.sampled_from(texts)}
    return st.lists(st.fixed_dictionaries({"n": st.integers(0, 7)}, optional=fields), max_size=12)


_BOUNDS = st.sampled_from([Bounds(), Bounds(records=2), Bounds(bytes=4000)])


@given(st.lists(st.sampled_from(SURE), min_size=1, max_size=6, unique=True), _records(TEXTS), _BOUNDS)
@settings(max_examples=60, deadline=None)
def test_side_by_side_is_one_by_one(shell: Shell, statements: list[str], records: list[Any], bounds: Bounds) -> None:
    compare(statements, records, shell, bounds)


@given(
    st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=6),
    _records([text for text in TEXTS if text != "bad"]),
    _BOUNDS,
)
@settings(max_examples=60, deadline=None)
def test_unused_answers_do_not_matter(shell: Shell, statements: list[str], records: list[Any], bounds: Bounds) -> None:
    compare(statements, records, shell, bounds)


def compare(statements: list[str], records: list[dict[str, Any]], shell: Shell, bounds: Bounds) -> None:
    """Check that the naive way and the window give the same."""
    source = FUNCTION + "\n".join(statements)
    try:
        one, many = both(source, records, shell, bounds)
    except dtl.CompileError:
        return  # such as `abort` in front of what is then never reached
    assert many == one


def test_every_statement_compiles() -> None:
    for statement in STATEMENTS:
        dtl.compile(FUNCTION + statement)


def test_a_program_on_one_record_asks_too(shell: Shell) -> None:
    program = dtl.compile(STATEMENTS[0])
    program.context.ai = shell
    outcome = program.run({"text": "fine"})
    assert outcome.status == "ok"
    assert outcome.record["mood"] in ("positive", "negative", "neutral")


def test_without_models_the_record_fails() -> None:
    outcome = dtl.compile(STATEMENTS[0]).run({"text": "fine"})
    assert outcome.status == "failed"
    assert outcome.error is not None and "no models" in outcome.error.message


def test_the_error_names_function_model_and_place(shell: Shell) -> None:
    (outcome,) = dtl.compile(".a = 1\n.v = embed(.text)").run_many([{"text": "bad"}], ai=shell)
    assert outcome.error is not None
    assert outcome.error.message.startswith('function call error for "embed"')
    assert "oracle m: this text cannot be read" in outcome.error.message
    assert (outcome.error.line, outcome.error.column) == (2, 6)


def test_equal_texts_are_asked_once_and_outputs_keep_their_order() -> None:
    shell = Shell(Oracle(), RunSettings())
    try:
        records = [{"text": f"text {number % 10}", "n": number} for number in range(100)]
        outcomes = list(dtl.compile(".v = embed!(.text)").run_many(records, ai=shell))
        assert [outcome.record["n"] for outcome in outcomes] == list(range(100))
        (counts,) = shell.engine.report.tasks.values()
        assert (counts.asked, counts.shared, counts.sent) == (100, 90, 10)
    finally:
        shell.close()


def test_a_host_opens_its_models_in_one_call(tmp_path: Path) -> None:
    records = [{"text": "I love it"}, {"text": "Ich liebe es sehr und immer wieder"}]
    for _ in range(2):
        with open_models(cache=tmp_path / "answers.db") as ai:
            outcomes = list(dtl.compile(".language = detect_language!(.text)").run_many(records, ai=ai))
            cached = sum(counts.cached for counts in ai.engine.report.tasks.values())
    assert [outcome.record["language"] for outcome in outcomes] == ["en", "de"]
    assert cached == 2
