"""Programs with model calls against the server of models: what the records get, and what the ledger shows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("httpx")

import dtl
from dtl.ai.accounting.budget import Stops
from dtl.ai.cache.disk import AnswerCache
from dtl.ai.config.entries import read_config
from dtl.ai.router import ConfiguredRouter
from dtl.ai.run_settings import RunSettings
from dtl.ai.shell import Shell
from dtl.functions.standard import standard_library
from dtl.vm.outcome import Outcome
from tests.support.model_server import ledger
from tests.support.model_server.answers import answer_to, mark_of, vector_of
from tests.support.model_server.configuration import KEY, PROVIDERS, config_of
from tests.support.model_server.faults import OF_TEXTS
from tests.support.model_server.plan import FAULTS
from tests.support.model_server.process import ModelServer, Start

#: Seconds that an answer may take to be read and kept: tests run beside others. The benchmarks measure strictly.
BUSY = 0.3
EMBEDDING, CHAT, _ = PROVIDERS["openai"]


@contextmanager
def models(
    server: ModelServer | str,
    provider: str = "openai",
    cache: Path | None = None,
    run: RunSettings | None = None,
    **settings: Any,
) -> Iterator[Shell]:
    """Give what asks a server's models."""
    url = server if isinstance(server, str) else server.url
    router = ConfiguredRouter(read_config(config_of(url, provider, **settings), "test.yaml", {}))
    kept = None if cache is None else AnswerCache(str(cache))
    shell = Shell(router, run or RunSettings(looks_up=kept is not None), kept)
    try:
        yield shell
    finally:
        shell.close()


def run(
    program: str, records: list[dict[str, Any]], asking: AbstractContextManager[Shell], **options: Any
) -> list[Outcome]:
    """Run a program on records."""
    with asking as shell:
        return list(dtl.compile(program, **options).run_many(records, ai=shell))


def vector(text: str, provider: str = "openai") -> list[float]:
    """Return the vector that the server has for a text."""
    return vector_of(PROVIDERS[provider][0] or "", text, 8)


def mood(text: str, provider: str = "openai") -> str:
    """Return the mood that the server sees in a text."""
    function = standard_library().get("sentiment_analysis")
    assert function is not None
    prompt = function.evaluate("any text").prompt
    found: str = answer_to(PROVIDERS[provider][1], prompt.instructions, prompt.schema, text)["sentiment"]
    return found


# --- every provider ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_provider_answers_each_record(provider: str, start: Start) -> None:
    server = start()
    program = ".mood = sentiment_analysis!(.text)\n.reply = llm_chat!(.text)\n"
    if PROVIDERS[provider][0] is not None:
        program += ".vector = embed!(.text)"
    texts = [f"text {number % 7}" for number in range(20)]
    outcomes = run(program, [{"text": text} for text in texts], models(server, provider))
    assert [outcome.error for outcome in outcomes] == [None] * 20
    for text, outcome in zip(texts, outcomes, strict=True):
        assert outcome.record["mood"] == mood(text, provider)
        assert outcome.record["reply"] == answer_to(PROVIDERS[provider][1], "", None, text)
        if PROVIDERS[provider][0] is not None:
            assert outcome.record["vector"] == vector(text, provider)
    lines = server.lines()
    assert {line["status"] for line in lines} == {200}
    embeds = [line for line in lines if line["kind"] == "embed"]
    assert [line["inputs"] for line in embeds] == ([7] if PROVIDERS[provider][0] else [])
    assert len(lines) - len(embeds) == 14


@pytest.mark.parametrize(("provider", "cap"), [("openai", 2048), ("cohere", 96)])
def test_calls_are_full_to_the_providers_cap(provider: str, cap: int, start: Start) -> None:
    server = start(dimensions=2)
    count = 2 * cap + 1
    outcomes = run(".v = embed!(.text)", [{"text": f"text {n}"} for n in range(count)], models(server, provider))
    assert all(outcome.status == "ok" for outcome in outcomes)
    assert sorted(line["inputs"] for line in server.lines()) == [1, cap, cap]


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_batch_endpoints_answer_each_record(provider: str, start: Start) -> None:
    server = start(poison="POISON")
    texts = [f"text {number}" for number in range(10)] + ["POISON"]
    program = ".reply, .cause = llm_chat(.text)"
    outcomes = run(program, [{"text": text} for text in texts], models(server, provider, mode="batch"))
    replies = [outcome.record.get("reply") for outcome in outcomes[:-1]]
    assert replies == [answer_to(PROVIDERS[provider][1], "", None, text) for text in texts[:-1]]
    assert outcomes[-1].record["cause"]
    assert not [line for line in server.lines() if line["path"] in ("/v1/chat/completions", "/v1/messages")]


