"""Questionnaires as data: the default one, its ways, and files that break the rules."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import (
    STEPS_MAX,
    WRITTEN,
    Kind,
    QuestionnaireError,
    Value,
    load_questionnaires,
    parse_questionnaire,
)
from surveys.refusals import RefusedError

FOLDER = Path(__file__).parents[3] / "surveys" / "questionnaires"
DEFAULT = load_questionnaires(FOLDER).current()


def test_the_default_is_marked_as_a_proposal() -> None:
    assert DEFAULT.mark == "پیشنهادی، تا تدوین شاخص‌های تبصره ۱ ماده ۲۱"
    assert [q.id for q in DEFAULT.questions if q.required] == ["overall"]


@given(st.data())
def test_every_way_ends_within_five_steps(data: st.DataObject) -> None:
    answers: dict[str, Value] = {}
    while (question := DEFAULT.next(answers)) is not None:
        choices = [c.id for c in question.choices]
        if question.kind is Kind.FACES:
            answers[question.id] = data.draw(st.integers(1, 5))
        elif question.kind is Kind.MULTI:
            answers[question.id] = question.understood(tuple(data.draw(st.sets(st.sampled_from(choices)))))
        else:
            answers[question.id] = data.draw(st.sampled_from([None, *(choices or [WRITTEN])]))
    assert 1 <= len(answers) <= STEPS_MAX
    assert DEFAULT.kept(answers) == answers


@given(st.one_of(st.integers(), st.text(), st.tuples(st.text()), st.booleans(), st.none()))
def test_whatever_comes_is_understood_or_refused(value: Any) -> None:
    for question in DEFAULT.questions:
        stored: Value = None
        with suppress(RefusedError):
            stored = question.understood(value)
        assert stored is None or isinstance(stored, int | str | tuple)


def _data() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "default.toml").read_text("utf-8"))


def test_broken_files_are_refused_with_the_reason() -> None:
    twice = _data()
    twice["question"].append(dict(twice["question"][1]))
    with pytest.raises(QuestionnaireError, match="one id"):
        parse_questionnaire(twice)
    long = _data()
    long["question"][3].pop("when")
    with pytest.raises(QuestionnaireError, match="at most 5"):
        parse_questionnaire(long)
    ahead = _data()
    ahead["question"][1]["when"] = {"question": "words", "is": ["x"]}
    with pytest.raises(QuestionnaireError, match="does not precede"):
        parse_questionnaire(ahead)
    free = _data()
    free["question"][0]["required"] = False
    with pytest.raises(QuestionnaireError, match="required"):
        parse_questionnaire(free)


def test_a_file_with_a_fault_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("id = ", "utf-8")
    with pytest.raises(QuestionnaireError, match=r"broken\.toml"):
        load_questionnaires(tmp_path)
