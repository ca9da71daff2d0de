"""The server of models keeps its own rules: caps, budgets, wire formats, faults, and a ledger that tells the truth."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.model_server import ledger
from tests.support.model_server.answers import answer_to, mark_of, vector_of
from tests.support.model_server.budgets import Bucket, Window
from tests.support.model_server.plan import Plan
from tests.support.model_server.process import ModelServer
from tests.support.model_server.service import Response, Service
from tests.support.model_server.wires.openai import duration

httpx = pytest.importorskip("httpx")

OPENAI = {"authorization": "Bearer sk-test"}
ANTHROPIC = {"x-api-key": "sk-test", "anthropic-version": "2023-06-01"}


def ask(service: Service, path: str, data: Any, headers: dict[str, str] = OPENAI, now: float = 0.0) -> Response:
    """Post JSON to a service."""
    return service.answer("POST", path, headers, json.dumps(data).encode(), now)


def embed(service: Service, inputs: Any, now: float = 0.0, **more: Any) -> Response:
    """Ask for vectors as OpenAI's clients do."""
    return ask(service, "/v1/embeddings", {"model": "m", "input": inputs, **more}, now=now)


def chat(service: Service, text: str, **more: Any) -> Response:
    """Ask for text as OpenAI's clients do."""
    return ask(service, "/v1/chat/completions", {"model": "m", "messages": [{"role": "user", "content": text}], **more})


def vectors(response: Response) -> list[tuple[int, list[float]]]:
    """Return the indices and vectors of OpenAI's answer."""
    return [(item["index"], item["embedding"]) for item in json.loads(response.body)["data"]]


# --- wire formats -----------------------------------------------------------------------------------------------------


def test_openai_vectors_belong_to_their_inputs() -> None:
    response = embed(Service(Plan(dimensions=8)), ["a", "b"])
    assert vectors(response) == [(0, vector_of("m", "a", 8)), (1, vector_of("m", "b", 8))]
    assert json.loads(response.body)["usage"] == {"prompt_tokens": 2, "total_tokens": 2}


def test_dimensions_can_be_asked_for() -> None:
    assert len(vectors(embed(Service(Plan()), "a", dimensions=100))[0][1]) == 100


