"""Which limit a question sounds like: the model of wordings, learned from how people ask for each obligation's limit.

Several limits may stand in one provision, and an article and a stage may order nearly the same; what they are called
in everyday words tells them apart where the question shares none with the law.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from knowledge.wording_model import WordingModel

__all__ = ["LimitWordings", "open_limit_wordings"]

#: One question asks several times.
_REMEMBERED = 64


class LimitWordings:
    """Likeness of questions to limits. Pure reading; safe from several threads."""

    def __init__(self, model: WordingModel | None, alike: Mapping[str, Sequence[str]]) -> None:
        """`model`: its labels are ids of obligations; None where there are none. `alike`: others for the same duty."""
        self._model, self._alike = model, alike
        self.margins = lru_cache(maxsize=_REMEMBERED)(self._margins)

    def _margins(self, question: str) -> Mapping[str, float]:
        """By id of obligation: above 0 where the question sounds like it, about -1 where it does not.

        Wordings can't tell apart obligations for the same duty: each has the best margin among them.
        """
        if self._model is None:
            return {}
        margins = self._model.by_label(question)
        return {
            id: max([margin, *(margins[other] for other in self._alike.get(id, ()))]) for id, margin in margins.items()
        }


def open_limit_wordings(
    wordings: Mapping[str, Sequence[str]], alike: Mapping[str, Sequence[str]], directory: Path
) -> LimitWordings:
    """The model of these wordings by id of obligation, stored below `directory`, learned anew when they change.

    OSError: no space, no permission.
    """
    if not wordings:
        return LimitWordings(None, {})
    version = hashlib.sha256(json.dumps(sorted(wordings.items())).encode()).hexdigest()
    labelled = [(text, obligation) for obligation, texts in wordings.items() for text in texts]
    return LimitWordings(WordingModel.open_or_learn(lambda: labelled, directory / "limits", version=version), alike)
