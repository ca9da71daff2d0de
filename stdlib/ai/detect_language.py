"""The `detect_language` function."""

import re
from typing import Any

from dtl.functions import Effect, FunctionError, function
from dtl.types.annotations import Fallible, Maybe, String

from ._ask import ask, field, object_schema, structured

_PROMPT = structured(
    "Tell in which language the text is mainly written, as its ISO 639-1 code in lower case, or ISO 639-3 without one.",
    object_schema({"language": {"type": "string"}}),
)
_CODE = re.compile(r"[a-z]{2,3}")


@function(effect=Effect.AI, dialect="dtl")
def detect_language(value: String, model: Maybe[String] = None) -> Fallible[String]:
    """Tell a text's language, as a code such as "en" (ISO 639-1, or 639-3 where there is none of two letters).

    Args:
        value: The text; a sentence or more is told safely, a word is not.
        model: An entry of `ai_models`, or a provider's model; the default for language when left out.

    Raises:
        The text is empty.

    Examples:
        A sentence in German:
            >>> detect_language("Der Zug nach Bremen fährt heute nicht.")
            "de"

        No text:
            >>> detect_language("")
            error: the text is empty
    """
    return ask("detect_language", value, model, _PROMPT, _read)  # type: ignore[return-value]


def _read(answer: Any) -> str:
    found = field(answer, "language")
    code = found.strip().lower().replace("_", "-").split("-")[0] if isinstance(found, str) else ""
    if not _CODE.fullmatch(code):
        raise FunctionError(f"the model's answer {found!r} is no language code")
    return code
