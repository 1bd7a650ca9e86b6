"""Figures typed in code and handed to the page: the way around the audit of prose.

``bind(firms=800)`` would print a typed figure as if it were computed, and ``check(widens=True)``
let words pass that nothing checks.  Looked at are the cells' calls that put something on the page
or make a quantity from a literal.

Out of scope: what functions of ``citygap`` return, and numbers that steer a computation (a year,
a width, a count of places to keep).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from press.audit.prose import Cell

MAKERS = {"Count", "Quantity", "exactly", "read"}
QUERY = "absent"  # the answer to whether a query found nothing
PRINTED = "published"  # the words of a Quantity, which only a table may give


@dataclass(frozen=True)
class Typed:
    """A literal that reaches the page: its source text, its line, and how it gets there."""

    words: str
    line: int
    way: str


def typed(cells: list[Cell]) -> Iterator[Typed]:
    """Literals that a chapter's cells put on its page.

    A cell that is not Python is passed over: the build names its line.
    """
    names: dict[str, ast.expr] = {}  # a literal's detour by a name of its own
    for first, tree in _trees(cells):
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and _is_literal(node.value, {}):
                names |= {t.id: node.value for t in node.targets if isinstance(t, ast.Name)}
        for call in _calls(tree):
            for value, way in _suspects(call):
                if _is_literal(value, names):
                    source = names.get(getattr(value, "id", ""), value)
                    yield Typed(ast.unparse(source), first + value.lineno - 1, way)


def _trees(cells: list[Cell]) -> Iterator[tuple[int, ast.Module]]:
    for cell in cells:
        try:
            yield cell.line, ast.parse(cell.code)
        except SyntaxError:
            continue


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _suspects(call: ast.Call) -> Iterator[tuple[ast.expr, str]]:
    """Arguments of a call that must not be literals."""
    name = _name(call)
    if name == "bind":
        yield from ((keyword.value, f"bound as {keyword.arg!r}") for keyword in call.keywords)
    elif name == "glue":
        yield from ((value, "glued to the page") for value in call.args[1:2])
    elif name in MAKERS:
        yield from ((value, f"made a quantity by {name}()") for value in call.args[:1])
    elif name == "check":
        yield from ((k.value, f"the answer of {k.arg!r}, which then checks nothing") for k in call.keywords)
    elif name == QUERY:
        yield from ((value, "the rows of a query, which then asks nothing") for value in call.args[:1])
    for keyword in call.keywords:
        if keyword.arg == PRINTED and getattr(keyword.value, "value", None) != "":
            yield keyword.value, "published= gives a quantity its printed words"


def _is_literal(node: ast.expr, names: dict[str, ast.expr]) -> bool:
    """Whether an expression is a number, a text or a truth value typed by hand."""
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.Constant):
        return node.value is not None
    if isinstance(node, ast.UnaryOp):
        return _is_literal(node.operand, names)
    if isinstance(node, (ast.List, ast.Tuple)):
        return all(_is_literal(each, names) for each in node.elts)
    if isinstance(node, ast.BinOp):
        return _is_literal(node.left, names) and _is_literal(node.right, names)
    if isinstance(node, ast.JoinedStr):
        return all(isinstance(part, ast.Constant) for part in node.values)
    return False
