"""One running instance for the tests of this folder; without a browser they are skipped and say so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.running import CHROMIUM, Rahyar, free_port


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/e2e/" in item.path.as_posix() and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no chromium on this machine (apt-get install chromium)"))


@pytest.fixture(scope="module")
def rahyar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rahyar]:
    instance = Rahyar(tmp_path_factory.mktemp("data"), free_port())
    instance.start()
    yield instance
    assert instance.stop() == 0
