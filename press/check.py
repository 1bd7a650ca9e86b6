"""``python -m press check``: all that can be known without building, each part in a line.

- the tables hold together, and no figure is typed in the text;
- the code has none of the faults that a linter finds for certain (``[tool.ruff]``);
- the workflows have none of the weaknesses that zizmor knows, offline;
- the locked lists hold a hash for every package and fit the ranges of ``pyproject.toml``, and what
  is installed here is what they lock;
- no locked version has a vulnerability that is publicly known, as far as the database of them can
  be reached: what could not be looked up is said, and is no failure;
- if a book is built, it holds no path, name or secret of this machine.

Out of scope: what only a build shows (``press.build``), and tests.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from press import BUILD, CITYGAP, HTML, PYPROJECT, REQUIREMENTS, REQUIREMENTS_TEST, ROOT, shown

LISTS = (REQUIREMENTS, REQUIREMENTS_TEST)
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(.*)$")
FOUND = re.compile(r"^::\w+ file=.*?,title=(.*?)::(.*)$", re.M)  # of zizmor
WAIT = 240  # seconds for looking up all packages

Part = tuple[list[str], str]  # what is to be mended, and what to say if nothing is


def check() -> int:
    """Run every part; 1 if one found something to mend."""
    parts: dict[str, Callable[[], Part]] = {
        "Tables": tables, "Text": text, "Code": code, "Workflows": workflows, "Locks": locks,
        "Vulnerabilities": vulnerabilities, "Outputs": outputs,
    }  # fmt: skip
    failed = 0
    for name, part in parts.items():
        print(f"{name}: ", end="", flush=True)
        try:
            faults, good = part()
        except Exception as error:  # whatever it is, the other parts are wanted as well
            from press.build import _sentence

            faults, good = [_sentence(error)], ""
        print(f"{len(faults)} to mend" if faults else good, flush=True)
        for fault in faults:
            print(f"  {fault}")
        failed += bool(faults)
    return int(failed > 0)


def tables() -> Part:
    """The check of ``data/``."""
    from citygap.tables import check as check_tables

    return [str(problem) for problem in check_tables()], "they hold together"


def text() -> Part:
    """The audit of figures typed by hand."""
    from press.audit import audit

    return [str(problem) for problem in audit()], "every figure is computed or declared"


def code() -> Part:
    """What a linter finds for certain."""
    if missing := _lacks("ruff"):
        return [], missing
    folders = [str(ROOT / "press"), str(CITYGAP), str(ROOT / "tests")]
    command = [sys.executable, "-m", "ruff", "check", "--quiet", "--output-format", "concise"]
    done = subprocess.run([*command, *folders], cwd=ROOT, capture_output=True, text=True)
    lines = [line.replace(f"{ROOT}/", "") for line in done.stdout.splitlines() if line.strip()]
    if done.returncode and not lines:
        lines = done.stderr.strip().splitlines()[:1] or ["ruff ended without a word"]
    return lines, "nothing found"


def workflows() -> Part:
    """What a linter finds in what runs on a server."""
    if missing := _lacks("zizmor"):
        return [], missing
    program = Path(sysconfig.get_path("scripts")) / "zizmor"
    command = [str(program), "--offline", "--quiet", "--no-exit-codes", "--format", "github"]
    done = subprocess.run([*command, str(ROOT / ".github")], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        remarks = done.stderr.strip().splitlines() or ["it ended without a word"]
        return [f"zizmor could not read them: {remarks[-1][:120]}"], ""
    return weaknesses(done.stdout), "nothing found"


def weaknesses(said: str) -> list[str]:
    """What zizmor found, from the lines that it writes for GitHub."""
    return [f"{words} ({kind})" for kind, words in FOUND.findall(said)]


# ------------------------------------------------------------------------------------- the locks


def pins(path: Path) -> dict[str, tuple[str, bool]]:
    """Version of each package of a locked list, and whether a hash stands with it."""
    found: dict[str, tuple[str, bool]] = {}
    for entry in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8")):
        if match := PIN.match(entry.splitlines()[0] if entry else ""):
            found[canonicalize_name(match[1])] = (match[2], "--hash=sha256:" in entry)
    return found


def locks(lists: Sequence[Path] = LISTS) -> Part:
    """The locked lists against ``pyproject.toml`` and against what is installed."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    book = project["dependencies"]
    wanted = {REQUIREMENTS: book, REQUIREMENTS_TEST: [*book, *project["optional-dependencies"]["test"]]}
    faults = []
    for path in lists:
        locked = pins(path)
        for name, (number, hashed) in locked.items():
            if not hashed:
                faults.append(f"{path.name}: {name} {number} has no hash - run: make lock")
        for words in dict.fromkeys(wanted.get(path, book)):
            need = Requirement(words)
            number, _ = locked.get(canonicalize_name(need.name), ("", False))
            if not number or not need.specifier.contains(number, prereleases=True):
                has = number or "nothing"
                faults.append(f"{path.name}: {words!r} of pyproject.toml, but {has} - run: make lock")
    faults += [
        f"{name} {there} is installed where {REQUIREMENTS.name} has {number} - run: make install"
        for name, (number, _) in pins(REQUIREMENTS).items()
        if (there := _installed(name)) and there != number
    ]
    return faults, f"{len(pins(REQUIREMENTS_TEST))} packages, each with its hashes"


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""  # not for this Python or system


