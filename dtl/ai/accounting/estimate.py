"""What a run would ask and cost, told from some of its records without asking anybody.

The program is run with answers that are made up, of the form that was asked for. So questions that depend on answers
are counted as if the models had said this; what a real answer leads to may differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dtl.ai.accounting.report import Report
from dtl.ai.actions import Send
from dtl.ai.provider import Ask, ComputingProvider, HttpProvider, Limits, Notes, Reply, Usage
from dtl.ai.request import Request

# Tokens of a text that a model writes, where nothing bounds it.
_TEXT = 150
# Tokens of a structured answer: the least, and those of each field.
_ANSWER = 10
_FIELD = 12
_DIMENSIONS = 8
# A text that is also a language's code.
_WORD = "en"


class Forecast:
    """Stands in the place of a transport: every call is answered at once, by nobody."""

    async def call(
        self,
        send: Send,
        provider: HttpProvider,
        may_send: Callable[[], bool],
        write_down: Callable[[bytes], None],
        take: Callable[[Reply, Limits], None],
    ) -> None:
        """Take what a provider might say."""
        take(made_up(send.asks), Limits())

    async def compute(self, send: Send, provider: ComputingProvider, notes: Notes | None = None) -> Reply:
        """Return what a local model might say."""
        return made_up(send.asks)

    async def close(self) -> None:
        """There is nothing to be closed."""


def made_up(asks: Sequence[Ask]) -> Reply:
    """Return answers of the form that is asked for, and what they would use."""
    prompts = {id(ask.request.prompt): ask.request.prompt for ask in asks}.values()
    told = sum(len(prompt.instructions) // 3 for prompt in prompts if prompt is not None)
    tokens = sum(ask.tokens for ask in asks) + told
    said = sum(_tokens_of(ask) for ask in asks if ask.request.kind == "chat")
    return Reply({ask.id: answer_of(ask.request) for ask in asks}, usage=Usage(tokens, said))


def answer_of(request: Request) -> Any:
    """Return an answer of the form that a request asks for."""
    if request.kind == "embed":
        dimensions = request.options.get("dimensions")
        return [0.5] * (dimensions if isinstance(dimensions, int) else _DIMENSIONS)
    if request.kind == "search":
        return []
    schema = None if request.prompt is None else request.prompt.schema
    return "An answer." if schema is None else _filled(schema)


def _filled(schema: Mapping[str, Any]) -> Any:
    if schema.get("enum"):
        return schema["enum"][0]
    if "anyOf" in schema:
        return _filled(schema["anyOf"][0])
    kind = schema.get("type")
    name = kind[0] if isinstance(kind, list) else kind
    if name == "object":
        return {field: _filled(each) for field, each in schema.get("properties", {}).items()}
    if name == "array":
        return [_filled(schema.get("items", {})) for _ in range(max(1, schema.get("minItems", 1)))]
    if name in ("number", "integer"):
        least = schema.get("minimum", 1)
        return least if name == "integer" else float(least)
    return {"boolean": True, "null": None}.get(str(name), _WORD)


def _tokens_of(ask: Ask) -> int:
    schema = None if ask.request.prompt is None else ask.request.prompt.schema
    guess = _TEXT if schema is None else _ANSWER + _FIELD * str(schema).count("'type'")
    most = ask.options.get("max_tokens")
    return min(guess, most) if isinstance(most, int) else guess


def told(report: Report, records: int, times: float | None) -> list[str]:
    """Return an estimate as lines of text.

    Args:
        report: What was asked for some records.
        records: How many they were.
        times: How many times as many there are in all; None where that is not known.
    """
    lines = [f"estimate from {records:,} records, with answers that are made up:", *report.summary()]
    if times is not None and times > 1.001:
        total = report.to_data()["total"]
        cost = "" if total["cost"] is None else f", ${total['cost'] * times:.4g}"
        lines.append(
            f"all records: about {records * times:,.0f}; at most {total['requests'] * times:,.0f} requests, "
            f"{total['input_tokens'] * times:,.0f} tokens in, {total['output_tokens'] * times:,.0f} out{cost} "
            "(less where texts come again)"
        )
    return lines
