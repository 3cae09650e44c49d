"""The instance's secret and the keys made from it."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage.errors import ErrorKind, StorageError
from storage.secrets import load_secret

GIVEN = {"RAHYAR_SECRET": "a secret of an operator"}


def test_what_the_operator_gave_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    secret = load_secret(GIVEN, tmp_path)

    assert secret.asker_key("telegram", 77) == load_secret(GIVEN, tmp_path / "nowhere").asker_key("telegram", 77)
    assert list(tmp_path.iterdir()) == []


def test_one_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first, again = load_secret({}, tmp_path), load_secret({"RAHYAR_SECRET": ""}, tmp_path)

    assert first.asker_key("telegram", 77) == again.asker_key("telegram", 77)
    (file,) = tmp_path.iterdir()
    assert file.name == "secret"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_instances_have_two_secrets(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert load_secret({}, tmp_path / "a").key("x") != load_secret({}, tmp_path / "b").key("x")


def test_workers_that_start_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as threads:
        keys = {secret.key("x") for secret in threads.map(lambda _: load_secret({}, tmp_path), range(64))}

    assert len(keys) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    before = load_secret({}, tmp_path).key("x")
    (tmp_path / "secret").chmod(0o644)

    assert load_secret({}, tmp_path).key("x") == before
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_keys_differ_by_purpose_platform_and_person(tmp_path: Path) -> None:
    secret = load_secret(GIVEN, tmp_path)
    keys = {
        secret.key("asker").hex(),
        secret.key("web-cookie").hex(),
        secret.asker_key("telegram", 77),
        secret.asker_key("telegram", 78),
        secret.asker_key("web", 77),
    }

    assert len(keys) == 5
    assert {len(key) for key in keys} == {64}


def test_keys_stay_the_same_from_release_to_release(tmp_path: Path) -> None:
    """Another key would make strangers of everybody. RFC 4231 names the function: HMAC-SHA256."""
    assert load_secret(GIVEN, tmp_path).asker_key("telegram", 77) == (
        "7b55332345360860f226476c55d23cfa53a05298a7c32ce35e9d467911b55e57"
    )


def test_it_is_never_printed(tmp_path: Path) -> None:
    assert "operator" not in repr(load_secret(GIVEN, tmp_path))


def test_too_short_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as error:
        load_secret({"RAHYAR_SECRET": "short"}, tmp_path)
    assert error.value.kind is ErrorKind.SECRET_TOO_SHORT
    assert "short" not in error.value.details.values()


def test_a_missing_directory(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as error:
        load_secret({}, tmp_path / "nowhere")
    assert error.value.kind is ErrorKind.MISSING_DIRECTORY


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff\xfe" * 40])
def test_a_damaged_file_is_never_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)

    with pytest.raises(StorageError) as error:
        load_secret({}, tmp_path)
    assert error.value.kind is ErrorKind.SECRET_DAMAGED
    assert (tmp_path / "secret").read_bytes() == content


def test_a_directory_that_takes_no_file() -> None:
    with pytest.raises(StorageError) as error:
        load_secret({}, Path("/proc"))
    assert error.value.kind is ErrorKind.UNWRITABLE
