"""Exports: every response, no formula that runs, nothing about a person, read back by other programs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from storage.database import Database
from storage.exports.files import export_responses
from surveys.export import Cell, ExportFormat, columns_of, neutral
from tests.support.rating import BIRTH, SurveyDesk, respondent

FORMULA = '=HYPERLINK("http://x.example","کلیک")'


async def _exported(database: Database, folder: Path, format: ExportFormat) -> Path:
    desk = await SurveyDesk(database).prepared()
    for number in range(25):
        await desk.give(respondent(number), BIRTH.id, "overall", number % 5 + 1, channel="web")
    await desk.give(respondent(1), BIRTH.id, "words", FORMULA, channel="web")
    await desk.give(respondent(4), BIRTH.id, "good", ("speed", "staff"), channel="web")
    path, progress = folder / f"responses.{format.value}", list[int]()
    async with desk.work() as work:
        services = {service.id: service for service in await work.services.all()}
        columns = columns_of(desk.rules.questionnaires.current())
        batches = work.responses.stream(None, None)
        rows = await export_responses(path, format, columns, services, batches, progress.append)
    assert (rows, progress[-1]) == (25, 25)
    assert _drafts(folder) == []
    return path


def _drafts(folder: Path) -> list[Path]:
    return list(folder.glob(".*"))


async def test_csv(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = await _exported(database, folder, ExportFormat.CSV)
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert rows[1]["words"] == "'" + FORMULA
    assert (rows[4]["good"], rows[4]["overall"]) == ("speed staff", "5")
    assert "respondent" not in path.read_text("utf-8-sig")
    dictionary = json.loads(path.with_suffix(".dictionary.json").read_text("utf-8"))
    assert [entry["name"] for entry in dictionary] == list(rows[0])


async def test_xlsx(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    book = load_workbook(await _exported(database, folder, ExportFormat.XLSX))
    rows = list(book["responses"].values)
    assert len(rows) == 26
    assert "'" + FORMULA in rows[2]
    assert {cell.data_type for row in book["responses"].iter_rows() for cell in row} <= {"s", "n", "b", "inlineStr"}
    assert len(list(book["dictionary"].values)) == len(rows[0]) + 1


async def test_parquet(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    table = pq.ParquetFile(await _exported(database, folder, ExportFormat.PARQUET)).read()
    assert table.num_rows == 25
    assert table["words"].to_pylist()[1] == FORMULA
    assert table.schema.field("overall").metadata[b"meaning"].decode().startswith("در مجموع")


@pytest.mark.parametrize("cell", ["=1", "+98", "-1", "@a", "\t=1", " =1", "\u200f=1", "＝1"])
def test_nothing_runs(cell: str) -> None:
    assert str(neutral(cell)).startswith("'")


@pytest.mark.parametrize("cell", ["سلام", "a=1", 5, True, None])
def test_the_rest_stays_as_it_is(cell: Cell) -> None:
    assert neutral(cell) == cell