# --- faults -----------------------------------------------------------------------------------------------------------

FAULTY = """
.vector, .no_vector = embed(.text)
if .judged { .mood, .no_mood = sentiment_analysis(.text) }
"""
OWN_CAUSES = ("the model refuses", "was cut off", "makes no sense")


@pytest.mark.parametrize("provider", [name for name, each in PROVIDERS.items() if each[0] is not None])
@pytest.mark.parametrize("seed", [1, 2])
def test_no_value_is_on_a_wrong_record_whatever_happens(provider: str, seed: int, start: Start) -> None:
    chances = {fault: 0.04 for fault in FAULTS if fault != "timeout"} | {"timeout": 0.01}
    server = start(faults=chances, seed=seed, hang=0.3, retry_after=1.0, poison="POISON", mute="MUTE", silly="SILLY")
    special = {50: " POISON", 150: " SILLY"} | ({250: " MUTE"} if provider not in ("cohere", "ollama") else {})
    records = [{"text": f"text {n}{special.get(n, '')}", "judged": n % 10 == 0} for n in range(300)]
    outcomes = run(FAULTY, records, models(server, provider, batch_size=20, timeout="2s", retries=8))
    for record, outcome in zip(records, outcomes, strict=True):
        found, text = outcome.record, record["text"]
        assert (outcome.status, found["text"]) == ("ok", text)
        if found.get("no_vector") is None:
            assert found["vector"] == vector(text, provider)
        else:
            assert "POISON" in text or "MUTE" in text, found["no_vector"]
            assert "embed" in found["no_vector"]
        if not record["judged"]:
            assert "mood" not in found
        elif found.get("no_mood") is None:
            assert found["mood"] == mood(text, provider)
        else:
            assert any(word in text for word in ("POISON", "SILLY")) or any(
                own in found["no_mood"] for own in OWN_CAUSES
            )
    assert len({line["fault"] for line in server.lines()}) > 8
    assert not ledger.too_early(server.lines(), BUSY)


def test_a_bad_item_costs_few_calls_and_only_its_record_fails(start: Start) -> None:
    server = start(poison="POISON")
    records = [{"text": "POISON" if n == 37 else f"text {n}"} for n in range(100)]
    outcomes = run(".vector = embed!(.text)", records, models(server))
    assert [n for n, outcome in enumerate(outcomes) if outcome.status != "ok"] == [37]
    error = outcomes[37].error
    assert error is not None and "embed" in error.message and EMBEDDING in error.message
    assert len(server.lines()) <= 2 * math.ceil(math.log2(100)) + 1


def test_a_missing_item_is_asked_again_and_nothing_else(start: Start) -> None:
    server = start(first=("missing",))
    outcomes = run(".vector = embed!(.text)", [{"text": f"text {n}"} for n in range(50)], models(server))
    assert [outcome.record["vector"] for outcome in outcomes] == [vector(f"text {n}") for n in range(50)]
    assert [line["inputs"] for line in server.lines()] == [50, 1]


@pytest.mark.parametrize("fault", OF_TEXTS[:2])
def test_an_answer_against_the_schema_is_asked_for_once_more(fault: str, start: Start) -> None:
    server = start(first=(fault,))
    (outcome,) = run(".mood = sentiment_analysis!(.text)", [{"text": "text"}], models(server))
    assert outcome.record["mood"] == mood("text")
    assert len(server.lines()) == 2

    server = start(first=(fault, fault))
    (outcome,) = run(".mood, .cause = sentiment_analysis(.text)", [{"text": "text"}], models(server))
    assert "sentiment_analysis" in outcome.record["cause"]
    assert len(server.lines()) == 2


def test_nothing_is_sent_until_retry_after_is_over(start: Start) -> None:
    server = start(requests=10, seconds=1.0, latency=0.01)
    outcomes = run(".reply = llm_chat!(.text)", [{"text": f"text {n}"} for n in range(35)], models(server))
    assert all(outcome.record["reply"] == answer_to(CHAT, "", None, outcome.record["text"]) for outcome in outcomes)
    lines = server.lines()
    assert len(ledger.accepted(lines)) == 35
    assert not ledger.too_early(lines, BUSY)
    assert not ledger.refused_when_told(lines)


