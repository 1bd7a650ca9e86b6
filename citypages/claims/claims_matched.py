"""Whether each claim has a rule that judges it, and each rule a claim.

It stands beside the check of the tables (``citygap.data.validate``), which knows no rules.
"""

from __future__ import annotations

import ast
from pathlib import Path

from citygap.data.io import DATA, PACKAGE, Problem, read_package, read_rows

RULES = DATA.parent / "citygap" / "claims" / "rules"


def check(data: Path = DATA) -> list[Problem]:
    """Claims without a rule and rules without a claim, if the folder has a table of claims."""
    if not (data / PACKAGE).is_file():
        return []
    for resource in read_package(data)["resources"]:
        if resource["name"] == "claims":
            header, body = read_rows(data / resource["path"])
            rows = [dict(zip(header, row)) for row in body]
            if sorted(row["claim"] for row in rows) == written():
                return []
            from citygap.claims.registry import unmatched  # only a book that has claims has rules

            return unmatched(rows)
    return []


def written(folder: Path = RULES) -> list[str]:
    """The claims that have a rule, sorted, as the code of the rules names them.

    Importing the rules takes a second; that they are as they should be is seen without.
    """
    found = []
    for path in folder.glob("*.py"):
        try:
            tree = ast.parse(path.read_bytes())
        except SyntaxError:
            return []  # importing says where
        found += [node.args[0].value for node in ast.walk(tree)
                  if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("rule", "not_testable")
                  and node.args and isinstance(node.args[0], ast.Constant)]  # fmt: skip
    return sorted(found)
