"""A program made ready to run, from the cache where it is there."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from dtl.backends import Runnable
from dtl.backends.bytecode.code import Emitted
from dtl.cli.io.programs import load_import
from dtl.data import data, fresh, frozen
from dtl.functions.context import Context
from dtl.functions.standard import standard_library
from dtl.source import Source
from dtl.vm.cache import Cache, key_of
from dtl.vm.limits import NO_LIMITS, Limits

if TYPE_CHECKING:
    from dtl.diagnostics.diagnostic import Diagnostic


@frozen
class Settings:
    """How a program is to be compiled and run."""

    dialect: str = "dtl"
    strict: bool = False
    sandbox: bool = False
    backend: str = "bytecode"
    timezone: str = "UTC"
    limits: Limits = NO_LIMITS


@data
class Compiled:
    """What a run needs of a program."""

    code: Runnable
    context: Context
    limits: Limits = NO_LIMITS


@data
class Preparation:
    """Makes programs ready to run; `cache` is None to compile always."""

    settings: Settings
    cache: str | None
    imports: list[Source] = fresh(factory=list)

    def prepare(self, source: Source) -> tuple[Compiled | None, list[Diagnostic]]:
        """Return a program ready to run, unless there are errors, and all findings."""
        settings = self.settings
        context = Context(timezone=settings.timezone, sandbox=settings.sandbox)
        if self.cache is None or settings.backend != "bytecode":
            code, found = self._compile(source)
            return None if code is None else Compiled(code, context, settings.limits), found
        cache = Cache(self.cache)
        key = key_of(
            source.text, source.name, settings.dialect, settings.strict, settings.sandbox, settings.limits.is_counted
        )
        kept = cache.load(key, source, standard_library().get)
        if kept is not None:
            return Compiled(kept[0], context, settings.limits), kept[1]
        code, found = self._compile(source)
        if isinstance(code, Emitted):
            cache.store(key, code, found, self.imports)
        return None if code is None else Compiled(code, context, settings.limits), found

    def _compile(self, source: Source) -> tuple[Runnable | None, list[Diagnostic]]:
        settings = self.settings
        # The compiler's modules take longer to import than a small run takes: a program from the cache needs none.
        compile_text = import_module("dtl.api").compile_text
        compilation = compile_text(
            source,
            settings.dialect,
            strict=settings.strict,
            backend=settings.backend,
            sandbox=settings.sandbox,
            limits=settings.limits,
            load=None if settings.sandbox else self._load,
        )
        code: Runnable | None = None if compilation.program is None else compilation.program.code
        return code, compilation.diagnostics

    def _load(self, name: str, importer: Source) -> Source:
        source = load_import(name, importer)
        self.imports.append(source)
        return source