def test_budgets_that_no_header_tells_are_found_out(start: Start) -> None:
    server = start(requests=10, seconds=1.0, tells=False, latency=0.01)
    outcomes = run(".reply = llm_chat!(.text)", [{"text": f"text {n}"} for n in range(25)], models(server))
    assert all(outcome.status == "ok" for outcome in outcomes)
    assert len(ledger.accepted(server.lines())) == 25
    assert not ledger.too_early(server.lines(), BUSY)


def test_an_unpaid_key_keeps_what_was_answered_and_is_left_alone(start: Start) -> None:
    server = start(insufficient_quota=3, latency=0.01)
    records = [{"text": f"text {n}"} for n in range(40)]
    outcomes = run(".reply, .cause = llm_chat(.text)", records, models(server, concurrency=1))
    answered = [outcome for outcome in outcomes if outcome.record.get("cause") is None]
    assert [outcome.record["reply"] for outcome in answered] == [
        answer_to(CHAT, "", None, f"text {n}") for n in range(3)
    ]
    assert all("quota" in outcome.record["cause"] for outcome in outcomes[3:])
    assert len(server.lines()) == 4


def test_a_wrong_key_is_told_without_showing_it(start: Start) -> None:
    server = start(keys=("sk-another",))
    outcomes = run(".reply = llm_chat!(.text)", [{"text": f"text {n}"} for n in range(20)], models(server))
    messages = {str(outcome.error) for outcome in outcomes}
    assert all("401" in message and KEY not in message for message in messages)
    assert len(server.lines()) <= 8


def test_a_host_that_is_not_there_fails_each_record_with_its_name() -> None:
    asking = models("http://127.0.0.1:9", retries=1)
    outcomes = run(".reply, .cause = llm_chat(.text)", [{"text": f"text {n}"} for n in range(3)], asking)
    assert all("llm_chat" in outcome.record["cause"] and CHAT in outcome.record["cause"] for outcome in outcomes)


# --- what a program means ---------------------------------------------------------------------------------------------


def test_only_records_that_reach_a_call_make_it(start: Start) -> None:
    server = start()
    program = """
    if .skip == true { abort }
    if .kind == "chat" { .reply = llm_chat!(.text) } else if .kind == "vector" { .vector = embed!(.text) }
    .length = to_int(.number) ?? to_int(llm_chat!("how long is " + string!(.text))) ?? 0
    """
    kinds = ["chat", "vector", "none"]
    records = [{"text": f"text {n}", "kind": kinds[n % 3], "skip": n % 5 == 0, "number": "7"} for n in range(30)]
    outcomes = run(program, records, models(server))
    assert [outcome.status for outcome in outcomes] == ["aborted" if n % 5 == 0 else "ok" for n in range(30)]
    wanted = [record for record in records if not record["skip"] and record["kind"] != "none"]
    asked = [mark for line in server.lines() for mark in line["marks"]]
    assert sorted(asked) == sorted(mark_of(record["text"]) for record in wanted)
    assert [outcome.record["text"] for outcome in outcomes] == [record["text"] for record in records]


def test_what_stands_in_when_a_call_fails(start: Start) -> None:
    server = start(poison="POISON")
    program = '.reply = llm_chat(.text) ?? llm_chat("instead of " + string!(.id)) ?? "nothing"'
    records = [{"id": "a", "text": "POISON"}, {"id": "b", "text": "fine"}, {"id": "POISON", "text": "POISON"}]
    outcomes = run(program, records, models(server))
    said = [answer_to(CHAT, "", None, text) for text in ("instead of a", "fine")]
    assert [outcome.record["reply"] for outcome in outcomes] == [*said, "nothing"]
    assert len(server.lines()) == 4


