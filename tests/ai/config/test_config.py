"""A configuration is read in all its shapes, and every mistake in it has a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from dtl.ai.accounting.prices import price_of
from dtl.ai.config.entries import find_config, load_config, read_config
from dtl.ai.config.secret import Secret
from dtl.ai.config.tree import ConfigError
from dtl.ai.provider import Price
from dtl.ai.request import Request
from dtl.ai.router import ConfiguredRouter
from dtl.values.errors import FunctionError
from tests.ai.providers.asks import config

pytest.importorskip("yaml", reason="PyYAML is not installed")

NESTED = """
ai_models:
  embeddings:
    provider: "openai"
    model: "text-embedding-ada-002"
    config:
      api_key: "${OPENAI_API_KEY}"
      batch_size: 100
      timeout: "30s"
  llm:
    provider: "anthropic"
    model: "claude-3-sonnet"
    config: {api_key: "${ANTHROPIC_API_KEY}", max_tokens: 1000, temperature: 0.1}
vector_stores:
  knowledge_base:
    type: "qdrant"
    config: {url: "http://qdrant:6333", collection: "documents", dimension: 1536, distance: "cosine"}
sources:
  anything: [at, all]
"""
FLAT = """
ai_models:
  llm: {provider: openai, model: gpt-4, api_key: "${OPENAI_API_KEY}"}
  local_models:
    sentiment: {type: onnx, path: models/sentiment_model.onnx}
    embeddings_local: {type: sentence_transformers, model: all-MiniLM-L6-v2}
vector_stores:
  product_index: {type: pinecone, api_key: "${PINECONE_API_KEY}", environment: us-west1-gcp, index: products}
"""
TOML = """
[ai_models.embeddings]
provider = "openai"
model = "text-embedding-ada-002"
api_key = "${OPENAI_API_KEY}"
batch_size = 100

[ai_models.embeddings.price]
input = 0.5

