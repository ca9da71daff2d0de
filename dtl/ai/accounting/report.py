"""What a run asked of models, for people and as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# Latencies kept for percentiles; later ones replace earlier ones in turn.
_LATENCIES = 20_000


@dataclass(slots=True)
class TaskCounts:
    """One function on one model.

    Attributes:
        function: Its name.
        model: The provider and its model.
        asked: Calls that the program made.
        shared: Those that had the answer of an equal question of the same run.
        cached: Those whose answer was known from an earlier run.
        sent: Different questions that were sent.
        reasked: Questions sent again because their answer was missing or made no sense.
        failed: Calls that came to nothing.
    """

    function: str
    model: str
    asked: int = 0
    shared: int = 0
    cached: int = 0
    sent: int = 0
    reasked: int = 0
    failed: int = 0


@dataclass(slots=True)
class ModelCounts:
    """One provider's model.

    Attributes:
        requests: Calls sent, repetitions included.
        inputs: Questions sent, likewise.
        retries: Repetitions.
        refused: Refused calls by reason.
        input_tokens, output_tokens, cached_tokens: As the provider counts.
        cost: Dollars by the price list; None where there is no price.
        latencies: Seconds from a call's start to its end.
    """

    requests: int = 0
    inputs: int = 0
    retries: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost: float | None = None
    latencies: list[float] = field(default_factory=list)

    def took(self, seconds: float) -> None:
        """Note how long a call took."""
        if len(self.latencies) < _LATENCIES:
            self.latencies.append(seconds)
        else:
            self.latencies[self.requests % _LATENCIES] = seconds


class Report:
    """The counts of a run, by function and by model."""

    def __init__(self) -> None:
        self.tasks: dict[tuple[str, str], TaskCounts] = {}
        self.models: dict[str, ModelCounts] = {}

    def task(self, function: str, model: str) -> TaskCounts:
        """Return the counts of a function on a model."""
        return self.tasks.setdefault((function, model), TaskCounts(function, model))

    def model(self, name: str) -> ModelCounts:
        """Return the counts of a model."""
        return self.models.setdefault(name, ModelCounts())

    def to_data(self) -> dict[str, Any]:
        """Return the report as JSON data."""
        tasks = [
            {
                "function": counts.function,
                "model": counts.model,
                "asked": counts.asked,
                "shared": counts.shared,
                "cached": counts.cached,
                "sent": counts.sent,
                "reasked": counts.reasked,
                "failed": counts.failed,
            }
            for _, counts in sorted(self.tasks.items())
        ]
        models = [_model_data(name, counts) for name, counts in sorted(self.models.items())]
        known = [counts.cost for counts in self.models.values() if counts.cost is not None]
        total = {
            "requests": sum(counts.requests for counts in self.models.values()),
            "inputs": sum(counts.inputs for counts in self.models.values()),
            "input_tokens": sum(counts.input_tokens for counts in self.models.values()),
            "output_tokens": sum(counts.output_tokens for counts in self.models.values()),
            "cost": round(sum(known), 9) if known else None,
        }
        return {"functions": tasks, "models": models, "total": total}

    def summary(self) -> list[str]:
        """Return the report as lines of text."""
        lines = []
        for _, counts in sorted(self.tasks.items()):
            named = {"asked": counts.asked, "shared": counts.shared, "cached": counts.cached, "sent": counts.sent}
            parts = [f"{count:,} {name}" for name, count in named.items()]
            if counts.reasked:
                parts.append(f"{counts.reasked:,} asked again")
            if counts.failed:
                parts.append(f"{counts.failed:,} failed")
            lines.append(f"{counts.function} on {counts.model}: {', '.join(parts)}")
        for name, model in sorted(self.models.items()):
            data = _model_data(name, model)
            cost = "" if model.cost is None else f", ${model.cost:.6g}"
            tokens = f", {model.input_tokens:,} tokens in, {model.output_tokens:,} out" if model.input_tokens else ""
            refused = f", {sum(model.refused.values()):,} refused" if model.refused else ""
            middle = data["latency"]["p50"]
            time = "" if middle is None else f", {middle * 1000:.0f} ms each"
            lines.append(f"{name}: {model.requests:,} requests of {model.inputs:,} inputs{tokens}{refused}{time}{cost}")
        return lines


def _model_data(name: str, counts: ModelCounts) -> dict[str, Any]:
    times = sorted(counts.latencies)
    return {
        "model": name,
        "requests": counts.requests,
        "inputs": counts.inputs,
        "retries": counts.retries,
        "refused": dict(sorted(counts.refused.items())),
        "input_tokens": counts.input_tokens,
        "output_tokens": counts.output_tokens,
        "cached_tokens": counts.cached_tokens,
        "cost": None if counts.cost is None else round(counts.cost, 9),
        "latency": {"p50": _rank(times, 0.5), "p95": _rank(times, 0.95), "max": times[-1] if times else None},
    }


def _rank(times: list[float], part: float) -> float | None:
    return round(times[min(len(times) - 1, int(len(times) * part))], 6) if times else None
