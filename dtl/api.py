"""The public way in: compile a program from text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dtl.check import CheckOptions
from dtl.compiler import Compilation, Options, compile_source
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.diagnostics.render import render
from dtl.functions.registry import Registry
from dtl.functions.standard import standard_library
from dtl.source import Source
from dtl.vm.limits import NO_LIMITS, Limits
from dtl.vm.program import Program


class CompileError(Exception):
    """A program that does not compile; `diagnostics` says why."""

    def __init__(self, source: Source, diagnostics: list[Diagnostic]) -> None:
        self.source = source
        self.diagnostics = diagnostics
        super().__init__(render([found for found in diagnostics if found.is_error], source))


def compile(
    source: str,
    *,
    dialect: str = "dtl",
    functions: Registry | None = None,
    strict: bool = False,
    backend: str = "bytecode",
    timezone: str = "UTC",
    sandbox: bool = False,
    name: str = "",
    optimize: bool = True,
    limits: Limits = NO_LIMITS,
    load: Callable[[str, Source], Source] | None = None,
    tables: Mapping[str, Any] | None = None,
) -> Program:
    """Compile a program.

    Args:
        source: The program's text.
        dialect: "vrl" for exactly Vector Remap Language, "dtl" for it and more.
        functions: Functions of the host's own beside the standard library.
        strict: In dtl, make an unhandled fallible expression an error as VRL does.
        backend: "bytecode", or "interpreter", the slow definition of meaning.
        timezone: The zone of times that are read without an offset, as an IANA name.
        sandbox: Refuse what reaches outside: environment, network, files. A context that a run is given of its own
            must have `sandbox`, too.
        name: How messages call the program, usually its file.
        optimize: Whether optimizer passes run.
        limits: What a run on one record may use up.
        load: Reads a file that the program imports: its name as written, and the source that imports it. Without it
            there is nothing to import.
        tables: Enrichment tables by name; None when they are given to each run, in its context.

    Raises:
        CompileError: The program is not well-formed or not well-typed.
    """
    text = Source(source, name)
    compilation = compile_text(text, dialect, functions, strict, backend, sandbox, optimize, limits, load, tables)
    if compilation.program is None:
        raise CompileError(text, compilation.diagnostics)
    compilation.program.context.timezone = timezone
    compilation.program.context.sandbox = sandbox
    compilation.program.context.tables.update(tables or {})
    return compilation.program


def compile_text(
    text: Source,
    dialect: str = "dtl",
    functions: Registry | None = None,
    strict: bool = False,
    backend: str = "bytecode",
    sandbox: bool = False,
    optimize: bool = True,
    limits: Limits = NO_LIMITS,
    load: Callable[[str, Source], Source] | None = None,
    tables: Mapping[str, Any] | None = None,
) -> Compilation:
    """Compile a source; the result holds every finding, errors or not."""
    registry = standard_library()
    if functions is not None:
        registry = registry.merged(functions)
    names = None if tables is None else frozenset(tables)
    checks = CheckOptions(dialect=dialect, strict=strict, sandbox=sandbox, tables=names, load=load)
    options = Options(checks, backend, optimize, limits)
    return compile_source(text, registry, options)
