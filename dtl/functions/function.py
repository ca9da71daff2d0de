"""A function of the language: its parameters, types, effect, documentation and meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

from dtl.data import frozen
from dtl.functions.docstring import Documentation, Example, read_docstring
from dtl.types.annotations import ClosureShape
from dtl.types.type import UNDEFINED_TYPE, Type
from dtl.values.errors import FunctionError

__all__ = [
    "ABSENT",
    "Arguments",
    "Effect",
    "Example",
    "Function",
    "InvalidArgument",
    "Parameter",
    "Preparation",
    "Result",
    "Signature",
    "Specialization",
]


class Effect(Enum):
    """What a call depends on or touches besides its arguments; `meaning` says it of the function."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Effect:
        """Make a member that also carries its meaning."""
        member = object.__new__(cls)
        member._value_ = value
        member.meaning = meaning
        return member

    PURE = "pure"
    TIME = "time", "reads the clock: two calls may differ"
    RANDOM = "random", "is random: two calls differ"
    STATE = "state", "reads or changes what the host keeps for the event"
    LOG = "log", "writes to the host's log"
    ENVIRONMENT = "environment", "reads the machine's environment; a sandboxed program may not call it"
    NETWORK = "network", "uses the network; a sandboxed program may not call it"
    AI = "ai", "asks a model; calls of many records are batched, shared and remembered"


class _Absent(Enum):
    ABSENT = "absent"


#: Stands for a constant that is not known, or an argument that was not given.
ABSENT: Any = _Absent.ABSENT


