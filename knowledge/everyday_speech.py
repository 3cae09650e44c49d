"""How Persian is spoken every day, from everyday_speech.toml: question words, endings, verbs, words written in one.

Knows no index and no regulation.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.analysis import fold

__all__ = ["Speech", "everyday_speech"]

_FILE = Path(__file__).with_name("everyday_speech.toml")


@dataclass(frozen=True, slots=True)
class Speech:
    """Folded words throughout.

    ``latin``: Persian by Latin spelling; ``english``: words that stay as they are; ``words``: common words, verb forms
    among them; ``before`` and ``after``: words written in one with what follows or precedes; ``apart``: words that are
    read as two; ``spelled``: the usual spelling of some; ``written``: how people are shown some; ``preverbs``: short
    words before a verb; ``ending``: what may follow a noun; ``after_final_e``: what replaces its final «ه»;
    ``latin_endings``: endings in Latin letters, longest first, with what each adds in Persian.
    """

    latin: Mapping[str, str]
    english: frozenset[str]
    words: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    apart: frozenset[str]
    spelled: Mapping[str, str]
    written: Mapping[str, str]
    preverbs: frozenset[str]
    ending: re.Pattern[str]
    after_final_e: frozenset[str]
    latin_endings: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def everyday_speech() -> Speech:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    glued, endings = data["glued"], data["endings"]
    latin = {spelling: persian for persian, spellings in data["latin"].items() for spelling in spellings.split()}
    return Speech(
        latin=latin,
        english=frozenset(data["english"]["words"].split()),
        words=frozenset(_folded(" ".join((data["common"]["words"], *_verb_forms(data["verbs"]))))),
        before=frozenset(_folded(glued["before"])),
        after=frozenset(_folded(glued["after"])),
        apart=frozenset(_folded(glued["apart"])),
        spelled=data["spelled"],
        written=data["written"],
        preverbs=frozenset(_folded(data["verbs"]["preverbs"])),
        ending=re.compile(endings["persian"]),
        after_final_e=frozenset(_folded(endings["after_final_e"])),
        latin_endings=tuple(sorted(endings["latin"].items(), key=lambda ending: -len(ending[0]))),
    )


def _folded(words: str) -> list[str]:
    return fold(words).split()


def _verb_forms(verbs: Mapping[str, Any]) -> Iterator[str]:
    """The usual forms, right and wrong ones alike: a form that nobody uses is read for nothing else either."""
    for tense in ("present", "past"):
        prefixes = verbs[f"{tense}_prefixes"].replace("-", "").split(" ")
        endings = verbs[f"{tense}_endings"].replace("-", "").split(" ")
        for stem in verbs[tense].split():
            yield from (f"{prefix}{stem}{ending}" for prefix in prefixes for ending in endings)
