"""Answers about bodies: what a body must do, where it acts along with others, and which projects are its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from knowledge.analysis import analyse
from knowledge.answers import Answer, Intent, Status
from knowledge.charging import charged_by
from knowledge.naming import ActorNames, TitleWords
from knowledge.provisions import Address, Corpus
from knowledge.quoting import HITS_MAX, ranked
from knowledge.understanding import QuestionReading, is_filler, whole_words

__all__ = ["BodyAnswers", "Role", "role_in"]


class Role(StrEnum):
    """What a body does by a provision."""

    RESPONSIBLE = "responsible"
    PARTNER = "partner"


def role_in(address: Address, name: str, corpus: Corpus) -> Role | None:
    """What the body of this official name does by a provision itself; None where it only receives or approves."""
    charged = charged_by(address, corpus)
    if not corpus[address].responsible:
        return None
    if name in charged.responsible:
        return Role.RESPONSIBLE
    return Role.PARTNER if name in charged.partners else None


class BodyAnswers:
    """Answers for the bodies of one corpus. Pure."""

    def __init__(self, corpus: Corpus, actors: ActorNames, titles: TitleWords) -> None:
        self._corpus, self._actors, self._titles = corpus, actors, titles

    def duties(self, question: str, reading: QuestionReading, regulations: Sequence[str]) -> Answer | None:
        """«وزارت ارتباطات چه وظایفی دارد؟»: everything that charges this body, where nothing narrower is asked."""
        named = self._actors.find(reading.plain)
        if named is None:
            return None
        actor_id, name, rest = named
        words = [w for w in analyse(rest).words if not is_filler(w, "duties")]
        if regulations:  # words of the title of a text that is named; else they are the matter («برنامه عملیاتی»)
            words = [w for w in words if not self._titles.has(w)]
        if words:
            return None
        charged = [
            p.address
            for p in self._corpus
            if actor_id in p.responsible and (not regulations or p.address.regulation in regulations)
        ]
        return self._answer(question, name, charged, charged) if charged else None

    def roles(
        self, question: str, plain: str, rest: str, regulations: Sequence[str], families: Sequence[str]
    ) -> Answer | None:
        """«X در کدام پروژه‌ها همکار است؟»، «پروژه‌های X»: what names this body so, where nothing narrower is asked.

        `rest` is the `plain` question without the names of `regulations`; `families`: what the ids of the rows that
        are asked for begin with; none for provisions of all kinds. Where the body is named nowhere so, the answer has
        no provisions, and its hits are those that name it otherwise.
        """
        words = _words()
        text = words.bodies.sub(" ", plain)
        partner, whom = words.partner.search(text), words.with_whom.search(plain)
        if not partner and not words.provisions.search(text):
            return None
        for pattern in (words.bodies, words.partner, words.responsible):  # «دستگاه‌های همکار» is itself a body's name
            rest = pattern.sub(" ", rest)
        named = self._actors.find(rest)
        if named is None or not all(_is_role_filler(word) for word in analyse(named[2]).words):
            return None
        actor_id, name, _ = named
        found = {
            p.address: role
            for p in self._corpus
            if (actor_id in p.responsible or actor_id in p.partners)
            and (not regulations or p.address.regulation in regulations)
            and (role := role_in(p.address, name, self._corpus))
        }
        if not found:
            return None
        if partner and whom:
            wanted = [a for a, role in found.items() if role is Role.PARTNER or charged_by(a, self._corpus).partners]
        else:
            roles = self._asked_roles(partner=bool(partner), responsible=bool(words.responsible.search(text)))
            wanted = [a for a, role in found.items() if role in roles]
        if families:
            wanted = [a for a in wanted if self._is_of(a, families)]
        order = list(Role)
        wanted.sort(key=lambda address: order.index(found[address]))
        return self._answer(question, name, wanted, wanted or list(found))

    @staticmethod
    def _asked_roles(*, partner: bool, responsible: bool) -> Sequence[Role]:
        if partner == responsible:
            return list(Role)
        return [Role.PARTNER] if partner else [Role.RESPONSIBLE]

    def _is_of(self, address: Address, families: Sequence[str]) -> bool:
        around = (self._corpus[address], *self._corpus.ancestors(address))
        return any(p.address.eid.rpartition("__")[2].partition("_")[0] in families for p in around)

    def _answer(self, question: str, name: str, provisions: Sequence[Address], shown: Sequence[Address]) -> Answer:
        units = list(dict.fromkeys(self._corpus.unit_of(address) for address in shown))
        roles = {role_in(address, name, self._corpus) for address in provisions}
        return Answer(
            question,
            Intent.RESPONSIBLE,
            Status.ANSWERED,
            confident=True,
            hits=ranked(units[:HITS_MAX]),
            provisions=tuple(provisions),
            actor=name,
            responsible=(name,) if Role.RESPONSIBLE in roles else (),
            partners=(name,) if Role.PARTNER in roles else (),
            confidence=1.0,
        )


def _is_role_filler(word: str) -> bool:
    return is_filler(word, "duties") or bool(_words().filler.fullmatch(word))


@dataclass(frozen=True, slots=True)
class _Words:
    partner: re.Pattern[str]
    with_whom: re.Pattern[str]
    responsible: re.Pattern[str]
    provisions: re.Pattern[str]
    bodies: re.Pattern[str]
    filler: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    """body_answers.toml."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    filler = re.compile("|".join(data.pop("filler")))
    return _Words(filler=filler, **{name: whole_words(words) for name, words in data.items()})
