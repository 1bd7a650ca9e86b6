"""Every package that the code imports or names is in the list that its command installs.

What is read: imports of ``press``, ``citygap``, the tests and the cells of chapters, also those
inside functions; parsers of BeautifulSoup and engines of pandas, which are named by a string; the
modules and programs that are run; the extensions of ``_config.yml``.  What a command needs is what
the modules that it may reach need.  Nothing is installed or fetched here.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.utils import canonicalize_name

from press import CHAPTERS, CONFIG, LOCK, LOCK_ALL, ROOT
from press.__main__ import COMMANDS
from tools.check import pins
from press.execution import fork_server
from press.serve import dev_server

#: What a name given as a string stands for; nothing where the standard library has it.
PARSERS = {"html.parser": "", "lxml": "lxml", "lxml-xml": "lxml", "xml": "lxml", "html5lib": "html5lib"}
ENGINES = {"c": "", "python": "", "openpyxl": "openpyxl", "xlsxwriter": "xlsxwriter", "pyarrow": "pyarrow",
           "fastparquet": "fastparquet", "calamine": "python-calamine", "numexpr": "numexpr"} | PARSERS  # fmt: skip
#: Methods of pandas that need a package which pandas does not bring.
METHODS = {
    "read_excel": "openpyxl", "to_excel": "openpyxl", "read_html": "lxml", "read_xml": "lxml",
    "to_xml": "lxml", "read_parquet": "pyarrow", "to_parquet": "pyarrow", "read_feather": "pyarrow",
    "to_feather": "pyarrow", "read_orc": "pyarrow", "to_markdown": "tabulate", "read_hdf": "tables",
    "to_hdf": "tables", "read_sql": "sqlalchemy", "to_xarray": "xarray", "to_clipboard": "qtpy",
}  # fmt: skip
OF_MYST = {"linkify": "linkify-it-py"}  # extensions of MyST that need a package
OURS = {"press", "citygap", "citypages", "tools", "tests"}
EVERYWHERE = sys.stdlib_module_names | {"pip"}  # .venv is made with pip


# ------------------------------------------------------------------------------- what code needs


def module_names(tree: ast.AST, package: str = "") -> Iterator[str]:
    """Modules that code imports or has run; a name imported from a module may be one itself."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                parts = package.split(".")[: len(package.split(".")) - level + 1] if level else []
                start = ".".join([*parts, *filter(None, [module])])
                yield start
                yield from (f"{start}.{alias.name}" for alias in names)
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[ast.Constant(value=str(one)), *_]) \
                    if name in ("import_module", "find_spec", "importorskip", "__import__"):  # fmt: skip
                yield one
            case ast.List(elts=elements) | ast.Tuple(elts=elements):  # [sys.executable, "-m", "ruff", ...]
                said = [e.value if isinstance(e, ast.Constant) else ast.unparse(e) for e in elements]
                if said[:2] == ["sys.executable", "-m"] and len(said) > 2:
                    yield str(said[2])


def named_packages(tree: ast.AST) -> Iterator[str]:
    """Packages that code needs because of a parser, an engine, a method or a program that it names."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="BeautifulSoup") | ast.Attribute(attr="BeautifulSoup"), args=args, keywords=named):
                parser = [a.value for a in args[1:2] if isinstance(a, ast.Constant)]
                parser += [k.value.value for k in named if k.arg == "features" and isinstance(k.value, ast.Constant)]
                assert parser, f"line {node.lineno}: BeautifulSoup is to be told its parser, or it takes what is there"
                yield PARSERS[parser[0]]
            case ast.Call(func=ast.Attribute(attr="with_name"), args=[ast.Constant(value=program)]) \
                    if "sys.executable" in ast.unparse(node.func):  # fmt: skip
                yield owner_of_program(program)
            case ast.BinOp(op=ast.Div(), left=left, right=ast.Constant(value=str(program))) \
                    if "get_path('scripts')" in ast.unparse(left):  # fmt: skip
                yield owner_of_program(program)
            case ast.Attribute(attr=name) if name in METHODS:
                yield METHODS[name]
        if isinstance(node, ast.Call):
            for word in node.keywords:
                if word.arg in ("engine", "flavor") and isinstance(word.value, ast.Constant):
                    yield ENGINES[word.value.value]


@cache
def owners() -> dict[str, list[str]]:
    return packages_distributions()


def owner(module: str) -> str:
    """The package that a module is of; of one that is not installed here, the module's own name."""
    top = module.partition(".")[0]
    return canonicalize_name(owners().get(top, [top])[0])


