"""Exports in the chat: every format, of all services or one, with progress while it is written, for operators only."""

from __future__ import annotations

import asyncio
import base64
import io
import json
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from storage.exports.made import ExportMaker
from tests.support.chats import Chat
from tests.support.rating import BIRTH, EXAMPLE, respondent
from tests.support.town import Town


async def rated(town: Town) -> None:
    for number in range(12):
        await town.rating.give(respondent(number), BIRTH.id, "overall", 1 + number % 5, channel="telegram")
    await town.rating.give(respondent(99), EXAMPLE.id, "overall", 5, channel="web")
    me = respondent(1)
    for question, value in (("settled", "no"), ("in_person", "no"), ("bad", ("speed",)), ("words", "=1+1")):
        await town.rating.give(me, BIRTH.id, question, value, channel="telegram")


async def files(chat: Chat, board: Any) -> dict[str, bytes]:
    """Documents that came, by name."""
    await board.idle()
    await chat.catch_up()
    bodies = [e.message.body for e in chat.events if e.message and e.message.body["kind"] == "document"]
    return {body["file"]["name"]: base64.b64decode(body["file"]["base64"]) for body in bodies}


async def test_all_services_as_a_workbook_without_formulas(town: Town) -> None:
    await rated(town)
    report = await town.operator.says("/report")
    await town.operator.presses("خروجی اکسل", on=report)
    content = (await files(town.operator, town.board))["responses.xlsx"]
    book = load_workbook(io.BytesIO(content))
    assert book["responses"].max_row == 1 + 13
    assert {row[0].value for row in book["dictionary"].iter_rows(min_row=2)} >= {"overall", "words"}
    cells = [cell for row in book["responses"].iter_rows() for cell in row]
    assert "'=1+1" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any("خروجی آماده است: ۱۳ پاسخ" in text for text in _texts(town.operator))


async def test_one_service_as_csv_with_its_dictionary(town: Town) -> None:
    await rated(town)
    report = await town.operator.says("/report 1000")
    await town.operator.presses("خروجی CSV", on=report)
    got = await files(town.operator, town.board)
    lines = got["responses.csv"].decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 12
    assert all(BIRTH.id in line for line in lines[1:])
    assert {entry["name"] for entry in json.loads(got["responses.dictionary.json"])} == set(lines[0].split(","))


async def test_one_service_as_parquet(town: Town) -> None:
    await rated(town)
    report = await town.operator.says("/report EXAMPLE-1")
    await town.operator.presses("خروجی Parquet", on=report)
    table = pq.read_table(io.BytesIO((await files(town.operator, town.board))["responses.parquet"]))
    assert table.column("service_id").to_pylist() == [EXAMPLE.id]
    assert table.schema.field("overall").metadata[b"meaning"].decode().startswith("در مجموع")


@pytest.mark.parametrize(
    ("data", "said"), [("ex:csv:9999", "پیدا نشد"), ("ex:exe:1000", "دیگر"), ("ex:csv:../x", "دیگر")]
)
async def test_forged_exports_are_refused(town: Town, data: str, said: str) -> None:
    await rated(town)
    report = await town.operator.says("/report")
    await town.operator.presses_data(data, report.message_id)
    assert said in town.operator.toasts[-1]
    assert await files(town.operator, town.board) == {}


async def test_what_is_too_large_for_the_chat_is_said(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.results.TELEGRAM_BYTES_MAX", 100)
    await rated(town)
    report = await town.operator.says("/report")
    await town.operator.presses("خروجی CSV", on=report)
    assert await files(town.operator, town.board) == {}
    assert any("بزرگ است" in text for text in _texts(town.operator))


async def test_an_export_that_is_given_up_says_so(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hangs(*arguments: Any) -> None:
        await asyncio.Event().wait()

    await rated(town)
    report = await town.operator.says("/report")
    with monkeypatch.context() as patch:
        patch.setattr(ExportMaker, "__call__", hangs)
        await town.operator.presses("خروجی CSV", on=report)
        assert "در حال آماده شدن" in town.operator.last.text
        await town.turns.next()
        await town.operator.catch_up()
        assert any("۰ پاسخ نوشته شد" in text for text in _texts(town.operator))
    await town.operator.presses("خروجی اکسل", on=report)
    assert set(await files(town.operator, town.board)) == {"responses.xlsx"}
    assert any("خروجی آماده نشد" in text for text in _texts(town.operator))


def _texts(chat: Chat) -> list[str]:
    return [event.message.body["text"] for event in chat.events if event.message]
