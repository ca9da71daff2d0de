"""Classes of plain data behave as dataclasses do."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest

from dtl.data import data, fresh, frozen


@frozen
class Point:
    """A frozen class with defaults of both sorts."""

    x: int
    names: dict[str, int] = fresh(factory=dict)
    label: str = "here"

    @property
    def double(self) -> int:
        """Return twice the field."""
        return 2 * self.x


@data
class Base:
    """A class to inherit from."""

    a: int


@data
class Derived(Base):
    """A class that adds a field."""

    b: int = 3


def test_objects_are_made_compared_and_shown_by_their_fields() -> None:
    assert Point(1) == Point(1, {}, label="here") != Point(2)
    assert Point(1) != 1
    assert Point(1).names is not Point(1).names
    assert repr(Point(1)) == "Point(x=1, names={}, label='here')"
    assert Point(2).double == 4
    assert hash(Point(1, ())) == hash(Point(1, ()))  # type: ignore[arg-type]


def test_frozen_objects_never_change() -> None:
    point = Point(1)
    with pytest.raises(FrozenInstanceError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del point.x


def test_other_objects_change_and_have_no_hash() -> None:
    derived = Derived(1)
    derived.b = 5
    assert derived == Derived(1, 5)
    assert Base(1) != Derived(1)
    with pytest.raises(TypeError):
        hash(derived)


def test_an_argument_that_is_missing_is_told() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]


def test_what_dataclasses_does_works() -> None:
    assert is_dataclass(Point)
    assert [(field.name, field.type) for field in fields(Point)] == [  # type: ignore[arg-type]
        ("x", "int"),
        ("names", "dict[str, int]"),
        ("label", "str"),
    ]
    assert replace(Point(1), x=5) == Point(5)  # type: ignore[type-var]
    assert replace(Derived(1), a=2) == Derived(2)  # type: ignore[type-var]
    match Point(7):
        case Point(x):
            assert x == 7


def test_objects_are_copied_and_pickled() -> None:
    point = Point(1, {"a": 2})
    assert copy.copy(point) == point == copy.deepcopy(point)
    assert copy.deepcopy(point).names is not point.names
    state = Point.__getstate__(point)
    assert state == [1, {"a": 2}, "here"]
    assert pickle.loads(pickle.dumps(Derived(1))) == Derived(1)
