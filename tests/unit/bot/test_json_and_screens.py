"""`ask --json` and the screen say the same of every provision: what is quoted, who must act, which limit and when."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from persiantools.jdatetime import JalaliDate

from bot.fluent_texts import load_texts
from bot.links import Links
from bot.preferences import Preferences
from bot.rendering import date_words, plain_text
from bot.screens.answers import answer_screen
from bot.screens.facts import who_blocks
from bot.screens.frame import Desk
from knowledge.answers import Answer, Intent
from knowledge.charging import Charged
from knowledge.contract import answer_json
from knowledge.labels import label
from knowledge.provisions import CONTAINERS, Provision
from tests.support.answering import QUESTION_LENGTH_MAX, real_answerer
from tests.support.corpus import NOON, TEHRAN, real_corpus, real_dates

TODAY = NOON.astimezone(TEHRAN).date()
DESK = Desk(load_texts(), real_corpus(), real_dates(), Links(), "terminal", TODAY, Preferences())


def answers(before: str) -> Iterator[tuple[Provision, Answer]]:
    """Every provision that is quoted, asked for by the name that the bot prints for it."""
    corpus = real_corpus()
    for provision in corpus:
        if provision.kind not in CONTAINERS:
            answer = real_answerer().answer(f"{before} {label(provision.address, corpus)}".strip(), today=TODAY)
            if answer.main == provision.address:
                yield provision, answer


def shown(answer: Answer) -> str:
    return plain_text(answer_screen(DESK, answer, None, length_max=QUESTION_LENGTH_MAX).text)


@pytest.mark.parametrize(("before", "intent"), [("", Intent.LOOKUP), ("مهلت", Intent.DEADLINE)])
def test_both_say_the_same_of_every_provision(before: str, intent: Intent) -> None:
    looked = dated = charged = 0
    for provision, answer in answers(before):
        assert answer.intent is intent
        row, screen = answer_json(answer, id=None), shown(answer)
        first = row["hits"][0]
        assert (first["regulation"], first["eid"]) == (provision.address.regulation, provision.address.eid)
        for line in who_lines(row):
            assert line in screen, provision.address
        assert bool(row["responsible"]) == ("👤 مسئول: " in screen), provision.address
        limit = row["deadline"]
        assert (limit is not None) == bool("⏳ «" in screen or "🔁 «" in screen), provision.address
        if limit is not None:
            assert first_limit(screen).startswith(f"«{limit['text']}»"), provision.address
            assert date_of(limit["due"] or limit["next_due"]) in first_limit(screen), provision.address
        looked, dated, charged = looked + 1, dated + bool(limit), charged + bool(row["responsible"])
    assert looked > 400
    assert dated > 100
    assert charged > 250


def who_lines(row: dict[str, list[str]]) -> list[str]:
    blocks = who_blocks(DESK, Charged(tuple(row["responsible"]), tuple(row["partners"]), tuple(row["others"])))
    return plain_text(blocks[0].html).split("\n") if blocks else []


def first_limit(screen: str) -> str:
    """The line of the first limit, behind its sign."""
    return next(line[2:] for line in screen.split("\n") if line[:2] in ("⏳ ", "🔁 "))


def date_of(iso: str | None) -> str:
    if iso is None:
        return ""
    return plain_text(date_words(DESK.texts, JalaliDate(*map(int, iso.split("-")))))


def test_a_step_names_in_json_too_whom_its_articles_charge() -> None:
    row = answer_json(real_answerer().answer("گام ششم چرخه هوشمندسازی", today=TODAY), id=None)
    assert row["responsible"] == ["دستگاه‌های اجرایی"]
