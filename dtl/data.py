"""Classes of plain data: what `dataclasses` makes of them, without what that costs when a module is imported.

`dataclass` writes and compiles the methods of a class when the class is made, which takes most of the time of
importing modules of small classes, and every start of the command pays that. Here the methods are the same, but
each is written when it is first called. `dataclasses.fields` and `replace` work as they do with dataclasses.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, TypeVar, dataclass_transform

_Kind = TypeVar("_Kind")


class _Fresh:
    """A default that is made anew for each object."""

    __slots__ = ("factory",)

    def __init__(self, factory: Callable[[], Any]) -> None:
        self.factory = factory


def fresh(*, factory: Callable[[], Any]) -> Any:
    """Return the default of a field that is made anew for each object."""
    return _Fresh(factory)


@dataclass_transform(field_specifiers=(fresh,))
def data(kind: type[_Kind]) -> type[_Kind]:
    """Make a class one of plain data with slots, as `dataclass(slots=True)` does."""
    return _made(kind, {"__init__": _first_init, "__eq__": _first_eq, "__hash__": None})


@dataclass_transform(frozen_default=True, field_specifiers=(fresh,))
def frozen(kind: type[_Kind]) -> type[_Kind]:
    """Make a class one of plain data with slots that never changes, as `dataclass(frozen=True, slots=True)` does."""
    methods = {
        "__init__": _first_init,
        "__eq__": _first_eq,
        "__hash__": _first_hash,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
    }
    return _made(kind, methods)


def _made(kind: type[_Kind], methods: dict[str, Any]) -> type[_Kind]:
    """Return a class made again, with slots, what `dataclasses` must know of it, and the methods it lacks."""
    own = vars(kind)
    types: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    for base in reversed(kind.__mro__[1:]):
        if "_field_types" in vars(base):
            types.update(vars(base)["_field_types"])
            defaults.update(vars(base)["_field_defaults"])
    inherited = set(types)
    annotations = own.get("__annotations__", {})
    types.update({name: type for name, type in annotations.items() if not str(type).startswith("ClassVar")})
    defaults.update({name: own[name] for name in types if name in own})
    body = {name: value for name, value in own.items() if name not in types and name not in ("__dict__", "__weakref__")}
    for name, method in (*methods.items(), ("__repr__", _show)):
        # A class that defines `__eq__` alone is given the hash None by Python.
        if name not in own or (name == "__hash__" and own[name] is None):
            body[name] = method
    body["__slots__"] = tuple(name for name in annotations if name in types and name not in inherited)
    body["__match_args__"] = tuple(types)
    body["__getstate__"] = _state
    body["__setstate__"] = _set_state
    body["__dataclass_fields__"] = _Fields()
    body["_field_types"] = types
    body["_field_defaults"] = defaults
    metaclass: Any = type(kind)
    made: Any = metaclass(kind.__name__, kind.__bases__, body)
    made.__qualname__ = kind.__qualname__
    return made  # type: ignore[no-any-return]


@cache
def _specimen() -> tuple[Callable[[Any], Any], Any, Any]:
    """Return what copies a field, what stands for no default, and a field to copy."""
    # Not every run asks for fields, and the module takes long to import.
    dataclasses = import_module("dataclasses")
    (field,) = dataclasses.fields(dataclasses.make_dataclass("Specimen", ["field"]))
    return import_module("copy").copy, dataclasses.MISSING, field


class _Fields:
    """The fields of a class as `dataclasses` wants them, made when they are asked for."""

    def __get__(self, _instance: object, owner: Any) -> dict[str, Any]:
        copy, missing, specimen = _specimen()
        found = {}
        for name, type_ in owner._field_types.items():
            field = found[name] = copy(specimen)
            field.name, field.type = name, type_
            default = owner._field_defaults.get(name, missing)
            field.default = missing if isinstance(default, _Fresh) else default
            field.default_factory = default.factory if isinstance(default, _Fresh) else missing
        owner.__dataclass_fields__ = found
        return found


def _owner(instance: object, method: str, first: Callable[..., Any]) -> Any:
    """Return the class whose method is to be written."""
    return next(kind for kind in type(instance).__mro__ if vars(kind).get(method) is first)


def _write(kind: Any, method: str, text: str, names: dict[str, Any]) -> None:
    """Compile a method and give it to its class."""
    exec(text, names)
    made = names[method]
    made.__qualname__ = f"{kind.__qualname__}.{method}"
    setattr(kind, method, made)


def _first_init(self: Any, *arguments: Any, **named: Any) -> None:
    kind = _owner(self, "__init__", _first_init)
    names: dict[str, Any] = {}
    parameters, lines = ["self"], []
    is_frozen = kind.__setattr__ is _refuse_to_set
    for name in kind._field_types:
        parameter, value = name, name
        if name in kind._field_defaults:
            default = names[f"d_{name}"] = kind._field_defaults[name]
            parameter = f"{name}=d_{name}"
            if isinstance(default, _Fresh):
                names[f"f_{name}"] = default.factory
                value = f"f_{name}() if {name} is d_{name} else {name}"
        parameters.append(parameter)
        if is_frozen:  # past the class's own refusal
            names[f"s_{name}"] = getattr(kind, name).__set__
            lines.append(f" s_{name}(self, {value})")
        else:
            lines.append(f" self.{name} = {value}")
    _write(kind, "__init__", f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines or [" pass"]), names)
    self.__init__(*arguments, **named)


def _first_eq(self: Any, other: Any) -> Any:
    kind = _owner(self, "__eq__", _first_eq)
    here, there = _tuple_of(kind, "self"), _tuple_of(kind, "other")
    text = (
        f"def __eq__(self, other):\n return {here} == {there} if self.__class__ is other.__class__ else NotImplemented"
    )
    _write(kind, "__eq__", text, {})
    return kind.__eq__(self, other)


def _first_hash(self: Any) -> int:
    kind = _owner(self, "__hash__", _first_hash)
    _write(kind, "__hash__", f"def __hash__(self):\n return hash({_tuple_of(kind, 'self')})", {})
    return hash(self)


def _tuple_of(kind: Any, instance: str) -> str:
    """Return the text of a tuple of an object's fields."""
    return "(" + "".join(f"{instance}.{name}, " for name in kind._field_types) + ")"


def _show(self: Any) -> str:
    parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._field_types)
    return f"{type(self).__qualname__}({parts})"


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self._field_types]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(self._field_types, state, strict=True):
        object.__setattr__(self, name, value)


def _refuse_to_set(self: Any, name: str, _value: Any) -> None:
    raise _refusal(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:
    raise _refusal(f"cannot delete field {name!r}")


def _refusal(message: str) -> AttributeError:
    # A mistake in the code that calls: no run needs the module.
    refusal: AttributeError = import_module("dataclasses").FrozenInstanceError(message)
    return refusal