[vector_stores.kb]
type = "memory"
path = "kb.jsonl"
"""


def problems(text: str, file: str = "c.yaml", **environment: str) -> list[str]:
    """Return what is wrong with a text."""
    with pytest.raises(ConfigError) as caught:
        read_config(text, file, environment)
    return str(caught.value).splitlines()


def test_settings_may_stand_under_config() -> None:
    read = config(NESTED, OPENAI_API_KEY="sk-1", ANTHROPIC_API_KEY="sk-2")
    entry = read.models["embeddings"]
    assert (entry.kind, entry.model, entry.get("batch_size"), entry.get("timeout")) == (
        "openai",
        "text-embedding-ada-002",
        100,
        30,
    )
    assert entry.secret() == "sk-1"
    assert read.models["llm"].answer_options == {"max_tokens": 1000, "temperature": 0.1}
    assert read.stores["knowledge_base"].get("collection") == "documents"


def test_settings_may_stand_beside_the_provider() -> None:
    read = config(FLAT, OPENAI_API_KEY="sk-1")
    assert read.models["llm"].secret() == "sk-1"
    assert read.models["sentiment"].kind == "onnx"
    assert read.models["sentiment"].get("path").endswith("models/sentiment_model.onnx")
    assert read.models["embeddings_local"].model == "all-MiniLM-L6-v2"


def test_toml_says_the_same() -> None:
    read = read_config(TOML, "dtl.toml", {"OPENAI_API_KEY": "sk-1"})
    entry = read.models["embeddings"]
    assert (entry.secret(), entry.get("batch_size"), entry.price) == ("sk-1", 100, Price(0.5))
    assert (read.stores["kb"].kind, entry.place.line) == ("memory", 3)


def test_a_variable_that_is_not_set_matters_only_where_it_is_used() -> None:
    router = ConfiguredRouter(config(NESTED))
    with pytest.raises(FunctionError, match=r'"llm" cannot be used: ANTHROPIC_API_KEY, its "api_key", is not set'):
        router.target(Request("chat", "llm_chat", "llm", "hello"))


def test_variables_may_have_a_default() -> None:
    text = 'ai_models: {m: {provider: ollama, model: "${M:-llama3}", base_url: "${U:-http://a}"}}'
    entry = config(text, U="http://b").models["m"]
    assert (entry.model, entry.get("base_url"), entry.unset) == ("llama3", "http://b", {})


def test_numbers_may_come_from_variables() -> None:
    text = 'ai_models: {m: {provider: ollama, batch_size: "${N:-7}", temperature: "${T}"}}'
    entry = config(text, T="0.5").models["m"]
    assert (entry.get("batch_size"), entry.get("temperature")) == (7, 0.5)


def test_secrets_are_never_shown() -> None:
    entry = config(NESTED, OPENAI_API_KEY="sk-very-secret", ANTHROPIC_API_KEY="x").models["embeddings"]
    for shown in (repr(entry), str(entry), f"{entry.get('api_key')}", f"{entry.get('api_key'):>20}"):
        assert "sk-very-secret" not in shown
    with pytest.raises(TypeError):
        entry.get("api_key").__reduce__()
    assert Secret("a") == Secret("a") != Secret("b")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ai_models: {m: {provider: opennai}}", '1:27: unknown provider "opennai"; one of: local'),
        ("ai_models:\n  m:\n    model: x", '3:5: "m" has no "provider"'),
        (
            "ai_models:\n  m: {provider: local, temprature: 1}",
            '2:24: unknown setting "temprature"; did you mean "temperature"?',
        ),
        ("ai_models:\n  m:\n    provider: openai\n    timeout: soon", '4:14: "timeout" must be a time such as "30s"'),
        ("ai_models:\n  m: {provider: openai, batch_size: 0}", '"batch_size" must be a whole number from 1'),
        ("ai_models:\n  m: {provider: openai, temperature: true}", '"temperature" must be a number from 0 to 2'),
        ("ai_models:\n  m: {provider: openai, base_url: ftp://x}", '"base_url" must be an address'),
        ("ai_models:\n  m: {provider: openai, price: {in: 1}}", '"price" must hold'),
        ("ai_models:\n  m: {provider: openai, price: {input: -1}}", '"price" must hold numbers that are not negative'),
        ('ai_models:\n  m: {provider: openai, api_key: "a b"}', '"api_key" has a character that no key has'),
        ("ai_models:\n  m: 7", '2:6: "ai_models.m" must be a mapping'),
        ("ai_models: [1]", '1:12: "ai_models" must be a mapping of names'),
        ("vector_stores: {s: {type: redis}}", 'unknown type "redis"; one of: memory, embedded'),
        ("ai_models:\n  m: {provider: openai, provider: local}", '2:25: "provider" is here twice'),
        ("a: [1", "not YAML"),
        ("a: &x [*x]", "this holds itself"),
        ("[1]: 2", "a key must be a text"),
        ("7", "1:1: a configuration is a mapping"),
        ("ai_models:\n  m: {provider: openai, config: {seed: 1}, seed: 2}", '"seed" stands beside "config" too'),
    ],
)
def test_a_mistake_has_a_place(text: str, found: str) -> None:
    (line,) = problems(text)
    assert found in line
    assert line.startswith("c.yaml:")


def test_all_mistakes_are_told_together() -> None:
    assert len(problems("ai_models: {a: {provider: x}, b: {provider: local, nonsense: 1}, c: {}}")) == 3


def test_mistakes_in_toml_have_places_too() -> None:
    assert problems('[ai_models.m]\nprovider = "openai"\nseed = "x"', "dtl.toml")[0].startswith("dtl.toml:3:1: ")
    assert problems("[ai_models", "dtl.toml")[0].startswith("dtl.toml:1:")


def test_a_secret_is_not_in_a_message_about_it() -> None:
    (line,) = problems('ai_models: {m: {provider: openai, api_key: "${K}"}}', K="sk very secret")
    assert "secret" not in line


def test_the_file_is_found_above_the_program(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "dtl.toml").write_text(TOML)
    assert find_config(str(tmp_path / "a" / "b" / "program.dtl")) == tmp_path / "dtl.toml"
    assert load_config(tmp_path / "dtl.toml", {}).stores["kb"].get("path") == str(tmp_path / "kb.jsonl")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "none.yaml")


def test_prices() -> None:
    assert price_of("openai", "gpt-4o-mini-2024-07-18") == Price(0.15, 0.6, 0.075)
    assert price_of("openai", "gpt-4.1") == Price(2, 8, 0.5)
    assert price_of("openai", "gpt-4.5") is None
    assert price_of("openai", "text-embedding-3-small", "batch") == Price(0.01, 0, 0.01)
    assert price_of("azure", "gpt-4o") == price_of("openai", "gpt-4o")
    assert price_of("ollama", "llama3") is None


# --- routes -----------------------------------------------------------------------------------------

ROUTES = """
ai_models:
  embeddings: {provider: openai, model: text-embedding-3-small, api_key: k, dimensions: 256}
  llm: {provider: openai, model: gpt-4o, api_key: k, retries: 2}
  claude: {provider: anthropic, model: claude-sonnet-4-5, api_key: k}
  moods: {provider: ollama, model: llama3, tasks: [sentiment_analysis]}