PROGRAMS = {
    "one after the other": '.a = llm_chat!(.text)\n.b = llm_chat!(.a)\n.c = embed!("b " + .b)',
    "independent": ".a = llm_chat!(.text)\n.b = embed!(.text)\n.c = sentiment_analysis!(.text)",
    "the same twice": ".a = embed!(.text)\n.b = embed!(.text)\n.c = .a == .b",
    "caught": '.a, .cause = llm_chat(.text)\n.b = llm_chat(.text) ?? "none"\n.c = is_null(.cause)',
    "in a condition": 'if sentiment_analysis!(.text) == "positive" { .a = embed!(.text) } else { .b = llm_chat!(.id) }',
    "in a closure": '.a = map_values({"x": .text, "y": "other"}) -> |v| { llm_chat!(v) }',
    "in a loop": '.all = []\nfor_each([.text, "two", "three"]) -> |_i, v| { .all = push(.all, llm_chat!(v)) }',
    "before an abort": 'r = llm_chat!(.text)\nif ends_with(r, "0") || ends_with(r, "1") { abort }\n.r = r',
    "with an effect before": ".n = 1\n.a, .cause = llm_chat(.text)\n.n = 2",
    "in an argument": ".a = upcase(llm_chat!(llm_chat!(.text)))",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_side_by_side_is_as_one_by_one(name: str, start: Start) -> None:
    server = start(poison="POISON")
    records = [{"id": f"{n}", "text": "POISON" if n == 13 else f"text {n % 11}"} for n in range(25)]
    with models(server) as shell:
        naive = dtl.compile(PROGRAMS[name], backend="interpreter", optimize=False)
        context = type(naive.context)(ai=shell)
        wanted = [naive.run(record, context=context) for record in records]
    found = run(PROGRAMS[name], records, models(server))

    def seen(outcome: Outcome) -> Any:
        return outcome.status, outcome.record, outcome.value, str(outcome.error)

    assert [seen(outcome) for outcome in found] == [seen(outcome) for outcome in wanted]


def test_tasks_on_one_text_share_a_request_and_say_the_same(start: Start) -> None:
    program = """
    .mood = sentiment_analysis!(.text)
    .language = detect_language!(.text)
    .topics = extract_topics!(.text)
    .entities = extract_entities!(.text)
    .kind = classify_text!(.text, ["news", "sports"])
    """
    records = [{"text": f"A text of words, number {n}"} for n in range(10)]
    apart, together = start(), start()
    alone = run(program, records, models(apart, run=RunSettings(fuses=False)))
    fused = run(program, records, models(together))
    assert [outcome.record for outcome in fused] == [outcome.record for outcome in alone]
    assert (len(apart.lines()), len(together.lines())) == (50, 10)


# --- money, cache -----------------------------------------------------------------------------------------------------


def test_no_more_requests_are_sent_than_allowed(start: Start) -> None:
    server = start(latency=0.02)
    records = [{"text": f"text {n}"} for n in range(50)]
    asking = models(server, run=RunSettings(stops=Stops(requests=7)))
    outcomes = run(".reply, .cause = llm_chat(.text)", records, asking)
    assert len(server.lines()) == 7
    assert sum(outcome.record["cause"] is None for outcome in outcomes) == 7


def test_no_more_is_spent_than_allowed(start: Start) -> None:
    server = start(latency=0.02)
    price = {"input": 1000.0, "output": 1000.0}
    asking = models(server, run=RunSettings(stops=Stops(cost=0.5)), price=price, max_tokens=20)
    outcomes = run(".reply, .cause = llm_chat(.text)", [{"text": f"text {n}"} for n in range(100)], asking)
    tokens = sum(line["tokens"] for line in server.lines())
    assert 0 < len(server.lines()) < 100
    assert tokens * 1000.0 / 1e6 <= 0.5
    assert any(outcome.record["cause"] for outcome in outcomes)


def test_an_answer_is_bought_once_for_all_runs(start: Start, tmp_path: Path) -> None:
    server = start()
    cache = tmp_path / "answers.sqlite"
    program = ".vector = embed!(.text)\n.mood = sentiment_analysis!(.text)"
    texts = [f"text {n}" for n in range(30)]
    first = run(program, [{"text": text} for text in texts], models(server, cache=cache))
    count = len(server.lines())
    texts.insert(0, "in front")
    texts[9] = "changed"
    second = run(program, [{"text": text} for text in texts], models(server, cache=cache))
    sent = [mark for line in server.lines()[count:] for mark in line["marks"]]
    assert sorted(sent) == sorted([mark_of("in front"), mark_of("changed")] * 2)
    assert second[1].record == first[0].record
    assert [outcome.record["vector"] for outcome in second] == [vector(text) for text in texts]


def test_a_failure_is_not_kept(start: Start, tmp_path: Path) -> None:
    cache = tmp_path / "answers.sqlite"
    failing = start(poison="text")
    (outcome,) = run(".reply, .cause = llm_chat(.text)", [{"text": "text"}], models(failing, cache=cache))
    assert outcome.record["cause"]
    with models(failing, cache=cache) as shell:
        list(dtl.compile(".reply, .cause = llm_chat(.text)").run_many([{"text": "text"}], ai=shell))
    assert len(failing.lines()) == 2
