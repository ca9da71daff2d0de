"""Programs that ask models, from the command line: the configuration is found, checked, and used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command_line import dtl

pytest.importorskip("yaml", reason="PyYAML is not installed")
pytest.importorskip("httpx", reason="httpx is not installed")

CONFIG = """
ai_models: {llm: {provider: ollama, model: llama3, base_url: "http://127.0.0.1:9", retries: 0}}
vector_stores: {kb: {type: memory}}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.setenv("DTL_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.yaml").write_text(CONFIG)


@pytest.mark.parametrize("times", [1, 2])
def test_unknown_names_do_not_compile_whether_the_program_is_kept_or_not(times: int) -> None:
    program = '.a = llm_chat!("a", model: "lm")\n.b = vector_search!([1.0], "kbb")\n.c = embed!("a", "llama3")'
    for _ in range(times):
        ran = dtl("run", "--config", "c.yaml", "-e", program, stdin="{}")
    assert ran.code == 3
    assert ran.errors.count("error[E1400]") == 3
    assert 'there is no model "lm" in ai_models' in ran.errors
    assert 'there is no store "kbb" in vector_stores: kb' in ran.errors
    assert 'the model "llama3" (ollama llama3) cannot do embed' in ran.errors


def test_a_key_that_is_not_set_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text('ai_models: {llm: {provider: openai, model: gpt-4o, api_key: "${NO_SUCH_KEY}"}}')
    for call in ('llm_chat!("a")', 'gpt_chat!("a")', 'sentiment_analysis!("a")', 'llm_chat!("a", model: "gpt-4o")'):
        ran = dtl("run", "--config", "c.yaml", "-e", f".a = {call}", stdin="{}")
        assert ran.code == 3, call
        assert 'NO_SUCH_KEY, its "api_key", is not set (c.yaml:1:19)' in ran.errors
    ran = dtl("run", "--config", "c.yaml", "--ai-cache", "off", "-e", '.a = length(embed!("a"))', stdin="{}")
    assert ran.code == 0, "what is not asked needs no key"


def test_names_are_no_matter_without_a_configuration() -> None:
    ran = dtl("run", "--ai-cache", "off", "-e", '.b = vector_search!([1.0], "anything")', stdin="{}")
    assert (ran.code, json.loads(ran.output)) == (0, {"b": []})
    assert 'the store "anything" is empty' in ran.errors


def test_a_model_that_cannot_be_reached_is_named() -> None:
    ran = dtl("run", "--config", "c.yaml", "--ai-cache", "off", "-e", '.a = llm_chat!("a")', stdin="{}")
    assert ran.code == 1
    assert "llm_chat" in ran.errors and "llama3" in ran.errors and "line 1" in ran.errors


def test_a_wrong_configuration_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("ai_models:\n  m: {provider: nobody}\n")
    ran = dtl("run", "--config", "c.yaml", "-e", '.a = llm_chat!("a")', stdin="{}")
    assert ran.code != 0
    assert "c.yaml:2:17: unknown provider" in ran.errors


def test_the_configuration_beside_the_program_is_found(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "p.dtl").write_text('.a = llm_chat!("a", model: "other")')
    (tmp_path / "dtl.toml").write_text('[ai_models.llm]\nprovider = "ollama"\nmodel = "llama3"\n')
    ran = dtl("run", "sub/p.dtl", stdin="{}")
    assert ran.code == 3 and 'there is no model "other"' in ran.errors


def test_an_image_of_the_web_is_refused_in_the_sandbox() -> None:
    program = '.a, .e = image_ocr("https://example.org/a.png")'
    ran = dtl("run", "--sandbox", "--ai-cache", "off", "-e", program, stdin="{}")
    assert "refused in the sandbox" in json.loads(ran.output)["e"]
