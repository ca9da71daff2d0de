"""What a program asks of a model, as data.

The evaluator of a function with the AI effect returns a Request; whoever runs the program finds the answer and
hands it to `read`, which gives the call's value. So a program knows no network, no clock, no batch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from dtl.data import fresh, frozen

#: What kind of service answers: a vector for a text, a text or structured value for a prompt, matches of a vector
#: store, or a model that takes other input (an image, features).
Kind: TypeAlias = Literal["embed", "chat", "search", "image", "predict"]


@frozen
class Prompt:
    """What a language model is told: the same for every input of a call, so that it can be shared.

    Attributes:
        instructions: The task, without the input.
        schema: JSON schema of the answer; None for plain text.
        version: Changes whenever the wording or the schema changes its meaning; part of the cache key.
        fuses: Whether it may share a call with other tasks about the same input; not for free conversation.
    """

    instructions: str
    schema: Mapping[str, Any] | None = None
    version: str = "1"
    fuses: bool = True


def _as_it_is(answer: Any) -> Any:
    return answer


@frozen
class Request:
    """One question of one record.

    Attributes:
        kind: Which kind of service answers.
        task: The function's name; a local provider chooses its method by it.
        model: As the program names it: an entry of `ai_models` or a provider's model; None for the default.
        input: The text (embed, chat), vector (search) or other data that is asked about.
        options: What else changes the answer: plain JSON values.
        prompt: For language models.
        read: Turns the provider's answer into the call's value; raises FunctionError when it makes no sense.
        arguments: What the prompt says already, as data, for providers that follow no prompt.
    """

    kind: Kind
    task: str
    model: str | None
    input: Any
    options: Mapping[str, Any] = fresh(factory=dict)
    prompt: Prompt | None = None
    read: Callable[[Any], Any] = _as_it_is
    arguments: Mapping[str, Any] = fresh(factory=dict)

    def __eq__(self, other: object) -> bool:
        """Tell whether another one asks the same: how its answer is read does not matter."""
        if type(other) is not Request:
            return NotImplemented
        return _asked(self) == _asked(other)


def _asked(request: Request) -> tuple[Any, ...]:
    return request.kind, request.task, request.model, request.input, request.options, request.prompt
