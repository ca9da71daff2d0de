"""A server of models that others wrote agrees: values on their records, and no misbehaviour to report.

It is installed when it is not there, apart from this environment; where it cannot be, the test is skipped.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dtl
from dtl.ai.config.entries import read_config
from dtl.ai.router import ConfiguredRouter
from dtl.ai.shell import Shell
from tests.support.model_server.configuration import PROVIDERS, config_of

httpx = pytest.importorskip("httpx")

_WHAT = "llmock==0.2.2"
_FLAGS = (
    ("--response-style", "echo"),
    ("--log-level", "warning"),
    ("--rpm", "1200"),
    ("--error-rate", "429=0.05"),
    ("--error-rate", "500=0.05"),
    ("--error-rate", "503=0.05"),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(pytestconfig: pytest.Config) -> Path:
    """Return a folder in which the package is, kept from run to run."""
    kept = Path(pytestconfig.cache.mkdir(f"llmock-{sys.version_info.major}.{sys.version_info.minor}"))
    if not (kept / "llmock").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(kept), _WHAT]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            pytest.skip(f"{_WHAT} cannot be installed: {done.stderr.strip().splitlines()[-1:]}")
    return kept


@pytest.fixture
def url(folder: Path) -> Iterator[str]:
    """Return the address of the server, running."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    flags = [word for flag in _FLAGS for word in flag]
    process = subprocess.Popen(
        [*_command(), "serve", "--port", str(port), *flags],
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(address, timeout=1.0)
                break
            except httpx.TransportError:
                if process.poll() is not None:
                    pytest.skip("llmock does not start here")
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _command() -> list[str]:
    return [sys.executable, "-c", "from llmock.cli import app; app()"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("provider", "place"), [("openai", ""), ("responses", ""), ("anthropic", "/anthropic"), ("cohere", "/cohere")]
)
def test_it_has_nothing_to_say_against_us(provider: str, place: str, url: str, folder: Path) -> None:
    program = ".reply = llm_chat!(.text)\n"
    if provider != "anthropic":  # whose structured answers it does not have
        program += ".mood = sentiment_analysis!(.text)\n"
    if provider == "openai":
        program += ".vector = embed!(.text)\n"
    records = [{"text": f"remark number {number % 30}."} for number in range(60)]
    config = config_of(url + place, provider, timeout="20s", retries=10)
    shell = Shell(ConfiguredRouter(read_config(config, "test.yaml", {})))
    outcomes = list(dtl.compile(program).run_many(records, ai=shell))
    shell.close()
    assert {str(outcome.error) for outcome in outcomes} == {"None"}
    for record, outcome in zip(records, outcomes, strict=True):
        assert record["text"] in outcome.record["reply"]
        assert provider == "anthropic" or outcome.record["mood"] in ("positive", "negative", "neutral")
    if provider == "openai":
        assert _vectors(url, ["remark number 3.", "remark number 4."]) == [outcomes[n].record["vector"] for n in (3, 4)]
        assert outcomes[3].record["vector"] == outcomes[33].record["vector"]
    told = subprocess.run(
        [*_command(), "report", "--url", url, "--json"],
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout


def _vectors(url: str, texts: list[str]) -> Any:
    for _ in range(20):
        answer = httpx.post(
            f"{url}/v1/embeddings",
            headers={"authorization": "Bearer another"},
            json={"model": PROVIDERS["openai"][0], "input": texts},
        )
        if answer.status_code == 200:
            return [item["embedding"] for item in json.loads(answer.content)["data"]]
        time.sleep(1.2)  # as long as it says, and a little more
    raise AssertionError("no answer")
