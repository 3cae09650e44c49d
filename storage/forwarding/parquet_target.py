"""A folder of Parquet files by Jalali day: `day=1405-08-30/events-….parquet`, each appearing whole by a rename."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from persiantools.jdatetime import JalaliDate

from storage.columns import to_json
from surveys.events import Event, without_words
from surveys.forwarding import Failure, Sent, Trouble

__all__ = ["SCHEMA", "ParquetTarget"]

SCHEMA: Final = pa.schema(
    [
        ("id", pa.string()),
        ("type", pa.string()),
        ("service_id", pa.string()),
        ("subject", pa.string()),
        ("revision", pa.int32()),
        ("day", pa.date32()),
        ("data", pa.string()),
        ("text", pa.string()),
    ]
)


class ParquetTarget:
    """`folder` is made at the first send. One writer at a time, which the worker's lease sees to."""

    by_service: Final = False

    def __init__(self, name: str, folder: Path) -> None:
        self.name: Final = name
        self._folder = folder

    async def send(self, events: Sequence[Event]) -> Sent:
        try:
            await asyncio.to_thread(self._write, events)
        except (OSError, pa.ArrowException) as error:
            return Sent(0, Failure(Trouble.OUTAGE, f"{type(error).__name__}: {error}"[:200]))
        return Sent(len(events))

    async def close(self) -> None:
        """Nothing is open between sends."""

    def _write(self, events: Sequence[Event]) -> None:
        by_day: dict[str, list[Event]] = {}
        for event in events:
            by_day.setdefault(_jalali(event), []).append(event)
        for day, of_day in by_day.items():
            folder = self._folder / f"day={day}"
            folder.mkdir(parents=True, exist_ok=True)
            known = {id for part in _parts(folder) for id in pq.read_table(part, columns=["id"])["id"].to_pylist()}
            fresh = list({event.uid: event for event in of_day if event.uid not in known}.values())
            if fresh:
                name = hashlib.sha256(" ".join(event.uid for event in fresh).encode()).hexdigest()[:24]
                _appear(pa.Table.from_pylist([_row(e) for e in fresh], SCHEMA), folder / f"events-{name}.parquet")
        if erased := {event.subject for event in events if event.kind.erases}:
            self._erase(erased)

    def _erase(self, subjects: set[str]) -> None:
        """Rewrites the files that hold words of these subjects, without them."""
        for part in sorted(self._folder.glob("day=*/events-*.parquet")):
            rows = pq.read_table(part).to_pylist()
            erased = [_erased(row) if row["subject"] in subjects else row for row in rows]
            if erased != rows:
                _appear(pa.Table.from_pylist(erased, SCHEMA), part)


def _erased(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"text": None, "data": to_json(without_words(json.loads(row["data"])))}


def _parts(folder: Path) -> list[Path]:
    return sorted(folder.glob("events-*.parquet"))


def _appear(table: pa.Table, path: Path) -> None:
    """The file is whole on the disk before it has its name."""
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        pq.write_table(table, file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _jalali(event: Event) -> str:
    day = JalaliDate(event.day)
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def _row(event: Event) -> dict[str, object]:
    return {
        "id": event.uid,
        "type": event.kind.value,
        "service_id": event.service_id,
        "subject": event.subject,
        "revision": event.revision,
        "day": event.day,
        "data": to_json(dict(event.payload)),
        "text": event.text,
    }
