"""The source tree as the laws read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "vedette"
DOORS = ("web", "api", "field", "exchange", "formats", "jobs")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def product() -> tuple[Path, ...]:
    """The product's own Python: no tests, no migrations."""
    files = sorted(SOURCE.rglob("*.py"))
    return tuple(file for file in files if not {"tests", "migrations"} & set(file.relative_to(SOURCE).parts))


@cache
def everything() -> tuple[Path, ...]:
    """Every Python file of the house, tests and benchmarks too."""
    found = [file for place in ("src", "tests", "bench") for file in sorted((ROOT / place).rglob("*.py"))]
    return (*found, ROOT / "conftest.py")


@cache
def parsed(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_text(encoding="utf-8"))


def name_of(file: Path) -> str:
    """A file as the laws name it."""
    return file.relative_to(ROOT).as_posix()


def room_of(file: Path) -> str:
    """The room a file lies in."""
    return file.relative_to(SOURCE).parts[0].removesuffix(".py")


def functions(file: Path) -> Iterator[Function]:
    """Every function and method of a file."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """Lines from `def` to the end of its body."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def calls(node: ast.AST, name: str) -> Iterator[ast.Call]:
    """Every call of a function or method by its name."""
    for found in ast.walk(node):
        if isinstance(found, ast.Call) and name in (
            getattr(found.func, "id", None),
            getattr(found.func, "attr", None),
        ):
            yield found


def literal(node: ast.expr | None) -> str | None:
    """The text a literal spells."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
