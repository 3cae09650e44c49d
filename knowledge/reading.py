"""Reads a question against one index: which of its words the index knows, and what the others may have meant.

An unknown word keeps its likeliest readings side by side; which of them was meant is left to the documents, since the
right one tends to stand near the question's other words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from knowledge.analysis import analyse, analyse_question, skeleton
from knowledge.common_words import SLIP_COST, CommonWords
from knowledge.everyday_speech import everyday_speech
from knowledge.finglish import Finglish, is_latin, joined
from knowledge.spelling import Speller, Suggestion
from knowledge.vocabulary import Vocabulary

_PIECE: Final = re.compile(r"[^\s؟?!،,؛;:.«»()\[\]\"]+")
_LATIN: Final = re.compile("[A-Za-z]+")
_SITE: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")  # «data.gov.ir» is no Persian
_PERSIAN: Final = re.compile("[\u0621-\u06cc]")
_WORDS_MAX: Final = 60  # of one question
_PRIOR_FALL: Final = 0.5
_PRIOR_MIN: Final = 0.7  # of a reading beside the likeliest; with less likely ones nothing more was found
_REMEMBERED: Final = 20_000
_WHOLE_FROM: Final = 3  # letters of a word beside a function word or an ending
_IN_TWO_COST: Final = 0.3  # a suggestion nearer than this was meant rather than two words
_SLIP_MAX: Final = 1.0  # of a common word
_DOUBTED_MAX: Final = 0.5  # a suggestion as near as this was meant rather than a rare word or one with an ending
_CARRIES_FROM: Final = 3  # documents that have a word which takes endings
_CLEAR_MAX: Final = 0.1  # of the reading of a word in Latin letters
_FORM_MAX: Final = 0.75  # a suggestion nearer than this was meant rather than a form of what the index has


class Option(NamedTuple):
    """One word that may be meant; ``prior`` is 1 for the likeliest, less for the others."""

    word: str
    prior: float = 1.0


class Persian(IntEnum):
    """Whether a word that the index lacks is Persian: a common one, a rare one or one with endings, or neither."""

    HARDLY = 0
    LIKELY = 1
    SURELY = 2


class Role(Enum):
    """What a word does in a question.

    CONTENT is what is asked for. EXTRA are joined compounds: they help where they are found and are not missed where
    they are not. STOP words («چه»، «از») only count as neighbours of others.
    """

    CONTENT = "content"
    EXTRA = "extra"
    STOP = "stop"


class Slot(NamedTuple):
    """One word of the question; ``typed`` differs from the options' words where it was read anew.

    ``inflected``: nothing is wrong with the word, the index only has another form of it, or others that are near.
    """

    typed: str
    options: tuple[Option, ...]
    role: Role = Role.CONTENT
    inflected: bool = False

    @property
    def repaired(self) -> bool:
        return self.options[0].word != self.typed and not self.inflected


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as understood; ``unknown`` are words that nothing in the index resembles.

    ``settled``: typed words (folded) that everyday Persian explains, whatever the documents say, with what was meant.
    """

    slots: tuple[Slot, ...]
    unknown: tuple[str, ...]
    settled: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(slot.options[0].word for slot in self.slots if slot.role is Role.CONTENT)


