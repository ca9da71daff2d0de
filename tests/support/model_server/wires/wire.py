"""What the server wants of a wire format."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from tests.support.model_server.budgets import State


class Asked(NamedTuple):
    """What a request asks.

    Attributes:
        kind: Which kind of model answers.
        model: Its name.
        inputs: The texts; one for a chat.
        instructions: What a chat is told besides.
        schema: Of a chat's answer.
        dimensions: Of the vectors, when the request says so.
        form: What else decides the form of the answer.
    """

    kind: Literal["embed", "chat"]
    model: str
    inputs: list[str]
    instructions: str = ""
    schema: Mapping[str, Any] | None = None
    dimensions: int | None = None
    form: str = ""


@dataclass(frozen=True)
class Said:
    """A chat's answer.

    Attributes:
        text: What the model says.
        stop: "end", "length" or "refusal".
        tokens_in: Tokens of the prompt.
        tokens_out: Tokens of the answer.
    """

    text: str
    stop: str
    tokens_in: int
    tokens_out: int


class BadRequest(Exception):
    """The request is none that the service takes; the text says why.

    Args:
        message: What is wrong.
        status: The status it gets.
    """

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Wire(ABC):
    """A wire format.

    Attributes:
        name: Whose it is.
        paths: What is answered, by path: "embed" or "chat".
        is_indexed: Whether the items of an answer carry the index of their input.
        busy_status: The status of an overloaded service.
    """

    name: str = ""
    paths: Mapping[str, str] = {}
    is_indexed: bool = False
    busy_status: int = 503

    def key(self, headers: Mapping[str, str]) -> str | None:
        """Return the key of a request; None when it has none and needs one."""
        given = headers.get("authorization", "")
        return given[7:] if given.startswith("Bearer ") and len(given) > 7 else None

    @abstractmethod
    def ask(self, path: str, data: Any) -> Asked:
        """Return what a body asks.

        Raises:
            BadRequest: The service would refuse it.
        """

    def check(self, asked: Asked, tokens: Sequence[int]) -> None:
        """Check the caps.

        Args:
            asked: What is asked.
            tokens: Of each input.

        Raises:
            BadRequest: It is more than the service takes.
        """
        return

    def vectors(self, asked: Asked, items: Sequence[tuple[int, str]], tokens: int) -> str:
        """Return the body of an answer with vectors: each the index of its input, and its JSON."""
        raise AssertionError("a service without vectors is not asked for them")

    @abstractmethod
    def said(self, path: str, asked: Asked, said: Said) -> Any:
        """Return the body of a chat's answer."""

    @abstractmethod
    def refusal(self, status: int, message: str, code: str | None = None) -> Any:
        """Return the body of an error."""

    def headers(self, states: Mapping[str, State], now: float) -> list[tuple[str, str]]:
        """Return the headers that tell budgets.

        Args:
            states: By what is counted.
            now: Seconds since 1970.
        """
        return []


def needed(data: Any, *names: str) -> None:
    """Check that a body is an object with some fields.

    Raises:
        BadRequest: It is not.
    """
    if not isinstance(data, dict):
        raise BadRequest("the body must be a JSON object")
    for name in names:
        if data.get(name) in (None, "", []):
            raise BadRequest(f"missing required parameter: {name}")


def texts(value: Any, name: str) -> list[str]:
    """Return a text or an array of texts as an array.

    Raises:
        BadRequest: It is neither.
    """
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise BadRequest(f"{name} must be a string or an array of strings")
    return found


def told(messages: Any) -> tuple[str, str]:
    """Return the instructions and the last user's text of a conversation.

    Raises:
        BadRequest: It is none.
    """
    if not isinstance(messages, list) or not all(isinstance(each, dict) and "role" in each for each in messages):
        raise BadRequest("messages must be an array of objects with a role")
    system = [content(each.get("content")) for each in messages if each["role"] in ("system", "developer")]
    users = [content(each.get("content")) for each in messages if each["role"] == "user"]
    if not users:
        raise BadRequest("messages has none of the user")
    return "\n".join(system), users[-1]


def content(value: Any) -> str:
    """Return a message's text, from a text or from parts; an image counts as text.

    Raises:
        BadRequest: It is neither.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, dict) for part in value):
        return "".join(_text_of(part) for part in value)
    raise BadRequest("content must be a string or an array of parts")


def _text_of(part: dict[str, Any]) -> str:
    """Return a part's text; of an image its bytes in base 64, or its address."""
    if part.get("type") == "image":
        source = part.get("source", {})
        return str(source.get("data") or source.get("url") or "")
    image = part.get("image_url")
    if image is not None:
        address = image.get("url", "") if isinstance(image, dict) else image
        return str(address).rpartition(";base64,")[2]
    return str(part.get("text", ""))
