"""What a conversation remembers survives storage, and what is broken counts as forgotten."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from bot.preferences import DateStyle, Detail, Preferences
from bot.remembered import ANSWERS_KEPT, Memory, RememberedAnswer
from knowledge.answers import Intent, Status
from knowledge.limit_lists import LimitQuery, Wanted
from knowledge.on_table import OnTable
from knowledge.provisions import Address
from knowledge.time_windows import Window

ARTICLE = Address("roadmap-1404", "art_21")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
)
ROW = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("question", "intent", "status", "main", "hits", "provisions", "words", "limits", "actor", "listing"), JSON
    ),
)


def answer(question: int) -> RememberedAnswer:
    note = Address("roadmap-1404", "art_21__note_1")
    return RememberedAnswer(
        question, Intent.TOPIC, Status.ANSWERED, ARTICLE, (ARTICLE, note), (note,), ("نظر",), ("x.1",), "وزارت"
    )


def test_a_memory_comes_back_from_json() -> None:
    memory = Memory().with_answer(answer(7), ARTICLE).with_shown(Address("eservices-1393"))
    assert Memory.read(json.loads(json.dumps(memory.write()))) == memory
    assert Memory.read({}) == Memory()


def test_what_a_list_was_asked_for_comes_back_from_json() -> None:
    window = Window(JalaliDate(1405, 9, 1), JalaliDate(1405, 9, 30))
    query = LimitQuery(Wanted.PASSED, window, ("roadmap-1404",), "وزارت", (3, "month"))
    for listing in (query, LimitQuery(Wanted.EVERY)):
        memory = Memory().with_answer(replace(answer(7), listing=listing), None)
        read = Memory.read(json.loads(json.dumps(memory.write()))).answer(7)
        assert read is not None
        assert read.listing == listing


def test_the_oldest_answers_are_forgotten() -> None:
    memory = Memory()
    for question in range(1, ANSWERS_KEPT + 4):
        memory = memory.with_answer(answer(question), ARTICLE)
    assert list(memory.rows) == list(range(4, ANSWERS_KEPT + 4))


def test_an_answer_puts_its_quote_on_the_table() -> None:
    assert Memory().with_answer(answer(1), ARTICLE).shown == ARTICLE
    asked_back = RememberedAnswer(2, Intent.LOOKUP, Status.ASKED_BACK, hits=(ARTICLE,))
    assert Memory(shown=ARTICLE).with_answer(asked_back, None).shown is None
    unsure = RememberedAnswer(4, Intent.NONE, Status.NO_CONFIDENT_ANSWER, hits=(ARTICLE,))
    assert Memory(shown=ARTICLE).with_answer(unsure, None).shown == ARTICLE
    duties = RememberedAnswer(3, Intent.RESPONSIBLE, Status.ANSWERED, provisions=(ARTICLE,), actor="وزارت کشور")
    assert Memory(shown=ARTICLE).with_answer(duties, None).shown is None
    assert Memory().with_answer(RememberedAnswer(None, Intent.TOPIC, Status.ANSWERED, ARTICLE), ARTICLE).rows == {}


def test_what_is_on_the_table_is_of_the_last_answer() -> None:
    note = Address("roadmap-1404", "art_21__note_1")
    quoted = Memory().with_answer(answer(1), ARTICLE).on_table()
    assert (quoted.shown, quoted.words, quoted.asked, quoted.actor) == (ARTICLE, ("نظر",), Intent.TOPIC, "وزارت")
    # another provision was opened since: the words are none of its
    assert Memory().with_answer(answer(1), ARTICLE).with_shown(note).on_table().words == ()
    asked_back = RememberedAnswer(2, Intent.LOOKUP, Status.ASKED_BACK, hits=(ARTICLE, note))
    table = Memory().with_answer(answer(1), ARTICLE).with_answer(asked_back, None).on_table()
    assert (table.shown, table.listed, table.status) == (None, (ARTICLE, note), Status.ASKED_BACK)
    unsure = RememberedAnswer(3, Intent.NONE, Status.NO_CONFIDENT_ANSWER, hits=(ARTICLE, note, ARTICLE, note))
    assert Memory().with_answer(unsure, None).on_table().listed == (ARTICLE, note, ARTICLE)
    assert Memory(shown=note).on_table() == OnTable(shown=note)


@given(st.dictionaries(st.sampled_from(["shown", "answers", "form", "draft", "x"]), JSON | st.lists(ROW, max_size=3)))
def test_broken_memories_are_read(data: dict[str, object]) -> None:
    memory = Memory.read(data)
    for question in memory.rows:
        memory.answer(question)


@given(st.dictionaries(st.sampled_from(["dates", "detail", "x"]), JSON))
def test_broken_settings_count_as_not_chosen(settings: dict[str, object]) -> None:
    Preferences.of(settings)


def test_choices() -> None:
    chosen = Preferences.of({"dates": "digits", "detail": "nothing"}).with_choice("detail", "short")
    assert (chosen.dates, chosen.detail) == (DateStyle.DIGITS, Detail.SHORT)
    assert Preferences.of(chosen.as_settings()) == chosen
    with pytest.raises(ValueError, match="no such setting"):
        chosen.with_choice("size", "short")
