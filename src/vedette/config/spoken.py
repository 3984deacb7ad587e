"""What the rooms below the doors say in English: read from the code, so that a door can say it in a reader's language.

Rooms know no language: a refusal, an audit code, a label is stored and sent as it is written. The catalogue holds these
words under a context of their own; what is put into a sentence becomes a named place, `%(limit)s`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent
CONTEXT = "said"
# From which argument on a call takes sentences for a person.
CALLS = {
    "Refused": 1, "NoRoom": 1, "Conflict": 0, "Forbidden": 0, "NotTaken": 0, "Damaged": 0, "Decision": 1,
    "Verb": 0, "Rule": 0, "declare": 0, "Ground": 2, "_refuse": 0, "_brought": 0,
}  # fmt: skip
# Tables of words, and files in which every sentence is for a person.
TABLES = {
    "SENTENCES",
    "CODES",
    "REFUSALS",
    "LODGED_REFUSALS",
    "sharing/lodged.py:WORDS",
    "reporting/extraction.py:KINDS",
    "CLAIM_KINDS",
    "QUALIFIERS",
    "_BANDS",
    "ACTIVE",
}
KEY = re.compile(r"[a-z]+(-[a-z]+)+")
FILES = (
    "incidents/linking.py",
    "incidents/likeness.py",
    "sharing/basis.py",
    "sharing/brief.py",
    "handling/queries.py",
    "handling/names.py",
    "account/proofs.py",
)
NOT_SAID = {"as_house", "compile", "frozenset", "record", "TypeVar", "get", "ValueError", "Place", "log_shown"}
# Labels that are never translated.
MARKS = {"Label"}
SILENT = ("config", "demo", "formats", "tests", "migrations")
WORDS = re.compile(r"[^\W\d_]{2,} +[^\W\d_]|^[A-Z][a-z]+[.?]?$")


def sentences() -> Iterator[tuple[str, str]]:
    """Each sentence with the file that says it, in the order of the code; one said twice comes twice."""
    files = [file for file in sorted(SOURCE.rglob("*.py")) if not set(SILENT) & set(file.relative_to(SOURCE).parts)]
    trees = {file.relative_to(SOURCE).as_posix(): ast.parse(file.read_text(encoding="utf-8")) for file in files}
    constants = _constants(trees)
    for name, tree in trees.items():
        for node in _said_in(name, tree):
            for said in _texts(node, constants.get(name, {}), constants):
                if re.search(r"[^\W\d_]{2}", re.sub(r"%\(\w+\)s", "", said)):
                    yield said.replace("-", " ") if KEY.fullmatch(said) else said, name


def _said_in(name: str, tree: ast.Module) -> Iterator[ast.expr]:
    """The expressions of a file that are sentences for a person."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in CALLS:
            yield from node.args[CALLS[_name(node.func)] :][: 1 if _name(node.func) == "Verb" else None]
        elif isinstance(node, ast.ClassDef) and node.name not in MARKS:
            yield from _labels(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if TABLES & {said for target in targets for said in (_name(target), f"{name}:{_name(target)}")}:
                yield node.value
    if name in FILES:
        yield from _every_sentence(tree)


def _labels(node: ast.ClassDef) -> Iterator[ast.expr]:
    """The labels of a list of choices; one that is not written is made of its name."""
    if not any(_name(base).endswith("Choices") for base in node.bases):
        return
    for line in node.body:
        if not isinstance(line, ast.Assign):
            continue
        if isinstance(line.value, ast.Tuple):
            yield line.value.elts[-1]
        else:
            yield ast.Constant(_name(line.targets[0]).replace("_", " ").title())


def _every_sentence(node: ast.AST) -> Iterator[ast.expr]:
    """The texts of a file that read as words: no docstring, nothing that is said to the house itself."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.Call) and _name(child.func) in NOT_SAID:
            continue
        if isinstance(child, ast.Constant | ast.JoinedStr | ast.BinOp):
            text = _text(child)
            if text and WORDS.search(re.sub(r"%\(\w+\)s", "xx", text)):
                yield child
                continue
        if not isinstance(child, ast.JoinedStr):
            yield from _every_sentence(child)


def _constants(trees: dict[str, ast.Module]) -> dict[str, dict[str, ast.expr]]:
    """The named texts at the top of each file."""
    return {
        name: {
            _name(line.targets[0]): line.value
            for line in tree.body
            if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant | ast.JoinedStr)
        }
        for name, tree in trees.items()
    }


def _texts(node: ast.expr, here: dict[str, ast.expr], everywhere: dict[str, dict[str, ast.expr]]) -> Iterator[str]:
    """Every text an expression may become: both ways of a condition, the values of a table, a constant by its name."""
    text = _text(node)
    if text is not None:
        yield text
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, here, everywhere)
        yield from _texts(node.orelse, here, everywhere)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _texts(value, here, everywhere)
    elif isinstance(node, ast.Tuple | ast.List):
        for value in node.elts:
            yield from _texts(value, here, everywhere)
    elif isinstance(node, ast.Call) and _name(node.func) not in CALLS:
        for value in node.args:
            yield from _texts(value, here, everywhere)
    elif isinstance(node, ast.Name | ast.Attribute):
        name = _name(node)
        found = [here[name]] if name in here else [held[name] for held in everywhere.values() if name in held]
        for value in found:
            yield from _texts(value, {}, {})


def _text(node: ast.AST) -> str | None:
    """The text an expression spells, with a named place for what is put in; None when it spells none."""
    places: list[str] = []
    said = _spelt(node, places)
    return None if places and said == f"%({places[0]})s" else said


def _spelt(node: ast.AST, places: list[str]) -> str | None:
    if isinstance(node, ast.Constant):
        return str(node.value).replace("%", "%%") if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _spelt(part, places) or "" if isinstance(part, ast.Constant) else _place(part, places)
            for part in node.values
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _spelt(node.left, places), _spelt(node.right, places)
        if left is None and right is None:
            return None
        return (left if left is not None else _place(node.left, places)) + (
            right if right is not None else _place(node.right, places)
        )
    return None


def _place(node: ast.AST, places: list[str]) -> str:
    """A place for a value, by the value's own name; the second of a name gets a number."""
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    name = _name(inner).lower() or "what"
    name = name if name not in places else f"{name}{len(places) + 1}"
    places.append(name)
    return f"%({name})s"


def _name(node: ast.AST) -> str:
    return str(getattr(node, "id", None) or getattr(node, "attr", None) or "")
