"""What goes out is what the services document; what comes back is read by index, checked, or refused for a reason."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from dtl.ai.provider import Ask, HttpProvider, Reply
from dtl.ai.providers import make_provider
from dtl.values.errors import FunctionError
from tests.ai.providers.asks import SCHEMA, chats, embeds, entry

pytest.importorskip("yaml", reason="PyYAML is not installed")


def provider(**settings: Any) -> HttpProvider:
    """Return a provider with a key."""
    given = {"provider": "openai", "model": "m", "api_key": "sk-test-0123456789", **settings}
    made = make_provider(entry(**given), lambda text: None)
    assert isinstance(made, HttpProvider)
    return made


def body(made: HttpProvider, asks: list[Ask]) -> Any:
    """Return what a call carries."""
    return json.loads(made.pack(asks).body)


def read(made: HttpProvider, asks: list[Ask], data: Any, status: int = 200, **headers: str) -> Reply:
    """Return what a response is read as."""
    body = data.encode() if isinstance(data, str) else json.dumps(data).encode()
    return made.read(status, {name.replace("_", "-"): value for name, value in headers.items()}, body, asks)


# --- OpenAI -----------------------------------------------------------------------------------------


def test_openai_embeds_many_texts_in_one_call() -> None:
    call = provider().pack(embeds("a", "b", dimensions=256))
    assert (call.method, call.url) == ("POST", "https://api.openai.com/v1/embeddings")
    assert call.headers["authorization"] == "Bearer sk-test-0123456789"
    assert json.loads(call.body) == {"model": "m", "input": ["a", "b"], "dimensions": 256}
    assert "sk-test" not in repr(call)


def test_openai_vectors_are_matched_by_index() -> None:
    rows = [{"index": 1, "embedding": [2.0]}, {"index": 0, "embedding": [1.0]}]
    reply = read(provider(), embeds("a", "b"), {"data": rows, "usage": {"prompt_tokens": 5, "total_tokens": 5}})
    assert reply.answers == {100: [1.0], 101: [2.0]}
    assert reply.usage.input_tokens == 5


@pytest.mark.parametrize(
    ("rows", "answered"),
    [
        ([{"index": 0, "embedding": [1.0]}], {100}),
        ([{"index": 0, "embedding": [1.0]}, {"index": 7, "embedding": [1.0]}], {100}),
        ([{"index": 0, "embedding": [1.0]}, {"index": 0, "embedding": [2.0]}, {"index": 1, "embedding": [3.0]}], {101}),
        ([{"index": 0, "embedding": []}, {"index": 1, "embedding": [1, None]}], set()),
        ([{"index": True, "embedding": [1.0]}, {"index": "1", "embedding": [1.0]}, None, 7], set()),
        ("nonsense", set()),
    ],
    ids=["missing", "foreign", "doubled", "malformed vector", "malformed row", "no rows"],
)
def test_what_is_wrong_with_one_row_harms_no_other(rows: Any, answered: set[int]) -> None:
    assert set(read(provider(), embeds("a", "b"), {"data": rows}).answers) == answered


def test_vectors_of_another_size_than_asked_for_are_no_answers() -> None:
    asks = embeds("a", dimensions=2)
    assert read(provider(), asks, {"data": [{"index": 0, "embedding": [1.0]}]}).answers == {}


def test_openai_chat_is_structured() -> None:
    data = body(provider(temperature=0.5), chats("sentiment", temperature=0.5, max_tokens=50))
    assert data["messages"] == [{"role": "system", "content": "Do sentiment."}, {"role": "user", "content": "A text"}]
    form = {"name": "sentiment", "schema": SCHEMA, "strict": True}
    assert data["response_format"] == {"type": "json_schema", "json_schema": form}
    assert (data["temperature"], data["max_tokens"]) == (0.5, 50)


def test_models_that_reason_have_their_own_bound_and_no_temperature() -> None:
    data = body(provider(), chats("t", model="o4-mini", temperature=0.5, max_tokens=50))
    assert data["max_completion_tokens"] == 50
    assert "temperature" not in data and "max_tokens" not in data


def test_old_models_are_told_the_schema_in_words() -> None:
    data = body(provider(), chats("t", model="gpt-4"))
    assert "response_format" not in data
    assert json.dumps(SCHEMA, separators=(",", ":")) in data["messages"][0]["content"]


def test_tasks_about_one_text_are_one_call() -> None:
    asks = chats("a", "b")
    content = json.dumps({"a": {"mood": "good"}, "b": {"mood": "bad"}})
    assert body(provider(), asks)["response_format"]["json_schema"]["schema"]["required"] == ["a", "b"]
    reply = read(provider(), asks, {"choices": [{"message": {"content": content}, "finish_reason": "stop"}]})
    assert reply.answers == {200: {"mood": "good"}, 201: {"mood": "bad"}}


@pytest.mark.parametrize(
    ("choice", "kind"),
    [
        ({"message": {"refusal": "I will not"}, "finish_reason": "stop"}, "poison"),
        ({"message": {"content": '{"mood'}, "finish_reason": "length"}, "poison"),
        ({"message": {"content": None}, "finish_reason": "content_filter"}, "poison"),
        ({"message": {}}, "malformed"),
        (None, "malformed"),
    ],
)
def test_no_text_is_refused_for_a_reason(choice: Any, kind: str) -> None:
    (refusal,) = read(provider(), chats("t"), {"choices": [choice]}).refusals.values()
    assert refusal.kind == kind


def test_when_fused_tasks_are_refused_each_is_asked_alone() -> None:
    choice = {"message": {"refusal": "I will not"}, "finish_reason": "stop"}
    kinds = {each.kind for each in read(provider(), chats("a", "b"), {"choices": [choice]}).refusals.values()}
    assert kinds == {"malformed"}


def test_the_responses_endpoint() -> None:
    made = provider(endpoint="responses")
    call = made.pack(chats("t", max_tokens=9))
    data = json.loads(call.body)
    assert call.url.endswith("/responses")
    assert (data["instructions"], data["max_output_tokens"]) == ("Do t.", 9)
    assert data["text"]["format"] == {"type": "json_schema", "name": "t", "schema": SCHEMA, "strict": True}
    output = [
        {"type": "reasoning"},
        {"type": "message", "content": [{"type": "output_text", "text": '{"mood":"bad"}'}]},
    ]
    usage = {"input_tokens": 3, "output_tokens": 4, "input_tokens_details": {"cached_tokens": 2}}
    reply = read(made, chats("t"), {"status": "completed", "output": output, "usage": usage})
    assert reply.answers == {200: {"mood": "bad"}}
    assert (reply.usage.input_tokens, reply.usage.output_tokens, reply.usage.cached_tokens) == (3, 4, 2)


def test_images_go_out_as_images() -> None:
    (ask,) = chats("image_ocr", text="data:image/png;base64,AA==")
    ask = replace(ask, request=replace(ask.request, kind="image"))
    assert body(provider(), [ask])["messages"][1]["content"][0]["image_url"] == {"url": "data:image/png;base64,AA=="}
    claude = body(provider(provider="anthropic"), [ask])["messages"][0]["content"][0]
    assert claude["source"] == {"type": "base64", "media_type": "image/png", "data": "AA=="}
    assert body(provider(provider="ollama"), [ask])["messages"][1]["images"] == ["AA=="]


# --- the others -------------------------------------------------------------------------------------


def test_azure_names_the_deployment_in_the_address() -> None:
    made = provider(provider="azure", base_url="https://x.openai.azure.com", deployment="d 1", api_version="v")
    call = made.pack(embeds("a"))
    assert call.url == "https://x.openai.azure.com/openai/deployments/d%201/embeddings?api-version=v"
    assert call.headers["api-key"] == "sk-test-0123456789"


def test_anthropic_messages() -> None:
    made = provider(provider="anthropic")
    call = made.pack(chats("t", model="claude-sonnet-4-5", temperature=1.5))
    data = json.loads(call.body)
    assert call.url == "https://api.anthropic.com/v1/messages"
    assert (call.headers["x-api-key"], call.headers["anthropic-version"]) == ("sk-test-0123456789", "2023-06-01")
    assert (data["system"], data["max_tokens"], data["temperature"]) == ("Do t.", 1024, 1.0)
    assert data["output_config"] == {"format": {"type": "json_schema", "schema": SCHEMA}}
    usage = {"input_tokens": 3, "output_tokens": 4, "cache_read_input_tokens": 7, "cache_creation_input_tokens": 1}
    content = [{"type": "text", "text": '{"mood":"good"}'}]
    reply = read(made, chats("t"), {"content": content, "stop_reason": "end_turn", "usage": usage})
    assert reply.answers == {200: {"mood": "good"}}
    assert (reply.usage.input_tokens, reply.usage.output_tokens, reply.usage.cached_tokens) == (11, 4, 7)


def test_anthropic_takes_no_bounds_of_numbers() -> None:
    schema = {"type": "object", "properties": {"minimum": {"type": "number", "minimum": 0, "maximum": 1}}}
    sent = body(provider(provider="anthropic"), chats("t", schema=schema))["output_config"]["format"]["schema"]
    assert sent == {"type": "object", "properties": {"minimum": {"type": "number"}}}


def test_cohere_counts_its_vectors() -> None:
    made = provider(provider="cohere", input_type="search_query")
    asks = embeds("a", "b", input_type="search_query")
    assert body(made, asks)["texts"] == ["a", "b"]
    assert body(made, asks)["input_type"] == "search_query"
    good = read(made, asks, {"embeddings": {"float": [[1.0], [2.0]]}, "meta": {"billed_units": {"input_tokens": 4}}})
    assert (good.answers, good.usage.input_tokens) == ({100: [1.0], 101: [2.0]}, 4)
    short = read(made, asks, {"embeddings": {"float": [[1.0]]}})
    assert short.refusal is not None and short.refusal.kind == "malformed"
    assert made.caps("embed", "m").inputs == 96 and made.caps("embed", "m").pace_by == "inputs"


def test_cohere_chat() -> None:
    made = provider(provider="cohere")
    data = body(made, chats("t", top_p=0.3))
    assert data["response_format"] == {"type": "json_object", "json_schema": SCHEMA}
    assert "JSON" in data["messages"][0]["content"] and data["p"] == 0.3
    answer = {"message": {"content": [{"type": "text", "text": '{"mood":"bad"}'}]}, "finish_reason": "COMPLETE"}
    assert read(made, chats("t"), answer).answers == {200: {"mood": "bad"}}


def test_ollama() -> None:
    made = provider(provider="ollama")
    assert body(made, embeds("a")) == {"model": "m", "input": ["a"], "truncate": False}
    data = body(made, chats("t", max_tokens=5, temperature=0.1))
    assert (data["format"], data["stream"], data["options"]) == (SCHEMA, False, {"temperature": 0.1, "num_predict": 5})
    assert read(made, embeds("a"), {"embeddings": [[1, 2]]}).answers == {100: [1, 2]}
    gone = read(made, embeds("a"), {"error": "model 'm' not found"}, 404)
    assert gone.refusal is not None and gone.refusal.kind == "model"
    full = read(made, embeds("a"), {"error": "server busy"}, 503)
    assert full.refusal is not None and full.refusal.kind == "overloaded"
    late = read(made, chats("t"), {"error": "stopped in the middle"})
    assert late.refusal is not None and late.refusal.kind == "server"


# --- refusals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status", "data", "kind"),
    [
        ("openai", 429, {"error": {"message": "slow", "code": "rate_limit_exceeded"}}, "rate_limit"),
        ("openai", 429, {"error": {"message": "pay", "code": "insufficient_quota"}}, "quota"),
        ("openai", 429, {"error": {"message": "pay", "type": "insufficient_quota"}}, "quota"),
        ("openai", 400, {"error": {"message": "bad"}}, "invalid"),
        ("openai", 401, {"error": {"message": "key"}}, "auth"),
        ("openai", 404, {"error": {"message": "no", "code": "model_not_found"}}, "model"),
        ("openai", 408, {}, "timeout"),
        ("openai", 503, "<html>busy</html>", "server"),
        ("openai", 302, {}, "model"),
        ("anthropic", 429, {"type": "error", "error": {"type": "rate_limit_error", "message": "slow"}}, "rate_limit"),
        ("anthropic", 429, {"type": "error", "error": {"type": "rate_limit_error", "message": "spend limit"}}, "quota"),
        ("anthropic", 400, {"type": "error", "error": {"message": "Your credit balance is too low"}}, "quota"),
        ("anthropic", 529, {"type": "error", "error": {"type": "overloaded_error", "message": "x"}}, "overloaded"),
        ("anthropic", 500, {"type": "error", "error": {"type": "api_error", "message": "x"}}, "server"),
        ("cohere", 429, {"message": "slow"}, "rate_limit"),
        ("cohere", 499, {"message": "cancelled"}, "server"),
    ],
)
def test_refusals_have_a_reason(name: str, status: int, data: Any, kind: str) -> None:
    reply = read(provider(provider=name), chats("t"), data, status)
    assert reply.refusal is not None
    assert reply.refusal.kind == kind
    assert "<html>" not in reply.refusal.message


def test_a_service_that_repeats_the_key_does_not_show_it() -> None:
    told = {"error": {"message": "Incorrect API key provided: sk-test-0123456789abcdefghij"}}
    reply = read(provider(), chats("t"), told, 401)
    assert reply.refusal is not None and "0123456789" not in reply.refusal.message


def test_nothing_that_comes_makes_reading_fail() -> None:
    for name in ("openai", "anthropic", "cohere", "ollama"):
        for endpoint in ("chat", "responses"):
            made = provider(provider=name, endpoint=endpoint)
            for data in (
                None,
                [],
                7,
                "x",
                {},
                {"choices": []},
                {"choices": [{}]},
                {"content": [None, 3]},
                {"output": [7]},
            ):
                for asks in (embeds("a", "b"), chats("t")):
                    assert not read(made, asks, data).answers
            assert not made.read(200, {}, b"\xff{", chats("t")).answers


@pytest.mark.parametrize("name", ["openai", "anthropic", "cohere"])
def test_a_missing_key_is_told(name: str) -> None:
    with pytest.raises(FunctionError, match='needs "api_key"'):
        make_provider(entry(provider=name, model="m"), lambda text: None)
