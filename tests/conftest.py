"""Options and fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of snapshot and search tests."""
    parser.addoption("--accept", action="store_true", help="rewrite the expected text of snapshot tests")
    parser.addoption("--long", action="store_true", help="let generated tests search for longer")


@pytest.fixture
def accepts(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected texts are to be rewritten."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(autouse=True, scope="session")
def _cache_of_programs(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Keep compiled programs away from the user's own, in commands run as processes too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DTL_CACHE_DIR", str(tmp_path_factory.mktemp("programs")))
        yield


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that is used for compiled programs."""
    folder = tmp_path / "programs"
    monkeypatch.setenv("DTL_CACHE_DIR", str(folder))
    return folder
