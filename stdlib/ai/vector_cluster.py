"""The `vector_cluster` function."""

from typing import Any

from dtl.functions import FunctionError, InvalidArgument, function
from dtl.types.annotations import Array, Fallible, Integer
from dtl.values.value import describe

from ._vectors import same_size, vector

_ROUNDS = 50
_MOST = 1000


@function(dialect="dtl")
def vector_cluster(value: Array, clusters: Integer = 2) -> Fallible[list[Integer]]:
    """Divide vectors into groups of neighbours and give each one's group, numbered from 0 as they come.

    The method is k-means with the most distant vectors as first centres, so that the same vectors always give the
    same groups. There are fewer groups than asked for when there are fewer different vectors.

    Args:
        value: An array of vectors of one dimension.
        clusters: How many groups, 1 to 1,000.

    Raises:
        An element is no vector, or the dimensions differ.

        `clusters` is out of range.

    Examples:
        Two heaps:
            >>> vector_cluster!([[0.0, 0.1], [5.0, 5.1], [0.1, 0.0]], clusters: 2)
            [0, 1, 0]

        Different dimensions:
            >>> vector_cluster!([[1.0], [1.0, 2.0]])
            error: the vectors have different dimensions: 1 and 2

        No group:
            >>> vector_cluster!([[1.0]], clusters: to_int!("0"))
            error: "clusters" must be from 1 to 1000, got 0
    """
    points = [_point(each, index) for index, each in enumerate(value)]
    for point in points:
        same_size(points[0], point)
    return _numbered(_groups(points, clusters)) if points else []


@vector_cluster.prepare("clusters")
def _clusters(value: int) -> int:
    if not 1 <= value <= _MOST:
        raise InvalidArgument(f'"clusters" must be from 1 to {_MOST}, got {value}')
    return value


def _point(value: Any, index: int) -> list[float]:
    if not isinstance(value, list):
        raise FunctionError(f"vectors must be arrays, got {describe(value)} at index {index}")
    return list(map(float, vector(value, f"[{index}]")))


def _groups(points: list[list[float]], count: int) -> list[int]:
    centres = _first_centres(points, count)
    groups: list[int] = []
    for _ in range(_ROUNDS):
        found = [min(range(len(centres)), key=lambda at: _distance(point, centres[at])) for point in points]
        if found == groups:
            break
        groups = found
        for at in range(len(centres)):
            members = [point for point, group in zip(points, groups, strict=True) if group == at]
            if members:
                centres[at] = [sum(column) / len(members) for column in zip(*members, strict=True)]
    return groups


def _first_centres(points: list[list[float]], count: int) -> list[list[float]]:
    centres = [points[0]]
    nearest = [_distance(point, points[0]) for point in points]
    while len(centres) < count and max(nearest) > 0:
        centre = points[nearest.index(max(nearest))]
        centres.append(centre)
        nearest = [min(old, _distance(point, centre)) for old, point in zip(nearest, points, strict=True)]
    return centres


def _distance(a: list[float], b: list[float]) -> float:
    return sum((x - y) * (x - y) for x, y in zip(a, b, strict=True))


def _numbered(groups: list[int]) -> list[int]:
    names: dict[int, int] = {}
    return [names.setdefault(group, len(names)) for group in groups]
