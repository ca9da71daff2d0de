"""Every provider through the engine against the loopback server: each text gets the answer that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("yaml", reason="PyYAML is not installed")
pytest.importorskip("httpx", reason="httpx is not installed")

from dtl.ai.request import Prompt, Request
from dtl.ai.router import ConfiguredRouter
from dtl.ai.shell import Shell
from dtl.values.errors import FunctionError
from tests.ai.providers.asks import SCHEMA, config
from tests.support.model_server.answers import answer_to, vector_of
from tests.support.model_server.plan import Plan
from tests.support.model_server.process import ModelServer

TEXTS = [f"text number {at}" for at in range(300)]
#: Settings of an entry by name, with the server's address to be filled in.
EMBEDDERS = {
    "openai": "{provider: openai, model: text-embedding-3-small, api_key: sk-1, base_url: URL/v1}",
    "azure": "{provider: azure, model: text-embedding-3-small, api_key: sk-1, base_url: URL}",
    "cohere": "{provider: cohere, model: embed-v4.0, api_key: sk-1, base_url: URL}",
    "ollama": "{provider: ollama, model: nomic-embed-text, base_url: URL}",
    "openai batch": "{provider: openai, model: text-embedding-3-small, api_key: sk-1, base_url: URL/v1, mode: batch}",
}
CHATTERS = {
    "openai": "{provider: openai, model: gpt-4o, api_key: sk-1, base_url: URL/v1}",
    "responses": "{provider: openai, model: gpt-4o, api_key: sk-1, base_url: URL/v1, endpoint: responses}",
    "azure": "{provider: azure, model: gpt-4o, api_key: sk-1, base_url: URL}",
    "anthropic": "{provider: anthropic, model: claude-sonnet-4-5, api_key: sk-1, base_url: URL}",
    "cohere": "{provider: cohere, model: command-a-03-2025, api_key: sk-1, base_url: URL}",
    "ollama": "{provider: ollama, model: llama3, base_url: URL}",
    "openai batch": "{provider: openai, model: gpt-4o, api_key: sk-1, base_url: URL/v1, mode: batch}",
    "anthropic batch": "{provider: anthropic, model: claude-sonnet-4-5, api_key: sk-1, base_url: URL, mode: batch}",
}
CHAT_MODELS = {
    "anthropic": "claude-sonnet-4-5",
    "anthropic batch": "claude-sonnet-4-5",
    "cohere": "command-a-03-2025",
    "ollama": "llama3",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelServer]:
    """Yield a server that keeps its rules."""
    with ModelServer(tmp_path_factory.mktemp("server"), Plan(dimensions=8, batch_seconds=0.3)) as running:
        yield running


def shell(entry: str, url: str) -> Shell:
    """Return what asks one model."""
    return Shell(ConfiguredRouter(config(f"ai_models: {{m: {entry.replace('URL', url)}}}")))


def ask(entry: str, server: ModelServer, requests: list[Request]) -> list[Any]:
    """Return the answers to requests."""
    made = shell(entry, server.url)
    try:
        return made.ask_all(requests)
    finally:
        made.close()


@pytest.mark.parametrize("name", EMBEDDERS)
def test_vectors_belong_to_their_texts(name: str, server: ModelServer) -> None:
    before = len(server.lines())
    answers = ask(EMBEDDERS[name], server, [Request("embed", "embed", "m", text) for text in TEXTS])
    model = {"cohere": "embed-v4.0", "ollama": "nomic-embed-text"}.get(name, "text-embedding-3-small")
    assert answers == [vector_of(model, text, 8) for text in TEXTS]
    sent = [line for line in server.lines()[before:]]
    if name in ("openai", "azure"):
        assert len(sent) == 1
    elif name == "cohere":
        assert len(sent) == 4


@pytest.mark.parametrize("name", CHATTERS)
def test_answers_belong_to_their_texts(name: str, server: ModelServer) -> None:
    structured = Prompt("Judge the mood.", SCHEMA)
    requests = [Request("chat", "mood", "m", text, {}, structured) for text in TEXTS[:20]]
    requests += [Request("chat", "say", "m", text, {"max_tokens": 60}, Prompt("Say it.")) for text in TEXTS[20:30]]
    model = CHAT_MODELS.get(name, "gpt-4o")
    expected: list[Any] = [answer_to(model, "Judge the mood.", SCHEMA, text) for text in TEXTS[:20]]
    expected += [answer_to(model, "Say it.", None, text) for text in TEXTS[20:30]]
    assert ask(CHATTERS[name], server, requests) == expected


@pytest.mark.parametrize("name", CHATTERS)
def test_answers_belong_to_their_images(name: str, server: ModelServer) -> None:
    images = ["AAEC", "AwQF", "BgcI"]
    prompt = Prompt("Judge the picture.", SCHEMA)
    requests = [Request("image", "judge", "m", f"data:image/png;base64,{image}", {}, prompt) for image in images]
    model = CHAT_MODELS.get(name, "gpt-4o")
    expected = [answer_to(model, "Judge the picture.", SCHEMA, image) for image in images]
    assert ask(CHATTERS[name], server, requests) == expected


@pytest.mark.parametrize("name", ["openai", "responses", "azure", "anthropic", "cohere", "ollama"])
def test_tasks_about_one_text_share_a_request(name: str, server: ModelServer) -> None:
    before = len(server.lines())
    prompts = {task: Prompt(f"Do {task}.", SCHEMA) for task in ("a", "b", "c")}
    requests = [Request("chat", task, "m", text, {}, prompt) for text in TEXTS[:5] for task, prompt in prompts.items()]
    answers = ask(CHATTERS[name], server, requests)
    model = CHAT_MODELS.get(name, "gpt-4o")
    assert answers == [answer_to(model, f"Do {task}.", SCHEMA, text) for text in TEXTS[:5] for task in prompts]
    assert len(server.lines()) - before == 5


def test_an_unknown_key_is_told_without_being_shown(tmp_path: Path) -> None:
    with ModelServer(tmp_path, Plan(keys=("sk-other",))) as strict:
        (answer,) = ask(EMBEDDERS["openai"], strict, [Request("embed", "embed", "m", "a")])
    assert isinstance(answer, FunctionError)
    assert "text-embedding-3-small" in answer.message and "sk-1" not in answer.message


def test_a_host_that_cannot_be_reached_is_told() -> None:
    entry = EMBEDDERS["openai"].replace("URL", "http://127.0.0.1:9").replace("}", ", retries: 0}")
    made = Shell(ConfiguredRouter(config(f"ai_models: {{m: {entry}}}")))
    (answer,) = made.ask_all([Request("embed", "embed", "m", "a")])
    made.close()
    assert isinstance(answer, FunctionError)
    assert "no connection to 127.0.0.1:9" in answer.message


def test_a_batch_that_cannot_be_sent_is_told() -> None:
    entry = EMBEDDERS["openai batch"].replace("URL", "http://127.0.0.1:9").replace("}", ", retries: 0}")
    made = Shell(ConfiguredRouter(config(f"ai_models: {{m: {entry}}}")))
    (answer,) = made.ask_all([Request("embed", "embed", "m", "a")])
    made.close()
    assert isinstance(answer, FunctionError)


def test_a_poisoned_line_of_a_batch_fails_alone(tmp_path: Path) -> None:
    with ModelServer(tmp_path, Plan(poison="arsenic", batch_seconds=0.1)) as server:
        prompt = Prompt("Say it.")
        requests = [Request("chat", "say", "m", text, {}, prompt) for text in ("a", "arsenic", "b")]
        for name in ("openai batch", "anthropic batch"):
            answers = ask(CHATTERS[name], server, requests)
            assert [isinstance(answer, FunctionError) for answer in answers] == [False, True, False], name
