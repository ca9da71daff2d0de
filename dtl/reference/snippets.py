"""What an editor writes by itself: the language's forms, and a call of every function."""

from __future__ import annotations

import re
from typing import Any

from dtl.functions.function import Function, Parameter
from dtl.functions.registry import Registry
from dtl.types.show import show

# prefix, what it is for, lines, whether only dialect dtl has it
_FORMS: tuple[tuple[str, str, tuple[str, ...], bool], ...] = (
    ("if", "Choose by a condition", ('if ${1:.level == "error"} {', "\t$0", "}"), False),
    ("ifelse", "Choose between two blocks", ("if ${1:exists(.field)} {", "\t$2", "} else {", "\t$0", "}"), False),
    (
        "iferr",
        "Take a result and its error, and handle the error",
        (
            "${1:parsed}, ${2:err} = ${3:parse_json}(${4:.message})",
            "if ${2:err} != null {",
            "\t${5:.error = ${2:err}}",
            "}",
        ),
        False,
    ),
    ("or", "Fall back where a call fails", ("${1:.field} = ${2:parse_json}(${3:.message}) ?? ${4:null}",), False),
    ("parsejson", "Replace the event by the JSON in a field", (". = object!(parse_json!(.${1:message}))",), False),
    (
        "mergejson",
        "Add the JSON in a field to the event",
        (". = merge(., object!(parse_json!(.${1:message})))",),
        False,
    ),
    (
        "foreach",
        "Do something with each entry of an object or array",
        ("for_each(${1:.items}) -> |${2:index}, ${3:item}| {", "\t$0", "}"),
        False,
    ),
    ("mapvalues", "Change each value", ("${1:.tags} = map_values(${1:.tags}) -> |${2:value}| {", "\t$0", "}"), False),
    (
        "filterby",
        "Keep some entries",
        ("${1:.tags} = filter(${1:.tags}) -> |${2:_}, ${3:value}| {", "\t$0", "}"),
        False,
    ),
    ("abortif", "Drop the event on a condition", ('if ${1:.level == "debug"} {', "\tabort", "}"), False),
    ("rename", "Move a field", (".${1:new} = del(.${2:old})",), False),
    (
        "redact",
        "Hide secrets in a field",
        (".${1:message} = redact(.${1:message}, filters: [${2:r'\\d{4\\}'}])",),
        False,
    ),
    (
        "match",
        "Choose by value",
        ("match ${1:.level} {", '\t${2:"error"} => ${3:1},', "\t_ => ${0:0},", "}"),
        True,
    ),
    ("fn", "Declare a function", ("fn ${1:name}(${2:value}) {", "\t$0", "}"), True),
    ("for", "Loop over an array or object", ("for ${1:item} in ${2:.items} {", "\t$0", "}"), True),
    ("while", "Loop as long as a condition holds", ("while ${1:count < 10} {", "\t$0", "}"), True),
    ("try", "Handle what fails in a block", ("try {", "\t$1", "} catch ${2:err} {", "\t$0", "}"), True),
    ("import", "Use functions of another file", ('import { ${2:name} } from "${1:./shared.dtl}"',), True),
)


def forms(dialect: str) -> dict[str, Any]:
    """Return the snippets of a dialect's forms, as an editor reads them."""
    return {
        meaning: {"prefix": prefix, "body": list(lines), "description": meaning}
        for prefix, meaning, lines, is_dtl in _FORMS
        if dialect == "dtl" or not is_dtl
    }


def calls(dialect: str, functions: Registry) -> list[dict[str, str]]:
    """Return each function of a dialect: its name, a call as a snippet, its signature, and what it does."""
    found = []
    for name in functions.names(dialect):
        function = functions.get(name, dialect)
        if function is not None:
            summary = function.documentation.summary
            found.append(
                {
                    "name": name,
                    "snippet": call(name, function),
                    "signature": signature(name, function),
                    "summary": summary if name == function.name else f"{summary} Another name of `{function.name}`.",
                }
            )
    return found


def call(name: str, function: Function) -> str:
    """Return a call with a place for each argument that must be given, with `!` where it can fail."""
    required = [parameter for parameter in function.parameters if parameter.required]
    arguments = ", ".join(_argument(number, parameter) for number, parameter in enumerate(required, 1))
    bang = "!" if function.result.fallible else ""
    return f"{name}{bang}({arguments}){_closure(function, len(required))}"


def signature(name: str, function: Function) -> str:
    """Return a function's head: its parameters with types, and the type of its result."""
    parameters = ", ".join(
        f"{parameter.name}{'' if parameter.required else '?'}: {show(parameter.type)}"
        for parameter in function.parameters
    )
    return f"{name}{'!' if function.result.fallible else ''}({parameters}) -> {show(function.result.type)}"


def _argument(number: int, parameter: Parameter) -> str:
    if parameter.enum:
        choices = ",".join(re.sub(r"([\\,|}$])", r"\\\1", f'"{text}"') for text in parameter.enum)
        return f"${{{number}|{choices}|}}"
    return f"${{{number}:{parameter.name}}}"


def _closure(function: Function, count: int) -> str:
    if function.closure is None:
        return ""
    names = ("value",) if len(function.closure.parameters) == 1 else ("key", "value")
    bars = ", ".join(f"${{{count + number}:{name}}}" for number, name in enumerate(names, 1))
    return f" -> |{bars}| {{\n\t$0\n}}"
