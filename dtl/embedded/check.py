"""Check the programs of a file: findings with places in the file itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from dtl.check import Checked, CheckOptions, check
from dtl.diagnostics.diagnostic import Diagnostic, Label, Severity
from dtl.embedded.environment import filled_in
from dtl.embedded.find import Host
from dtl.embedded.program import Embedded
from dtl.functions.registry import Registry
from dtl.source import Source, Span
from dtl.syntax import nodes
from dtl.syntax.parser import is_silencing, parse
from dtl.types.type import BOOLEAN, NEVER

_SECRET = re.compile(r"SECRET\[([A-Za-z0-9_]+)\.[^\]\n]*\]")

Load = Callable[[str, Source], Source]


def check_host(host: Host, functions: Registry, *, strict: bool = False, load: Load | None = None) -> list[Diagnostic]:
    """Return what is wrong with a file and with each of its programs, in the file's order."""
    found = list(host.problems)
    for program in host.programs:
        options = CheckOptions(dialect=program.dialect, strict=strict, tables=host.tables, load=load)
        found += [program.in_file(each) for each in check_program(program, functions, options)]
        found += [program.in_file(each) for each in unknown_secrets(program, host)]
    return found


def check_program(program: Embedded, functions: Registry, options: CheckOptions) -> list[Diagnostic]:
    """Return what is wrong with one program, with places in the program."""
    source = program.source
    if program.dialect == "vrl":
        text = filled_in(source.text)
        if text is None:
            return []
        source = Source(text, source.name)
    tree, problems = parse(source, program.dialect, program.start)
    if program.dialect == "vrl" and is_silencing(problems, source):
        return problems
    checked = check(tree, source, functions, options, problems)
    return [*checked.diagnostics, *never_boolean(program, tree, checked)]


def never_boolean(program: Embedded, tree: nodes.Program, checked: Checked) -> list[Diagnostic]:
    """Return that a condition gives no boolean, if that is so for sure."""
    if program.start != "condition" or checked.unit is None:
        return []
    type = checked.unit.body.type
    if type is NEVER or type.kinds & BOOLEAN:
        return []
    label = Label(tree.body[-1].span if tree.body else Span(0, 0), "this is never a boolean")
    return [Diagnostic(1702, "a condition must be a boolean", (label,))]


def unknown_secrets(program: Embedded, host: Host) -> list[Diagnostic]:
    """Return the references to secrets of a backend that the file does not declare, where it declares any."""
    if host.secrets is None:
        return []
    known = ", ".join(sorted(host.secrets)) or "none"
    return [
        Diagnostic(
            1701,
            "unknown backend of secrets",
            (Label(Span(*found.span(1)), f'no backend "{found.group(1)}"'),),
            (f"the file declares: {known}",),
            severity=Severity.WARNING,
        )
        for found in _SECRET.finditer(program.source.text)
        if found.group(1) not in host.secrets
    ]
