"""Posters, the catalogue, forwarding and exports from the command line: Persian to people, JSON to programs, one line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bot.composition.knowledge import index_directory
from run import main

HEAD = "id,title,agency\n"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance of its own."""
    monkeypatch.setenv("RAHYAR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("RAHYAR_WEB__PUBLIC_URL", "https://rahyar.example")
    monkeypatch.delenv("RAHYAR_STORAGE__URL", raising=False)
    return tmp_path


def test_a_file_is_tried_then_imported_then_listed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = data / "services.csv"
    file.write_text(f"{HEAD}1000,درخواست صدور شناسنامه,سازمان ثبت احوال کشور\n", "utf-8")
    assert main(["services", "import", str(file), "--dry-run"]) == 0
    assert "چیزی ذخیره نشد" in capsys.readouterr().out
    assert main(["services", "import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) | {"problems": []} == {
        "problems": [], "added": 1, "changed": 0, "unchanged": 0, "stored": True
    }  # fmt: skip
    assert main(["services", "--json"]) == 0
    found = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert found["1000"]["title"] == "درخواست صدور شناسنامه"
    assert found["1000"]["agency_id"] == "civil-registration"
    assert "EXAMPLE-1" in found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"{HEAD}1000,=1+1,ثبت احوال\n".encode(), "سطر ۲: متن «=1+1» مانند فرمول"),
        (f"{HEAD}1,a,ثبت احوال\n1,c,ثبت احوال\n".encode(), "سطر ۳: شناسه ۱ در سطر ۲ هم آمده است"),
        (f"{HEAD}1,a,ثبت احوالات\n".encode(), "سطر ۲: دستگاه «ثبت احوالات» در فهرست دستگاه‌ها نیست؛ نزدیک‌ترین نام‌ها:"),
        ("id,title,agency\n1,café,ب\n".encode("cp1256"), "سطر ۲: نوشته‌ها با کدگذاری یونی‌کد"),
        (b"id,colour\n1,red\n", "ستون «colour» شناخته نیست"),
        (b"", "هیچ خدمتی ندارد"),
    ],
)
def test_bad_files_are_listed_by_row_and_not_stored(
    data: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    (data / "bad.csv").write_bytes(content)
    assert main(["services", "import", str(data / "bad.csv")]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "چیزی ذخیره نشد" in told.out


@pytest.mark.parametrize(("name", "begins"), [("p.svg", b"<?xml"), ("p.pdf", b"%PDF")])
def test_a_poster_leads_to_every_place_that_is_known(
    data: Path, capsys: pytest.CaptureFixture[str], name: str, begins: bytes
) -> None:
    assert main(["poster", "EXAMPLE-1", "--out", str(data / name), "--telegram", "rahyar_bot", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["links"] == [
        "https://t.me/rahyar_bot?start=s_EXAMPLE-1",
        "https://rahyar.example/s/EXAMPLE-1",
    ]
    assert (data / name).read_bytes().startswith(begins)


def test_a_poster_without_the_web_says_so_and_is_made(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("RAHYAR_WEB__PUBLIC_URL")
    monkeypatch.setenv("RAHYAR_TELEGRAM__USERNAME", "rahyar_bot")
    assert main(["poster", "EXAMPLE-1", "--out", str(data / "p.svg"), "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["links"] == ["https://t.me/rahyar_bot?start=s_EXAMPLE-1"]
    assert "web.public_url" in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize("name", ["@rahyar_bot", "rahyar bot", "bot", "رهیار", "x" * 33, "https://t.me/rahyar_bot"])
def test_a_user_name_that_no_bot_can_have_is_refused_with_its_key(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["poster", "EXAMPLE-1", "--bale", name]) == 2
    assert f"«{name}»" in capsys.readouterr().err
    monkeypatch.setenv("RAHYAR_TELEGRAM__USERNAME", name)
    assert main(["services"]) == 2
    said = capsys.readouterr().err
    assert "telegram.username" in said
    assert "RAHYAR_TELEGRAM__USERNAME" in said


def test_an_empty_export_has_its_head(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = data / "r.csv"
    assert main(["export", "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(out), "rows": 0}
    assert next(csv.reader(out.read_text("utf-8-sig").splitlines()))[0] == "response_id"
    assert main(["forward", "--status"]) == 0
    assert main(["forward", "--replay", "--json"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["poster", "999"], "پیدا نشد"),
        (["poster", "EXAMPLE-1", "--out", "x.doc"], ".pdf"),
        (["services", "import"], "نوشته نشده"),
        (["services", "import", "/no/such.csv"], "خوانده نشد"),
        (["export", "--out", "x.txt"], ".parquet"),
        (["export", "--out", "/no/such/r.csv"], "پوشه"),
        (["export", "--out", "r.csv", "--service", "77"], "پیدا نشد"),
        (["forward", "--target", "nowhere"], "هدفی"),
    ],
)
def test_bad_input_is_one_clear_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert (told.out, told.err.count("\n")) == ("", 1)


def test_the_index_of_wordings_goes_with_the_last_of_them(data: Path) -> None:
    taught = data / "index-taught"
    taught.mkdir()
    assert index_directory(data, {"roadmap-1404/art_21": ["صدای مردم"]}) == taught
    assert index_directory(data, None) == data / "index"
    assert taught.exists(), "a command that asks for no wordings knows of none"
    assert index_directory(data, {}) == data / "index"
    assert not taught.exists()
