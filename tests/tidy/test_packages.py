"""No module is loaded under two names, and the wheel is the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support.repository import ROOT

_LIST = """
import importlib, json
from dtl.functions.registry import discover
stdlib = importlib.import_module("dtl.stdlib")
print(json.dumps(sorted(discover(stdlib.FOLDER, "dtl.stdlib").modules)))
"""
_LOADED = """
import importlib, json, sys
from dtl.functions.registry import discover
stdlib = importlib.import_module("dtl.stdlib")
for function in discover(stdlib.FOLDER, "dtl.stdlib"):
    pass
import dtl
dtl.compile('.a = upcase("a")').run({})
print(json.dumps(sorted(name for name in sys.modules if name.split(".")[0] in ("dtl", "stdlib", "lsp", "grammar"))))
"""


def _python(code: str, python: str = sys.executable, cwd: Path = ROOT) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH",)}
    done = subprocess.run([python, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_module_is_loaded_under_two_names() -> None:
    names = _python(_LOADED)
    assert '"dtl.stdlib' in names
    for folder in ("stdlib", "lsp", "grammar"):
        assert f'"{folder}' not in names, f"a module of {folder}/ was loaded without its package"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="hatchling builds the wheel")
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_holds_one_package(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"dtl", "dtl_lang"}
    assert "dtl/grammar/__init__.py" in names
    assert not [name for name in names if "__pycache__" in name]


def test_the_wheel_works_as_the_checkout_does(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=False, symlinks=True)
    python = str(home / "bin" / "python")
    packages = Path(_python("import sysconfig; print(sysconfig.get_path('purelib'))", python, tmp_path).strip())
    shutil.unpack_archive(wheel, packages, format="zip")
    # Its dependencies come from the environment of the tests: nothing is downloaded, and the checkout stays out.
    theirs = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "theirs.pth").write_text("\n".join(theirs))
    where = _python("import dtl; print(dtl.__file__)", python, tmp_path)
    assert str(packages) in where
    assert _python(_LIST, python, tmp_path) == _python(_LIST)
    program = 'import dtl; print(dtl.compile(".b = upcase(string!(.a))").run({"a": "x"}).record)'
    assert _python(program, python, tmp_path) == "{'a': 'x', 'b': 'X'}\n"