SCHEMA = {
    "type": "object",
    "properties": {
        "mood": {"type": "string", "enum": ["good", "bad"]},
        "words": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["mood", "words"],
    "additionalProperties": False,
}
FORM = {"name": "answer", "schema": SCHEMA, "strict": True}

_CHATS: dict[str, tuple[str, dict[str, str], dict[str, Any], Callable[[Any], str]]] = {
    "openai": (
        "/v1/chat/completions",
        OPENAI,
        {
            "messages": [{"role": "system", "content": "Judge."}, {"role": "user", "content": "text"}],
            "response_format": {"type": "json_schema", "json_schema": FORM},
        },
        lambda body: body["choices"][0]["message"]["content"],
    ),
    "responses": (
        "/v1/responses",
        OPENAI,
        {"instructions": "Judge.", "input": "text", "text": {"format": {"type": "json_schema", **FORM}}},
        lambda body: body["output"][0]["content"][0]["text"],
    ),
    "azure": (
        "/openai/deployments/m/chat/completions",
        {"api-key": "sk-test"},
        {
            "messages": [{"role": "system", "content": "Judge."}, {"role": "user", "content": "text"}],
            "response_format": {"type": "json_schema", "json_schema": FORM},
        },
        lambda body: body["choices"][0]["message"]["content"],
    ),
    "anthropic": (
        "/v1/messages",
        ANTHROPIC,
        {
            "max_tokens": 100,
            "system": "Judge.",
            "messages": [{"role": "user", "content": [{"type": "text", "text": "text"}]}],
            "output_config": {"format": {"type": "json_schema", "schema": SCHEMA}},
        },
        lambda body: body["content"][0]["text"],
    ),
    "cohere": (
        "/v2/chat",
        OPENAI,
        {
            "messages": [{"role": "system", "content": "Judge."}, {"role": "user", "content": "text"}],
            "response_format": {"type": "json_object", "json_schema": SCHEMA},
        },
        lambda body: body["message"]["content"][0]["text"],
    ),
    "ollama": (
        "/api/chat",
        {},
        {
            "messages": [{"role": "system", "content": "Judge."}, {"role": "user", "content": "text"}],
            "format": SCHEMA,
            "stream": False,
        },
        lambda body: body["message"]["content"],
    ),
}


@pytest.mark.parametrize("name", _CHATS)
def test_every_wire_says_the_same_to_the_same_question(name: str) -> None:
    path, headers, data, read = _CHATS[name]
    given = data if name == "azure" else {"model": "m", **data}
    response = ask(Service(Plan()), path, given, headers)
    assert response.status == 200, response.body
    answer = json.loads(read(json.loads(response.body)))
    assert answer == answer_to("m", "Judge.", SCHEMA, "text")
    assert answer["mood"] in ("good", "bad")


def test_cohere_and_ollama_vectors_are_in_the_order_of_the_inputs() -> None:
    service = Service(Plan(dimensions=4))
    wanted = [vector_of("m", "a", 4), vector_of("m", "b", 4)]
    cohere = ask(service, "/v2/embed", {"model": "m", "input_type": "search_document", "texts": ["a", "b"]})
    assert json.loads(cohere.body)["embeddings"]["float"] == wanted
    ollama = ask(service, "/api/embed", {"model": "m", "input": ["a", "b"]}, {})
    assert json.loads(ollama.body)["embeddings"] == wanted


def test_tasks_in_one_prompt_are_answered_as_each_alone() -> None:
    one, other = SCHEMA["properties"].values()  # type: ignore[attr-defined]
    both = {"type": "object", "properties": {"judge": one, "list": other}}
    instructions = "Do these 2 tasks.\n\njudge: Judge.\n\nlist: List.\n\nAn earlier answer was refused: bad. Again."
    answer = answer_to("m", instructions, both, "text")
    assert answer == {"judge": answer_to("m", "Judge.", one, "text"), "list": answer_to("m", "List.", other, "text")}
    assert answer["judge"] != answer_to("m", "Judge!", {"type": "string"}, "text")


# --- caps -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "data", "headers"),
    [
        ("/v1/embeddings", {"model": "m", "input": ["x"] * 2049}, OPENAI),
        ("/v1/embeddings", {"model": "m", "input": ["x", ""]}, OPENAI),
        ("/v1/embeddings", {"model": "m", "input": []}, OPENAI),
        ("/v1/embeddings", {"model": "m", "input": ["x" * 4 * 8193]}, OPENAI),
        ("/v1/embeddings", {"model": "m", "input": ["x" * 4 * 8000] * 38}, OPENAI),
        ("/v2/embed", {"model": "m", "input_type": "search_query", "texts": ["x"] * 97}, OPENAI),
        ("/v2/embed", {"model": "m", "texts": ["x"]}, OPENAI),
        ("/v1/messages", {"model": "m", "messages": [{"role": "user", "content": "x"}]}, ANTHROPIC),
        ("/api/chat", {"model": "m", "messages": [{"role": "user", "content": "x"}]}, {}),
    ],
)
def test_what_is_against_the_caps_is_refused(path: str, data: Any, headers: dict[str, str]) -> None:
    assert ask(Service(Plan()), path, data, headers).status == 400


def test_what_just_fits_is_answered() -> None:
    assert embed(Service(Plan()), ["x"] * 2048).status == 200
    assert embed(Service(Plan()), ["x" * 4 * 8000] * 37).status == 200


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "items": {"type": "string"}},
        {"type": "object", "properties": {"a": {"type": "string"}}, "required": [], "additionalProperties": False},
        {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
        {"type": "object", "properties": {"a": {"not": {}}}, "required": ["a"], "additionalProperties": False},
    ],
)
def test_schemas_outside_the_strict_subset_are_refused(schema: Any) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "a", "schema": schema, "strict": True}}
    assert chat(Service(Plan()), "x", response_format=form).status == 400


