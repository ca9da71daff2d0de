"""The reference pages of the functions, from their declarations and docstrings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dtl.functions.function import Example, Function, Parameter
from dtl.reference.signature import default_words, signature, type_words


def function_page(function: Function) -> str:
    """Return a function's page in Markdown."""
    documentation = function.documentation
    parts = [f"# {function.name}", documentation.summary, f"```text\n{signature(function)}\n```"]
    if documentation.usage:
        parts.append(documentation.usage)
    if function.dialect == "dtl":
        parts.append("Dialect dtl only.")
    if function.effect.meaning:
        parts.append(f"It {function.effect.meaning}.")
    if function.parameters:
        rows = "\n".join(_row(function, parameter) for parameter in function.parameters)
        parts.append(f"## Parameters\n\n| name | type | | meaning |\n|---|---|---|---|\n{rows}")
    if documentation.raises:
        parts.append("## Errors\n\n" + "\n".join(f"- {reason}" for reason in documentation.raises))
    if documentation.examples:
        parts.append("## Examples\n\n" + "\n\n".join(_example(example) for example in documentation.examples))
    return "\n\n".join(parts) + "\n"


def _row(function: Function, parameter: Parameter) -> str:
    need = "required" if parameter.required else _default(parameter)
    text = function.documentation.arguments.get(parameter.name, "")
    if parameter.enum is not None:
        text += " One of " + ", ".join(f"`{value}`" for value in parameter.enum) + "."
    if parameter.static or parameter.static_items or parameter.enum is not None:
        text += " Must be a constant."
    if parameter.file:
        text += " A sandboxed program may not give it."
    cells = (f"`{parameter.name}`", type_words(parameter.type), need, text.replace("|", "\\|"))
    return "| " + " | ".join(cells) + " |"


def _default(parameter: Parameter) -> str:
    words = default_words(parameter.default)
    return "optional" if words is None else f"`{words}`"


def _example(example: Example) -> str:
    label = "fails with" if example.error is not None else "gives"
    shown = example.error if example.error is not None else example.result
    return f"{example.title}:\n\n```dtl\n{example.source}\n```\n\n{label}\n\n```text\n{shown}\n```"


def function_index(functions: Iterable[Function]) -> str:
    """Return the page that lists all functions by category."""
    by_category: dict[str, list[Function]] = defaultdict(list)
    for function in functions:
        by_category[function.category].append(function)
    parts = ["# Functions", "`dtl docs NAME` prints the page of one."]
    for category in sorted(by_category):
        rows = "\n".join(
            f"- [`{function.name}`]({function.name}.md): {function.documentation.summary}"
            for function in sorted(by_category[category], key=lambda each: each.name)
        )
        parts.append(f"## {category}\n\n{rows}")
    return "\n\n".join(parts) + "\n"
