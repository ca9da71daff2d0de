"""The provider `sentence_transformers`: sentence models as files, run here by onnxruntime, without torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from dtl.ai.config.entries import Entry
from dtl.ai.local import encoder
from dtl.ai.provider import Ask, Caps, ComputingProvider, Provider, Refusal, Reply, Usage
from dtl.ai.request import Kind
from dtl.values.errors import FunctionError


class SentenceTransformers(ComputingProvider):
    """A sentence model: the packaged all-MiniLM-L6-v2, or the one in the folder that `path` (or `model`) names."""

    name = "sentence_transformers"
    is_local = True

    def __init__(self, entry: Entry) -> None:
        where = entry.get("path")
        name = entry.model.removeprefix("sentence-transformers/")
        if where is None and name in ("", encoder.DEFAULT):
            self.encoder = encoder.default_encoder()
            self.identity = f"local {encoder.DEFAULT}"
        elif where is None and not Path(entry.model).exists():
            advice = f'name the folder of its ONNX files as "path" ({entry.place})'
            raise FunctionError(f'the model "{entry.model}" is not packaged: {advice}')
        else:
            path = where or entry.model
            self.encoder = encoder.encoder_at(path)
            self.identity = f"{self.name} {encoder.fingerprint(path)}"
        if entry.get("window"):
            self.encoder.window = entry.get("window")
        self.key = self.identity

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return how much one call may carry."""
        return Caps(inputs=256, bytes=8 << 20, concurrency=2)

    def model_for(self, task: str, model: str) -> str:
        """Return the model's name for reports."""
        return model or encoder.DEFAULT

    def compute(self, asks: Sequence[Ask]) -> Reply:
        """Answer asks."""
        found, refusals = {}, {}
        for ask, vector in zip(asks, self.encoder.encode([ask.request.input for ask in asks]), strict=True):
            if isinstance(vector, FunctionError):
                refusals[ask.id] = Refusal("poison", vector.message)
            else:
                found[ask.id] = vector
        return Reply(found, None, refusals, Usage(sum(ask.tokens for ask in asks)))


def make(entry: Entry, warn: Callable[[str], None]) -> Provider:
    """Return the provider of an entry."""
    return SentenceTransformers(entry)
