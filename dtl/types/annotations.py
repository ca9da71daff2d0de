"""The words of a stdlib signature: what its annotations mean to the checker.

    def split(value: String, pattern: String | Regex, limit: Integer = ...) -> list[String]: ...

A return type may also be `list[String]`, `dict[str, Integer]`, `tuple[String, Integer]` or a `TypedDict`
(`NotRequired` fields may be absent); `Literal["a", "b"]` on a parameter is an enumeration.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from typing import Annotated, Any, Literal, NotRequired, TypeVar

from dtl.data import frozen
from dtl.types.type import (
    ALL,
    ANY,
    ARRAY,
    BOOLEAN,
    FLOAT,
    INTEGER,
    JSON,
    NEVER,
    NULL,
    OBJECT,
    REGEX,
    STRING,
    TIMESTAMP,
    UNDEFINED,
    Type,
    array_of,
    map_of,
    object_of,
    of_kinds,
    tuple_of,
)
from dtl.values.regex import Regex as RegexValue
from dtl.values.timestamp import Timestamp as TimestampValue

T = TypeVar("T")


@frozen
class Of:
    """Marks a Python type as standing for kinds of value."""

    kinds: int


@frozen
class Mark:
    """Marks what Python's types cannot say: see the names below."""

    word: str


@frozen
class Element:
    """The type of a closure parameter that depends on the iterated value: its keys or its elements."""

    of: Literal["key", "element"]


KEY = Element("key")
ELEMENT = Element("element")


@frozen
class ClosureShape:
    """What a function expects of its closure.

    Attributes:
        parameters: What each parameter is given: a type, or the keys or elements of the iterated argument.
        result: The kinds that the body may give.
        over: The parameter that is iterated.
        partial: Whether a closure may name only the last parameters (dtl functions).
    """

    parameters: tuple[Element | Type, ...]
    result: int = ALL
    over: str = "value"
    partial: bool = False


@frozen
class Offered:
    """Texts that an argument is one of, where others fail only at run time: an editor offers them."""

    words: tuple[str, ...]


FALLIBLE = Mark("fallible")
STATIC = Mark("static")
STATIC_ITEMS = Mark("static items")
QUERY = Mark("query")
JSON_MARK = Mark("json")
FILE = Mark("file")
MAYBE = Mark("maybe")

String = Annotated[str, Of(STRING)]
Integer = Annotated[int, Of(INTEGER)]
Float = Annotated[float, Of(FLOAT)]
Boolean = Annotated[bool, Of(BOOLEAN)]
Timestamp = Annotated[TimestampValue, Of(TIMESTAMP)]
Regex = Annotated[RegexValue, Of(REGEX)]
Null = Annotated[None, Of(NULL)]
Array = Annotated[list[Any], Of(ARRAY)]
Object = Annotated[dict[str, Any], Of(OBJECT)]
AnyValue = Annotated[Any, Of(ALL)]
Json = Annotated[Any, JSON_MARK]

#: The call may fail with a FunctionError.
Fallible = Annotated[T, FALLIBLE]
#: The argument must be a constant (E400 "literal" otherwise).
Static = Annotated[T, STATIC]
#: The argument must be an array or object literal with constant elements (E400, E402 otherwise).
StaticItems = Annotated[T, STATIC_ITEMS]
#: The argument may be left out, and is None then; null is none of its values.
Maybe = Annotated[T | None, MAYBE]
#: The argument names a file that is read: a sandboxed program may not give it (E1500).
File = Annotated[T, FILE]


@frozen
class Reference:
    """What a `Query` parameter receives: the root value and the path into it."""

    root: Any
    path: tuple[str | int, ...]


#: The argument must be a path (E400 "query" otherwise); the evaluator gets a Reference.
Query = Annotated[Reference, Of(ALL), QUERY]
ClosureFunction = Callable[..., Any]


def marks_of(annotation: Any) -> tuple[Any, ...]:
    """Return the marks on an annotation."""
    return getattr(annotation, "__metadata__", ())


def enum_of(annotation: Any) -> tuple[str, ...] | None:
    """Return the values of an enumeration annotation."""
    if MAYBE in marks_of(annotation):
        return enum_of(typing.get_args(annotation.__origin__)[0])
    if typing.get_origin(annotation) is Annotated:
        return enum_of(annotation.__origin__)
    return typing.get_args(annotation) if typing.get_origin(annotation) is Literal else None


def offered_of(annotation: Any) -> tuple[str, ...]:
    """Return the texts that an annotation says an argument is one of, though others compile."""
    return next((mark.words for mark in marks_of(annotation) if isinstance(mark, Offered)), ())


def type_of(annotation: Any) -> Type:
    """Return the type that an annotation stands for."""
    for mark in marks_of(annotation):
        if isinstance(mark, Of):
            return of_kinds(mark.kinds)
        if mark is JSON_MARK:
            return JSON
        if mark is MAYBE:
            return type_of(annotation.__origin__).without_kinds(NULL)
    origin = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    if origin is Annotated:
        return type_of(annotation.__origin__)
    if origin is typing.Union or origin is types.UnionType:
        result = NEVER
        for argument in arguments:
            result = result | type_of(argument)
        return result
    if origin is Literal:
        kinds = {str: STRING, int: INTEGER, bool: BOOLEAN, type(None): NULL}
        result = NEVER
        for value in arguments:
            texts = frozenset((value,)) if isinstance(value, str) else None
            result = result | Type(kinds[type(value)], texts=texts)
        return result
    if origin is list:
        return array_of(type_of(arguments[0]))
    if origin is dict:
        return map_of(type_of(arguments[1]))
    if origin is tuple:
        return tuple_of([type_of(argument) for argument in arguments])
    if typing.is_typeddict(annotation):
        hints = typing.get_type_hints(annotation, include_extras=True)
        return object_of({name: _field_type(hint) for name, hint in hints.items()})
    plain = {None: NULL, type(None): NULL, str: STRING, int: INTEGER, float: FLOAT, bool: BOOLEAN}
    if annotation in plain:
        return Type(plain[annotation])
    if annotation is typing.Never or annotation is typing.NoReturn:
        return NEVER
    if annotation is Any:
        return ANY
    raise TypeError(f"{annotation!r} is not the annotation of a type")


def _field_type(hint: Any) -> Type:
    if typing.get_origin(hint) is NotRequired:
        return type_of(typing.get_args(hint)[0]).with_kinds(UNDEFINED)
    return type_of(hint)