@dataclass(frozen=True)
class Reader:
    """Reads questions for one vocabulary."""

    vocabulary: Vocabulary
    speller: Speller
    finglish: Finglish
    common: CommonWords

    @classmethod
    def load(cls, directory: Path, vocabulary: Vocabulary) -> Reader:
        common = CommonWords.load(directory)
        finglish = Finglish.load(directory, vocabulary, common)
        return cls(vocabulary, Speller.load(directory, vocabulary), finglish, common)

    def read(self, question: str) -> Reading:
        """Slots in question order, joined compounds last; none where the question holds no word."""
        latin = is_finglish(question)
        if latin:
            question = joined(question)
            sites = frozenset(_LATIN.findall(" ".join(_SITE.findall(question)))) if "." in question else frozenset()
            settled = self.finglish.everyday(word for word in _LATIN.findall(question) if word not in sites)
        else:
            sites = frozenset()
            settled = self._settled(analyse_question(question).words[:_WORDS_MAX])
        analysis = analyse_question((settled and corrected_question(question, settled)) or question)
        slots: list[Slot] = []
        unknown: list[str] = []
        content = set(analysis.words)
        for word in analysis.spoken[:_WORDS_MAX]:
            if word not in content:
                slots.append(Slot(word, (Option(word),), Role.STOP))
                continue
            read = self._read_word(word, latin and word not in sites)
            slots.extend(read)
            if not read:
                unknown.append(word)
        extra = dict.fromkeys((*analysis.compounds, *self._joined(slots)))
        slots.extend(Slot(word, (Option(word),), Role.EXTRA) for word in extra if self.vocabulary.knows(word))
        return Reading(tuple(slots), tuple(dict.fromkeys(unknown)), settled)

    # -- what everyday Persian settles --------------------------------------------------------------------------------

    def _settled(self, words: Iterable[str]) -> Mapping[str, str]:
        """Those that were read without asking the documents, by how they were typed."""
        read = self._in_two_or_mended
        return {word: meant for word in dict.fromkeys(words) if (meant := read(word)) is not None}

    @cached_property
    def _in_two_or_mended(self) -> Callable[[str], str | None]:
        """A word that was written in one with another, apart; or the common word for which it is a slip."""
        remembered: Callable[[str], str | None] = lru_cache(maxsize=_REMEMBERED)(self._new_settled)
        return remembered

    def _new_settled(self, word: str) -> str | None:
        if word[0].isascii() or self.vocabulary.numbers(word).surface:
            return None
        if word in everyday_speech().spelled:
            return everyday_speech().spelled[word]
        near = self.near(word)
        if word not in everyday_speech().apart and self._is_meant(word, near):
            return None
        nearest = near[0].cost if near else math.inf
        parts = self._in_two(word, nearest)
        if parts:
            return " ".join(parts)
        if nearest <= SLIP_COST:  # a common word costs no less
            return None
        return self.common.near(word, below=min(nearest, _SLIP_MAX))

    @cached_property
    def near(self) -> Callable[[str], tuple[Suggestion, ...]]:
        """Words of the index for which a word may be a slip; remembered, since it is looked at twice."""
        remembered: Callable[[str], tuple[Suggestion, ...]] = lru_cache(maxsize=_REMEMBERED)(self._near)
        return remembered

    def _near(self, word: str) -> tuple[Suggestion, ...]:
        return self.speller.suggest(word, short=self.persian(word) is Persian.HARDLY)

    def _is_meant(self, word: str, near: Sequence[Suggestion]) -> bool:
        """Whether ``word`` is Persian, and no other word of the index so near that it is more likely a slip for it."""
        persian = self.persian(word)
        if persian is not Persian.LIKELY or not near or near[0].cost > _DOUBTED_MAX:
            return persian is not Persian.HARDLY
        return any(near[0].words[0].startswith(base) for base, ending in _endings(word) if self._carries(base, ending))

    def _in_two(self, word: str, nearest: float) -> tuple[str, str] | None:
        """«تاچه»، «دردستگاه»: two words of which one is a function word; both are, unless something is near."""
        speech = everyday_speech()
        likely: list[tuple[str, str]] = []
        for place in range(1, len(word)):
            first, last = word[:place], word[place:]
            leads, follows = first in speech.before, last in speech.after
            if (leads or first in speech.after) and (follows or last in speech.before):
                return first, last
            if (leads and self._is_whole(last)) or (follows and self._is_whole(first)):
                likely.append((first, last))
        return max(likely, key=self._commoner_half) if likely and nearest > _IN_TWO_COST else None

    def _is_whole(self, word: str) -> bool:
        return len(word) >= _WHOLE_FROM and self.vocabulary.surface(word) > 0

    def _commoner_half(self, halves: tuple[str, str]) -> int:
        return max(map(self._frequency, halves))

    @cached_property
    def persian(self) -> Callable[[str], Persian]:
        """Whether a folded word is Persian as it stands; remembered, since people ask with the same words."""
        remembered: Callable[[str], Persian] = lru_cache(maxsize=_REMEMBERED)(self._persian)
        return remembered

    def _persian(self, word: str) -> Persian:
        entry = self.vocabulary.lexicon.entry(word)
        if word in self.common or self._is_common_verb(entry) or self._has_preverb(word):
            return Persian.SURELY
        if (entry is not None and not entry.startswith("#")) or any(self._carries(*parts) for parts in _endings(word)):
            return Persian.LIKELY
        return Persian.HARDLY

    def _is_common_verb(self, entry: str | None) -> bool:
        return entry is not None and entry.startswith("#") and f"{entry.split('#')[1]}ن" in self.common

    def _has_preverb(self, word: str) -> bool:
        """«درآید»، «بازگردد»: a verb behind one of a few short words."""
        verbs = (word.removeprefix(preverb) for preverb in everyday_speech().preverbs if word.startswith(preverb))
        return any(
            len(verb) >= _WHOLE_FROM and self._is_common_verb(self.vocabulary.lexicon.entry(verb)) for verb in verbs
        )

    def _carries(self, base: str, ending: str) -> bool:
        """Whether ``base`` is a word that ``ending`` may follow: a short word and a letter are a slip too easily."""
        if self._frequency(base) >= _CARRIES_FROM:
            return True
        return base in self.common and (len(ending) > 1 or len(base) > _WHOLE_FROM)

    def _frequency(self, word: str) -> int:
        number = self.vocabulary.surface(word)
        return int(self.vocabulary.surface_frequency[number]) if number else 0

    # -- what the documents decide ------------------------------------------------------------------------------------

    def _read_word(self, word: str, latin: bool) -> tuple[Slot, ...]:
        latin = latin and is_latin(word)
        if latin:
            return self._read_latin(word)
        if self.vocabulary.numbers(word).surface or word[0].isascii():
            return (Slot(word, (Option(word),)),) if self.vocabulary.knows(word) else ()
        suggestions, known = self.near(word), self.vocabulary.knows(word)
        meant = self._is_meant(word, suggestions)
        near = tuple(suggestion for suggestion in suggestions if suggestion.cost <= _FORM_MAX)
        if known:
            return _slots(word, near, as_typed=True) if near and not meant else (Slot(word, (Option(word),)),)
        form = self._other_form(word)
        if form is not None and (meant or not near):
            return (Slot(word, (Option(form),), inflected=True),)
        apart = bool(suggestions) and len(suggestions[0].words) > 1  # a compound says the same in two words
        return _slots(word, suggestions, inflected=meant and not apart)

    def _read_latin(self, word: str) -> tuple[Slot, ...]:
        known = self.vocabulary.surface(word) > 0  # it has no other forms
        suggestions = () if known and word in everyday_speech().english else self.finglish.suggest(word)
        if not suggestions:
            return (Slot(word, (Option(word),)),) if known else ()
        # «smart», or Persian that a wording has in Latin letters, too, unless it is clear what it says
        return _slots(word, suggestions, as_typed=known and suggestions[0].cost > _CLEAR_MAX)

    def _other_form(self, word: str) -> str | None:
        """Another form of ``word`` that the index has: of the same verb or noun, or without endings of speech."""
        bases = (base for base, _ in _endings(word) if self._is_whole(base))
        return self.vocabulary.relative(word) or next(bases, None)

    def _joined(self, slots: list[Slot]) -> list[str]:
        """Neighbouring words that the index also has written as one."""
        content = [slot.options[0].word for slot in slots if slot.role is Role.CONTENT]
        return [pair for pair in map("".join, pairwise(content)) if self.vocabulary.surface(pair)]


