"""Limits told apart by how people ask for them; limits of what orders the same; units that set one go first."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from knowledge.limit_preference import LimitPreference
from knowledge.limit_wordings import open_limit_wordings
from knowledge.limits import limits_around
from knowledge.provisions import Address
from knowledge.understanding import names_stages
from reminders.jalali import iso
from tests.support.answering import real_answerer, real_finder, real_limit_wordings
from tests.support.corpus import real_corpus, real_dates

TODAY = dt.date(2026, 11, 21)
WORDINGS = {
    "report": ("گزارش کار معاونت را کی باید بدهند", "هر چند وقت خبر پیشرفت می‌دهند"),
    "rules": ("آیین کار کی نوشته می‌شود", "شیوه انجام کار تا کی آماده است"),
}


def test_a_question_sounds_like_the_limit_whose_words_it_shares(tmp_path: Path) -> None:
    margins = open_limit_wordings(WORDINGS, {}, tmp_path).margins("شیوه کار رو تا کی می‌نویسن؟")
    assert set(margins) == {"report", "rules"}
    assert margins["rules"] > margins["report"]


def test_a_corpus_without_limits_is_no_fault(tmp_path: Path) -> None:
    assert open_limit_wordings({}, {}, tmp_path).margins("تا کی؟") == {}


def test_the_same_duty_in_two_places_is_told_apart_by_no_wording(tmp_path: Path) -> None:
    three = {**WORDINGS, "stage": ("در مرحله دوم شیوه کار آماده شود", "شیوه انجام کار در مراحل اجرا")}
    question = "شیوه انجام کار تا کی آماده است؟"
    apart = open_limit_wordings(three, {}, tmp_path).margins(question)
    assert apart["rules"] > apart["stage"]
    alike = open_limit_wordings(three, {"rules": ("stage",), "stage": ("rules",)}, tmp_path).margins(question)
    assert alike["stage"] == alike["rules"] == apart["rules"]
    assert alike["report"] == apart["report"]


@pytest.mark.parametrize(
    ("question", "due"),
    [
        ("پیوست آموزش‌ها و مهارت‌های نقشه راه رو تا کی باید می‌دادن؟", "1404-04-31"),
        ("طبق مراحل اجرا، پیوست آموزش‌ها و مهارت‌های نقشه راه رو تا کی باید می‌دادن؟", "1404-07-30"),
    ],
)
def test_the_date_of_the_article_goes_first_unless_the_stages_are_named(question: str, due: str) -> None:
    limit = real_answerer().answer(question, today=TODAY).limit
    assert limit is not None
    assert limit.due is not None
    assert iso(limit.due) == due


def test_stages_that_are_not_meant_are_not_named() -> None:
    assert names_stages("طبق مراحل اجرا تا کی؟")
    assert names_stages("در برنامه مرحله‌ای سند")
    assert not names_stages("در خود ماده (نه برنامه مرحله‌ای ته سند) تا کی؟")
    assert not names_stages("تا کی وقت داریم؟")


def test_other_wordings_are_learned_anew(tmp_path: Path) -> None:
    open_limit_wordings(WORDINGS, {}, tmp_path)
    more = {**WORDINGS, "money": ("بودجه تا کی می‌رسد", "پول کی داده می‌شود")}
    assert set(open_limit_wordings(more, {}, tmp_path).margins("پول")) == {"report", "rules", "money"}
    assert len(list((tmp_path / "limits").iterdir())) == 1


def test_a_provision_without_a_limit_has_that_of_the_stage_which_repeats_it() -> None:
    around = limits_around(Address("roadmap-1404", "art_14"), real_dates(), real_corpus(), TODAY)
    assert [(limit.address.eid, limit.due and iso(limit.due)) for limit in around] == [
        ("stage_2__actor_2__item_1", "1404-07-30")
    ]
    own = limits_around(Address("roadmap-1404", "art_15"), real_dates(), real_corpus(), TODAY)
    assert {limit.address.eid for limit in own} == {"art_15", "art_15__note_1"}
    assert list(limits_around(Address("roadmap-1404", "art_2"), real_dates(), real_corpus(), TODAY)) == []


@pytest.mark.parametrize("question", ["مهلت ماده ۱۴ نقشه راه کی است؟", "سامانه پیام ایران تا کی باید کامل بشه؟"])
def test_who_asks_until_when_is_told_the_only_limit_there_is(question: str) -> None:
    limit = real_answerer().answer(question, today=TODAY).limit
    assert limit is not None
    assert limit.due is not None
    assert iso(limit.due) == "1404-07-30"


def test_what_orders_the_same_does_not_make_a_question_doubtful() -> None:
    found = real_finder().find("تکمیل سامانه پیام ایران")
    first, second = found.units[:2]
    assert {first.address.eid, second.address.eid} == {"art_14", "stage_2"}
    assert found.alike == {second.address}


def test_a_unit_that_sets_a_limit_goes_before_one_that_fits_a_little_better() -> None:
    found = real_finder().find("سامانه پیام ایران تا کی باید کامل بشه؟")
    preference = LimitPreference(real_corpus(), real_dates(), real_limit_wordings())
    assert preference.ordered(found, TODAY).units[0].address.eid == "stage_2"
    by_score = LimitPreference(
        real_corpus(),
        real_dates(),
        real_limit_wordings(),
        [1.0, *(0.0,) * (len(preference.features(found, TODAY)[0]) - 1)],
    )
    assert by_score.ordered(found, TODAY).units == found.units
