"""Bad input: found before the program runs where it can be, else an error that names function, model and record."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("yaml", reason="PyYAML is not installed")
pytest.importorskip("h11", reason="httpx is not installed")

from tests.support.repository import ROOT

MODELS = """
ai_models:
  vectors: {provider: openai, model: text-embedding-3-small, api_key: sk-a-test, base_url: "http://127.0.0.1:9/v1", retries: 0}
  unset: {provider: anthropic, model: claude-sonnet-4-5, api_key: "${DTL_NO_SUCH_KEY}"}
  llm: {provider: ollama, model: llama3, base_url: "http://127.0.0.1:9", retries: 0}
vector_stores:
  kb: {type: memory}
"""  # noqa: E501
GOOD = {"text": "fine", "model": "llm", "store": "kb"}
RUNS, DOES_NOT_COMPILE = 1, 3


def run(tmp_path: Path, program: str, record: dict[str, Any]) -> tuple[int, str]:
    """Run a program on a record, the second of two; return the exit code and what is told."""
    (tmp_path / "models.yaml").write_text(MODELS)
    records = "".join(json.dumps(each) + "\n" for each in ({}, record))
    given = ["--config", str(tmp_path / "models.yaml"), "--ai-cache", "off", "--no-warnings", "--on-error", "skip"]
    only = f"if exists(.text) {{ {program} }}"
    command = [sys.executable, "-m", "dtl", "run", *given, "-e", only]
    done = subprocess.run(command, input=records, capture_output=True, text=True, cwd=ROOT)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("program", "record", "code", "told"),
    [
        (".a = embed(.missing)", {}, RUNS, ["line 2", "embed", "expected string, got null"]),
        (".a = embed(.text)", {"text": ""}, RUNS, ["line 2", "embed", "the text is empty"]),
        (".a = llm_chat(.text)", {"text": " \n"}, RUNS, ["line 2", "llm_chat", "the text is empty"]),
        (".a = embed(.text)", {"text": 7}, RUNS, ["line 2", "embed", "got integer"]),
        (".a = embed(.text)", {"text": "words " * 180_000}, RUNS,
         ["line 2", "embed", "openai text-embedding-3-small", "tokens, 8192 are allowed"]),
        ('.a = embed(.text, model: "nope")', {}, DOES_NOT_COMPILE, ['there is no model "nope"']),
        (".a = embed(.text, model: .model)", {"model": "nope"}, RUNS, ["line 2", "embed", 'there is no model "nope"']),
        ('.a = embed(.text, model: "llm")', {}, DOES_NOT_COMPILE, ["llama3", "cannot do embed"]),
        ('.a = vector_search([1.0], store: "nope")', {}, DOES_NOT_COMPILE, ['there is no store "nope"']),
        (".a = vector_search([1.0], store: .store)", {"store": "nope"}, RUNS,
         ["line 2", "vector_search", 'there is no store "nope"']),
        ('.a = llm_chat(.text, model: "unset")', {}, DOES_NOT_COMPILE, ["DTL_NO_SUCH_KEY"]),
        (".a = llm_chat(.text, model: .model)", {"model": "unset"}, RUNS, ["line 2", "llm_chat", "DTL_NO_SUCH_KEY"]),
        (".a = embed(.text)", {}, RUNS,
         ["line 2", "embed", "openai text-embedding-3-small", "no connection to 127.0.0.1:9"]),
        (".a = sentiment_analysis(.text)", {"model": "llm"}, RUNS,
         ["line 2", "sentiment_analysis", "ollama llama3", "no connection to 127.0.0.1:9"]),
    ],
)  # fmt: skip
def test_it_is_told(program: str, record: dict[str, Any], code: int, told: list[str], tmp_path: Path) -> None:
    found, said = run(tmp_path, program, {**GOOD, **record})
    assert found == code, said
    for words in told:
        assert words in said
    if code == RUNS:  # and can be caught
        caught = program.replace(".a =", ".a, .cause =")
        found, said = run(tmp_path, caught, {**GOOD, **record})
        assert found == 0, said