def test_a_key_is_needed() -> None:
    assert ask(Service(Plan()), "/v1/embeddings", {"model": "m", "input": "x"}, {}).status == 401
    service = Service(Plan(keys=("sk-good",)))
    assert embed(service, "x").status == 401
    assert (
        ask(service, "/v1/embeddings", {"model": "m", "input": "x"}, {"authorization": "Bearer sk-good"}).status == 200
    )


# --- budgets ----------------------------------------------------------------------------------------------------------


def test_a_window_lets_no_more_than_its_limit_through_in_any_span() -> None:
    window = Window(2, 6.0)
    for now in (0.0, 1.0):
        assert window.wait(1, now) == 0
        window.use(1, now)
    assert window.state(1.0) == (2, 0, 6.0)
    assert window.wait(1, 1.0) == 5.0
    assert window.wait(2, 1.0) == 6.0
    assert window.wait(1, 6.0) == 0


def test_a_bucket_fills_steadily() -> None:
    bucket = Bucket(10, 10.0)
    bucket.use(10, 0.0)
    assert bucket.wait(3, 0.0) == 3.0
    assert bucket.wait(3, 3.0) == 0.0
    assert bucket.state(5.0) == (10, 5, 5.0)


def test_headers_tell_the_budget_and_a_refusal_how_long_to_wait() -> None:
    service = Service(Plan(requests=2, tokens=100, seconds=6.0))
    first = dict(embed(service, "xxxx", now=0.0).headers)
    assert first["x-ratelimit-limit-requests"] == "2"
    assert first["x-ratelimit-remaining-requests"] == "1"
    assert first["x-ratelimit-reset-requests"] == "6.000s"
    assert first["x-ratelimit-remaining-tokens"] == "99"
    embed(service, "y", now=0.5)
    refused = embed(service, "z", now=1.5)
    assert refused.status == 429
    assert dict(refused.headers)["retry-after"] == "5"
    assert json.loads(refused.body)["error"]["code"] == "rate_limit_exceeded"
    assert embed(service, "z", now=6.0).status == 200


def test_tokens_and_inputs_are_budgets_too() -> None:
    service = Service(Plan(tokens=10))
    assert embed(service, "x" * 40).status == 200
    assert embed(service, "x").status == 429
    service = Service(Plan(inputs=100))
    assert embed(service, ["x"] * 96).status == 200
    assert embed(service, ["x"] * 5).status == 429


