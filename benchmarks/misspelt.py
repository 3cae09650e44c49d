"""Questions as people mistype them: with one slip, or in Latin letters, and what they still find.

`python -m benchmarks.misspelt` takes the tuning questions in Persian letters that some provision answers and that name
none, and prints how many have a right unit first, and among the first three: as they are, with one random slip of each
kind, and in Latin letters by several conventions; and how many were told of a correction that they did not need, or
got the misspelt word back. `--kinds` picks some, `--misses` lists what a slip cost. All is drawn from one seed.

Latin spellings are made without a dictionary: short vowels, which Persian letters do not show, are drawn by chance, so
they are harder to read than what people write; the finglish style of `benchmarks.questions` holds what people wrote.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from benchmarks.questions import LEARNED, Outcome, Question, build, outcomes, read_questions, share
from knowledge.analysis import ZWNJ, analyse, fold
from knowledge.confidence import load_confidence
from knowledge.spelling import KEYBOARD, SOUNDS

SEED: Final = 11
CONVENTIONS: Final = Path(__file__).with_name("latin_letters.toml")
_WORD: Final = re.compile(f"[\u0621-\u06cc{ZWNJ}]+")
_LATIN: Final = re.compile("[A-Za-z]")
_SLIP_FROM: Final = 4  # letters of a word that gets one
_LETTERS: Final = "".join(KEYBOARD)
_ALIKE: Final[Mapping[str, str]] = {
    letter: others
    for letter in _LETTERS
    if (others := "".join(o for o in _LETTERS if o != letter and o.translate(SOUNDS) == letter.translate(SOUNDS)))
}
_SHORT_VOWELS: Final = "aaaaaeeeeoo"  # about as often as they are spoken
_BETWEEN: Final = 0.25  # two consonants that have a vowel between them, not counting those that must

Slip = Callable[[str, random.Random], str]


# -- slips -----------------------------------------------------------------------------------------------------------


def neighbour(word: str, chance: random.Random) -> str:
    """The key beside the meant one."""
    place = _letter(word, chance, _LETTERS)
    row = next(keys for keys in KEYBOARD if word[place] in keys)
    at = row.index(word[place])
    return _replaced(word, place, chance.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2]))


def omission(word: str, chance: random.Random) -> str:
    return _replaced(word, _letter(word, chance, _LETTERS), "")


def doubling(word: str, chance: random.Random) -> str:
    place = _letter(word, chance, _LETTERS)
    return _replaced(word, place, word[place] * 2)


def swap(word: str, chance: random.Random) -> str:
    places = [i for i in range(len(word) - 1) if word[i] != word[i + 1] and ZWNJ not in word[i : i + 2]]
    if not places:
        return word
    place = chance.choice(places)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def homophone(word: str, chance: random.Random) -> str:
    """Another letter of the same sound; another slip where the word has none such."""
    if not set(word) & set(_ALIKE):
        return word
    place = _letter(word, chance, "".join(_ALIKE))
    return _replaced(word, place, chance.choice(_ALIKE[word[place]]))


def _letter(word: str, chance: random.Random, among: str) -> int:
    return chance.choice([place for place, letter in enumerate(word) if letter in among])


def _replaced(word: str, place: int, letters: str) -> str:
    return word[:place] + letters + word[place + 1 :]


SLIPS: Final[Mapping[str, Slip]] = {
    "neighbour": neighbour, "omission": omission, "doubling": doubling, "swap": swap, "homophone": homophone,
}  # fmt: skip


def with_slip(question: str, slip: Slip, chance: random.Random) -> str:
    """``question`` with one slip in one of its words, or as it is where none is long enough."""
    words = [match for match in _WORD.finditer(question) if len(_plain(match.group())) >= _SLIP_FROM]
    for match in chance.sample(words, len(words)):
        typed = slip(match.group(), chance)
        if typed != match.group():
            return question[: match.start()] + typed + question[match.end() :]
    return question


def _plain(word: str) -> str:
    """The letters that have a key of their own."""
    return "".join(letter for letter in word if letter in _LETTERS)


def without_space(question: str, chance: random.Random) -> str:
    """``question`` with two neighbouring Persian words written as one."""
    gaps = [m.start() for m in re.finditer("(?<=[\u0621-\u06cc]) (?=[\u0621-\u06cc])", question)]
    if not gaps:
        return question
    gap = chance.choice(gaps)
    return question[:gap] + question[gap + 1 :]


# -- Latin letters ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def conventions() -> tuple[Mapping[str, Mapping[str, Any]], Mapping[str, str]]:
    """Conventions by name, and how common words are spoken."""
    data = tomllib.loads(CONVENTIONS.read_text("utf-8"))
    named = {name: {**c, "letters": _table(c["letters"])} for name, c in data["conventions"].items()}
    return named, _table(data["spoken"]["words"])


def _table(pairs: str) -> Mapping[str, str]:
    return dict(pair.split("=", 1) for pair in pairs.split())


def in_latin_letters(question: str, convention: Mapping[str, Any], chance: random.Random) -> str:
    """``question`` transliterated word by word, with an ezafe at the end of some words."""
    _, spoken = conventions()

    def written(match: re.Match[str]) -> str:
        word = match.group().strip(ZWNJ)
        if word in spoken:
            return spoken[word]
        latin = "".join(_part(part, convention, chance) for part in word.split(ZWNJ))
        inner = re.match(" [\u0621-\u06cc]", match.string[match.end() :]) is not None
        if inner and latin[-1:] not in "aeiou" and chance.random() < convention["ezafe"]:
            latin += "e"
        return latin

    return _WORD.sub(written, fold(question)).translate(str.maketrans("؟،؛", "?,;"))


def _part(part: str, convention: Mapping[str, Any], chance: random.Random) -> str:
    """One word: a vowel after the first consonant, none or one between two behind it, always one among three."""
    sounds: list[str] = []
    closed = 0  # consonants since the last vowel
    for place, letter in enumerate(part):
        sound = _sound(part, place, convention)
        if place == 0 and letter in "اع":  # it carries a vowel that is not written
            sound = sound if part[1:2] in ("و", "ی") else chance.choice(_SHORT_VOWELS)
        opens = sound[:1] in tuple("aeiou")
        if closed and not opens and (closed == len(sounds) or closed > 1 or chance.random() < _BETWEEN):
            sounds.append(chance.choice(_SHORT_VOWELS))
            closed = 0
        closed = 0 if opens else closed + bool(sound.strip("'"))
        sounds.append(sound)
    return "".join(sounds)


def _sound(part: str, place: int, convention: Mapping[str, Any]) -> str:
    letter, last = part[place], place == len(part) - 1
    after_vowel = place > 0 and part[place - 1] in "اآوی"
    before_vowel = not last and part[place + 1] in "اآوی"
    if letter == "و":
        return str(convention["v"] if place == 0 or after_vowel or before_vowel else convention["oo"])
    if letter == "ی":
        return "y" if not last and (place == 0 or after_vowel or before_vowel) else str(convention["ii"])
    if letter == "ه" and last and not after_vowel and len(part) > 2:
        return "e"
    return str(convention["letters"].get(letter, letter))


# -- measuring -------------------------------------------------------------------------------------------------------


def variants(questions: Sequence[Question]) -> dict[str, list[Question]]:
    """The same questions by kind of misspelling."""
    made: dict[str, list[Question]] = {"as it is": list(questions)}
    for kind, slip in SLIPS.items():
        chance = random.Random(SEED)
        made[kind] = [replace(q, q=with_slip(q.q, slip, chance)) for q in questions]
    chance = random.Random(SEED)
    made["no space"] = [replace(q, q=without_space(q.q, chance)) for q in questions]
    for name, convention in conventions()[0].items():
        chance = random.Random(SEED)
        made[f"latin {name}"] = [replace(q, q=in_latin_letters(q.q, convention, chance)) for q in questions]
    return made


def mended(clean: Question, outcome: Outcome) -> bool:
    """Whether the words that the answer was searched with are those that were meant."""
    read = outcome.answer.corrected or outcome.question.q
    return _letters(read) == _letters(clean.q)


def _letters(text: str) -> str:
    return "".join(analyse(text).words)


def main(arguments: Sequence[str] = ()) -> bool:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.misspelt")
    parser.add_argument("--kinds", nargs="*")
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args(arguments)
    questions = [
        q
        for q in read_questions(LEARNED)
        if q.in_scope and q.gold and q.intent != "lookup" and q.style != "finglish" and not _LATIN.search(q.q)
    ]
    with tempfile.TemporaryDirectory() as directory:
        corpus, _, answerer = build(Path(directory), load_confidence())
        right = [o.first for o in outcomes(questions, corpus, answerer)]
        for kind, asked in variants(questions).items():
            if given.kinds and kind not in given.kinds:
                continue
            done = outcomes(asked, corpus, answerer)
            print(
                f"{kind:17} first {share(sum(o.first for o in done), len(done))}"
                f"  in three {share(sum(o.in_three for o in done), len(done))}"
                f"  read as meant {sum(map(mended, questions, done))}",
                flush=True,
            )
            if given.misses:
                for was, clean, o in zip(right, questions, done, strict=True):
                    if was and not o.first:
                        print(
                            f"  {clean.id} {clean.q}\n    {o.question.q}\n    {o.answer.corrected}  {o.answer.status} {o.units[:3]} gold {clean.gold}"
                        )
    return True


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