"""


def route(kind: str, name: str | None, task: str = "t", text: str = ROUTES) -> str:
    """Return the provider and model to which a request goes."""
    target = ConfiguredRouter(config(text) if text else None).target(Request(kind, task, name, "x"))  # type: ignore[arg-type]
    return f"{target.provider.name} {target.model}"


def test_a_request_goes_where_it_says() -> None:
    assert route("embed", None) == "openai text-embedding-3-small"
    assert route("chat", None) == "openai gpt-4o"
    assert route("chat", "claude") == "anthropic claude-sonnet-4-5"
    assert route("chat", "claude-sonnet-4-5") == "anthropic claude-sonnet-4-5"
    assert route("chat", "provider:anthropic") == "anthropic claude-sonnet-4-5"
    assert route("chat", None, "sentiment_analysis") == "ollama llama3"
    assert route("image", None) == "openai gpt-4o"


def test_settings_go_along() -> None:
    router = ConfiguredRouter(config(ROUTES))
    target = router.target(Request("embed", "embed", None, "x"))
    assert (target.options, target.price) == ({"dimensions": 256}, Price(0.02, 0, 0.02))
    assert router.target(Request("chat", "t", "llm", "x")).attempts == 3


@pytest.mark.parametrize(
    ("kind", "name", "message"),
    [
        ("chat", "nobody", 'there is no model "nobody" in ai_models'),
        ("embed", "llm", 'the model "llm" .openai gpt-4o. cannot do t'),
        ("embed", "claude", "cannot do t"),
        ("chat", "provider:cohere", "no entry of the provider cohere"),
    ],
)
def test_a_request_that_can_go_nowhere(kind: str, name: str, message: str) -> None:
    with pytest.raises(FunctionError, match=message):
        route(kind, name)
    assert ConfiguredRouter(config(ROUTES)).problem(kind, "t", name) is not None  # type: ignore[arg-type]


def test_without_configuration_everything_is_local() -> None:
    warned: list[str] = []
    router = ConfiguredRouter(warn=warned.append)
    for _ in range(2):
        assert router.target(Request("embed", "embed", "text-embedding-ada-002", "x")).provider.is_local
        assert router.target(Request("chat", "llm_summarize", "provider:openai", "x")).provider.name == "local"
    assert any("text-embedding-ada-002" in line for line in warned)
    assert len(warned) == len(set(warned))


def test_a_store_that_is_not_configured() -> None:
    router = ConfiguredRouter(config("vector_stores: {kb: {type: memory}}"))
    assert router.store("kb") is router.store("kb")
    with pytest.raises(FunctionError, match='there is no store "other" in vector_stores: kb'):
        router.store("other")


def test_a_store_that_lacks_a_setting() -> None:
    with pytest.raises(FunctionError, match='the store "product_index" needs "host"'):
        ConfiguredRouter(config(FLAT, PINECONE_API_KEY="k")).store("product_index")
