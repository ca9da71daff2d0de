"""The compiler in one screen: source to tree to HIR to code to program."""

from __future__ import annotations

from dtl.backends import backend
from dtl.check import CheckOptions, check
from dtl.data import fresh, frozen
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.functions.registry import Registry
from dtl.hir import nodes as hir
from dtl.optimize import optimize
from dtl.source import Source
from dtl.syntax.parser import is_silencing, parse
from dtl.vm.limits import NO_LIMITS, Limits
from dtl.vm.program import Program


@frozen
class Compilation:
    """What became of a source: the program unless there was an error, and every finding."""

    program: Program | None
    diagnostics: list[Diagnostic]
    unit: hir.Unit | None = None


@frozen
class Options:
    """How a source is compiled: the checker's options, the backend, whether passes run, what a run may use up."""

    check: CheckOptions = fresh(factory=CheckOptions)
    backend: str = "bytecode"
    optimize: bool = True
    limits: Limits = NO_LIMITS


def compile_source(source: Source, functions: Registry, options: Options) -> Compilation:
    """Compile a program, or say why not.

    Source -> AST -> HIR -> optimized HIR -> code -> program.
    """
    tree, problems = parse(source, options.check.dialect)
    if options.check.dialect == "vrl" and is_silencing(problems, source):
        return Compilation(None, problems)
    checked = check(tree, source, functions, options.check, problems)
    if checked.unit is None:
        return Compilation(None, checked.diagnostics)
    unit = optimize(checked.unit) if options.optimize else checked.unit
    code = backend(options.backend).emit(unit, source, counted=options.limits.is_counted)
    program = Program(code, checked.diagnostics, checked.event, checked.metadata, limits=options.limits)
    return Compilation(program, checked.diagnostics, unit)
