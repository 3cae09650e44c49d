"""The register against a second reading of the five texts, made without looking at it (`reading.tsv`).

The reading lists every limit and period that the texts' own words set: where it stands, its words, and what they come to,
reckoned by hand. Rows marked «settled» are those where the readings differed and the text was read again.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from knowledge.limits import LimitKind
from knowledge.provisions import Address
from reminders.due_dates import DueDates
from reminders.jalali import iso
from reminders.obligations import Obligation
from tests.support.reminding import law


@dataclass(frozen=True, slots=True)
class Row:
    regulation: str
    eid: str
    quote_eid: str
    quote: str
    kind: str
    amount: str
    unit: str
    due: str
    remark: str


def reading() -> list[Row]:
    with (Path(__file__).parent / "reading.tsv").open(encoding="utf-8", newline="") as file:
        return [Row(**row) for row in csv.DictReader(file, delimiter="\t")]


@cache
def pairs() -> dict[Row, tuple[Obligation, ...]]:
    """What the register says of each limit read."""
    return {row: tuple(o for o in law().register if _same(row, o)) for row in reading()}


def _same(row: Row, o: Obligation) -> bool:
    """Of one provision, and the words share a place in it."""
    if (o.address, o.quote_address.eid) != (Address(row.regulation, row.eid), row.quote_eid):
        return False
    wording = law().corpus[o.quote_address].wording
    places = [(at, at + len(words)) for words in (row.quote, o.quote) if (at := _find(wording, words)) >= 0]
    return len(places) == 2 and places[0][0] < places[1][1] and places[1][0] < places[0][1]


def _find(wording: str, words: str) -> int:
    return " ".join(wording.split()).find(" ".join(words.split()))


def _said(o: Obligation) -> tuple[str, str, str]:
    return str(o.amount or ""), o.unit.value if o.unit else "", iso(due) if (due := _dates().due(o)) else ""


@cache
def _dates() -> DueDates:
    return DueDates(law().register, law().corpus, dict)


def test_all_that_was_read_is_in_the_register() -> None:
    assert len(reading()) > 160
    assert [f"{r.regulation}/{r.eid}: {r.quote}" for r, found in pairs().items() if not found] == []


def test_nothing_in_the_register_was_invented() -> None:
    known = {o.id for found in pairs().values() for o in found}
    assert [o.id for o in law().register if o.id not in known] == []


def test_amounts_and_due_dates_come_to_what_was_reckoned_by_hand() -> None:
    dated = [r for r in reading() if r.due]
    assert len(dated) > 70
    wrong = [
        (row.regulation, row.eid, _said(o))
        for row, found in pairs().items()
        for o in found
        if _said(o) != (row.amount, row.unit, row.due)
    ]
    assert wrong == []


def test_kinds_agree() -> None:
    unending = {LimitKind.PERIODIC, LimitKind.CONTINUOUS}  # «منظم» says neither how often nor how long
    wrong = [
        (row.regulation, row.eid, o.kind)
        for row, found in pairs().items()
        for o in found
        if o.kind is not (read := LimitKind(row.kind)) and not ({o.kind, read} == unending and o.amount is None)
    ]
    assert wrong == []


#: What lets a text call a body a partner: help, a column «همکار», acting through it, duties beside the main one.
_HELP = ("همکار", "از طریق شورا", "با عضویت", "تمامی دستگاه‌های اجرایی مکلفند داده", "بررسی و صحت‌سنجی")


def test_partners_are_those_whose_help_the_text_asks_for() -> None:
    """Who receives a report or approves it is no partner: people would read «با همکاری»."""
    looked = [o for o in law().register if o.partners]
    assert len(looked) > 60
    said = {o.id: f"{law().corpus[o.address].wording} {o.reading}" for o in looked}
    assert [id for id, words in said.items() if not any(w in words for w in _HELP)] == []


def test_conflicts_are_known_on_both_sides() -> None:
    register = law().register
    linked = [(o.id, other) for o in register for other in o.conflicts]
    assert len(linked) > 20
    assert [pair for pair in linked if pair[0] not in register.by_id[pair[1]].conflicts] == []


def test_where_the_text_leaves_the_start_open_the_reading_is_named() -> None:
    open_start = [
        o
        for o in law().register
        if o.kind is not LimitKind.ABSOLUTE and not any(w in o.quote for w in ("ابلاغ", "تصویب", "پس از", "از ماه"))
    ]
    assert len(open_start) > 40
    assert [o.id for o in open_start if not o.reading] == []


@pytest.mark.parametrize(
    ("id", "due"),
    [
        ("roadmap-1404.art_21", "1404-05-31"),  # چهار ماه از ۱۴۰۴/۰۱/۳۱
        ("roadmap-1404.art_6", "1404-07-30"),  # a month of 30 days takes its last
        ("roadmap-1404.art_8", "1404-11-30"),
        ("roadmap-1404.art_24", "1405-01-31"),
        ("roadmap-1404.stage_3__actor_1__item_2", "1405-07-30"),
        ("pilot-projects-1402.res_2__art_3", "1402-10-18"),
        ("smart-cycle-1404.art_11", "1404-12-29"),
        ("eservices-1393.timetable_7", "1393-12-29"),
    ],
)
def test_dates_people_ask_for(id: str, due: str) -> None:
    assert iso(_dates().due(law().register.by_id[id]) or pytest.fail(id)) == due
