"""Persian text analysis: from what people write to the words that the index stores and the question asks for.

hazm's light Normalizer (no spacing correction, which measured worse and costs seconds to construct) unifies letters,
digits and marks; what it leaves to taste (hamza seats, alef madda, digits of one kind, half-spaces) is folded here,
because one word written in two ways is the commonest reason for a lost answer. Knows nothing of indexes or regulations.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

ANALYSIS_VERSION: Final = "4"
"""Part of every stored index's key: raise it whenever the same text would give other words."""

ZWNJ: Final = "\u200c"


class TextNormalizer(Protocol):
    """What this module needs of hazm's Normalizer."""

    def normalize(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Analysis:
    """Words of one text in reading order, and the compounds among them once more in one piece.

    ``words`` are folded surfaces; the parts of a half-spaced compound stand apart («نظر‌سنجی» gives نظر، سنجی), affixes
    are glued. ``compounds`` holds the joined forms («نظرسنجی»), so that both spellings meet either.
    """

    words: tuple[str, ...]
    compounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a word of the original text stands (``text[start:end]``) and its stems."""

    start: int
    end: int
    stems: frozenset[str]


# --- folding ---

_FOLD_PAIRS: Final = {
    "آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ٲ": "ا", "ؤ": "و", "ئ": "ی", "ة": "ه", "ۀ": "ه", "ە": "ه", "ء": "",
    "ي": "ی", "ى": "ی", "ې": "ی", "ك": "ک", "ـ": "", "\u00a0": " ", "\u00ad": "", "\ufeff": "", "\u200d": "",
    "\u200e": "", "\u200f": "", "\u202a": "", "\u202b": "", "\u202c": "", "\u202d": "", "\u202e": "", "\u2066": "",
    "\u2067": "", "\u2068": "", "\u2069": "", "¬": ZWNJ, "\u200b": ZWNJ, "\u200a": " ",
}  # fmt: skip
_DIGITS: Final = {ord(d): str(i) for kind in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for i, d in enumerate(kind)}
_FOLD: Final = str.maketrans(_FOLD_PAIRS) | _DIGITS
_MARKS: Final = re.compile("[\u064b-\u065f\u0670\u0610-\u061a\u06d6-\u06ed]")
# Two seats of one hamza: مسئول/مسؤول and هیئت/هیأت are the same words.
_HAMZA_WAW: Final = re.compile("ئو")
_HAMZA_TE: Final = re.compile("(?<!ا)ئت")
#: What hazm's Normalizer leaves as it is, or changes as folding does anyway: nearly all that people write. It is asked
#: about the rest alone, since it takes four times as long as all else here.
_PLAIN: Final = re.compile(f"[ -$&-~«»،؛؟ء-غـ-يٱپچژکگۀیە٠-٩۰-۹{ZWNJ}]*")
_LETTER: Final = "\u0621-\u063a\u0641-\u064a\u0671-\u06cc"
_WORD: Final = re.compile(f"[0-9]+|[a-z]+|[{_LETTER}]+(?:{ZWNJ}+[{_LETTER}]+)*")
_LEADING_ZEROS: Final = re.compile("^0+(?=[0-9])")


@lru_cache(maxsize=1)
def light_normalizer() -> TextNormalizer:
    """hazm's Normalizer without the parts that need its word lists, and without punctuation: it is dropped anyway."""
    normalizer: TextNormalizer = hazm_module("hazm.normalizer").Normalizer(
        correct_spacing=False, decrease_repeated_chars=False, seperate_mi=False, persian_style=False
    )
    return normalizer


def hazm_module(name: str) -> types.ModuleType:
    """One module of hazm, alone if possible.

    ``import hazm`` pulls gensim, scikit-learn and scipy (1–2.5 s, 144 MB) for embeddings that nobody asks for here, so
    the module is loaded beside a bare package object; if a later hazm no longer allows that, all of it is imported.
    """
    try:
        return _load_alone(name)
    except (ImportError, AttributeError):
        return importlib.import_module(name)


def _load_alone(name: str) -> types.ModuleType:
    """Import a module of hazm without running the package's ``__init__``; leaves no trace in ``sys.modules``."""
    if "hazm" in sys.modules:
        return importlib.import_module(name)
    spec = importlib.util.find_spec("hazm")
    if spec is None or spec.submodule_search_locations is None:
        raise ImportError("hazm is not installed")
    package = types.ModuleType("hazm")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["hazm"] = package
    try:
        utils = importlib.import_module("hazm.utils")
        package.__dict__.update(
            {public: value for public, value in vars(utils).items() if not public.startswith("_")},
            maketrans=lru_cache(utils.maketrans),  # a table of 450 letters that would be made anew twice a text
            **dict.fromkeys(_UNUSED_CLASSES),
        )
        return importlib.import_module(name)
    finally:
        for loaded in [key for key in sys.modules if key == "hazm" or key.startswith("hazm.")]:
            del sys.modules[loaded]


_UNUSED_CLASSES: Final = ("Lemmatizer", "Stemmer", "WordTokenizer")  # named by the modules, called by nothing used here


def fold(text: str) -> str:
    """``text`` with one form of each letter, ASCII digits, no vowel marks, lower-case Latin; half-spaces stay."""
    return _fold_remembered(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    text = _HAMZA_TE.sub("ات", _HAMZA_WAW.sub("وو", text))
    if not _PLAIN.fullmatch(text):
        text = light_normalizer().normalize(text)
    return text.translate(_FOLD).lower()


#: Questions, titles and single words come again and again on the way to one answer; passages don't.
_SHORT: Final = 300
_fold_remembered = lru_cache(maxsize=8_192)(_fold)


def skeleton(piece: str) -> str:
    """A cheap stand-in for ``fold``, without hazm and half-spaces: shows whether a folded word may stand here."""
    return _HAMZA_TE.sub("ات", _HAMZA_WAW.sub("وو", piece)).translate(_FOLD).replace(ZWNJ, "").lower()


# --- words ---

_PLURALS: Final = "ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان"
_SPACED_PREFIX: Final = re.compile(f"(?<![{_LETTER}{ZWNJ}])(ن?می) +(?=[{_LETTER}]{{2}})")
_SPACED_SUFFIX: Final = re.compile(f"(?<=[{_LETTER}]) +({_PLURALS}|تر|ترین)(?![{_LETTER}{ZWNJ}])")
_PREFIXES: Final = frozenset({"می", "نمی"})
_SUFFIXES: Final = frozenset(
    f"{_PLURALS} ا ای ی یی یم ید ند ام ات اش م ت ش مان تان شان ایم اید اند تر تری ترین ترینها گر گری گران ست و".replace(
        "|", " "
    ).split()
)


def analyse(text: str) -> Analysis:
    """Words and joined compounds of ``text``; both empty when it holds no letter and no digit."""
    return _analyse_remembered(text) if len(text) <= _SHORT else _analyse_folded(fold(text))


@lru_cache(maxsize=8_192)
def _analyse_remembered(text: str) -> Analysis:
    return _analyse_folded(fold(text))


def _analyse_folded(folded: str) -> Analysis:
    if not folded.isascii():
        folded = _SPACED_SUFFIX.sub(rf"{ZWNJ}\1", _SPACED_PREFIX.sub(rf"\1{ZWNJ}", folded))
    words: list[str] = []
    compounds: list[str] = []
    for match in _WORD.finditer(folded):
        token = match.group()
        if ZWNJ not in token:
            words.append(_LEADING_ZEROS.sub("", token))
            continue
        units = _units(token)
        words.extend(units)
        if len(units) > 1:
            compounds.append("".join(units))
    return Analysis(tuple(words), tuple(compounds))


def _units(token: str) -> list[str]:
    """The parts of a half-spaced token, affixes glued to the part that they belong to."""
    units: list[str] = []
    prefix = ""
    for part in token.split(ZWNJ):
        if not part:
            continue
        if part in _PREFIXES and not units:
            prefix += part
        elif part in _SUFFIXES and units:
            units[-1] += part
        else:
            units.append(prefix + part)
            prefix = ""
    return units or [prefix]


# --- stems ---

# Each group is tried once, in this order, its longest ending first; the number is how many letters must remain.
_ENDINGS: Final[tuple[tuple[int, tuple[str, ...]], ...]] = (
    (2, ("هایمان", "هایتان", "هایشان", "هایی", "هایم", "هایت", "هایش", "های", "ها")),
    (3, ("ترین", "تری", "تر")),
    (3, ("شان", "مان", "تان", "ند", "ید", "یم")),
    (3, ("یی", "ای", "ی")),
    (4, ("ات", "ان")),
    (4, ("م", "ت", "ش")),
)
_VERB_PREFIX: Final = re.compile("(ن?می)(.+[دمی])$")
_NO_VERB: Final = re.compile("می(دان|زان|ان|لی|لاد|راث|هن|وه|کر|ز)")  # nouns that begin as a verb would


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word: verb prefix and endings off. Light on purpose: hazm's Stemmer cost up to 5 points."""
    if word[0].isascii():
        return word
    verb = _VERB_PREFIX.match(word)
    if verb and len(verb[2]) >= 2 and not _NO_VERB.match(word):
        word = verb[2]
    for remaining, endings in _ENDINGS:
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= remaining:
                word = word[: -len(ending)]
                break
    return word


# --- questions ---

_STOP_TEXT: Final = """
از به در با و که را رو این آن اون است هست بود شد شده می میشود میشه برای واسه یا هر هم نیز تا بر اگر اگه پس
چه چی چیه چیست چیا
کدام کدوم کدومه کدامه کیست کیه کی کیا کیان کجا کجاست کجاس چرا چگونه چطور چطوری چجوری آیا چند چنده چقدر
چقدره چقد چقده باید نام میباشد میشوند میشن هستند هستن
یک یه گفته گفتن میگه میگوید میگن
میخوام میخواهم میخواستم بدونم بدانم میدونه میدونید بگید بگو بگویید ببخشید لطفا ممنون مرسی سلام
"""
#: What people say around what they ask, in folded form: nothing of the matter.
_ENOUGH: Final = "کامل|مختصر|کوتاه|بیشتر"
_PLEASANTRIES: Final = re.compile(
    r"(?<![\u0621-\u06cc])(?:"
    r"سلام(?!ت|ی)|وقت(?:تون)? ?بخیر|خسته نباشید|می ?خواستم بدونم|یه سوال داشتم|کسی میدونه|ممنون میشم جواب بدید"
    r"|درباره ?ی?|راجع به|راجب(?: به)?|در (?:مورد|خصوص|رابطه با|باره ?ی?)|پیرامون"
    rf"|لطفا راهنمایی کنید|(?:(?:یه|یک|کمی|یکم|خلاصه|کامل) )?توضیح(?:ی|ات|اتی)? ?(?:(?:{_ENOUGH})ی?)? ?"
    rf"(?:می{ZWNJ}?|ب)?(?:ده|دید|دین|دهید|دی|دهد|خوام|خواهم|فرمایید)"
    r")(?![\u0621-\u06cc])"
)
STOP_WORDS: Final = frozenset(_STOP_TEXT.translate(_FOLD).split())
"""Question and function words in folded form. Short on purpose: hazm's list of 389 words cost points on every set."""


@dataclass(frozen=True, slots=True)
class QuestionAnalysis:
    """A question less pleasantries: all ``spoken`` words in its order, and ``words``, those that are no stop words."""

    spoken: tuple[str, ...]
    words: tuple[str, ...]
    compounds: tuple[str, ...]


@lru_cache(maxsize=256)  # one question is analysed half a dozen times on the way to its answer
def analyse_question(question: str) -> QuestionAnalysis:
    """Like ``analyse``; where nothing but pleasantries and stop words was asked, they are what is searched for."""
    folded = fold(question)
    spoken = _analyse_folded(folded if folded.isascii() else _PLEASANTRIES.sub(" ", folded))
    words = tuple(word for word in spoken.words if word not in STOP_WORDS)
    if words:
        return QuestionAnalysis(spoken.words, words, spoken.compounds)
    everything = _analyse_folded(folded)
    return QuestionAnalysis(everything.words, everything.words, everything.compounds)


def spans(text: str) -> Iterator[Span]:
    """Every word of ``text`` with its place in the unfolded text, in reading order.

    Folding may change lengths, so the text is cut first and each piece analysed by itself: a space-separated affix
    («کتاب ها») therefore comes as a word of its own.
    """
    for match in _PIECE.finditer(text):
        analysis = analyse(match.group())
        stems = frozenset(stem(word) for word in (*analysis.words, *analysis.compounds))
        if stems:
            yield Span(match.start(), match.end(), stems)


def matching_spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Places ``(start, end)`` of ``text`` that share a stem with ``words`` (as ``SearchResult.words`` gives them)."""
    wanted = {stem(word) for word in words if word}
    return [(span.start, span.end) for span in spans(text) if span.stems & wanted]


_PIECE: Final = re.compile(f"[0-9۰-۹٠-٩]+|[A-Za-z]+|[\u0610-\u06ef\ufb50-\ufefc{ZWNJ}]+")
