"""The walls: who may import whom, nothing shadowed, no plain transaction, no trace of a service in another."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [ROOT / "platform/src", *(ROOT / "services").glob("*/src"), ROOT / "infra/embedded/src"]
MODULES = sorted(place for source in SOURCES for place in source.rglob("*.py"))


def test_import_rules_hold():
    answer = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_platform_folder_is_invisible_to_python():
    assert not (ROOT / "platform/__init__.py").exists()
    below = [place for place in (ROOT / "platform").rglob("*.py") if "src/coordination" not in place.as_posix()]
    assert below == []
    tests_below = [*(ROOT / "platform").rglob("test_*.py"), *(ROOT / "platform").rglob("conftest.py")]
    assert tests_below == []
    assert not [place for place in (ROOT / "tests").rglob("platform")]


def test_standard_platform_module_is_the_real_one():
    answer = subprocess.run(
        [sys.executable, "-c", "import platform; print(platform.system())"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip()


def _imported_names(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda place: place.relative_to(ROOT).as_posix())
def test_module_keeps_to_its_room(module: Path):
    text = module.read_text(encoding="utf-8")
    names = _imported_names(ast.parse(text))
    where = module.relative_to(ROOT).as_posix()
    if not where.endswith("events/unit_of_work.py"):
        assert not {name for name in names if name.startswith("django.db.transaction")}, "plain transaction"
    assert not {name for name in names if name.startswith(("django.db.models.signals", "django.dispatch"))}
    if "events/kafka/" not in where:
        assert not {name for name in names if name.split(".")[0] == "kafka"}
    assert module.stem not in {"utils", "helpers", "common", "misc"}, "its subject was not named yet"
    assert "if EMBEDDED" not in text
    if "/migrations/" not in where:
        assert len(text.splitlines()) <= 300, "a file past 300 lines probably holds two subjects"
        assert ast.get_docstring(ast.parse(text)) or not text.strip(), "says in its first line what it is for"


@pytest.mark.parametrize("module", MODULES, ids=lambda place: place.relative_to(ROOT).as_posix())
def test_public_functions_and_classes_say_what_they_do(module: Path):
    if "/migrations/" in module.as_posix():
        return
    tree = ast.parse(module.read_text(encoding="utf-8"))
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []
