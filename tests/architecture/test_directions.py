"""The tree shows the architecture: who may import whom (design §1)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOMAINS = ("knowledge", "reminders", "surveys")
PACKAGES = (*DOMAINS, "storage", "bot", "handlers", "web")
FRAMEWORKS = {"aiogram", "sqlalchemy", "fastapi", "telegram", "alembic", "starlette", "apscheduler"}

#: What a package must not import, beside itself.
FORBIDDEN = {
    "knowledge": FRAMEWORKS | {"reminders", "surveys", "storage", "bot", "handlers", "web", "run"},
    "reminders": FRAMEWORKS | {"surveys", "storage", "bot", "handlers", "web", "run"},
    "surveys": FRAMEWORKS | {"reminders", "storage", "bot", "handlers", "web", "run"},
    "storage": {"aiogram", "fastapi", "telegram", "starlette", "handlers", "web", "run"},
    "bot": {"sqlalchemy", "fastapi", "storage", "handlers", "web", "run"},
    "handlers": {"sqlalchemy", "fastapi", "telegram", "storage", "web", "run"},
    "web": {"sqlalchemy", "aiogram", "telegram", "storage", "handlers", "run"},
}


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and not n.level}
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("package", [p for p in PACKAGES if (ROOT / p / "__init__.py").exists()])
def test_packages_import_only_what_they_may(package: str) -> None:
    looked_at = 0
    for path in sorted((ROOT / package).rglob("*.py")):
        found = imports_of(path)
        looked_at += len(found)
        wrong = found & FORBIDDEN[package]
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"
    assert looked_at > 0, f"nothing was looked at in {package}"


def test_every_package_of_the_tree_is_guarded() -> None:
    packages = {p.parent.name for p in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert packages
    assert packages <= set(FORBIDDEN)


def test_only_run_composes() -> None:
    """No module but run.py reads the environment or the wall clock by itself."""
    looked_at = 0
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            looked_at += 1
            calls = [
                ast.unparse(n.func) for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)
            ]
            wrong = {
                "datetime.now", "dt.datetime.now", "datetime.datetime.now", "dt.date.today", "date.today", "time.time",
                "os.getenv", "os.environ.get", "datetime.utcnow", "random.random", "uuid.uuid4",
            } & set(calls)  # fmt: skip
            assert not wrong, f"{path.relative_to(ROOT)} calls {sorted(wrong)}; take it as an argument"
    assert looked_at > 20
