"""Lists of limits over all texts: which questions ask for one, and what stands in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from persiantools.jdatetime import JalaliDate

from knowledge.answers import Answer, Intent, Status
from knowledge.contract import answer_json
from knowledge.limit_lists import LimitQuery, Standing, Wanted, listed_limits
from knowledge.limits import Length, LimitState
from knowledge.on_table import OnTable
from knowledge.time_windows import find_window
from knowledge.understanding import plain
from reminders.jalali import iso
from tests.support.answering import real_answerer
from tests.support.corpus import real_corpus, real_dates

#: ۷ آذر ۱۴۰۵, a Saturday.
TODAY = dt.date(2026, 11, 28)
HERE = Path(__file__).parent


def rows(name: str) -> list[str]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def asked(question: str) -> Answer:
    return real_answerer().answer(question, today=TODAY)


def as_row(query: LimitQuery) -> tuple[str, ...]:
    window = f"{iso(query.window.since)}..{iso(query.window.until)}" if query.window else "-"
    return query.wanted.value, window, ",".join(query.regulations) or "-", query.actor or "-"


@pytest.mark.parametrize("row", rows("limit_questions.tsv"), ids=lambda row: row.rpartition("\t")[2])
def test_a_list_is_asked_for(row: str) -> None:
    *wanted, question = row.split("\t")
    answer = asked(question)
    assert answer.listing is not None
    assert as_row(answer.listing) == tuple(wanted)
    assert (answer.status, answer.intent, answer.confident, answer.main) == (
        Status.ANSWERED, Intent.DEADLINE, True, None,
    )  # fmt: skip
    assert answer.limits
    assert len(answer.hits) <= 10


@pytest.mark.parametrize(
    ("question", "length", "some"),
    [
        ("تکالیف فصلی", (3, "month"), "roadmap-1404.art_30"),
        ("تکالیف سه ماهه", (3, "month"), "roadmap-1404.art_22"),
        ("مهلت‌های سالانه", (12, "month"), "data-governance-1404.art_4__note_1"),
        ("گزارش های شش ماهه", (6, "month"), "roadmap-1404.art_25"),
        ("کدام مهلت‌ها ده ماهه‌اند؟", (10, "month"), "roadmap-1404.art_8"),
        ("مهلت‌های ۱۰ روزه", (10, "day"), "smart-cycle-1404.art_19"),
    ],
)
def test_only_limits_of_the_length_that_is_named(question: str, length: Length, some: str) -> None:
    answer = asked(question)
    assert answer.listing is not None
    assert answer.listing.length == length
    assert {limit.length for limit in answer.limits} == {length}
    assert some in {limit.obligation_id for limit in answer.limits}


@pytest.mark.parametrize("question", rows("no_limit_lists.tsv"))
def test_another_question_is_asked(question: str) -> None:
    assert asked(question).listing is None


def test_there_are_enough_of_both() -> None:
    assert len(rows("limit_questions.tsv")) >= 40
    assert len(rows("no_limit_lists.tsv")) >= 40


def test_what_was_shown_goes_before_a_list() -> None:
    shown = asked("ماده ۲۱ نقشه راه").main
    answer = real_answerer().answer("مهلت‌ها کی تموم میشه؟", today=TODAY, table=OnTable(shown))
    assert (answer.main, answer.listing) == (shown, None)


def test_the_nearest_comes_first_and_what_waits_stands_apart() -> None:
    groups = listed_limits(LimitQuery(Wanted.EVERY), real_dates(), real_corpus(), TODAY)
    assert [group.standing for group in groups] == [
        Standing.AHEAD, Standing.WAITING, Standing.RECURRING, Standing.PASSED,
    ]  # fmt: skip
    ahead, waiting, recurring, passed = groups
    left = [limit.days_left or 0 for limit in ahead.limits]
    assert left == sorted(left)
    assert left[0] >= 0
    gone = [limit.days_left or 0 for limit in passed.limits]
    assert gone == sorted(gone, reverse=True)
    assert gone[0] < 0
    assert {limit.state for limit in waiting.limits} == {LimitState.WAITING}
    assert all(limit.waiting_for for limit in waiting.limits)
    assert {limit.state for limit in recurring.limits} == {LimitState.RECURRING}
    listed = [limit.obligation_id for group in groups for limit in group.limits]
    in_force = [o.id for o in real_dates().register if o.address.regulation != "eservices-1393"]
    assert sorted(listed) == sorted(in_force)  # nothing twice, nothing lost


def test_a_superseded_text_is_listed_only_by_name() -> None:
    assert {limit.address.regulation for limit in asked("مهلت‌های گذشته کدام‌اند؟").limits}.isdisjoint({"eservices-1393"})
    assert {limit.address.regulation for limit in asked("مهلت‌های نقشه راه قبلی").limits} == {"eservices-1393"}


def test_a_season_to_come_has_the_periodic_limits_that_fall_into_it() -> None:
    answer = asked("مهلت‌های زمستان ۱۴۰۵")
    quarterly = [limit for limit in answer.limits if limit.obligation_id == "roadmap-1404.art_22"]
    assert [(limit.next_due, limit.days_left) for limit in quarterly] == [(JalaliDate(1405, 12, 29), 112)]


def test_a_span_without_limits_offers_the_nearest_beyond_it() -> None:
    answer = asked("فردا چه مهلتی داریم؟")
    assert answer.listing is not None
    groups = listed_limits(answer.listing, real_dates(), real_corpus(), TODAY)
    assert [group.standing for group in groups] == [Standing.LATER]
    assert 0 < len(groups[0].limits) <= 3
    assert answer.limit is None
    assert answer_json(answer, id=None)["deadline"] is None


def test_of_a_body_only_what_binds_it() -> None:
    answer = asked("مهلت‌های وزارت ارتباطات")
    assert answer.responsible == ("وزارت ارتباطات و فناوری اطلاعات",)
    assert all("وزارت ارتباطات و فناوری اطلاعات" in limit.responsible for limit in answer.limits)


def test_json_lists_addresses_dates_and_states() -> None:
    row = answer_json(asked("کدام مهلت‌ها هنوز نرسیده؟"), id="7")
    assert (row["status"], row["intent"], row["confident"]) == ("answered", "deadline", True)
    assert row["hits"][0] == {"regulation": "pilot-projects-1402", "eid": "res_3__art_4", "score": 1.0}
    assert row["deadline"]["next_due"] == "1405-09-18"
    first = row["limits"][0]
    assert (first["regulation"], first["eid"]) == ("pilot-projects-1402", "res_3__art_4")
    assert {one["state"] for one in row["limits"]} == {"upcoming", "waiting"}
    for one in row["limits"]:
        provision = next(
            p for p in real_corpus() if p.address.regulation == one["regulation"] and p.address.eid == one["eid"]
        )
        words = [
            p.wording
            for p in (
                provision,
                *real_corpus().ancestors(provision.address),
                *real_corpus().descendants(provision.address),
            )
        ]
        assert any(one["text"] in text for text in words), one["obligation"]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("ماه آینده", (1404, 7, 1), (1404, 7, 30)),
        ("۱ ماه آینده", (1404, 6, 31), (1404, 7, 30)),
        ("سه فصل آینده", (1404, 6, 31), (1405, 3, 31)),
        ("۲ هفته آینده", (1404, 6, 31), (1404, 7, 14)),
        ("۶ ماه گذشته", (1403, 12, 30), (1404, 6, 31)),
    ],
)
def test_spans_are_counted_in_months_of_the_calendar(
    text: str, since: tuple[int, int, int], until: tuple[int, int, int]
) -> None:
    found = find_window(plain(text), JalaliDate(1404, 6, 31))
    assert found is not None
    assert (found[0].since, found[0].until) == (JalaliDate(*since), JalaliDate(*until))
