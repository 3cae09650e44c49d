"""A report's picture is drawn from what the report shows, and only then."""

from __future__ import annotations

import io

import pytest
from matplotlib.image import imread

from surveys.pictures import PictureWords, report_picture
from surveys.questionnaire import Questionnaires, load_questionnaires
from surveys.report import Report
from surveys.report_of_one import report_of_one
from surveys.tallies import TallyRow
from tests.support.rating import BIRTH, QUESTIONNAIRES

MONTHS = [f"1405-{number:02d}" for number in range(1, 9)]
NAMES = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان")
WORDS = PictureWords(
    title="درخواست صدور شناسنامه — سازمان ثبت احوال کشور",
    trend="سهم «راضی» و «خیلی راضی»، درصد با بازه اطمینان ۹۵٪",
    faces_title="پراکندگی پاسخ‌ها (۶۳۰ پاسخ)",
    months=NAMES,
    faces=("خیلی ناراضی", "ناراضی", "متوسط", "راضی", "خیلی راضی"),
    hidden="کمتر از ۱۰",
    digits="۰۱۲۳۴۵۶۷۸۹",
)


def _report(times: int) -> Report:
    questionnaires: Questionnaires = load_questionnaires(QUESTIONNAIRES)
    rows = [
        TallyRow(BIRTH.id, month, "", "overall", str(face), times * (face + at) if face > 1 else times)
        for at, month in enumerate(MONTHS)
        for face in range(1, 6)
    ]
    return report_of_one(questionnaires.current(), BIRTH, MONTHS, rows, [])


def test_a_picture_of_its_size() -> None:
    image = imread(io.BytesIO(report_picture(_report(3), WORDS)))
    assert image.shape[:2] == (832, 1040)
    assert image.std() > 0.05


def test_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="fewer than ten"):
        report_picture(_report(0), WORDS)