@pytest.mark.parametrize(("seconds", "text"), [(0.012, "12ms"), (1.5, "1.500s"), (360.0, "6m0.000s")])
def test_durations_are_written_as_the_service_writes_them(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_an_unpaid_key_is_told_so() -> None:
    service = Service(Plan(insufficient_quota=1))
    assert embed(service, "x").status == 200
    refused = embed(service, "y")
    assert (refused.status, json.loads(refused.body)["error"]["code"]) == (429, "insufficient_quota")


# --- faults -----------------------------------------------------------------------------------------------------------


def test_faults_come_in_the_order_that_is_asked_for() -> None:
    service = Service(Plan(first=("rate_limit", "server", "none", "overloaded")))
    assert [embed(service, "x").status for _ in range(5)] == [429, 500, 200, 503, 200]


def test_the_same_bodies_meet_the_same_faults_in_any_order() -> None:
    plan = Plan(seed=7, faults={"server": 0.3, "rate_limit": 0.2})
    texts = [f"text {number}" for number in range(100)]
    first, second = Service(plan), Service(plan)
    met = {text: embed(first, text).status for text in texts}
    assert {text: embed(second, text).status for text in reversed(texts)} == met
    assert set(met.values()) == {200, 429, 500}


def test_items_are_shuffled_left_out_doubled_added_and_misnamed() -> None:
    inputs = ["a", "b", "c", "d"]
    right = {(index, tuple(vector_of("m", text, 4))) for index, text in enumerate(inputs)}

    def met(fault: str) -> list[tuple[int, tuple[float, ...]]]:
        response = embed(Service(Plan(dimensions=4, first=(fault,), seed=3)), inputs)
        assert response.entry["fault"] == fault
        return [(index, tuple(vector)) for index, vector in vectors(response)]

    shuffled = met("shuffled")
    assert set(shuffled) == right and [index for index, _ in shuffled] != [0, 1, 2, 3]
    assert len(met("missing")) == 3 and set(met("missing")) < right
    assert len(met("extra")) == 5 and set(met("extra")) > right
    doubled = [index for index, _ in met("doubled")]
    assert len(doubled) == 5 and len(set(doubled)) == 4
    assert max(index for index, _ in met("foreign")) > 3


def test_chats_go_wrong_in_their_ways() -> None:
    form = {"type": "json_schema", "json_schema": FORM}

    def met(fault: str) -> Any:
        response = chat(Service(Plan(first=(fault,))), "x", response_format=form)
        return json.loads(response.body)["choices"][0]

    wrong = json.loads(met("wrong_schema")["message"]["content"])
    assert wrong != answer_to("m", "", SCHEMA, "x")
    assert met("too_long")["finish_reason"] == "length"
    assert met("refused")["message"]["refusal"]
    with pytest.raises(ValueError):
        json.loads(met("prose")["message"]["content"])


def test_marked_inputs_always_fail_and_take_their_request_with_them() -> None:
    service = Service(Plan(poison="POISON", cursed="CURSE", mute="MUTE", dimensions=2))
    assert embed(service, ["good", "POISON here"]).status == 400
    assert embed(service, ["good", "a CURSE"]).status == 500
    assert [index for index, _ in vectors(embed(service, ["good", "MUTE", "fine"]))] == [0, 2]


def test_unknown_faults_are_refused() -> None:
    with pytest.raises(ValueError):
        Plan(faults={"earthquake": 1.0})


# --- batches ----------------------------------------------------------------------------------------------------------


def test_an_openai_batch_is_answered_by_name_in_any_order() -> None:
    service = Service(Plan(batch_seconds=5.0, poison="POISON"))
    lines = [
        {"custom_id": f"n{number}", "method": "POST", "url": "/v1/embeddings", "body": {"model": "m", "input": text}}
        for number, text in enumerate(["a", "b", "POISON", "c"])
    ]
    body = b"--B\r\n" + b'Content-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n--B\r\n'
    body += b'Content-Disposition: form-data; name="file"; filename="in.jsonl"\r\n\r\n'
    body += b"\n".join(json.dumps(line).encode() for line in lines) + b"\r\n--B--\r\n"
    uploaded = service.answer(
        "POST", "/v1/files", {**OPENAI, "content-type": "multipart/form-data; boundary=B"}, body, 0.0
    )
    name = json.loads(uploaded.body)["id"]
    made = ask(
        service,
        "/v1/batches",
        {"input_file_id": name, "endpoint": "/v1/embeddings", "completion_window": "24h"},
    )
    batch = json.loads(made.body)
    assert (batch["status"], batch["output_file_id"]) == ("in_progress", None)
    done = json.loads(service.answer("GET", f"/v1/batches/{batch['id']}", OPENAI, b"", 6.0).body)
    assert done["request_counts"] == {"total": 4, "completed": 3, "failed": 1}
    out = service.answer("GET", f"/v1/files/{done['output_file_id']}/content", OPENAI, b"", 6.0).body.splitlines()
    found = {line["custom_id"]: line["response"]["body"]["data"][0]["embedding"] for line in map(json.loads, out)}
    assert found == {"n0": vector_of("m", "a"), "n1": vector_of("m", "b"), "n3": vector_of("m", "c")}
    errors = service.answer("GET", f"/v1/files/{done['error_file_id']}/content", OPENAI, b"", 6.0).body
    assert json.loads(errors)["custom_id"] == "n2"


def test_an_anthropic_batch_is_answered_by_name() -> None:
    service = Service(Plan(batch_seconds=1.0))
    params = {"model": "m", "max_tokens": 10, "messages": [{"role": "user", "content": "x"}]}
    made = ask(service, "/v1/messages/batches", {"requests": [{"custom_id": "n", "params": params}]}, ANTHROPIC)
    name = json.loads(made.body)["id"]
    done = json.loads(service.answer("GET", f"/v1/messages/batches/{name}", ANTHROPIC, b"", 2.0).body)
    assert done["processing_status"] == "ended"
    result = json.loads(service.answer("GET", f"/v1/messages/batches/{name}/results", ANTHROPIC, b"", 2.0).body)
    assert result["custom_id"] == "n"
    assert result["result"]["message"]["content"][0]["text"] == answer_to("m", "", None, "x")


# --- over the network -------------------------------------------------------------------------------------------------


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ModelServer]:
    plan = Plan(
        latency=0.05,
        per_input=0.001,
        lists_inputs=True,
        first=("none", "reset", "cut", "truncated", "timeout"),
        hang=0.1,
    )
    with ModelServer(tmp_path, plan) as running:
        yield running


