"""Generated files say what would be generated now."""

from __future__ import annotations

import pytest

from dtl.functions.standard import standard_library
from dtl.reference.pages import pages, source_of
from tests.support.repository import ROOT


@pytest.mark.parametrize("folder", ["functions", "codes"])
def test_generated_pages_are_fresh(folder: str) -> None:
    made = {name: text for name, text in pages(standard_library()).items() if name.startswith(folder + "/")}
    found = {f"{folder}/{path.name}": path.read_text("utf-8") for path in (ROOT / "docs" / folder).glob("*.md")}
    stale = sorted(name for name in made.keys() | found.keys() if made.get(name) != found.get(name))
    assert not stale, f"run `make docs`: {stale[:10]}"


def test_a_page_names_the_file_that_it_is_made_of() -> None:
    missing = [name for name in map(source_of, standard_library()) if not (ROOT / name).is_file()]
    assert not missing, missing
