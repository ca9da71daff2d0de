"""The `llm_extract` function."""

from dataclasses import dataclass, field
from typing import Any

from dtl.ai.request import Prompt
from dtl.functions import ABSENT, Arguments, Effect, FunctionError, Result, function
from dtl.types.annotations import Fallible, Maybe, Object, String
from dtl.types.type import ANY_OBJECT

from ._ask import ask, checked, structured
from ._schema import schema_of, type_of


@dataclass(frozen=True)
class _Wanted:
    """A schema, made ready once, and the prompts for it by instruction."""

    schema: dict[str, Any]
    prompts: dict[str, Prompt] = field(default_factory=dict, compare=False)

    def prompt(self, instruction: str) -> Prompt:
        """Return the prompt for an instruction."""
        found = self.prompts.get(instruction)
        if found is None:
            told = "Fill the fields of the schema from the text, with what it says and nothing else."
            found = structured(f"{told} {instruction}".strip(), self.schema)
            if len(self.prompts) < 1000:  # instructions may come from the records: they are not kept without end
                self.prompts[instruction] = found
        return found

    def read(self, answer: Any) -> Any:
        """Return an answer that follows the schema."""
        return checked(answer, self.schema)


@function(effect=Effect.AI, dialect="dtl")
def llm_extract(
    value: String,
    schema: Object,
    instruction: String = "",
    model: Maybe[String] = None,
) -> Fallible[Object]:
    """Fill an object from a text.

    The schema is JSON schema, or short: an object of fields with "string", "integer", "number", "boolean",
    "array<...>", "a|b|c" for one of these texts, "...?" for what may be null, or again an object. Where it is constant,
    it is the type of the result.

    Args:
        value: The text.
        schema: The fields wanted.
        instruction: What to mind.
        model: An entry of `ai_models`, or a provider's model; the default for language when left out.

    Raises:
        The text is empty.

        The schema is neither JSON schema nor the short form.

    Examples:
        An address:
            >>> llm_extract("Write to ann@example.org.", schema: { "email": "string" })
            { "email": "ann@example.org" }

        No text:
            >>> llm_extract("", schema: { "email": "string" })
            error: the text is empty

        No such type:
            >>> llm_extract("A text", schema: set!({}, ["email"], "adress"))
            error: "schema.email" has the unknown type 'adress'
    """
    wanted = schema if isinstance(schema, _Wanted) else _schema(schema)
    options = {"schema": wanted.schema, "instruction": instruction}
    return ask("llm_extract", value, model, wanted.prompt(instruction), wanted.read, options)  # type: ignore[return-value]


@llm_extract.prepare("schema")
def _schema(value: Any) -> _Wanted:
    return _Wanted(schema_of(value))


@llm_extract.typed
def _result(arguments: Arguments) -> Result:
    given = arguments.constant("schema")
    if given is ABSENT:
        return Result(ANY_OBJECT, True)
    try:
        return Result(type_of(schema_of(given)), True)
    except FunctionError:
        return Result(ANY_OBJECT, True)
