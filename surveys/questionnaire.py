"""Questionnaires as data: questions, when each is asked, which values it takes, what comes next.

A file is TOML (surveys/questionnaires/default.toml shows all of it). Values as they are stored: faces 1 to 5,
"yes" | "partly" | "no", a choice's id, a list of choices' ids in the order of the file; None means skipped. Own words
are stored apart from the answers, where `WRITTEN` stands for them: they can be erased while the rest stays.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from knowledge.message_length import message_length
from knowledge.personal_data import mask_personal_data
from surveys.refusals import RefusedError

__all__ = [
    "STEPS_MAX",
    "WRITTEN",
    "Answers",
    "Choice",
    "Condition",
    "Kind",
    "Question",
    "Questionnaire",
    "QuestionnaireError",
    "Questionnaires",
    "Value",
    "load_questionnaires",
    "parse_questionnaire",
]

STEPS_MAX: Final = 5
#: UTF-16 units: what a screen quotes in full.
TEXT_LENGTH_MAX: Final = 1000
FACES: Final = (1, 2, 3, 4, 5)
SETTLED: Final = ("yes", "partly", "no")
#: Stands among the answers for own words.
WRITTEN: Final = "+"
Value = int | str | tuple[str, ...] | None
Answers = Mapping[str, Value]


class Kind(StrEnum):
    """How a question is answered."""

    FACES = "faces"
    YES_PARTLY_NO = "yes_partly_no"
    CHOICE = "choice"
    MULTI = "multi"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value with its words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only if an earlier question's value is one of these."""

    question: str
    values: frozenset[int | str]

    def holds(self, answers: Answers) -> bool:
        value = answers.get(self.question)
        return not self.values.isdisjoint(value) if isinstance(value, tuple) else value in self.values


@dataclass(frozen=True, slots=True)
class Question:
    """One step. `choices` hold the values of every kind but text; those of faces have the ids "1" to "5"."""

    id: str
    kind: Kind
    text: str
    required: bool = False
    choices: tuple[Choice, ...] = ()
    when: Condition | None = None
    length_max: int = TEXT_LENGTH_MAX

    def asked_after(self, answers: Answers) -> bool:
        return self.when is None or self.when.holds(answers)

    def understood(self, value: Value) -> Value:
        """The value as it is stored, personal data in text masked; RefusedError for what this question cannot take."""
        if value is None:
            if self.required:
                raise RefusedError("survey-required")
            return None
        if self.kind is Kind.TEXT:
            return self._text(value)
        known = [choice.id for choice in self.choices]
        if self.kind is Kind.MULTI:
            if isinstance(value, tuple) and set(value) <= set(known):
                return tuple(id for id in known if id in value)
        elif self.kind is Kind.FACES:
            if isinstance(value, int) and value in FACES:
                return value
        elif value in known:
            return value
        raise RefusedError("survey-unknown-value")

    def _text(self, value: Value) -> str:
        if not isinstance(value, str):
            raise RefusedError("survey-unknown-value")
        if (length := message_length(value)) > self.length_max:
            raise RefusedError("survey-text-too-long", max=self.length_max, length=length)
        if not re.search(r"\w", value):
            raise RefusedError("survey-text-without-words")
        return mask_personal_data(value.strip())


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of a questionnaire; `mark` is shown with it where its wording is not yet official."""

    id: str
    version: int
    mark: str
    questions: tuple[Question, ...]

    @property
    def first(self) -> Question:
        """The required one: its answer alone is a complete response."""
        return self.questions[0]

    def question(self, id: str) -> Question:
        """RefusedError for a question that this version does not have (an old or forged button)."""
        for question in self.questions:
            if question.id == id:
                return question
        raise RefusedError("survey-unknown-question")

    def next(self, answers: Answers) -> Question | None:
        """The first question to ask that was neither answered nor skipped; None when all is said."""
        return next((q for q in self.questions if q.id not in answers and q.asked_after(answers)), None)

    def after(self, id: str, answers: Answers) -> Question | None:
        """The next one that is asked, answered already or not; None behind the last."""
        behind = self.questions[self.questions.index(self.question(id)) + 1 :]
        return next((q for q in behind if q.asked_after(answers)), None)

    def kept(self, answers: Answers) -> dict[str, Value]:
        """The answers whose questions are asked after what was answered: a corrected face drops what hung on it."""
        kept: dict[str, Value] = {}
        for question in self.questions:
            if question.id in answers and question.asked_after(kept):
                kept[question.id] = answers[question.id]
        return kept


class QuestionnaireError(ValueError):
    """A file that cannot be used; the message says where and why."""


class Questionnaires:
    """All versions of all questionnaires."""

    def __init__(self, questionnaires: Sequence[Questionnaire], default: str = "default") -> None:
        self._all = {(q.id, q.version): q for q in questionnaires}
        self._newest = {q.id: q for q in sorted(questionnaires, key=lambda q: q.version)}
        if len(self._all) != len(questionnaires):
            raise QuestionnaireError("one version of a questionnaire stands in two files")
        if default not in self._newest:
            raise QuestionnaireError(f"no questionnaire {default!r}")
        self._default = default

    def current(self) -> Questionnaire:
        """The newest version of the default one."""
        return self._newest[self._default]

    def get(self, id: str, version: int) -> Questionnaire:
        """The version that a response was given to; the newest one when that file is gone."""
        return self._all.get((id, version)) or self._newest.get(id) or self.current()


def load_questionnaires(folder: Path) -> Questionnaires:
    """Every *.toml of a folder; QuestionnaireError names the file that is wrong."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append(parse_questionnaire(tomllib.loads(path.read_text("utf-8"))))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
            raise QuestionnaireError(f"{path.name}: {error}") from error
    return Questionnaires(found)


