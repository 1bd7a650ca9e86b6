"""The environment: what is installed, by what, and from where.  No test here installs anything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from press import LOCK_ALL, ROOT
from tools import venv


@pytest.fixture
def calls(monkeypatch, tmp_path):
    """Commands that would have been run; those whose words contain one of ``calls.fail`` fail."""

    class Calls(list):
        fail: tuple[str, ...] = ()

        def __call__(self, command, env=None):
            self.append((" ".join(command), env))
            return int(any(word in " ".join(command) for word in self.fail))

    made = Calls()
    monkeypatch.setattr(venv, "VENV", str(tmp_path))
    monkeypatch.setattr(venv, "PYTHON", sys.executable)
    monkeypatch.setattr(venv, "UV", str(tmp_path / "uv"))
    monkeypatch.setattr(venv, "PIP", sys.executable)  # anything that is there
    monkeypatch.setattr(venv, "installed_version", lambda: "%d.%d" % sys.version_info[:2])
    monkeypatch.setattr(venv.subprocess, "call", made)
    return made


def test_uv_installs_the_locked_list_and_pip_and_what_a_build_imports_is_compiled(calls, tmp_path):
    assert venv.main(["requirements.lock"]) == 0
    (uv, _), (packages, _), (compiled, _), (project, _) = calls
    assert " pip install " in uv and "--require-hashes" in uv and uv.endswith("uv.txt")
    assert packages.startswith(f"{tmp_path}/uv pip install") and "--require-hashes" in packages
    assert packages.endswith(f"{ROOT}/requirements.lock -r {tmp_path}/pip.txt")
    assert "-m compileall" in compiled and compiled.endswith("/site-packages")
    for path, compiles in (("pandas/core/frame.py", True), ("pandas/tests/x.py", False), ("sphinx/testing/x.py", False)):
        assert bool(re.search(venv.UNCOMPILED, f"/site-packages/{path}")) != compiles
    assert "--no-index" in project and "--no-build-isolation" in project
    assert project.endswith(f"--editable {ROOT}")


def test_it_is_the_uv_that_is_locked(calls, tmp_path):
    venv.main(["requirements.lock"])
    for package in ("uv", "pip"):
        entry = (tmp_path / f"{package}.txt").read_text()
        assert re.fullmatch(package + r"==\S+ \\\n( +--hash=sha256:\w+( \\)?\n)+", entry)
        assert entry in LOCK_ALL.read_text(encoding="utf-8")


def test_before_pip_is_there_it_comes_from_the_wheel_that_python_keeps(monkeypatch, tmp_path):
    monkeypatch.setattr(venv, "PIP", str(tmp_path / "pip"))
    program = venv.pip_program()
    assert program[1].endswith(".whl/pip")
    said = subprocess.run([sys.executable, program[1], "--version"], capture_output=True, text=True)
    assert said.stdout.startswith("pip "), said.stderr


@pytest.mark.parametrize("fails", ["uv.txt", "/uv pip"])
def test_where_uv_cannot_be_had_or_fails_pip_installs_the_same_list(calls, capsys, fails):
    calls.fail = (fails,)
    assert venv.main(["requirements.lock"]) == 0
    packages = calls[-2][0]
    assert packages.startswith(f"{sys.executable} -m pip install") and "--compile" in packages
    assert "--require-hashes" in packages and packages.endswith("requirements.lock")
    (said,) = [line for line in capsys.readouterr().out.splitlines() if "minute slower" in line]
    assert "uv" in said and "pip" in said


def test_a_list_that_is_installed_is_not_installed_again_and_one_that_failed_is(calls):
    calls.fail = ("requirements.lock",)
    assert venv.main(["requirements.lock"]) == 1
    calls.fail = ()
    assert venv.main(["requirements.lock"]) == 0
    calls.clear()
    assert venv.main(["requirements.lock"]) == 0 and calls == []


def test_all_packages_are_the_books_as_well(calls):
    assert venv.main(["requirements-all.lock"]) == 0
    calls.clear()
    assert venv.main(["requirements.lock"]) == 0 and calls == []


def test_a_folder_that_is_no_project_gets_the_packages_of_its_list_alone(calls, monkeypatch, tmp_path):
    (tmp_path / "requirements.txt").write_text("thing==1 \\\n    --hash=sha256:0\n")
    monkeypatch.setattr(venv, "ROOT", str(tmp_path))
    assert venv.main(["requirements.txt"]) == 0
    assert len(calls) == 3 and f"-r {tmp_path}/requirements.txt -r" in calls[1][0]


def test_uv_asks_the_index_that_pip_is_told_to_ask(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_", "SSL_"))]:
        monkeypatch.delenv(name)
    settings = tmp_path / "pip.conf"
    settings.write_text("[global]\nindex-url = https://one.example/simple\ncert = /a b/ca.pem\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    monkeypatch.setattr(venv, "PYTHON", sys.executable)
    told = venv.as_pip()
    assert told["UV_DEFAULT_INDEX"] == "https://one.example/simple"
    assert told["SSL_CERT_FILE"] == "/a b/ca.pem"
    monkeypatch.setenv("PIP_INDEX_URL", "https://two.example/simple")
    assert venv.as_pip()["UV_DEFAULT_INDEX"] == "https://two.example/simple"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://three.example/simple")
    assert venv.as_pip() == dict(os.environ), "what uv was told itself holds"


def test_no_index_is_written_down():
    assert "://" not in Path(venv.__file__).read_text(encoding="utf-8")
