"""The rules of the house: arrows, sizes, types, style."""

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "jupyter_tutor"
SOURCES = sorted(PACKAGE.glob("**/*.py"))


def tool(*command: str) -> None:
    """A tool in this environment has nothing to complain about."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield (
                f"{path.relative_to(ROOT)}:{node.lineno} {node.name}",
                (node.end_lineno or node.lineno) - node.lineno + 1,
            )


def test_imports_keep_to_the_layers_and_every_library_has_one_home() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_are_strict() -> None:
    tool("mypy", "--no-incremental")


def test_style_is_kept() -> None:
    tool("ruff", "check", "--no-cache", ".")


def test_format_is_kept() -> None:
    tool("ruff", "format", "--no-cache", "--check", ".")


def test_no_file_is_long_and_half_are_short() -> None:
    lines = {path: len(path.read_text().splitlines()) for path in SOURCES}
    assert [str(path) for path, count in lines.items() if count > 400] == []
    assert statistics.median(lines.values()) < 150


def test_no_function_is_long_and_half_are_short() -> None:
    sizes = dict(size for path in SOURCES for size in functions(path))
    assert [name for name, size in sizes.items() if size > 60] == []
    assert statistics.median(sizes.values()) <= 8


def test_every_room_says_what_belongs_there() -> None:
    for room in PACKAGE.glob("*/__init__.py"):
        assert ast.get_docstring(ast.parse(room.read_text())), room


def test_every_public_module_class_and_function_has_a_docstring_where_its_name_is_not_enough() -> None:
    bare = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    bare += [
        f"{path.relative_to(ROOT)}: class {node.name}"
        for path in SOURCES
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert bare == []


def test_at_most_one_test_in_twenty_uses_a_mock() -> None:
    tests = mocks = 0
    for path in (ROOT / "tests").glob("**/test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_"):
                tests += 1
                arguments = {a.arg for a in node.args.args}
                mocks += (
                    "mocker" in arguments or "Mock(" in ast.unparse(node) or "monkeypatch.setattr" in ast.unparse(node)
                )
    assert mocks * 20 <= tests, f"{mocks} of {tests}"
