"""Answering searches from a matrix in memory."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dtl.ai.provider import Ask, Refusal, Reply
from dtl.ai.stores.matrix import Matrix
from dtl.ai.stores.store import search_options
from dtl.values.errors import FunctionError


def answer(asks: Sequence[Ask], matrix: Matrix) -> Reply:
    """Return the matches for each ask; searches with the same options are done together."""
    answers: dict[int, Any] = {}
    refusals: dict[int, Refusal] = {}
    groups: dict[str, list[Ask]] = {}
    for ask in asks:
        if matrix.dimension is not None and len(ask.request.input) != matrix.dimension:
            given, store = len(ask.request.input), ask.request.model
            message = f'the vector has {given} dimensions, those of the store "{store}" have {matrix.dimension}'
            refusals[ask.id] = Refusal("poison", message)
        else:
            groups.setdefault(json.dumps(ask.request.options, sort_keys=True, default=str), []).append(ask)
    for group in groups.values():
        top, threshold, wanted = search_options(group[0])
        try:
            found = matrix.search([ask.request.input for ask in group], top, threshold, wanted)
            answers.update((ask.id, matches) for ask, matches in zip(group, found, strict=True))
        except FunctionError as reason:
            refusals.update((ask.id, Refusal("poison", reason.message)) for ask in group)
    return Reply(answers, None, refusals)