@cache
def programs() -> dict[str, str]:
    """The package that each program of the environment is of."""
    return {
        file.name: canonicalize_name(each.metadata["Name"])
        for each in distributions()
        for file in each.files or ()
        if file.parent.name in ("bin", "Scripts")
    }


def owner_of_program(name: str) -> str:
    return "" if name in ("python", "pip") else programs().get(name, name)


def needs(code: str, package: str = "") -> set[str]:
    """Packages that code needs itself."""
    tree = ast.parse(code)
    modules = {name.partition(".")[0] for name in module_names(tree, package)} - OURS - EVERYWHERE
    return (set(map(owner, modules)) | set(named_packages(tree))) - {""}


# ------------------------------------------------------------------------ what a command reaches


def file_of(module: str) -> Path | None:
    """The file of a module of ours."""
    path = ROOT.joinpath(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


@cache
def reached_from(module: str) -> frozenset[str]:
    """Modules of ours that a module imports, itself."""
    file = file_of(module)
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    found = module_names(ast.parse(file.read_text(encoding="utf-8")), package)
    parents = (".".join(name.split(".")[:n]) for name in found for n in range(1, name.count(".") + 2))
    return frozenset(name for name in parents if name.partition(".")[0] in OURS and file_of(name))


def reached(starts: Iterable[str]) -> set[str]:
    """Modules of ours that may be imported, starting from some."""
    seen, waiting = set(), list(starts)
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting += reached_from(module)
    return seen


@cache
def of_module(module: str) -> frozenset[str]:
    file = file_of(module)
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    return frozenset(needs(file.read_text(encoding="utf-8"), package))


def cells(chapter: Path) -> str:
    """The code of a chapter."""
    blocks = re.findall(r"^```\{code-cell\}.*?\n(.*?)^```", chapter.read_text(encoding="utf-8"), re.M | re.S)
    return "\n".join(re.sub(r"\A(:.*\n)+", "", block) for block in blocks)


@cache
def of_the_book() -> tuple[frozenset[str], frozenset[str]]:
    """Modules of ours and packages that every build of the book needs."""
    settings = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    extensions = set(settings["sphinx"]["config"]["extensions"]) | set(settings["sphinx"]["local_extensions"])
    code = "\n".join(cells(chapter) for chapter in sorted(CHAPTERS.glob("*.md")))
    ours = {name for name in extensions if name.partition(".")[0] in OURS}
    ours |= {name for name in module_names(ast.parse(code)) if name.partition(".")[0] in OURS and file_of(name)}
    packages = {owner(name) for name in extensions - ours} | needs(code)
    packages |= {owner(name) for name in (*fork_server.IMPORTS, *dev_server.LIBRARIES)} - OURS
    packages |= {OF_MYST[name] for name in settings["parse"]["myst_enable_extensions"] if name in OF_MYST}
    return frozenset(ours), frozenset(packages | {"jupyterlab", "jupytext", "ipykernel"})


def of_command(name: str) -> set[str]:
    """Packages that ``python -m press name`` may use."""
    ours, packages = of_the_book()
    modules = reached({COMMANDS[name].function.partition(":")[0], "press.__main__", *ours})
    return set(packages).union(*map(of_module, modules))


def installed_by_make() -> dict[str, Path]:
    """The list that make installs before each command of the press; none before what needs none."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = dict(re.findall(r"^([a-z-]+):((?: [a-z-]+)*)", text, re.M))
    recipes = {target: recipe for target, recipe in re.findall(r"^([a-z-]+):.*\n((?:\t.*\n)+)", text, re.M)}
    lists = {"install": LOCK, "install-all": LOCK_ALL}

    def list_of(target: str) -> Path | None:
        before = rules[target].split()
        return next(filter(None, (lists.get(one) or list_of(one) for one in before)), None)

    found = {}
    for target, recipe in recipes.items():
        for command in re.findall(r"-m press (\w+)", recipe):
            smallest = [path for path in (found.get(command), list_of(target)) if path]
            found[command] = min(smallest, key=[LOCK, LOCK_ALL].index) if smallest else None
    return found


def lacking(needed: Iterable[str], path: Path) -> list[str]:
    """What a list has not."""
    return sorted(set(needed) - set(pins(path)))


# ----------------------------------------------------------------------------------------- tests


COMMANDS_OF_MAKE = installed_by_make()


@pytest.mark.parametrize("command", sorted(name for name, path in COMMANDS_OF_MAKE.items() if path))
def test_a_command_finds_all_that_it_uses(command):
    path = COMMANDS_OF_MAKE[command]
    found = lacking(of_command(command), path)
    assert not found, f"{path.name}, which make installs before {command}, lacks {found}"


def test_every_command_that_needs_packages_is_looked_at():
    # These run before anything is installed: tests/press/editions/test_publishing.py starts one without packages.
    assert {name for name, path in COMMANDS_OF_MAKE.items() if path is None} == {"restore", "keep"}
    assert {"build", "pdf", "epub", "offline", "live", "serve", "site", "edition", "assets", "check", "lock",
            "font"} <= set(COMMANDS_OF_MAKE)  # fmt: skip


def test_tests_find_all_that_they_use():
    own = {path.stem for path in (ROOT / "tests").rglob("*.py")}
    files = sorted((ROOT / "tests").rglob("*.py"))
    needed = set().union(*(needs(path.read_text(encoding="utf-8")) for path in files))
    assert not lacking(needed - set(map(canonicalize_name, own)), LOCK_ALL)


def test_programs_that_people_are_told_to_run_are_installed():
    files = ("README.md", ".ci/run", "Makefile")
    text = "\n".join((ROOT / file).read_text(encoding="utf-8") for file in files)
    named = set(re.findall(r"\.venv/bin/([\w-]+)", text)) | {"jupyter-book", "jupytext-config"}
    assert not lacking({owner_of_program(name) for name in named} - {""}, LOCK)


# ------------------------------------------------------------------- and these tests are able to fail


@pytest.mark.parametrize("package", ["pandas", "seaborn", "jupytext", "linkify-it-py", "sphinx-togglebutton", "pyyaml"])
def test_a_package_that_the_list_lacks_is_found(package, tmp_path):
    path = tmp_path / "requirements.lock"
    text = LOCK.read_text(encoding="utf-8")
    path.write_text(re.sub(rf"^{package}==.*\n( .*\n)*", "", text, flags=re.M), encoding="utf-8")
    assert lacking(of_command("build"), path) == [package]


@pytest.mark.parametrize(("code", "package"), [
    ("def f():\n    import polars.io", "polars"),
    ("from PIL import Image", "pillow"),
    ("BeautifulSoup(text, 'lxml')", "lxml"),
    ("bs4.BeautifulSoup(text, features='html5lib')", "html5lib"),
    ("pd.read_csv(f, engine='pyarrow')", "pyarrow"),
    ("frame.to_excel(f)", "openpyxl"),
    ("pd.read_html(f)", "lxml"),
    ("run([sys.executable, '-m', 'piptools', 'compile'])", "piptools"),
    ("str(Path(sys.executable).with_name('jupyter-book'))", "jupyter-book"),
    ("Path(sysconfig.get_path('scripts')) / 'zizmor'", "zizmor"),
])  # fmt: skip
def test_what_code_needs_is_seen(code, package):
    assert needs(code) == {package}


@pytest.mark.parametrize("code", [
    "import os.path", "BeautifulSoup(text, 'html.parser')", "pd.read_csv(f, engine='c')", "from tools import lock",
    "run([sys.executable, '-m', 'pip', 'install'])",
])  # fmt: skip
def test_what_every_python_has_is_no_need(code):
    assert needs(code) == set()


def test_a_parser_that_is_left_to_what_is_installed_is_found():
    with pytest.raises(AssertionError, match="told its parser"):
        needs("BeautifulSoup(text)")
