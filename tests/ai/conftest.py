"""Fixtures of tests that ask the server of models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.model_server.plan import Plan
from tests.support.model_server.process import ModelServer, Start


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return what starts a server with the fields of a plan."""
    running: list[ModelServer] = []

    def make(**plan: Any) -> ModelServer:
        server = ModelServer(tmp_path, Plan(**{"dimensions": 8, "lists_inputs": True, **plan}))
        running.append(server)
        return server

    yield make
    for server in running:
        server.stop()
