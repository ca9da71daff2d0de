"""Options and fixtures that all tests share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of snapshot and search tests."""
    parser.addoption("--accept", action="store_true", help="rewrite the expected text of snapshot tests")
    parser.addoption("--long", action="store_true", help="let generated tests search for longer")


@pytest.fixture
def accepts(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected texts are to be rewritten."""
    return bool(request.config.getoption("--accept"))
