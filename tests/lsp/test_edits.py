"""An edited document is answered as one that was opened with that text, by the real server and for every request."""

from __future__ import annotations

import pytest

from tests.lsp.client import ROOT
from tests.lsp.edits import Program, programs, run

_VRL = """\
.a, err = parse_json(.message)
if err != null { log(err, level: "warn") } else { . |= object!(.a) }
.tags = map_values(object(.tags) ?? {}) -> |tag| { upcase(string!(tag)) }
del(.internal[0].secret); .n = "{{ err }}"
"""


def test_random_edits_are_answered_as_by_a_fresh_start(request: pytest.FixtureRequest) -> None:
    chosen = [*programs(sorted((ROOT / "examples").glob("*.dtl"))), Program("small.vrl", _VRL, "vrl")]
    count = 10_000 if request.config.getoption("--long") else 120
    assert run(chosen, count, seed=5) == count
