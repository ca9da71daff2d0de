"""A function's signature as people read it, from its declaration alone."""

from __future__ import annotations

from typing import Any

from dtl.functions.function import ABSENT, Function, Parameter
from dtl.types.annotations import ELEMENT, Element
from dtl.types.show import show
from dtl.types.type import Type, of_kinds
from dtl.values.value import display


def signature(function: Function) -> str:
    """Return `name(a: string, b: integer = 1) -> string`, with `!` where a call can fail."""
    parameters = ", ".join(_parameter(parameter) for parameter in function.parameters)
    closure = f" -> |{', '.join(map(_word, function.closure.parameters))}| {{ }}" if function.closure else ""
    mark = "!" if function.result.fallible else ""
    return f"{function.name}{mark}({parameters}){closure} -> {type_words(function.result.type)}"


def _parameter(parameter: Parameter) -> str:
    text = f"{parameter.name}: {type_words(parameter.type)}"
    if parameter.required:
        return text
    default = default_words(parameter.default)
    return f"{text} = {default}" if default is not None else f"{text}?"


def default_words(default: Any) -> str | None:
    """Return a default as a literal, or None where leaving the argument out means something of its own."""
    return None if default is ABSENT or default is None else display(default)


def type_words(type: Type) -> str:
    """Return a type in the language's words; an enumeration as its texts."""
    if type.texts is not None:
        rest = type.without_kinds(1)
        words = [f'"{text}"' for text in sorted(type.texts)]
        return " | ".join(words if rest.is_never else [*words, show(rest)])
    return show(type)


def _word(part: Element | Type) -> str:
    if isinstance(part, Element):
        return "value" if part is ELEMENT else "key"
    return show(of_kinds(part.kinds))
