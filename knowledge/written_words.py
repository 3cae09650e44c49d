"""How words are written, where search keeps them folded: «سنجه‌های» for «سنجههای», «آماده» for «اماده».

People are told how their question was read; the words put in for theirs should look like Persian.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

from knowledge.analysis import ZWNJ, fold
from knowledge.everyday_speech import everyday_speech
from knowledge.provisions import Corpus

__all__ = ["WrittenWords"]

#: A word with its half-spaces, without the signs around it.
_WORD: Final = re.compile(r"[\u0621-\u06cc]+(?:\u200c[\u0621-\u06cc]+)*")
#: One in the wording of the law says as much of its spelling as so many in everyday wordings.
_LAW: Final = 100


class WrittenWords:
    """Spellings of one corpus, the commonest of each word; the law's own go before those of everyday wordings."""

    def __init__(self, corpus: Corpus) -> None:
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for provision in corpus:
            texts = [(text, _LAW) for text in (provision.wording, provision.heading)]
            texts += [(text, 1) for text in provision.asked_as]
            for text, weight in texts:
                for word in _WORD.findall(text):
                    counted[_key(word)][word] += weight
        usual = {key: spellings.most_common(1)[0][0] for key, spellings in counted.items()}
        self._usual: Mapping[str, str] = {**usual, **everyday_speech().written}

    def put_in(self, corrected: str, typed: str) -> str:
        """A corrected question with the words that were not typed so as they are written; the others stay as typed."""
        own = set(_WORD.findall(typed))
        return _WORD.sub(lambda m: m.group() if m.group() in own else self._written(m.group()), corrected)

    def _written(self, word: str) -> str:
        return self._usual.get(_key(word), word)


def _key(word: str) -> str:
    return fold(word).replace(ZWNJ, "")