def _slots(
    word: str, suggestions: Sequence[Suggestion], *, as_typed: bool = False, inflected: bool = False
) -> tuple[Slot, ...]:
    """The likeliest reading where it is several words, else all that are not much less likely side by side."""
    if not suggestions:
        return ()
    best = suggestions[0]
    if len(best.words) > 1:
        return tuple(Slot(word, (Option(part),), inflected=inflected) for part in best.words)
    options = tuple(
        Option(suggestion.words[0], prior)
        for suggestion in suggestions
        if len(suggestion.words) == 1 and (prior := 1.0 - _PRIOR_FALL * (suggestion.cost - best.cost)) > _PRIOR_MIN
    )
    return (Slot(word, (*options, *([Option(word)] if as_typed else ())), inflected=inflected),)


def _endings(word: str) -> Iterator[tuple[str, str]]:
    """``word`` cut before an ending of speech, the longest word first; a doubled letter is a slip, not an ending."""
    pattern = everyday_speech().ending
    for place in range(len(word) - 1, _WHOLE_FROM - 1, -1):
        doubled = word[place] == word[place - 1] and len(word) - place == 1
        if not doubled and pattern.fullmatch(word, place):
            yield word[:place], word[place:]
    for ending in everyday_speech().after_final_e:
        if word.endswith(ending):
            yield word.removesuffix(ending) + "ه", ending


def is_finglish(question: str) -> bool:
    """Whether ``question`` has words, none of them in Persian letters."""
    return _LATIN.search(question) is not None and _PERSIAN.search(question) is None


def corrected_question(question: str, meant: Mapping[str, str]) -> str | None:
    """``question`` with the words of ``meant`` (typed and folded → understood) replaced; None where nothing changed."""
    if not meant:
        return None
    if is_finglish(question):
        question = joined(question)
        rewritten = _LATIN.sub(lambda word: meant.get(word.group(), word.group()), question)
        return rewritten if rewritten != question else None

    def replace(match: re.Match[str]) -> str:
        letters = skeleton(match.group())
        if not any(word in letters for word in meant):  # analysing every piece would double the time of a question
            return match.group()
        return " ".join(meant.get(word, word) for word in analyse(match.group()).words)

    rewritten = _PIECE.sub(replace, question)
    return rewritten if rewritten != question else None
