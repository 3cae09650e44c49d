"""Cases on screens that cannot hold all that was written: nothing of it is out of reach."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.screens.cases import case_screen, whole_screens
from bot.screens.frame import Screen
from knowledge.message_length import message_length
from surveys.case import Case
from surveys.case_work import ANSWER_LENGTH_MAX, CaseView
from surveys.questionnaire import TEXT_LENGTH_MAX
from tests.support.rating import BIRTH, NOW, TEHRAN, case_of, respondent, response_of
from tests.unit.bot.test_screens import desk, within_the_rules

WHOLE = "متن کامل"


def case(text: str, answer: str | None) -> Case:
    return replace(case_of(response_of(respondent(1), BIRTH.id, text=text), 1), id=7, answer=answer)


def shown(one: Case) -> tuple[Screen, list[str]]:
    screen = case_screen(desk(), CaseView(one, BIRTH.title, ()), operator=True, now=NOW, timezone=TEHRAN)
    assert screen.keyboard is not None
    within_the_rules(screen)
    return screen, [button.text for row in screen.keyboard.inline_keyboard for button in row]


@pytest.mark.parametrize("sign", ["ن", "😀"])
@pytest.mark.parametrize(
    ("words", "answer"), [(TEXT_LENGTH_MAX, ANSWER_LENGTH_MAX), (6000, 0), (10, ANSWER_LENGTH_MAX)]
)
def test_all_that_was_written_is_on_the_screen_or_one_tap_away(sign: str, words: int, answer: int) -> None:
    units = message_length(sign)
    one = case("آغاز " + sign * (words // units), (sign * (answer // units)) or None)
    screen, buttons = shown(one)
    whole = [within_the_rules(each) for each in whole_screens(desk(), one)]
    everything = "".join(whole)
    assert everything.count(sign) >= words // units + answer // units
    in_full = all(part in within_the_rules(screen) for part in (one.text or "", one.answer or ""))
    assert (WHOLE in buttons) is not in_full


def test_what_fits_has_no_more_to_show() -> None:
    _, buttons = shown(case("کارت نرسید", "در راه است"))
    assert WHOLE not in buttons
