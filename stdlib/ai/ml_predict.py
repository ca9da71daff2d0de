"""The `ml_predict` function."""

from typing import Any, TypedDict

from dtl.ai.request import Request
from dtl.functions import Effect, FunctionError, InvalidArgument, function
from dtl.types.annotations import Array, Fallible, Float, Object, String
from dtl.values.value import describe

from ._ask import filled, named


class Prediction(TypedDict):
    """What a model says: the likeliest label (or the number of the class), its score, and all outputs."""

    label: String
    score: Float
    outputs: list[Float]


@function(effect=Effect.AI, dialect="dtl")
def ml_predict(value: Array | Object | String, model: String) -> Fallible[Prediction]:
    """Ask a model of one's own, such as a classifier in an ONNX file, about an input.

    An object stands for the array of its values in the order that the model's entry lists as `features`, or else in
    the order of their names.

    Args:
        value: The features: an array of numbers, an object of numbers, or a text for a model of texts.
        model: An entry of `ai_models`, such as one of type `onnx`.

    Raises:
        The input is empty, or holds something else than numbers.

        There is no such model.

    Examples:
        A classifier of flowers:
            >>> ml_predict([5.1, 3.5, 1.4, 0.2], model: "iris")
            { "label": "setosa", "outputs": [0.98, 0.02, 0.0], "score": 0.98 }  # not run: needs a model

        Not numbers:
            >>> ml_predict(["high"], model: "iris")
            error: features must be numbers, got string

        No such model:
            >>> ml_predict([1.0], model: "no_such_model")
            error: there is no model "no_such_model" for ml_predict: name an entry of ai_models
    """
    return Request("predict", "ml_predict", named(model), _features(value), {}, None, _read)  # type: ignore[return-value]


@ml_predict.prepare("model")
def _model(value: str) -> str:
    if not value.strip():
        raise InvalidArgument("the model's name is empty")
    return value


def _features(value: Any) -> Any:
    if isinstance(value, str):
        return filled(value)
    if not value:
        raise FunctionError("there are no features")
    for each in value.values() if isinstance(value, dict) else value:
        if type(each) not in (int, float, bool):
            raise FunctionError(f"features must be numbers, got {describe(each)}")
    return value


def _read(answer: Any) -> dict[str, Any]:
    try:
        outputs = [float(each) for each in answer["outputs"]]
        return {"label": str(answer["label"]), "score": float(answer["score"]), "outputs": outputs}
    except (TypeError, KeyError, ValueError) as reason:
        raise FunctionError("the model's answer is no prediction") from reason
