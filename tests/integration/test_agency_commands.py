"""Agencies from the command line: tried, imported, listed; and the running process knows them at once."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from reminders.people import Role
from reminders.refusals import RefusedError
from run import main
from storage.database import Database
from tests.support.reminding import Clock, Reminding, tehran

HEAD = "id,name,aliases,classes,parent\n"
SHIRAZ = f"{HEAD}shiraz-city,شهرداری شیراز,بلدیه شیراز|شهر شیراز,municipalities,interior-ministry\n"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance of its own."""
    monkeypatch.setenv("RAHYAR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("RAHYAR_STORAGE__URL", raising=False)
    return tmp_path


def workbook(*rows: list[str], merged: str = "") -> bytes:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(out)
    return out.getvalue()


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_file_is_tried_then_imported_then_listed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = data / "agencies.csv"
    file.write_text(SHIRAZ, "utf-8")
    assert main(["agencies", "import", str(file), "--dry-run"]) == 0
    assert capsys.readouterr().out == "تازه: ۱، تغییریافته: ۰، بی‌تغییر: ۰. چیزی ذخیره نشد.\n"
    once = {"problems": [], "added": 1, "changed": 0, "unchanged": 0, "stored": True}
    assert main(["agencies", "import", str(file), "--json"]) == 0
    assert told(capsys) == once
    assert main(["agencies", "import", str(file), "--json"]) == 0
    assert told(capsys) == once | {"added": 0, "unchanged": 1}
    file.write_text(SHIRAZ.replace("بلدیه شیراز|", ""), "utf-8")
    assert main(["agencies", "import", str(file), "--json"]) == 0
    assert told(capsys) == once | {"added": 0, "changed": 1}
    assert main(["agencies", "list", "--json"]) == 0
    found = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert found["shiraz-city"] == {
        "id": "shiraz-city", "name": "شهرداری شیراز", "aliases": ["شهر شیراز"], "parent": "interior-ministry",
        "classes": ["municipalities"],
    }  # fmt: skip
    assert "ict-ministry" in found
    assert main(["agencies"]) == 0
    assert "shiraz-city\tشهرداری شیراز\tinterior-ministry\tmunicipalities\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + SHIRAZ.encode(),
        SHIRAZ.replace(",", ";").replace("\n", "\r\n").encode(),
        SHIRAZ.replace(",", "\t").encode(),
        "گروه‌ها,نام دستگاه,شناسه دستگاه\n\nmunicipalities,شهرداری شیراز,shiraz-city\n".encode(),
        SHIRAZ.replace(",", "\t").encode("utf-16"),
        workbook(["شناسه دستگاه", "نام دستگاه", "گروه‌ها"], ["shiraz-city", "شهرداري شيراز", "municipalities"]),
    ],
)
def test_files_as_spreadsheets_write_them(data: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    (data / "a.csv").write_bytes(content)
    assert main(["agencies", "import", str(data / "a.csv"), "--json"]) == 0
    assert told(capsys) == {"problems": [], "added": 1, "changed": 0, "unchanged": 0, "stored": True}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"{HEAD}a b,شهر,,,\n\nb-b,=1+1,,nothing,nobody\n".encode(), ["سطر ۲: شناسه «a b»", "سطر ۴: متن «=1+1»"]),
        (f"{HEAD}a-a,الف,,nothing,\nb-b,ب,,,nobody\n".encode(), ["سطر ۲: گروه «nothing»", "سطر ۳: دستگاه بالادست"]),
        (f"{HEAD}a-a,الف,,,\na-a,ب,,,\n".encode(), ["سطر ۳: شناسه «a-a» تکراری است."]),
        (f"{HEAD}a-a,الف,,,a-a\n".encode(), ["سطر ۲: دستگاه «a-a» بالادست خودش است."]),
        (f"{HEAD}a-a,ثبت احوال,,,\n".encode(), ["سطر ۲: نام «ثبت احوال (civil-registration)» از آن"]),
        (f"{HEAD}a-a,الف,,,\nb-b,ب,الف,,\n".encode(), ["سطر ۳: نام «الف (a-a)» از آن"]),
        (f"{HEAD}municipalities,شهرداری‌های ما,,,\n".encode(), ["سطر ۲: شناسه «municipalities» نام یک گروه است"]),
        (f"{HEAD}{'a' * 45},الف,,,\n".encode(), ["سطر ۲: شناسه"]),
        (f"{HEAD}a-a,{'ب' * 301},,,\n".encode(), ["سطر ۲: نام‌ها نباید بلندتر از ۳۰۰"]),
        (f"{HEAD}a-a,,,,\n".encode(), ["سطر ۲: نام دستگاه خالی است."]),
        (f"{HEAD}a-a,الف,,,,چیز\n".encode(), ["سطر ۲: این سطر از سرستون‌ها بیشتر خانه دارد («چیز»)"]),
        (f'{HEAD}a-a,"الف,,,\n'.encode(), ["سطر ۲: گیومه‌های این سطر"]),
        ("id,name\na-a,café\n".encode("latin-1"), ["کدگذاری یونی‌کد"]),
        ("id,name\na-a,الف\n".encode("utf-16-le"), ["کدگذاری یونی‌کد"]),
        (
            "id,colour,id\na-a,قرمز,\n".encode(),
            ["سطر ۱: ستون «colour»", "سطر ۱: ستون «id» دو بار", "سطر ۱: این ستون‌ها نیست: نام"],
        ),
        (workbook(["id", "name"], ["a-a", "=1+1"], ["b b", "#REF!"]), ["سطر ۲: متن «=1+1»", "سطر ۳: خانه‌ای خطای اکسل"]),
        (workbook(["id", "name"], ["a-a", "الف"], ["b-b", "ب"], merged="B2:B3"), ["سطر ۲: خانه‌های B2:B3 ادغام"]),
        (b"PK\x03\x04 damaged", ["فایل اکسل آسیب دیده"]),
        (HEAD.encode(), ["فایل هیچ دستگاهی ندارد."]),
        (b"", ["فایل هیچ دستگاهی ندارد."]),
    ],
)
def test_every_problem_is_told_and_nothing_stored(
    data: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: list[str]
) -> None:
    (data / "bad.csv").write_bytes(content)
    assert main(["agencies", "import", str(data / "bad.csv")]) == 2
    out, err = capsys.readouterr()
    assert out.endswith("چیزی ذخیره نشد.\n")
    lines = err.splitlines()
    assert all(any(part in line for line in lines) for part in said), lines
    assert main(["agencies", "--json"]) == 0
    assert {"a-a", "b-b"}.isdisjoint({row["id"] for row in json.loads(capsys.readouterr().out)})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["agencies", "import"], "نوشته نشده"), (["agencies", "import", "/no/such.csv"], "خوانده نشد")],
)
def test_bad_input_is_one_clear_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert (out, err.count("\n")) == ("", 1)


