"""General Persian as far as an index needs it: dictionary forms of verbs and nouns, and which words are good Persian.

Made once with an index from hazm's verbs, conjugations and word list (what its Lemmatizer works with), stored beside it
in half a megabyte, so that answering needs neither hazm's seconds of start-up nor its hundreds of megabytes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.analysis import ZWNJ, fold, hazm_module, stem
from knowledge.packed import hashed

_FILE: Final = "lexicon.npz"
# Endings taken off to reach a known word, in the order tried.
_ENDINGS: Final = (
    *("هایشان", "هایمان", "هایتان", "هایی", "هایم", "هایت", "هایش", "های", "ها", "ترین", "تری", "تر"),
    *("شان", "مان", "تان", "ان", "ات", "یی", "ای", "ی", "ش", "م", "ت", "ا", "ه"),
)


def save_lexicon(directory: Path) -> None:
    """Store the lexicon in ``directory``."""
    np.savez(directory / _FILE, **_arrays())  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _arrays() -> dict[str, npt.NDArray[np.generic]]:
    """Made once a process: conjugating all verbs takes a second."""
    utils = hazm_module("hazm.utils")
    roots, forms = _verb_forms(utils.verbs_list())
    words = _folded([word for word, frequency, _ in utils.words_list() if frequency > 0])  # 0: never seen in text
    keys = np.fromiter(forms, np.uint32, len(forms))
    order = np.argsort(keys)
    return {
        "forms": keys[order],
        "form_root": np.fromiter(forms.values(), np.uint16, len(forms))[order],
        "roots": np.asarray(roots),
        "words": np.unique(np.fromiter(map(hashed, words), np.uint32)),
    }


def _verb_forms(verbs: Sequence[str]) -> tuple[list[str], dict[int, int]]:
    """Roots («#رفت#رو») and, for the hash of every conjugated form in one word, the number of its root."""
    conjugation = hazm_module("hazm.lemmatizer").Conjugation()
    pairs = [
        (form, number) for number, verb in enumerate(verbs) for form in conjugation.get_all(verb) if " " not in form
    ]
    folded = _folded([form for form, _ in pairs])
    forms: dict[int, int] = {}
    for form, (_, number) in zip(folded, pairs, strict=True):
        forms.setdefault(hashed(form), number)
    return [f"#{verb}" for verb in _folded(verbs)], forms


def _folded(words: Sequence[str]) -> list[str]:
    """Folded in one go: hazm's normalizer costs 40 µs a call, whatever the length."""
    return fold("\n".join(words)).replace(ZWNJ, "").split("\n")


@dataclass(frozen=True)
class Lexicon:
    """Read side: sorted hashes (``forms``, ``words``), and for each form the number of its root."""

    forms: memoryview
    form_root: memoryview
    roots: tuple[str, ...]
    words: memoryview

    @classmethod
    def load(cls, directory: Path) -> Lexicon:
        with np.load(directory / _FILE) as stored:
            forms, form_root, words = (stored[name].data for name in ("forms", "form_root", "words"))
            return cls(forms, form_root, tuple(map(str, stored["roots"])), words)

    def is_word(self, word: str) -> bool:
        """Whether the folded ``word``, or what remains of it without an ending, is in the dictionary."""
        return self._dictionary_form(word) is not None

    def entry(self, word: str) -> str | None:
        """The folded ``word`` where the dictionary has it as it stands; a verb's root («#رفت#رو») of a form of one."""
        return self._known(word)

    def lemma(self, word: str) -> str:
        """Dictionary form of a folded word; its stem where the lexicon has none."""
        return self._dictionary_form(word) or stem(word)

    def _dictionary_form(self, word: str) -> str | None:
        bases = (word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= 2)
        return next(filter(None, map(self._known, (word, *bases))), None)

    def _known(self, word: str) -> str | None:
        place = _place(self.forms, word)
        if place is not None:
            return self.roots[self.form_root[place]]
        return word if _place(self.words, word) is not None else None


def _place(hashes: memoryview, word: str) -> int | None:
    wanted = hashed(word)
    place = bisect_left(hashes, wanted)
    return place if place < len(hashes) and hashes[place] == wanted else None
