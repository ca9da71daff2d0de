"""The `vector_similarity` function."""

from typing import Literal

from dtl.functions import function
from dtl.types.annotations import Array, Fallible, Float

from ._vectors import same_size, similarity, vector


@function(dialect="dtl")
def vector_similarity(a: Array, b: Array, metric: Literal["cosine", "dot", "euclidean"] = "cosine") -> Fallible[Float]:
    """Measure how alike two vectors are: more is more alike.

    `cosine` compares directions, from -1 to 1 (0 when a vector has no length). `dot` is the sum of products.
    `euclidean` is 1 / (1 + distance), from 1 for equal vectors towards 0.

    Args:
        a: A vector: an array of numbers.
        b: Another of the same dimension.
        metric: How to measure.

    Raises:
        A vector is empty or holds something else than numbers.

        The dimensions differ.

    Examples:
        The same direction:
            >>> vector_similarity!([3.0, 4.0], [6.0, 8.0])
            1.0

        By distance:
            >>> vector_similarity!([0, 0], [3, 4], metric: "euclidean")
            0.16666666666666666

        Not a vector:
            >>> vector_similarity!([], [1])
            error: the vector "a" is empty

        Different dimensions:
            >>> vector_similarity!([1], [1, 2])
            error: the vectors have different dimensions: 1 and 2
    """
    vector(a, "a")
    vector(b, "b")
    same_size(a, b)
    return similarity(a, b, metric)
