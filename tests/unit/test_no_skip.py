"""Where nothing may be missing, a skipped test is a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SKIPS = """
import pytest

@pytest.fixture
def absent():
    pytest.skip("absent")

@pytest.mark.skip(reason="absent")
def test_marked(): ...

def test_without_what_it_uses(absent): ...
"""


@pytest.mark.parametrize(("setting", "counts"), [("", "2 skipped"), ("1", "2 errors")])
def test_skipped_is_failed_where_told_so(setting: str, counts: str, tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(SKIPS, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", str(tmp_path / "pytest.ini"), str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"RAHYAR_TEST_NO_SKIP": setting},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert counts in ended.stdout