class InvalidArgument(FunctionError):
    """An argument's value is refused: at compile time where it is constant, else at run time.

    Attributes:
        code: VRL's number of the inner diagnostic (403 unless the function has another).
        title: The inner diagnostic's title; the message itself when None and the code is not 403.
        parameter: The parameter that is to blame, where the function looks at several.
        received: What to show of the argument, where that is not all of it.
    """

    def __init__(
        self,
        message: str,
        code: int = 403,
        title: str | None = None,
        *,
        parameter: str | None = None,
        received: Any = ABSENT,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.title = title
        self.parameter = parameter
        self.received = received


@frozen
class Parameter:
    """A parameter: its name, the type it takes, whether it must be given.

    `enum` lists the only texts allowed, `offered` those that work where others compile, too; `static` wants a
    constant, `static_items` a literal array or object of constants, `query` a path; `file` names a file that is read.
    """

    name: str
    type: Type
    required: bool
    default: Any = ABSENT
    enum: tuple[str, ...] | None = None
    static: bool = False
    static_items: bool = False
    query: bool = False
    file: bool = False
    offered: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the texts that an editor offers."""
        return self.enum or self.offered


class Result(NamedTuple):
    """What a call gives: a type, and whether it may fail.

    `actual` is the type its value really has, given only where VRL's rule promises more than is true.
    """

    type: Type
    fallible: bool = False
    actual: Type | None = None


@frozen
class Arguments:
    """What is known of a call's arguments when it is compiled, for `typed` and `check` functions.

    Attributes:
        types: The type of each argument given, by parameter name.
        constants: The value of each argument that is constant.
        closure: The type of the closure's body.
        result: The result that the annotation declares.
        tables: Names of the host's enrichment tables; None when they are not known yet.
    """

    types: Mapping[str, Type]
    constants: Mapping[str, Any]
    result: Result
    closure: Type | None = None
    tables: frozenset[str] | None = None

    def given(self, name: str) -> bool:
        """Tell whether an argument was written."""
        return name in self.types

    def type(self, name: str) -> Type:
        """Return an argument's type; undefined when it was not given."""
        return self.types.get(name, UNDEFINED_TYPE)

    def constant(self, name: str, default: Any = ABSENT) -> Any:
        """Return an argument's constant value, or the default."""
        return self.constants.get(name, default)


@frozen
class Preparation:
    """Turns an argument's value into what the evaluator wants, once where the argument is constant.

    `at_compile`: a constant that is refused is a compile error; otherwise the call fails when it runs.
    """

    prepare: Callable[[Any], Any]
    at_compile: bool


@frozen
class Specialization:
    """Makes evaluators for calls of which some arguments are constant (see `Function.specialize`)."""

    parameters: tuple[str, ...]
    make: Callable[..., Callable[..., Any] | None]


class Signature(NamedTuple):
    """What is read from the annotations of a function's evaluator."""

    parameters: tuple[Parameter, ...]
    result: Result
    closure: ClosureShape | None = None
    takes_context: bool = False


class Function:
    """A declared function; calling it calls its evaluator.

    The signature is read from the annotations when it is first asked for: a program that was compiled before runs
    without.
    """

    def __init__(
        self,
        evaluate: Callable[..., Any],
        signature: Callable[[Callable[..., Any]], Signature],
        *,
        effect: Effect = Effect.PURE,
        dialect: str = "vrl",
        intrinsic: bool = False,
        own_checks: frozenset[str] = frozenset(),
        evaluated_last: tuple[str, ...] = (),
        checked_at_once: frozenset[str] = frozenset(),
        checked_last: tuple[str, ...] = (),
        keeps: int = 0,
    ) -> None:
        self.name = evaluate.__name__.rstrip("_")
        self.evaluate = evaluate
        self.effect = effect
        self.category = evaluate.__module__.split(".")[-2] if "." in evaluate.__module__ else ""
        self.dialect = dialect
        self.intrinsic = intrinsic
        self.own_checks = own_checks
        self.evaluated_last = evaluated_last
        self.checked_at_once = checked_at_once
        self.checked_last = checked_last
        self.keeps = keeps
        self.type_rule: Callable[[Arguments], Result | Type] | None = None
        self.checker: Callable[[Arguments], None] | None = None
        self.preparations: dict[str, Preparation] = {}
        self.specialization: Specialization | None = None
        self._read_signature = signature

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Evaluate with these (prepared) arguments."""
        return self.evaluate(*arguments, **named)

    # --- completing a declaration -----------------------------------------------------------------

    def typed(self, rule: Callable[[Arguments], Result | Type]) -> Callable[[Arguments], Result | Type]:
        """Give the rule by which the result's type (and fallibility) follows from the arguments."""
        self.type_rule = rule
        return rule

    def check(self, checker: Callable[[Arguments], None]) -> Callable[[Arguments], None]:
        """Give a compile-time check over several arguments; it raises InvalidArgument."""
        self.checker = checker
        return checker

    def prepare(
        self, parameter: str, at_compile: bool = True
    ) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
        """Give the conversion of one argument: done once when it is constant, else at every call.

        The conversion raises InvalidArgument (or FunctionError) for a value it refuses.
        """
        code = self.evaluate.__code__
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        if all(name.rstrip("_") != parameter for name in names):
            raise TypeError(f"{self.name} has no parameter {parameter!r} to prepare")

        def add(conversion: Callable[[Any], Any]) -> Callable[[Any], Any]:
            self.preparations[parameter] = Preparation(conversion, at_compile)
            return conversion

        return add

    def specialize(
        self, *parameters: str
    ) -> Callable[[Callable[..., Callable[..., Any] | None]], Callable[..., Callable[..., Any] | None]]:
        """Give what makes an evaluator for a call site at which these parameters are constant (or not given).

        It takes their (prepared) values, and returns a function of the other arguments (and, last, the host's context
        if the evaluator takes it) that does exactly what the evaluator does with all of them, only quicker; or None
        where it knows none.
        """

        def add(make: Callable[..., Callable[..., Any] | None]) -> Callable[..., Callable[..., Any] | None]:
            self.specialization = Specialization(parameters, make)
            return make

        return add

    # --- reading it -------------------------------------------------------------------------------

    @cached_property
    def signature(self) -> Signature:
        """Return what the annotations say; read only when asked for."""
        return self._read_signature(self.evaluate)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Return the parameters, in order."""
        return self.signature.parameters

    @property
    def result(self) -> Result:
        """Return the result that is declared."""
        return self.signature.result

    @property
    def closure(self) -> ClosureShape | None:
        """Return what the function expects of its closure, if it takes one."""
        return self.signature.closure

    @property
    def takes_context(self) -> bool:
        """Tell whether the host gives the evaluator its context."""
        return self.signature.takes_context

    @cached_property
    def documentation(self) -> Documentation:
        """Return what the docstring says; read only when asked for."""
        return read_docstring(self.evaluate.__doc__ or "")

    def parameter(self, name: str) -> Parameter | None:
        """Return a parameter by name."""
        return next((known for known in self.parameters if known.name == name), None)

    def resolve(self, arguments: Arguments) -> Result:
        """Return the type and fallibility of a call with such arguments."""
        if self.type_rule is None:
            return self.result
        found = self.type_rule(arguments)
        return found if isinstance(found, Result) else Result(found, self.result.fallible)
