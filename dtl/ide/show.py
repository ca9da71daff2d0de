"""Types, functions and their documentation as an editor shows them, in Markdown."""

from __future__ import annotations

import re
from typing import Any

from dtl.functions.function import ABSENT, Function, Parameter
from dtl.syntax import nodes
from dtl.types.show import show, show_key
from dtl.types.type import ALL, ARRAY, NULL, OBJECT, STRING, UNDEFINED, Type
from dtl.values.encode import to_json

# Fields of an object shown one by one in a hover.
_FIELDS = 12
# Texts of an enumeration shown one by one.
_TEXTS = 12
# Defaults that mean "no limit" and would only confuse.
_ENDLESS = (2**63 - 1, 2**31 - 1, 2**32 - 1)


def show_type(type: Type) -> str:
    """Return a type in one line: `string or null`, `"a" | "b"`; a place that may be empty reads as null."""
    if type.kinds & UNDEFINED and type.kinds != ALL:
        type = type.without_kinds(UNDEFINED).with_kinds(NULL) if type.kinds != UNDEFINED else Type(NULL)
    if type.texts and len(type.texts) <= _TEXTS:
        listed = " | ".join(f'"{text}"' for text in sorted(type.texts))
        rest = type.without_kinds(STRING)
        return listed if rest.is_never else f"{listed} or {show(rest)}"
    if type.kinds == ARRAY and type.array is not None and not type.array.known:
        element = type.array.parts_type
        return "array" if element.kinds in (ALL, ALL & ~UNDEFINED) or element.is_never else f"[{show_type(element)}]"
    return show(type)


def show_shape(type: Type, indent: str = "") -> str:
    """Return a type with an object's fields one to a line."""
    known = type.object.known if type.kinds & OBJECT and type.object is not None else {}
    if not known:
        return show_type(type)
    lines = [
        f"{indent}  {show_key(key)}: {show_type(part)},"
        for key, part in sorted(known.items(), key=lambda row: str(row[0]))[:_FIELDS]
    ]
    if len(known) > _FIELDS:
        lines.append(f"{indent}  … {len(known) - _FIELDS} more")
    rest = type.without_kinds(OBJECT | UNDEFINED)
    return "{\n" + "\n".join(lines) + f"\n{indent}}}" + ("" if rest.is_never else f" or {show_type(rest)}")


def show_parameter(parameter: Parameter) -> str:
    """Return `name: type`, with `?` where it may be left out, or its default."""
    kinds = (
        " | ".join(f'"{text}"' for text in parameter.enum)
        if parameter.enum and len(parameter.enum) <= 6
        else show_type(parameter.type)
    )
    if parameter.required:
        return f"{parameter.name}: {kinds}"
    if parameter.default is ABSENT or parameter.default is None or parameter.default in _ENDLESS:
        return f"{parameter.name}?: {kinds}"
    return f"{parameter.name}: {kinds} = {show_default(parameter.default)}"


def show_default(value: Any) -> str:
    """Return a default as code."""
    try:
        return to_json(value)
    except (TypeError, ValueError):
        return str(value)


def signature(function: Function) -> tuple[str, list[tuple[int, int]]]:
    """Return a function's head, and where in it each parameter stands."""
    text = f"{function.name}("
    places = []
    for index, parameter in enumerate(function.parameters):
        shown = show_parameter(parameter)
        text += ", " if index else ""
        places.append((len(text), len(text) + len(shown)))
        text += shown
    text += ")"
    if function.closure is not None:
        text += f" -> |{', '.join(closure_names(function))}| {{ … }}"
    return f"{text} -> {show_type(function.result.type)}", places


def closure_names(function: Function) -> list[str]:
    """Return names for a closure's parameters."""
    shape = function.closure
    if shape is None:
        return []
    known = {"key": "key", "element": "value"}
    names = [known.get(getattr(each, "of", ""), "value") for each in shape.parameters]
    if names == ["key", "value"] and function.name in ("for_each", "filter", "map_values"):
        return names
    return [name if names.count(name) == 1 else f"{name}{index + 1}" for index, name in enumerate(names)]


def user_signature(node: nodes.Function, result: Type | None = None) -> tuple[str, list[tuple[int, int]]]:
    """Return a user function's head, and where in it each parameter stands."""
    text = f"fn {node.name.text}("
    places = []
    for index, parameter in enumerate(node.parameters):
        shown = parameter.name.text
        if parameter.type is not None:
            shown += f": {parameter.type.text}"
        if parameter.default is not None:
            shown += " = …"
        text += ", " if index else ""
        places.append((len(text), len(text) + len(shown)))
        text += shown
    text += ")"
    if node.result is not None:
        text += f" -> {node.result.text}"
    elif result is not None:
        text += f" -> {show_type(result)}"
    return text, places


def function_page(function: Function, *, is_brief: bool = False) -> str:
    """Return a function's documentation: summary, usage, parameters, failures, examples."""
    found = function.documentation
    parts = [found.summary]
    if found.usage:
        parts.append(found.usage)
    if is_brief:
        return "\n\n".join(parts)
    if found.arguments:
        parts.append("\n".join(f"- `{name}`: {text}" for name, text in found.arguments.items()))
    if function.result.fallible or found.raises:
        reasons = [re.sub(r"\s+", " ", reason) for reason in found.raises]
        parts.append("Fails if:\n\n" + "\n".join(f"- {reason}" for reason in reasons) if reasons else "Can fail.")
    if function.effect.meaning:
        parts.append(f"This function {function.effect.meaning}.")
    if function.dialect == "dtl":
        parts.append("Only in dialect dtl.")
    for example in found.examples[:2]:
        parts.append(f"{example.title}\n\n```dtl\n{example.source}\n# = {example.result}\n```")
    return "\n\n".join(parts)
