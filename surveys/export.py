"""What an export holds: columns, their dictionary, and cells that no spreadsheet runs.

No person, no hash, no exact time. Rows come as they stream from storage; memory does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from surveys.questionnaire import Questionnaire
from surveys.responses import Response
from surveys.services import Service

__all__ = ["Cell", "Column", "ExportFormat", "Exported", "TooManyRowsError", "columns_of", "neutral", "row_of"]


class ExportFormat(StrEnum):
    """The file's ending."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class TooManyRowsError(Exception):
    """More rows than the format holds; nothing was left behind. CSV and Parquet have no such limit."""


@dataclass(frozen=True, slots=True)
class Exported:
    """`files` are names and contents, the responses first, then what explains them; `rows` counts responses."""

    rows: int
    files: tuple[tuple[str, bytes], ...]


Cell = str | int | bool | None
#: A cell that starts so is run by spreadsheets (OWASP, "CSV Injection"); full-width ones are folded by some.
_RUN: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Letters that XML 1.0, and so XLSX, cannot hold.
_UNWRITABLE: Final = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


@dataclass(frozen=True, slots=True)
class Column:
    """`name` heads the column; `kind` is text, number or yes_no; `meaning` is the line of the data dictionary."""

    name: str
    kind: str
    meaning: str


_FIXED: Final = (
    Column("response_id", "text", "شناسه پاسخ"),
    Column("service_id", "text", "شناسه یکتای خدمت"),
    Column("service", "text", "عنوان خدمت"),
    Column("agency", "text", "دستگاه"),
    Column("channel", "text", "کانال پاسخ"),
    Column("day", "text", "روز نخستین پاسخ (میلادی)"),
    Column("month", "text", "ماه شمسی نخستین پاسخ"),
    Column("questionnaire", "text", "پرسشنامه و نسخه آن"),
    Column("finished", "yes_no", "آیا همه گام‌ها پیموده شد"),
    Column("standing", "text", "counted شمرده، held در انتظار تصمیم، excluded کنارگذاشته"),
    Column("again", "number", "رضایت پس از شنیدن نتیجه، ۱ تا ۵"),
)
_WORDS: Final = Column("words", "text", "متن نظر؛ داده‌های شخصی پوشانده شده است")


def columns_of(questionnaire: Questionnaire) -> tuple[Column, ...]:
    """The columns of an export; answers to several choices stand in one cell, parted by spaces."""
    questions = [
        Column(q.id, "number" if q.kind == "faces" else "text", q.text)
        for q in questionnaire.questions
        if q.kind != "text"
    ]
    return (*_FIXED, *questions, _WORDS)


def row_of(response: Response, service: Service | None, columns: tuple[Column, ...]) -> list[Cell]:
    """The cells of a response in the order of the columns."""
    fixed: dict[str, Cell] = {
        "response_id": response.uid,
        "service_id": response.service_id,
        "service": service.title if service else "",
        "agency": service.agency if service else "",
        "channel": response.channel,
        "day": response.day.isoformat(),
        "month": response.month,
        "questionnaire": f"{response.questionnaire}@{response.version}",
        "finished": response.finished,
        "standing": response.standing.value,
        "again": response.again,
        "words": response.text,
    }
    return list(_cells(fixed, response, columns))


def _cells(fixed: dict[str, Cell], response: Response, columns: tuple[Column, ...]) -> Iterator[Cell]:
    for column in columns:
        if column.name in fixed:
            yield fixed[column.name]
        else:
            value = response.answers.get(column.name)
            yield " ".join(value) if isinstance(value, tuple) else value


def neutral(cell: Cell) -> Cell:
    """The same for people, but text for every spreadsheet: a leading quote before what it would run."""
    if not isinstance(cell, str):
        return cell
    cell = cell.translate(_UNWRITABLE)
    return "'" + cell if cell.lstrip(" \u200c\u200f\u200e\ufeff").startswith(_RUN) else cell