def parse_questionnaire(data: Mapping[str, Any]) -> Questionnaire:
    """A questionnaire of a file's content; QuestionnaireError for what breaks its rules."""
    questions = tuple(_question(row) for row in data["question"])
    questionnaire = Questionnaire(str(data["id"]), int(data["version"]), str(data.get("mark", "")), questions)
    _check(questionnaire)
    return questionnaire


def _question(row: Mapping[str, Any]) -> Question:
    kind = Kind(row["kind"])
    labels = list(row.get("labels", ()))
    if kind is Kind.FACES:
        choices = [Choice(str(face), label) for face, label in zip(FACES, labels, strict=True)]
    elif kind is Kind.YES_PARTLY_NO:
        choices = [Choice(id, label) for id, label in zip(SETTLED, labels, strict=True)]
    else:
        choices = [Choice(str(c["id"]), str(c["text"])) for c in row.get("choices", ())]
    return Question(
        id=str(row["id"]),
        kind=kind,
        text=str(row["text"]),
        required=bool(row.get("required", False)),
        choices=tuple(choices),
        when=_condition(row["when"]) if "when" in row else None,
        length_max=int(row.get("length_max", TEXT_LENGTH_MAX)),
    )


def _condition(row: Mapping[str, Any]) -> Condition:
    if "is" in row:
        values: frozenset[int | str] = frozenset(row["is"])
    else:
        values = frozenset(f for f in FACES if row.get("at_least", 1) <= f <= row.get("at_most", 5))
    return Condition(str(row["question"]), values)


def _check(questionnaire: Questionnaire) -> None:
    """One required question, the first, in faces; unique ids that fit in a button; conditions look back; few steps."""
    questions = questionnaire.questions
    ids = [q.id for q in questions]
    if len(set(ids)) != len(ids):
        raise QuestionnaireError("two questions of one id")
    if not questions or [q.id for q in questions if q.required] != ids[:1] or questions[0].kind is not Kind.FACES:
        raise QuestionnaireError("the first question, in faces, is the required one, and the only one")
    for at, question in enumerate(questions):
        for id in (question.id, *(c.id for c in question.choices)):
            if not re.fullmatch(r"[a-z0-9_]{1,16}", id):
                raise QuestionnaireError(f"{id!r}: ids are 1 to 16 of a-z, 0-9 and _")
        if len({c.id for c in question.choices}) != len(question.choices):
            raise QuestionnaireError(f"{question.id}: two choices of one id")
        if not 1 <= question.length_max <= TEXT_LENGTH_MAX:
            raise QuestionnaireError(f"{question.id}: own words are of 1 to {TEXT_LENGTH_MAX} characters")
        if question.kind in (Kind.CHOICE, Kind.MULTI) and len(question.choices) < 2:
            raise QuestionnaireError(f"{question.id}: fewer than two choices")
        if question.when is not None and question.when.question not in ids[:at]:
            raise QuestionnaireError(
                f"{question.id}: asked after {question.when.question!r}, which does not precede it"
            )
    if sum(q.kind is Kind.TEXT for q in questions) > 1:
        raise QuestionnaireError("more than one question for own words")
    if (steps := _longest(questionnaire)) > STEPS_MAX:
        raise QuestionnaireError(f"somebody would be asked {steps} questions; at most {STEPS_MAX}")


def _longest(questionnaire: Questionnaire) -> int:
    """Steps on the longest way, over all values of the questions that others hang on."""
    deciding = {q.when.question for q in questionnaire.questions if q.when is not None}
    ways = [list(_values(q)) if q.id in deciding else [(q.id, None)] for q in questionnaire.questions]
    return max(sum(1 for q in questionnaire.questions if q.asked_after(dict(way))) for way in itertools.product(*ways))


def _values(question: Question) -> Iterator[tuple[str, Value]]:
    yield question.id, None
    for choice in question.choices:
        yield question.id, int(choice.id) if question.kind is Kind.FACES else choice.id
