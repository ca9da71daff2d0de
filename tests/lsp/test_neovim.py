"""A session with Neovim, a client that is not ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lsp.client import ROOT

NVIM = shutil.which("nvim")
TEXT = """\
message = string(.message) ?? ""
.level = upcase(message)
if .level == "ERROR" {
  .alert = parse_json(message)
}
"""


@pytest.mark.skipif(NVIM is None, reason="nvim is not installed (Debian: apt-get install neovim)")
def test_neovim_attaches_and_uses_the_server(tmp_path: Path) -> None:
    script = tmp_path / "main.dtl"
    script.write_text(TEXT, encoding="utf-8")
    output = tmp_path / "answers.json"
    names = {"DTL_TEST_PYTHON": sys.executable, "DTL_TEST_OUTPUT": str(output), "DTL_TEST_ROOT": str(ROOT)}
    folders = {name: str(tmp_path / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    lua = Path(__file__).with_name("neovim.lua")
    done = subprocess.run(
        [str(NVIM), "--headless", "--clean", "-i", "NONE", str(script), "-c", f"luafile {lua}"],
        env={**os.environ, **names, **folders},
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        text=True,
    )
    assert output.is_file(), done.stderr
    answers = json.loads(output.read_text(encoding="utf-8"))
    assert answers["before"] == ["E103"]
    assert answers["after"] == []
    assert "upcase(value: string) -> string" in answers["hover"]
    assert answers["signature"] == "upcase(value: string) -> string"
    assert {"level", "alert"} <= set(answers["labels"])
    assert answers["formatted"] == ".copy = .l"
    assert answers["renamed"] == ['text = string(.message) ?? ""', ".level = upcase(text)"]
    assert answers["stopped"] is True