def test_the_process_answers_late_breaks_connections_and_notes_all_of_it(server: ModelServer) -> None:
    url = f"{server.url}/v1/embeddings"
    with httpx.Client(headers=OPENAI) as client:
        started = time.monotonic()
        response = client.post(url, json={"model": "m", "input": ["a"] * 50})
        assert time.monotonic() - started >= 0.1
        assert response.json()["data"][49]["embedding"] == vector_of("m", "a")
        for _ in ("reset", "cut"):
            with pytest.raises(httpx.TransportError):
                client.post(url, json={"model": "m", "input": ["b"]})
        with pytest.raises(ValueError):
            client.post(url, json={"model": "m", "input": ["b"]}).json()
        with pytest.raises(httpx.TransportError):
            client.post(url, json={"model": "m", "input": ["b"]})
        with pytest.raises(httpx.ReadTimeout):
            client.post(url, json={"model": "m", "input": ["late"]}, timeout=0.01)
        assert client.post(url, json={"model": "m", "input": ["b"]}).status_code == 200
    lines = server.lines()
    assert [line["fault"] for line in lines] == [None, "reset", "cut", "truncated", "timeout", None, None]
    assert [line["status"] for line in lines] == [200, 0, 0, 200, 0, 0, 200]
    assert lines[0]["marks"] == [mark_of("a")] * 50
    assert all(line["done"] >= line["at"] for line in lines)
    assert lines[5]["lost"]


# --- claims -----------------------------------------------------------------------------------------------------------


def _line(at: float, done: float, status: int = 200, **more: Any) -> dict[str, Any]:
    return {"at": at, "done": done, "status": status, "key": "k", "inputs": 1, **more}


def test_claims_are_computed_from_the_ledger() -> None:
    lines = [
        _line(0.0, 0.1, told=True),
        _line(0.05, 0.06, 429, retry_after=1.0),
        _line(0.07, 0.09),
        _line(0.5, 0.6),
        _line(0.5, 0.6, 429, retry_after=1.0),
        _line(2.0, 2.1),
    ]
    assert ledger.too_early(lines) == lines[3:5]
    assert ledger.refused_when_told(lines) == [lines[4]]
    assert len(ledger.accepted(lines)) == 4
    assert ledger.inputs_of(lines) == 6


def test_an_answer_is_bought_again_only_if_it_was_there_before_the_kill() -> None:
    lines = [_line(0.0, 0.1, marks=["a"]), _line(0.1, 0.19, marks=["b"]), _line(1.0, 1.1, marks=["a", "b"])]
    assert ledger.bought_again(lines, [0.2]) == ["a"]
    assert ledger.bought_again(lines, [0.05]) == []
    assert ledger.bought_again(lines, [1.05]) == []
