"""The provider `onnx`: a model of one's own in a file, run by onnxruntime: features, texts or images in, scores out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from dtl.ai.config.entries import Entry
from dtl.ai.local import encoder, pictures
from dtl.ai.local.packages import load
from dtl.ai.provider import Ask, Caps, ComputingProvider, Provider, Refusal, Reply
from dtl.ai.request import Kind
from dtl.values.errors import FunctionError

#: What most networks for photographs were trained on.
_MEAN = (0.485, 0.456, 0.406)
_SPREAD = (0.229, 0.224, 0.225)
_SIDE = 224
_MOODS = frozenset({"positive", "negative", "neutral"})


class Onnx(ComputingProvider):
    """A model in a file.

    Its use follows from its inputs: token ids with a tokenizer beside it (texts: vectors, or scores of labels), four
    dimensions (images), else a row of numbers. Labels come from `labels`, or are the numbers of the classes.
    """

    name = "onnx"
    is_local = True

    def __init__(self, entry: Entry) -> None:
        path = entry.need("path")
        if not Path(path).exists():
            raise FunctionError(f'there is no model at {path}, the "path" of "{entry.name}" ({entry.place})')
        self.numpy: Any = load("numpy", "numpy", "ai")
        self.labels: list[str] = entry.get("labels") or []
        self.features: list[str] | None = entry.get("features")
        self.key = self.identity = f"{self.name} {encoder.fingerprint(path)} {self.labels} {self.features}"
        self.texts = encoder.encoder_at(path) if encoder.has_tokenizer(path) else None
        self.session = self.texts.session if self.texts is not None else encoder.session_of(Path(path))

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return how much one call may carry."""
        return Caps(inputs=64, concurrency=2)

    def model_for(self, task: str, model: str) -> str:
        """Return the model's name for reports; the file tells models apart, in `identity`."""
        return model or "model"

    def compute(self, asks: Sequence[Ask]) -> Reply:
        """Answer asks, each alone: a model of unknown make may not take several at once."""
        found: dict[int, Any] = {}
        refusals: dict[int, Refusal] = {}
        for ask in asks:
            try:
                found[ask.id] = self._answer(ask)
            except FunctionError as reason:
                refusals[ask.id] = Refusal("poison", reason.message)
            except Exception as reason:  # the runtime has no common class of errors
                refusals[ask.id] = Refusal("poison", f"the model fails: {str(reason).splitlines()[0][:200]}")
        return Reply(found, None, refusals)

    def _answer(self, ask: Ask) -> Any:
        request = ask.request
        if request.kind == "embed":
            if self.texts is None:
                raise FunctionError("the model has no tokenizer beside it and cannot embed texts")
            (vector,) = self.texts.encode([request.input])
            if isinstance(vector, FunctionError):
                raise vector
            return vector
        labels, scores = self._scores(request.input, request.kind)
        order = sorted(range(len(scores)), key=lambda index: -scores[index])
        best = labels[order[0]]
        match request.task:
            case "ml_predict":
                return {"label": best, "score": scores[order[0]], "outputs": scores}
            case "image_classify":
                top = order[: request.options.get("top_k", 1)]
                return {"labels": [{"label": labels[index], "score": scores[index]} for index in top]}
            case "sentiment_analysis":
                return {"sentiment": _mood(best)}
            case "classify_text":
                return {"category": best}
            case "detect_language":
                return {"language": best}
        raise FunctionError(f"a model of one's own cannot do {request.task}")

    def _scores(self, asked: Any, kind: Kind) -> tuple[list[str], list[float]]:
        """Return labels and their scores."""
        numpy = self.numpy
        if kind == "image":
            outputs = self._run({self.session.get_inputs()[0].name: self._pixels(asked)})
        elif isinstance(asked, str):
            outputs = self._run(self._tokens(asked))
        else:
            row = numpy.asarray([self._row(asked)], dtype=_dtype(self.session.get_inputs()[0].type))
            outputs = self._run({self.session.get_inputs()[0].name: row})
        named = _named_scores(outputs)
        if named is not None:
            return named
        raw = [float(each) for each in numpy.asarray(outputs[-1] if len(outputs) > 1 else outputs[0]).reshape(-1)]
        if not raw or not all(map(math.isfinite, raw)):
            raise FunctionError("the model gives no finite numbers")
        scores = _softmax(raw) if kind != "predict" and not _are_shares(raw) else raw
        labels = self.labels or [str(index) for index in range(len(scores))]
        if len(labels) != len(scores):
            raise FunctionError(f'the model gives {len(scores)} scores, and "labels" has {len(labels)} names')
        return labels, scores

    def _run(self, feed: Mapping[str, Any]) -> list[Any]:
        outputs: list[Any] = self.session.run(None, dict(feed))
        return outputs

    def _row(self, asked: Any) -> list[float]:
        if not isinstance(asked, Mapping):
            return [float(each) for each in asked]
        names = self.features or sorted(asked)
        missing = [name for name in names if name not in asked]
        if missing:
            raise FunctionError(f'the features have no "{missing[0]}"')
        return [float(asked[name]) for name in names]

    def _tokens(self, text: str) -> dict[str, Any]:
        if self.texts is None:
            raise FunctionError("the model has no tokenizer beside it and cannot read texts")
        numpy = self.numpy
        ids = numpy.asarray([self.texts.windows(text)[0]], dtype=numpy.int64)
        feed = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}
        return {name: value for name, value in feed.items() if name in self.texts.inputs}

    def _pixels(self, image: str) -> Any:
        numpy = self.numpy
        pillow = load("PIL.Image", "pillow", "ocr")
        try:
            picture = pillow.open(BytesIO(pictures.bytes_of(image))).convert("RGB")
        except OSError as reason:
            raise FunctionError("the image cannot be read") from reason
        shape = self.session.get_inputs()[0].shape
        first = len(shape) != 4 or shape[1] == 3 or shape[3] != 3  # channels first, unless the model says otherwise
        sides = shape[2:4] if first else shape[1:3]
        height, width = (side if isinstance(side, int) else _SIDE for side in sides)
        pixels = numpy.asarray(picture.resize((width, height)), dtype=numpy.float32) / 255
        pixels = (pixels - numpy.asarray(_MEAN, numpy.float32)) / numpy.asarray(_SPREAD, numpy.float32)
        return (pixels.transpose(2, 0, 1) if first else pixels)[None]


def _named_scores(outputs: list[Any]) -> tuple[list[str], list[float]] | None:
    """Return labels and scores as scikit-learn's converter gives them: a list with a mapping."""
    last = outputs[-1]
    if isinstance(last, list) and last and isinstance(last[0], Mapping):
        return [str(name) for name in last[0]], [float(score) for score in last[0].values()]
    return None


def _are_shares(raw: list[float]) -> bool:
    return min(raw) >= 0 and abs(sum(raw) - 1) < 1e-3


def _softmax(raw: list[float]) -> list[float]:
    powers = [math.exp(each - max(raw)) for each in raw]
    return [power / sum(powers) for power in powers]


def _dtype(kind: str) -> str:
    return {"tensor(float)": "float32", "tensor(double)": "float64", "tensor(int64)": "int64"}.get(kind, "float32")


def _mood(label: str) -> str:
    low = label.lower()
    return next((mood for mood in _MOODS if mood.startswith(low[:3]) or low.startswith(mood[:3])), low)


def make(entry: Entry, warn: Callable[[str], None]) -> Provider:
    """Return the provider of an entry."""
    return Onnx(entry)
