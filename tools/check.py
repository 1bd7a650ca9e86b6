"""``python -m press check``: all that can be known without building, each part in a line.

- each file that people write can be read;
- the tables hold together, and no figure is typed in the text;
- the record of editions agrees with tags and history;
- the code has none of the faults that a linter finds for certain (``[tool.ruff]``);
- no module imports another against the order of the packages (``[tool.importlinter]``);
- the workflows have none of the weaknesses that zizmor knows, offline;
- the locked lists hold a hash for every package and fit the ranges of ``pyproject.toml``,
  requirements.txt has their versions, and what is installed here is what they lock;
- no locked version has a vulnerability that is publicly known, as far as the database of them can
  be reached: what could not be looked up is said, and is no failure;
- if a book is built, it holds no path, name or secret of this machine, and its Chinese pages none of
  the wording that they avoid; what only may be wrong is said, and is no failure.

Out of scope: what only a build shows (``press.build.build``), and tests.
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
from itertools import chain
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from press import BUILD, HTML, LOCK, LOCK_ALL, PYPROJECT, REQUIREMENTS, ROOT, shown
from tools.lock import by_hand

LISTS = (LOCK, LOCK_ALL)
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(.*)$")
IMPORT = re.compile(r"^-\s+(\S+ -> \S+ \(l\.\d+\)|\.\S* -> \.\S* .*)$", re.M)  # of import-linter
FOUND = re.compile(r"^::\w+ file=.*?,title=(.*?)::(.*)$", re.M)  # of zizmor
WAIT = 240  # seconds for looking up all packages

Part = tuple[list[str], str]  # what is to be mended, and what to say if nothing is


def check() -> int:
    """Run every part; 1 if one found something to mend."""
    parts: dict[str, Callable[[], Part]] = {
        "Files": files, "Tables": tables, "Text": text, "Editions": editions, "Code": code,
        "Imports": imports, "Workflows": workflows, "Locks": locks,
        "Vulnerabilities": vulnerabilities, "Outputs": outputs, "Chinese": wording,
    }  # fmt: skip
    failed = 0
    for name, part in parts.items():
        print(f"{name}: ", end="", flush=True)
        try:
            faults, good = part()
        except Exception as error:  # whatever it is, the other parts are wanted as well
            from press.build.build import _sentence

            faults, good = [_sentence(error)], ""
        print(f"{len(faults)} to mend" if faults else good, flush=True)
        for fault in faults:
            print(f"  {fault}")
        failed += bool(faults)
    return int(failed > 0)


def files() -> Part:
    """Whether what people write can be read; a file that is no page yet is said, and is no failure."""
    from press.build import inputs

    remarks = "".join(f"; {remark}" for remark in inputs.left_over())
    return [str(fault) for fault in inputs.faults()], f"each can be read{remarks}"


def tables() -> Part:
    """The check of ``data/``."""
    from citygap.data.validate import check as check_tables
    from press.subject import subject

    return [str(problem) for problem in check_tables() or subject().faults()], "they hold together"


def text() -> Part:
    """The audit of figures typed by hand."""
    from press.audit import audit

    return [str(problem) for problem in audit()], "every figure is computed or declared"


def editions() -> Part:
    """The record of editions against what is kept of them, tags and history."""
    from press import edition_register
    from press.editions import git_commands

    obstacle = git_commands.whole(ROOT)
    said = f"{edition_register.FILE} was not compared with the history: {obstacle}" if obstacle else ""
    return [*edition_register.faults(ROOT), *edition_register.contradictions(ROOT)], said or "the record agrees with the history"


def code() -> Part:
    """What a linter finds for certain."""
    done = _run(sys.executable, "-m", "ruff", "check", "--quiet", "--output-format", "concise")
    lines = [line.replace(f"{ROOT}/", "") for line in done.stdout.splitlines() if line.strip()]
    return lines or _last(done, "ruff"), "nothing found"


def _run(*command: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, **options)


def _last(done: subprocess.CompletedProcess, program: str) -> list[str]:
    """What a program that failed without naming a fault said last."""
    said = done.stderr.strip().splitlines()[-1:] or [f"{program} ended without a word"]
    return said if done.returncode else []


def imports() -> Part:
    """Imports that the contracts of ``pyproject.toml`` do not allow."""
    code = "from importlinter.cli import lint_imports_command as run; run()"
    done = _run(sys.executable, "-c", code, "--no-cache", "--no-logo")
    return forbidden(done.returncode, done.stdout, done.stderr), "each package imports those below it alone"


def forbidden(status: int, said: str, remarks: str = "") -> list[str]:
    """The imports that import-linter found, from what it prints; what it says, if it found no reason."""
    if not status:
        return []
    _, _, broken = said.partition("Broken contracts")
    words = (broken or remarks).strip().splitlines() or ["lint-imports ended without a word"]
    return IMPORT.findall(broken) or words[-1:]


def workflows() -> Part:
    """What a linter finds in what runs on a server."""
    program = Path(sysconfig.get_path("scripts")) / "zizmor"
    done = _run(str(program), "--offline", "--quiet", "--no-exit-codes", "--format", "github", str(ROOT / ".github"))
    found = [f"{words} ({kind})" for kind, words in FOUND.findall(done.stdout)]
    return found or _last(done, "zizmor"), "nothing found"


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
    wanted = {LOCK: book, LOCK_ALL: chain(book, *project["optional-dependencies"].values())}
    faults = []
    if REQUIREMENTS.read_text(encoding="utf-8") != by_hand(LOCK.read_text(encoding="utf-8")):
        faults.append(f"{REQUIREMENTS.name} has not the versions of {LOCK.name} - run: make lock")
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
        f"{name} {there} is installed where {LOCK.name} has {number} - run: make install"
        for name, (number, _) in pins(LOCK).items()
        if (there := _installed(name)) and there != number
    ]
    return faults, f"{len(pins(LOCK_ALL))} packages, each with its hashes"


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""  # not for this Python or system


# ------------------------------------------------------------------------------- vulnerabilities


def vulnerabilities() -> Part:
    """Publicly known ones of the locked versions, by pip-audit."""
    try:
        done = _run(sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner",
                    "off", "--format", "json", "-r", str(LOCK_ALL), timeout=WAIT)  # fmt: skip
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


def wording() -> Part:
    """What the built Chinese pages say otherwise than Chinese pages do."""
    from press.audit import chinese

    found = chinese.of_book()
    remarks = [f"perhaps {one}" for one in found if one.warns]
    return [str(one) for one in found if not one.warns], "; ".join(remarks) or "worded as Chinese pages are"


def outputs() -> Part:
    """What the built book would give away of this machine."""
    folders = [folder for folder in (HTML, BUILD / "pdf", BUILD / "epub") if folder.is_dir()]
    if not folders:
        return [], "none built"
    from tools.secret_scan import leaks

    found = [f"{shown(folder)}/{leak}" for folder in folders for leak in leaks(folder)]
    return found, "no path, name or secret in them"