def test_a_file_too_large_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "large.csv").write_bytes(HEAD.encode() + b" " * 5_000_000)
    assert main(["agencies", "import", str(data / "large.csv")]) == 2
    assert capsys.readouterr() == ("", "فایل نباید بزرگ‌تر از ۵ مگابایت باشد.\n")


async def test_a_running_process_knows_them_without_a_restart(data: Path) -> None:
    clock = Clock(tehran(1405, 8, 16))
    url = f"sqlite+aiosqlite:///{data / 'rahyar.db'}"
    running, commanded = Database(url), Database(url)
    await running.open()
    await commanded.open()
    here, there = Reminding(running, clock, data), Reminding(commanded, clock, data)
    operator = await here.operator(1)
    assert (await here.find_agencies.directory()).get("shiraz-city") is None
    assert (await there.import_agencies(None, SHIRAZ.encode(), dry_run=False)).stored
    assert (await here.find_agencies("بلدیه شیراز"))[0].agency.id == "shiraz-city"
    member = await here.member(operator, 7, "shiraz-city", Role.REPRESENTATIVE)
    (duties,) = await here.list_duties(member)
    assert duties.agency_name == "شهرداری شیراز"
    assert duties.rows, "its class binds it"
    await commanded.close()
    await running.close()


async def test_a_code_for_an_operator_while_the_process_runs(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where there is one already; the code before is void."""
    folder = data / "data"
    codes = []
    for _ in range(2):
        assert await asyncio.to_thread(main, ["operator-code", "--json"]) == 0
        codes.append(str(told(capsys)["code"]).removeprefix("/start i_"))
    running = Database(f"sqlite+aiosqlite:///{folder / 'rahyar.sqlite3'}")
    await running.open()
    here = Reminding(running, Clock(dt.datetime.now(dt.UTC)), data)
    person = await here.person(1)
    with pytest.raises(RefusedError, match="remind-invitation-invalid"):
        await here.accept_invitation(person, codes[0], name="رضا")
    assert (await here.accept_invitation(person, codes[1], name="رضا")).membership.is_operator
    assert await asyncio.to_thread(main, ["operator-code"]) == 0
    line = capsys.readouterr().out.strip()
    assert line.startswith("هر کس این را یک بار در گفت‌وگو بفرستد کارشناس سازمان می‌شود")
    other = await here.person(2)
    token = line.partition("/start i_")[2]  # a token may hold «i_» itself
    assert (await here.accept_invitation(other, token, name="مینا")).membership.is_operator
    await running.close()
