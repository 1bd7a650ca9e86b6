"""The modules: no circle of imports, those inside functions counted, and folders small enough to take in at a glance.

The order of the packages is a contract in ``pyproject.toml`` (``[tool.importlinter]``), which
``make check`` holds.
"""

from __future__ import annotations

import ast
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

MOST = 9  # modules in a folder
WIDE = {"press": 15, "plots": 14, "rules": 14}  # commands and settings; one module a kind or a chapter


def modules(root: Path) -> dict[str, Path]:
    """Every module by its name."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for top in ("citygap", "press", "citypages", "tools")
        for path in (root / top).rglob("*.py")
    }


def imports(name: str, path: Path, known: dict[str, Path]) -> set[str]:
    """Modules that one imports anywhere in its code; its own packages are no imports of it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {other for other in found & set(known) if other != name and not name.startswith(f"{other}.")}


def test_no_import_leads_back_to_where_it_came_from(root):
    known = modules(root)
    TopologicalSorter({name: imports(name, path, known) for name, path in known.items()}).prepare()


def test_a_circle_is_found_also_if_one_import_is_inside_a_function(tmp_path):
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "a.py").write_text("from press import b\n")
    (tmp_path / "press" / "b.py").write_text("def f():\n    from press.a import g\n")
    known = modules(tmp_path)
    with pytest.raises(CycleError):
        TopologicalSorter({name: imports(name, path, known) for name, path in known.items()}).prepare()


def test_a_folder_holds_few_enough_modules_to_take_in_at_a_glance(root):
    sizes = Counter(path.parent for path in modules(root).values() if path.name != "__init__.py")
    crowded = {str(folder): n for folder, n in sizes.items() if n > WIDE.get(folder.name, MOST)}
    assert not crowded, crowded
