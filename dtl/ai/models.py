"""The models of a host's own runs, opened in one call."""

from __future__ import annotations

from pathlib import Path

from dtl.ai.accounting.budget import Stops
from dtl.ai.cache.disk import AnswerCache
from dtl.ai.config.entries import load_config
from dtl.ai.router import ConfiguredRouter
from dtl.ai.run_settings import RunSettings
from dtl.ai.shell import Shell

# Answers that are kept in memory beside a cache on disk, in bytes.
_BESIDE = 32 << 20


def open_models(
    config: str | Path | None = None,
    *,
    cache: str | Path | None = None,
    max_cost: float | None = None,
    max_requests: int | None = None,
    fuses: bool = True,
) -> Shell:
    """Return what programs ask, for `Program.run_many(records, ai=...)`; close it, or use it in a `with`.

    Args:
        config: The file of `ai_models` and `vector_stores`; without it everything is answered on this machine.
        cache: Where answers are kept between runs; None to keep them in memory for this one.
        max_cost: What may be spent, in dollars.
        max_requests: How many requests may be sent.
        fuses: Whether tasks about one text may share a request.

    Raises:
        ConfigError: The configuration cannot be used.
        UnusableCache: The cache cannot be used.
    """
    router = ConfiguredRouter(None if config is None else load_config(config))
    kept = None if cache is None else AnswerCache(str(cache))
    stops = Stops(max_cost, max_requests)
    if kept is None:
        return Shell(router, RunSettings(stops, fuses))
    return Shell(router, RunSettings(stops, fuses, memory=_BESIDE, looks_up=True), kept)
