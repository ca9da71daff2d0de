"""Models and vector stores from a configuration: findings, completion and hovers."""

from __future__ import annotations

import pytest

from dtl.ai.config.entries import read_config
from dtl.check import CheckOptions
from dtl.functions.standard import standard_library
from dtl.ide.analysis import Analysis, Analyzer
from dtl.ide.completion import complete
from dtl.ide.findings import findings
from dtl.ide.hover import hover
from dtl.ide.inlay import hints
from dtl.ide.models import Models
from dtl.source import Source, Span

CONFIG = """
[ai_models.fast]
provider = "openai"
model = "gpt-4o-mini"
api_key = "${KEY}"

[ai_models.small]
provider = "openai"
model = "text-embedding-3-small"
dimensions = 512
api_key = "${KEY}"

[vector_stores.docs]
type = "embedded"
dimension = 768
path = "vectors"
"""


def analysis_of(text: str, config: str = CONFIG) -> Analysis:
    """Return the snapshot of a program with a configuration beside it."""
    models = Models(read_config(config, "dtl.toml", {})) if config else Models()
    return Analyzer(standard_library(), CheckOptions()).analyze(Source(text, "main.dtl"), None, models)


@pytest.mark.parametrize(
    ("program", "messages"),
    [
        ('.a = llm_chat!("x", model: "fast")', []),
        ('.a = llm_chat!("x", model: "gpt-4o-mini")', []),
        ('.a = llm_chat!("x")', []),
        ('.a = llm_chat!("x", model: .which)', ["E103"]),
        ('.a = llm_chat!("x", model: "slow")', ["no model `slow` is configured"]),
        ('.a = vector_search!([1.0], store: "nowhere")', ["no store `nowhere` is configured"]),
        (
            '.a = vector_search!(embed!("x", model: "small"), store: "docs")',
            ["a vector of 512 numbers does not fit"],
        ),
    ],
)
def test_what_is_not_configured(program: str, messages: list[str]) -> None:
    found = [each.message.split(":")[0] for each in findings(analysis_of(program)) if each.code == "E1400"]
    assert found == [each for each in messages if each != "E103"]


def test_nothing_is_said_without_a_configuration() -> None:
    assert findings(analysis_of('.a = llm_chat!("x", model: "slow")', "")) == []


@pytest.mark.parametrize("typed", ['.a = llm_chat!("x", model: "', '.a = llm_chat!("x", model: '])
def test_models_are_completed(typed: str) -> None:
    found = {item.label.strip('"'): item.detail for item in complete(analysis_of(typed), len(typed))}
    assert found["fast"].startswith("openai gpt-4o-mini, $")


def test_stores_are_completed() -> None:
    typed = '.a = vector_search!(.v, store: "'
    assert [item.label for item in complete(analysis_of(typed), len(typed))] == ["docs"]


def test_a_hint_tells_the_model() -> None:
    text = '.a = llm_chat!("x", model: "fast")'
    assert [(h.offset, h.text) for h in hints(analysis_of(text), Span(0, len(text)))] == [(33, "= gpt-4o-mini")]


def test_a_hover_tells_the_model_and_its_price() -> None:
    found = hover(analysis_of('.a = llm_chat!("x", model: "fast")'), 8)
    assert found is not None and "`model` is openai gpt-4o-mini, $" in found.text
