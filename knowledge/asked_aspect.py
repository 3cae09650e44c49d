"""What a question asks of the matter that it names: its words, less those that the law itself says of the matter.

«بودجه ریالی پروژه سلامت هوشمند» names a project in the words of the law and asks what none of the texts tells of any
project. Without the law's words it is «بودجه ریالی …», which sounds like other matters, whatever it is asked of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from knowledge.analysis import analyse, analyse_question, stem
from knowledge.provisions import Address, Corpus
from knowledge.understanding import is_filler
from knowledge.wording_model import OUTSIDE, WordingModel

__all__ = ["AskedAspect", "open_asked_aspect"]

_INSIDE: Final = "inside"
#: What is told of no matter stands for many questions, one of a single matter for itself.
_MATTERS: Final = 4
#: Stands for one or more words of the law.
_NAMED: Final = "x"


class AskedAspect:
    """Judges questions against the units of one corpus. Pure reading; safe from several threads."""

    def __init__(self, matter: Matter, model: WordingModel) -> None:
        self._matter, self._model = matter, model

    def of(self, question: str, unit: Address) -> tuple[float, bool]:
        """How much what is asked of ``unit`` sounds like what no text tells (above 0 it does, -1 not at all), and
        whether nothing is asked beside words of the law that it is («کد پستی»).
        """
        asked = self._matter.left_out(question, unit)
        return self._model.by_label(asked).get(OUTSIDE, -1.0), asked == _NAMED


class Matter:
    """The law's own words of each unit."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._stems = lru_cache(maxsize=None)(self._new_stems)

    def left_out(self, question: str, unit: Address) -> str:
        """``question`` with the words of the law that ``unit`` is left out; one mark stands for each run of them and
        for what only connects them («نظرسنجی از مردم»).
        """
        analysis, known = analyse_question(question), self._stems(unit)
        content = set(analysis.words)
        left: list[str] = []
        mark: int | None = None  # where the last mark stands, while nothing but connecting words is behind it
        for word in analysis.spoken:
            if word in content and stem(word) in known:
                if mark is None:
                    mark = len(left)
                    left.append(_NAMED)
                del left[mark + 1 :]
            else:
                left.append(word)
                mark = mark if is_filler(word, "connecting") else None
        return " ".join(left)

    def _new_stems(self, unit: Address) -> frozenset[str]:
        """Of its wording, headings, bodies and the title of its text."""
        regulation, parts = self._corpus.regulation_of(unit), list(self._corpus.unit_parts(unit))
        bodies = {actor for part in parts for actor in (*part.responsible, *part.partners)}
        actors = [actor for actor in regulation.actors.values() if actor.id in bodies]
        texts = [regulation.title, regulation.short_title]
        texts += [text for part in parts for text in (part.wording, part.heading)]
        texts += [name for actor in actors for name in (actor.name, *actor.aliases)]
        analysis = analyse("\n".join(texts))
        return frozenset(map(stem, (*analysis.words, *analysis.compounds)))


def open_asked_aspect(
    corpus: Corpus,
    asked: Callable[[], Iterable[tuple[str, Address, bool]]],
    told: Sequence[str],
    untold: Sequence[str],
    directory: Path,
    *,
    version: str,
) -> AskedAspect:
    """The stored judge of `version`, or a new one learned from the corpus' everyday wordings and those given.

    `asked`: questions, each with the unit that it is asked of and whether that answers it; read only when learning.
    `told`, `untold`: what the texts tell, and what none tells of any matter, with the mark of a matter in its place.
    OSError: no space, no permission.
    """
    matter, marked = Matter(corpus), ((_INSIDE, told), (OUTSIDE, untold))

    def wordings() -> Iterator[tuple[str, str]]:
        for provision in corpus:
            unit = corpus.unit_of(provision.address)
            yield from ((matter.left_out(text, unit), _INSIDE) for text in provision.asked_as)
        yield from ((matter.left_out(text, unit), _INSIDE if answered else OUTSIDE) for text, unit, answered in asked())
        yield from ((text, label) for label, texts in marked for text in texts for _ in range(_MATTERS))

    return AskedAspect(matter, WordingModel.open_or_learn(wordings, directory / "aspects", version=version))