# ------------------------------------------------------------------------------- vulnerabilities


def vulnerabilities() -> Part:
    """Publicly known ones of the locked versions, by pip-audit."""
    if missing := _lacks("pip-audit"):
        return [], f"not looked up: {missing}"
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
    command += ["--progress-spinner", "off", "--format", "json", "-r", str(REQUIREMENTS_TEST)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=WAIT)
    except subprocess.TimeoutExpired:
        return [], f"NOT looked up: the database gave no answer in {WAIT} s"
    return known(done.stdout, done.stderr)


def known(answer: str, remarks: str = "") -> Part:
    """What pip-audit found, from its JSON.

    It calls packages that its database does not have fine; here they are counted as not looked up.
    """
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        why = remarks.strip().splitlines()[-1:] or ["no answer"]
        return [], f"NOT looked up: the database is out of reach ({why[0][:120]})"
    faults = []
    for package in packages:
        for found in package.get("vulns", ()):
            mended = ", ".join(found.get("fix_versions", ())) or "no version yet"
            faults.append(
                f"{package['name']} {package['version']}: {found['id']}, mended in {mended} - "
                "raise its range in pyproject.toml if need be, and run: make lock"
            )
    looked = [package for package in packages if "skip_reason" not in package]
    if not looked:
        return [], f"NOT looked up: the database knows none of the {len(packages)} packages (is it a mirror?)"
    rest = f"; {len(packages) - len(looked)} could not be looked up" * (len(looked) < len(packages))
    return faults, f"none known of {len(looked)} packages{rest}"


# ------------------------------------------------------------------------------------ the outputs


def outputs() -> Part:
    """What the built book would give away of this machine."""
    folders = [folder for folder in (HTML, BUILD / "pdf", BUILD / "epub") if folder.is_dir()]
    if not folders:
        return [], "none built"
    from press.leaks import leaks

    found = [f"{shown(folder)}/{leak}" for folder in folders for leak in leaks(folder)]
    return found, "no path, name or secret in them"


def _lacks(tool: str) -> str:
    """Why a tool of the extra "check" cannot be used, or nothing; it is installed if it can be."""
    try:
        version(tool)
        return ""
    except PackageNotFoundError:
        pass
    extra = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    ranges = [words for words in extra["check"] if Requirement(words).name == tool]
    command = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run([*command, *ranges], capture_output=True)
    return "" if not done.returncode else f"{tool} is not installed and cannot be fetched here"
