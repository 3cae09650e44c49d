"""The tree shows the architecture: who may import whom (design §1)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOMAINS = ("knowledge", "reminders", "surveys")
PACKAGES = (*DOMAINS, "storage", "bot", "handlers", "web")
#: What `run.py` is made of: the command line and the composition root know everybody, and nobody knows them.
ROOTS = ("bot.command_line", "bot.composition")
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
    """Every module that a file names in an import, in full."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for n in ast.walk(tree):
        if isinstance(n, ast.ImportFrom) and not n.level:
            names |= {n.module or ""} | {f"{n.module}.{alias.name}" for alias in n.names}
    return names


def packages_of(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports_of(path)}


def is_root(path: Path) -> bool:
    return ".".join(path.relative_to(ROOT).parts).startswith(tuple(f"{root}." for root in ROOTS))


def modules_of(package: str) -> list[Path]:
    """The files of a package, without those of the roots."""
    return [path for path in sorted((ROOT / package).rglob("*.py")) if not is_root(path)]


def calls_of(path: Path) -> set[str]:
    return {ast.unparse(n.func) for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)}


@pytest.mark.parametrize("package", [p for p in PACKAGES if (ROOT / p / "__init__.py").exists()])
def test_packages_import_only_what_they_may(package: str) -> None:
    looked_at = 0
    for path in modules_of(package):
        found = packages_of(path)
        looked_at += len(found)
        wrong = found & FORBIDDEN[package]
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"
    assert looked_at > 0, f"nothing was looked at in {package}"


def test_every_package_of_the_tree_is_guarded() -> None:
    packages = {p.parent.name for p in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert packages
    assert packages <= set(FORBIDDEN)


def test_nobody_knows_the_roots() -> None:
    assert all(any((ROOT / root.replace(".", "/")).glob("*.py")) for root in ROOTS)
    for package in PACKAGES:
        for path in modules_of(package):
            wrong = {name for name in imports_of(path) if name.startswith(ROOTS)}
            assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"
    composition = sorted((ROOT / "bot" / "composition").glob("*.py"))
    assert composition
    for path in composition:
        wrong = {name for name in imports_of(path) if name.startswith(("bot.command_line", "run"))}
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_only_the_composition_root_reads_clock_and_environment() -> None:
    """One module of the root tells the time; environment and chance are read in `run.py` and the root alone."""
    looked_at = 0
    clock = ROOT / "bot" / "composition" / "clock.py"
    forbidden = {
        "datetime.now", "dt.datetime.now", "datetime.datetime.now", "dt.date.today", "date.today", "time.time",
        "os.getenv", "os.environ.get", "datetime.utcnow", "random.random", "uuid.uuid4",
    }  # fmt: skip
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            looked_at += 1
            wrong = forbidden & calls_of(path)
            assert not wrong or path == clock, f"{path.relative_to(ROOT)} calls {sorted(wrong)}; take it as an argument"
    assert looked_at > 20
    assert forbidden & calls_of(clock)
