"""References as people write them («م۲۱ نقشه راه»، «تبصره 2 ماده بیست و یکم»، «ردیف ۹ جدول ۱۳۹۳») and as the bot
prints them.

Parsing gives every provision that a reference can mean: one is an answer, several are asked back, none is said not to
exist with the range that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from knowledge.answers import Missing
from knowledge.numerals import NUMBER_STEM, NUMBER_WORD, ORDINALS, ascii_digits, number_words, persian_digits
from knowledge.provisions import Address, Corpus, Kind, Provision, Status
from knowledge.understanding import plain

__all__ = ["Citation", "CitationReader", "label", "local_label"]

_NUM = (
    rf"(?:\(?\s*(?:[0-9]{{1,4}}(?:[./-][0-9]+)?(?![0-9])"
    rf"(?:(?:[\u200c ]?(?:ام|مین|ین)|م)(?![\u0621-\u06cc\u200c]))?\s*\)?"
    rf"|{NUMBER_WORD}))(?:\s*مکرر)?"
)
_LAST = "|".join(sorted((word for word, n in ORDINALS.items() if n < 0), key=len, reverse=True))
_NTHS = "|".join(sorted(ORDINALS, key=len, reverse=True))
_FIRST = rf"(?:اولین|نخستین|آخرین|سی[\s\u200c]?امین|{_LAST}|(?:{NUMBER_WORD}ین)|(?:(?:{_NTHS})ین))"
_LETTER = (
    r"(?:\(?(?:الف|هـ|[ابپتثجچحخدذرزژسشصضطظعغفقکگلمنهی])(?![\u0621-\u06cc\u200c])\)?"
    r"|\(و\)|و(?=\s+(?:از\s+)?(?:ماده|تبصره)(?![\u0621-\u06cc])))"
)
#: «۲۱ و ۲۲», «۵ تا ۸»: what may follow a number, and whether it names a range.
_MORE = rf"(?:\s*(?:و|،|,|تا|الی)\s*(?:{_NUM})(?!\s*(?:ماه|روز|سال|درصد|هفته)))*"
_GAP = r"[\s\u200c]*(?:شماره(?:\s*ی(?![\u0621-\u06cc]))?|ی(?![\u0621-\u06cc]))?[\s\u200c:.\-–()]*"

#: Words for each kind of provision, longest first. «م» alone needs a number right behind it.
_WORDS: Mapping[str, str] = {
    "art": r"(?:مواد|ماده(?:[\s\u200c]*های)?|م(?=[\s.]*\(?[0-9]))",
    "note": r"(?:تبصره(?:[\s\u200c]*های)?(?:\s+ذیل)?|تب(?=[\s.]*[0-9])|ت(?=[\s.]*[0-9]))",
    "list": r"(?:بندهای|بند|قسمت|تعریف)",
    "sub": r"(?:جزء|جز|زیربند|زیر بند)",
    "res": r"(?:مصوبه|تصویب\s*[\u200c ]?نامه|قطعنامه)",
    "project": r"(?:(?:پروژه|طرح)(?:[\s\u200c]*های)?(?:\s+(?:پیشران|پایلوت))?|project)",
    "timetable": r"(?:ردیف|سطر)",
    "stage": r"(?:مرحله|فاز)",
    "step": r"(?:گام(?:[\s\u200c]*های)?)",
    "chp": r"(?:فصل)",
    "part": r"(?:بخش)",
}
_KIND_LABEL = {
    "art": "ماده", "note": "تبصره", "list": "بند", "sub": "جزء", "res": "مصوبه", "project": "پروژه",
    "timetable": "ردیف",
    "stage": "مرحله", "phase": "مرحله", "step": "گام", "chp": "فصل", "part": "بخش", "actor": "بخش",
}  # fmt: skip
_PART = re.compile(
    "|".join(
        rf"(?P<{name}>(?<![\u0621-\u06cc\u200c]){words}(?:(?![\u0621-\u06cc]){_GAP}(?P<{name}_n>{_NUM}{_MORE}|{_LETTER}))?"
        rf"|(?P<{name}_pre>{_FIRST})\s+(?={words}(?![\u0621-\u06cc])){words})"
        if name in ("art", "note", "step", "stage", "project", "timetable", "chp", "res")
        else rf"(?P<{name}>(?<![\u0621-\u06cc\u200c]){words}(?![\u0621-\u06cc]){_GAP}"
        rf"(?P<{name}_n>{_NUM}{_MORE}|{_LETTER}))"
        for name, words in _WORDS.items()
    )
)
_EXTERNAL = re.compile(
    r"^[\s)،]*(?:از\s+)?(?:قانون|آ?ا?[یئ]ین\s*[\u200c ]?نامه\s+(?:اجرایی|مالی|استخدام)"
    r"|اساسنامه|کنوانسیون|منشور|برنامه\s+(?:هفتم|ششم))"
)
#: A law of another name before its article: «قانون کار ماده ۱۲».
_LAW_BEFORE = re.compile(
    r"(?<![\u0621-\u06cc])(?:قانون|اساسنامه|لایحه|آ?ا?[یئ]ین\s*نامه\s+(?:اجرایی|مالی|استخدام))\s+(?!ماده|میگه|می|در|این|م\s*[0-9])\S+"
)
_SHIFT = re.compile(r"(?:(بعد|پس|قبل|پیش)\s+از\s+(?=ماده|تبصره|گام|پروژه|ردیف|مرحله)|(?<=ماده)\s+(بعد|قبل)\s+از(?=\s))")
#: What stands before the first article, by the names that people give it.
_OPENING = re.compile(
    r"(?<![\u0621-\u06cc])(?:(?P<letter>نامه\s*(?:ی\s+)?ابلاغ(?:یه)?|ابلاغیه)|دیباچه|مقدمه|پیش[\s\u200c]*گفتار)(?![\u0621-\u06cc])"
)
#: Kinds that are recognised with one slip before a number («تبصزه ۲»), and words as near that mean something else.
_SLIPPED = ("ماده", "تبصره", "پروژه", "مرحله", "مصوبه", "ردیف")
_NO_SLIP = frozenset({"ماه", "مواد", "داده", "ساده", "جاده", "زاده", "اماده", "ردیفی", "مصوبات", "مرحوم", "ماند"})
_BEFORE_NUMBER = re.compile(rf"(?<![\u0621-\u06cc\u200c])([\u0621-\u06cc]{{3,7}})(?=\s*\(?(?:[0-9]|{NUMBER_WORD}))")
#: «مادهچهلم»: a kind and its number in one piece.
_GLUED = re.compile(rf"(?<![\u0621-\u06cc\u200c])(ماده|تبصره|ردیف|پروژه|گام|مرحله|مصوبه|فصل|بند)(?={NUMBER_WORD})")
#: Where words that were written without a space come apart: «سلاممیشهماده34», «ت1م21نقشه», «بندبماده4».
_APART = re.compile(
    r"(?<=[\u0621-\u06cc])(?=(?:ماده|تبصره|پروژه|ردیف|گام|مرحله|فصل|مصوبه)[0-9])"
    r"|(?<=[0-9])(?!(?:ام|مین|ین|م)(?![\u0621-\u06cc0-9]))(?=[\u0621-\u06cc])"
    r"|(?<=(?<![\u0621-\u06cc])بند)(?=[\u0621-\u06cc]\s*ماده)|(?<=(?<![\u0621-\u06cc])بند[\u0621-\u06cc])(?=ماده)"
)
_SLIPPED_NOTE = re.compile(
    r"(?<![\u0621-\u06cc])(?:ت[\u0621-\u06cc]صره|تب[\u0621-\u06cc]ره|تبص[\u0621-\u06cc]ه|تصره|تبره|تبصه|بتصره|تبصرة)(?![\u0621-\u06cc])"
)
#: «شماره ۹ از مواد …»
_NUMBER_OF = re.compile(rf"شماره\s*({_NUM})\s+از\s+(?:مواد|ماده\s*ها(?:ی)?)(?![\u0621-\u06cc])")
#: «ماده‌ای با شماره نوزده»
_OF_NUMBER = re.compile(
    r"(ماده|تبصره|پروژه|ردیف|گام|مرحله)[\s\u200c]*(?:ای\s+)?(?:با|به|دارای)\s+شماره(?:\s*ی)?(?=[\s0-9])"
)
#: «بیست و یکمین ماده»: the number before its kind.
_NTH = re.compile(
    rf"(?<![\u0621-\u06cc\u200c])(?P<n>{NUMBER_STEM})ین\s+(?P<kind>ماده|تبصره|ردیف|پروژه|گام|مرحله)(?![\u0621-\u06cc])"
)
_EZAFE = re.compile(r"(?<![\u0621-\u06cc])(ماده|تبصره|پروژه|مرحله|مصوبه|نقشه)[\s\u200c]+ی(?=[\s\u200c(])")
_LATIN = {
    "article": "ماده", "art": "ماده", "note": "تبصره", "clause": "بند", "item": "بند", "chapter": "فصل", "part": "بخش",
    "step": "گام", "stage": "مرحله", "phase": "مرحله", "row": "ردیف", "table": "جدول", "timetable": "جدول",
    "project": "پروژه", "resolution": "مصوبه", "preface": "دیباچه", "roadmap": "نقشه راه", "of": "", "the": "",
    "smart cycle": "چرخه", "cycle": "چرخه", "data governance": "حکمرانی داده", "smart government": "دولت هوشمند",
} | {
    f"na{x}she{h} ?ra{e}": "نقشه راه" for x in ("gh", "q") for h in ("", "h") for e in ("h", "he")
}  # fmt: skip
_LATIN_PHRASE = re.compile(
    "|".join(rf"\b(?:{words})\b" for words in sorted(_LATIN, key=len, reverse=True)), re.IGNORECASE
)
#: The roadmap before the one in force, by what makes it the earlier one.
_PREVIOUS = re.compile(
    r"(?<![\u0621-\u06cc])(?:نقشه\s*راه|سند|مصوبه|ا[یئ]ین\s*نامه)\s+(?:ی\s+)?"
    r"(?:(?:قبلی|قدیمی?|سابق|پیشین)(?![\u0621-\u06cc])|(?:سال\s+|مصوب\s+)+(?:13)?93(?![0-9]))"
)
#: «نقشه راه ۲۱»، «شماره ۲۱ نقشه راه»: a text and a number, and nothing else.
_BARE_NUMBER = re.compile(r"(?:شماره\s*)?([0-9]{1,2})\s*⟂[\s؟?]*|⟂\s*(?:شماره\s*)?([0-9]{1,2})[\s؟?]*")
_GENERIC_NAMES = frozenset({"دستورالعمل", "ایین نامه"})
_YEAR = re.compile(r"(?<![0-9/])(?:سال\s+)?(1393|1402|93)(?![0-9/])")
_YEARS = {"1393": "eservices-1393", "93": "eservices-1393", "1402": "pilot-projects-1402"}


@dataclass(frozen=True, slots=True)
class Citation:
    """What a text refers to.

    `targets`: all provisions that it can mean, in order of the corpus; `missing`: what it names that does not exist;
    `regulations`: the texts that it names (empty: none); `rest`: the text without the reference; `external`: it cites
    another law; `several`: all targets are meant together («ماده ۲۱ و ۲۲»), not one of them.
    """

    targets: tuple[Address, ...]
    missing: Missing | None
    regulations: tuple[str, ...]
    rest: str
    external: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """One component of a reference: («note», ("2",)); no numbers where it only names the kind («تبصره ماده ۷»)."""

    family: str
    numbers: tuple[str, ...]


class CitationReader:
    """Reads references against one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        aliases = _regulation_aliases(corpus)
        self._aliases = {_squeezed(alias): slug for alias, slug in reversed(aliases)}
        alternatives = "|".join(_loose(alias) for alias, _ in aliases)
        self._previous = next((r.slug for r in corpus.regulations.values() if r.status is Status.PREVIOUS), None)
        self._numbers = {ascii_digits(r.number): r.slug for r in corpus.regulations.values() if r.number}
        self._alias_pattern = re.compile(rf"(?<![\u0621-\u06cc\u200c])(?:{alternatives})(?![\u0621-\u06cc0-9])")

    def read(self, text: str, *, shown: Address | None = None) -> Citation | None:
        """The reference in `text` (light-normalised: Persian letters, ASCII digits), or None when there is none.

        `shown` is the unit on the table: a bare «تبصره ۲» or «بند دوم» means that one's.
        """
        text = _as_usual(ascii_digits(text))
        shift = _SHIFT.search(text)
        if shift:
            text = text[: shift.start()] + " " + text[shift.end() :]
        halves = self._halves(text)
        if halves:
            return self._together(halves)
        regulations, stripped = self._named_regulations(text)
        if regulations and (bare := _BARE_NUMBER.fullmatch(stripped.strip())):
            stripped = f"ماده {bare.group(1) or bare.group(2)}"
        steps, rest, external = _steps(stripped, named=bool(regulations))
        if external:
            return Citation((), None, regulations, rest, external=True)
        if not steps:
            return self._whole_regulation(text, regulations, rest)
        regulations = regulations or self._cited_as(stripped)
        pools = regulations or tuple(self._corpus.regulations)
        chain, base = _ordered([_as_numbered_in(step, pools, stripped) for step in steps]), ""
        if chain[0].family in ("note", "list", "sub"):
            if shown is None and chain[0].family != "note":
                return None  # a bare «بند ۳» means nothing without its article
            if shown is not None and not regulations:
                pools, base = (shown.regulation,), shown.eid
        targets = list(dict.fromkeys(a for slug in pools for a in self._resolve(slug, chain, base)))
        if not targets and any(step.family == "part" for step in chain):  # «بخش پنجم» may be a chapter
            as_chapters = [_Step("chp", step.numbers) if step.family == "part" else step for step in chain]
            targets = list(dict.fromkeys(a for slug in pools for a in self._resolve(slug, as_chapters, base)))
        if shift and targets:
            side = 1 if (shift.group(1) or shift.group(2)) in ("بعد", "پس") else 0
            beside = [(t, self._corpus.neighbours(t)[side] or (None if side else self._before(t))) for t in targets]
            targets = [there for _, there in beside if there is not None]
            if not targets:
                return Citation((), self._beyond(beside[0][0], chain, side), regulations, rest)
        missing = None if targets else self._missing(pools, chain, base)
        if not targets and missing is None:
            return None
        several = (
            len(targets) > 1 and len({t.regulation for t in targets}) == 1 and max(len(s.numbers) for s in chain) > 1
        )
        return Citation(tuple(targets), missing, regulations, rest, several=several)

    def _before(self, first: Address) -> Address | None:
        """What stands before the first article: the preface."""
        preface = Address(first.regulation, "preface")
        return preface if self._corpus[first].kind is Kind.ARTICLE and self._corpus.get(preface) is not None else None

    def _beyond(self, edge: Address, chain: Sequence[_Step], side: int) -> Missing | None:
        """That nothing stands before the first or after the last one."""
        within = Address(edge.regulation, edge.eid.rpartition("__")[0])
        place = int(edge.eid.rpartition("_")[2]) + (1 if side else -1)
        rows = self._family_below(edge.regulation, "", _family(edge.eid))
        marks = [p.number or p.address.eid.rpartition("_")[2] for p in rows]
        return Missing(within, _KIND_LABEL[chain[-1].family], str(place), marks[0], marks[-1]) if marks else None

    def _halves(self, text: str) -> list[str]:
        """«ماده ۲۱ نقشه راه و ماده ۵ چرخه»: the texts of references that stand side by side, [] for a single one."""
        places = [
            m.start() for m in re.finditer(r"(?<=\sو\s)(?=(?:ماده|پروژه|ردیف|گام|مرحله|فصل)\s*\(?\s*[0-9])", text)
        ]
        if not places or not _PART.search(text[: places[0]]):
            return []
        cuts = [0, *places, len(text)]
        return [text[a:b].strip().removesuffix(" و").strip() for a, b in pairwise(cuts)]

    def _together(self, halves: Sequence[str]) -> Citation | None:
        """All that the parts mean; one that names no text takes its neighbour's («ماده ۵ و ماده ۶ نقشه راه»)."""
        names = [self._named_regulations(half)[0] for half in halves]
        last = next((n for n in reversed(names) if n), ())
        targets: list[Address] = []
        for half, own in zip(halves, names, strict=True):
            citation = self.read(half)
            if citation is None or citation.external or citation.missing is not None:
                return citation
            found = [t for t in citation.targets if own or not last or t.regulation in last]
            targets += found or citation.targets
        rest = " ".join(_steps(half, named=True)[1] for half in halves)
        return Citation(tuple(dict.fromkeys(targets)), None, last, rest, several=bool(last))

    def _cited_as(self, text: str) -> tuple[str, ...]:
        """Regulations by short names that mean them only beside a reference («ماده ۵ چرخه»)."""
        found = {
            slug: {n for n in map(plain, regulation.cited_as) if _stands_in(n, text)}
            for slug, regulation in self._corpus.regulations.items()
        }
        named = [slug for slug, names in found.items() if names]
        particular = [slug for slug in named if found[slug] - _GENERIC_NAMES]
        return tuple(particular or named)

    # -- regulations ---------------------------------------------------------------------------------------------

    def named_regulations(self, text: str) -> tuple[str, ...]:
        """Slugs of the regulations that a text names by title, nickname, number or year."""
        return self._named_regulations(ascii_digits(text))[0]

    def without_regulations(self, text: str) -> str:
        """The text without the regulations that it names and the «در» or «طبق» before them."""
        stripped = self._named_regulations(ascii_digits(text))[1]
        return re.sub(r"(?:(?<![\u0621-\u06cc])(?:در|طبق|توی|تو|بر اساس|از نظر|متن|سند)\s+)*⟂", " ", stripped).strip()

    def _named_regulations(self, text: str) -> tuple[tuple[str, ...], str]:
        found: list[str] = []

        def note(slug: str) -> str:
            found.append(slug)
            return " ⟂ "

        if previous := self._previous:
            text = _PREVIOUS.sub(lambda m: note(previous), text)
        text = self._alias_pattern.sub(lambda m: note(self._aliases[_squeezed(m.group())]), text)
        text = re.sub(
            r"[0-9]{4,}", lambda m: note(self._numbers[m.group()]) if m.group() in self._numbers else m.group(), text
        )
        text = _YEAR.sub(lambda m: note(_YEARS[m.group(1)]), text)
        return tuple(dict.fromkeys(found)), text

    def _whole_regulation(self, text: str, regulations: tuple[str, ...], rest: str) -> Citation | None:
        """A text that names a regulation and nothing else, or its preface or letter, refers to just that."""
        if _OPENING.search(rest):
            return self._opening(regulations, rest)
        words = re.sub(
            r"[⟂\s؟?!.،:]+|(?:متن|کل|کامل|سند|مصوبه|رو|را|نشون|نشان|بده|بدین|بدهید|ببینم)(?=\s|$)", " ", rest
        ).strip()
        if len(regulations) == 1 and not words:
            return Citation((Address(regulations[0]),), None, regulations, "")
        return None

    def _opening(self, regulations: tuple[str, ...], rest: str) -> Citation | None:
        """«دیباچه نقشه راه», «نامه ابلاغ مصوبات ۱۴۰۲»; None where more is said than that."""
        found = _OPENING.search(rest)
        assert found is not None, "it was looked for"
        others = (rest[: found.start()] + " " + rest[found.end() :]).replace("⟂", " ")
        if not regulations:
            regulations = self._cited_as(others)
            for name in sorted((n for slug in regulations for n in self._corpus.regulations[slug].cited_as), key=len):
                others = re.sub(_loose(plain(name)), " ", others)
        if re.sub(r"[\s؟?!.،:]+|(?:متن|کامل|رو|را|نشون|نشان|بده|بدین|بدهید|ببینم)(?=\s|$)", "", others):
            return None
        eid = "letter" if found["letter"] else "preface"
        named = regulations or tuple(self._corpus.regulations)
        targets = tuple(a for slug in named if self._corpus.get(a := Address(slug, eid)) is not None)
        return Citation(targets, None, regulations, others.strip()) if targets else None

    # -- provisions ----------------------------------------------------------------------------------------------

    def _resolve(self, slug: str, chain: Sequence[_Step], base: str = "") -> Iterator[Address]:
        bases = [base]
        for step in chain:
            bases = [eid for base in bases for eid in self._below(slug, base, step)]
        yield from (Address(slug, eid) for eid in bases)

    def _below(self, slug: str, base: str, step: _Step) -> list[str]:
        """Eids that one component can mean below `base` («» is the regulation); direct children go before deeper
        ones.
        """
        rows = [p for p in self._family_below(slug, base, step.family) if base or p.kind is not Kind.LIST_ITEM]
        if not step.numbers:  # «تبصره ماده ۷»: every note of it (one is an answer, several are asked back)
            return [p.address.eid for p in rows] if step.family == "note" and base else []
        found = [p for n in step.numbers for p in self._numbered(rows, n)]
        direct = [p for p in found if p.address.eid.rpartition("__")[0] == base]
        return [p.address.eid for p in direct or found]

    def _family_below(self, slug: str, base: str, family: str) -> list[Provision]:
        families = _families(family)
        return [
            p
            for p in self._corpus.regulations[slug].provisions
            if p.address.eid
            and _family(p.address.eid) in families
            and (not base or self._is_below(p, Address(slug, base)))
        ]

    def _numbered(self, rows: Sequence[Provision], number: str) -> list[Provision]:
        """Those of a family that a number or letter means: by the printed mark, else by place («بند ۲» of الف، ب)."""
        if number.startswith("-"):
            return [p for p in rows if self._place_from_end(p.address) == -int(number)]
        marked = [p for p in rows if p.kind is Kind.LIST_ITEM and p.number and _plain_marker(p.number) == number]
        place = str(_LETTER_PLACES.index(number) + 1) if number in _LETTER_PLACES else number
        if not marked and (span := re.fullmatch(r"([0-9]+)-([0-9]+)", number)):
            wanted = range(int(span.group(1)), int(span.group(2)) + 1)
            return [p for p in rows if int(p.address.eid.rpartition("_")[2]) in wanted]
        return marked or [p for p in rows if p.address.eid.rpartition("_")[2] == place]

    def _place_from_end(self, address: Address) -> int:
        """1 for the last of its family."""
        place, following = 1, self._corpus.neighbours(address)[1]
        while following is not None:
            place, following = place + 1, self._corpus.neighbours(following)[1]
        return place

    def _is_below(self, p: Provision, base: Address) -> bool:
        """Directly below in the eid, or an article of the chapter, or a row of the table, named."""
        if p.address.eid.startswith(base.eid + "__"):
            rest = p.address.eid[len(base.eid) + 2 :]
            return "__" not in rest or p.kind is not Kind.NOTE
        return any(a.address == base for a in self._corpus.ancestors(p.address)) and "__" not in p.address.eid

    def _missing(self, pools: Sequence[str], chain: Sequence[_Step], base: str) -> Missing | None:
        """What of the chain does not exist, and which numbers do where one place is meant."""
        for depth in range(len(chain), 0, -1):
            head, step = chain[: depth - 1], chain[depth - 1]
            if not step.numbers:
                continue
            start = [Address(slug, base) for slug in pools]
            bases = [a for slug in pools for a in self._resolve(slug, head, base)] if head else start
            rows = [(b, self._family_below(b.regulation, b.eid, step.family)) for b in bases]
            rows = [row for row in rows if row[1]] or rows[:1]
            if not rows or (not rows[0][1] and depth == 1 and not base):
                continue
            within, provisions = max(rows, key=lambda row: len(row[1]))
            marks = [p.number or p.address.eid.rpartition("_")[2] for p in provisions]
            first, last = (marks[0], marks[-1]) if marks else (None, None)
            if len(pools) > 1 and not head and step.family == "art":
                within = NOWHERE
            return Missing(within, _KIND_LABEL[step.family], step.numbers[0], first, last)
        return None


def _as_usual(text: str) -> str:
    """A reference with slips, Latin words and turned orders in the form that `_PART` reads."""
    in_persian = _LATIN_PHRASE.sub(lambda m: _from_latin(m.group()), text)
    if not re.search("[A-Za-z]", in_persian):
        text = in_persian
    text = _GLUED.sub(r"\1 ", _EZAFE.sub(r"\1", re.sub('[«»"]', " ", text)))
    text = _APART.sub(" ", text)
    text = _SLIPPED_NOTE.sub("تبصره", text)
    text = _OF_NUMBER.sub(r"\1 ", _NUMBER_OF.sub(r"ماده \1 ", text))
    text = _NTH.sub(_number_last, text)
    return _BEFORE_NUMBER.sub(lambda m: _without_slip(m.group(1)), text)


def _from_latin(phrase: str) -> str:
    return next(persian for words, persian in _LATIN.items() if re.fullmatch(words, phrase, re.IGNORECASE))


def _number_last(found: re.Match[str]) -> str:
    value = number_words(found.group("n")) or 0
    return f"{found.group('kind')} {value}" if value > 0 else found.group()  # «آخرین» stays as it is


def _without_slip(word: str) -> str:
    if word in _NO_SLIP or number_words(word) is not None:
        return word
    return next((kind for kind in _SLIPPED if OSA.distance(word, kind, score_cutoff=1) <= 1), word)


def _stands_in(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<![\u0621-\u06cc]){_loose(name)}(?![\u0621-\u06cc])", text))


def _as_numbered_in(step: _Step, pools: Sequence[str], text: str) -> _Step:
    """«ردیف ۵ پیشران‌ها» is a project, «مرحله ۳ چرخه» a step: what these texts call so."""
    if step.family == "timetable" and (
        tuple(pools) == ("pilot-projects-1402",) or (len(pools) > 1 and re.search("پروژه|پیشران", text))
    ):
        return _Step("project", step.numbers)
    if step.family == "stage" and tuple(pools) == ("smart-cycle-1404",):
        return _Step("step", step.numbers)
    return step


# -- reading ---------------------------------------------------------------------------------------------------------


def _steps(text: str, *, named: bool) -> tuple[list[_Step], str, bool]:
    """Components in the order written, the text without them, and whether another law is cited.

    `named`: one of our regulations is named, so that a law before the article is not the one cited.
    """
    # «از ماده ۱ تا ماده ۳», «ماده ۵ و ماده ۶»: the word is said once
    text = re.sub(r"(?<=[0-9])\s*(تا|الی|و|،)\s*(?:ماده|تبصره|پروژه|گام|ردیف)\s*(?=[0-9])", r" \1 ", text)
    steps: list[_Step] = []
    rest, last_end, first_start = [], 0, None
    for found in _PART.finditer(text):
        family = (found.lastgroup or "").removesuffix("_n").removesuffix("_pre")
        number = found.groupdict().get(f"{family}_n") or found.groupdict().get(f"{family}_pre")
        values = _values(number) if number else ()
        if (number is None and family != "note") or (number and not values):
            continue
        steps.append(_Step("sub" if family == "timetable" and _has(steps, "art") else family, values))
        rest.append(text[last_end : found.start()])
        last_end, first_start = found.end(), found.start() if first_start is None else first_start
    rest.append(text[last_end:])
    steps = [s for s in steps if s.numbers or _has(steps, "art")]
    if _has(steps, "stage"):  # a stage's own parts, one for each body that acts in it
        steps = [_Step("actor", s.numbers) if s.family == "part" else s for s in steps]
    if _has(steps, "timetable"):  # «بخش سوم ردیف چهارم»
        steps = [_Step("list", s.numbers) if s.family == "part" else s for s in steps]
    if not _has(steps, "list"):  # «جزء ۲ ماده ۵» without its «بند»
        steps = [_Step("list", s.numbers) if s.family == "sub" else s for s in steps]
    external = _has(steps, "art", "note") and bool(
        _EXTERNAL.match(text[last_end:]) or (not named and _LAW_BEFORE.search(text[:first_start]))
    )
    return steps, " ".join(rest).strip(), external


def _has(steps: Sequence[_Step], *families: str) -> bool:
    return any(step.family in families for step in steps)


def _values(number: str) -> tuple[str, ...]:
    """«۲۱ و ۲۲» as 21, 22; «۵ تا ۸» as 5 to 8; () where it cannot be read."""
    if number.strip(" ()") == "و":  # the letter, not «and»
        return ("و",)
    parts = re.split(r"\s*(،|,|تا|الی)\s*|(?<=[0-9)مین])\s*(و)\s*(?=[(0-9])|\s+(و)\s+(?=[0-9])", number)
    parts = [part for part in parts if part]
    values: list[str] = []
    until = False
    for part in parts:
        if part in ("و", "،", ","):
            continue
        if part in ("تا", "الی"):
            until = True
            continue
        value = _value(part)
        if value is None:
            return ()
        if until and values and values[-1].isdigit() and value.isdigit() and int(values[-1]) < int(value) < 100:
            values += [str(n) for n in range(int(values[-1]) + 1, int(value))]
        values.append(value)
        until = False
    return tuple(values)


def _value(number: str) -> str | None:
    number = re.sub(r"[()\s]+", " ", number).strip()
    if re.fullmatch(r"الف|هـ|[\u0621-\u06cc]", number) and number_words(number) is None:
        return _plain_marker(number)
    if number.endswith("مکرر") or re.fullmatch(r"[0-9]+[./-][0-9]+", number):
        return number
    digits = re.match(r"[0-9]+", number)
    value = int(digits.group()) if digits else number_words(number)
    return None if value is None else str(value)


_RANK = {
    "res": 0,
    "part": 1,
    "chp": 2,
    "stage": 3,
    "step": 3,
    "actor": 4,
    "art": 4,
    "timetable": 4,
    "project": 4,
    "note": 6,
    "list": 7,
    "sub": 8,
}


def _ordered(steps: Sequence[_Step]) -> list[_Step]:
    """From the outside in, whichever way it was written: «تبصره ۲ ماده ۶» and «ماده ۶ تبصره ۲».

    «بند ۱ تبصره ۲» is inside the note, «تبصره بند ب» inside the list item: what is written first is the inner one in
    Persian.
    """
    # The same said twice is one step, but «بند ۱ بند ۱» is an item within an item.
    unique = [s for n, s in enumerate(steps) if s.family == "list" or s not in steps[:n]]
    inner_first = _RANK[unique[-1].family] < _RANK[unique[0].family]  # «بند ۲ بند ب ماده ۴»
    chain = sorted(reversed(unique) if inner_first else unique, key=lambda s: _RANK[s.family])
    families = [s.family for s in unique]
    if "note" in families and "list" in families and "art" in families:
        article_last = families.index("art") == len(families) - 1
        note, item = families.index("note"), families.index("list")
        if (note < item) == article_last:  # «تبصره بند ب ماده ۴» / «ماده ۴ بند ب تبصره»
            chain = [*(s for s in chain if s.family not in ("note", "list")), unique[item], unique[note]]
    return chain


def _family(eid: str) -> str:
    return eid.rpartition("__")[2].rpartition("_")[0] or eid


def _families(family: str) -> tuple[str, ...]:
    return {"stage": ("stage", "phase"), "list": ("list", "item"), "sub": ("list", "item")}.get(family, (family,))


def _plain_marker(marker: str) -> str:
    """«الف)», «ا» and «۱» of a list item in one spelling."""
    marker = ascii_digits(marker).strip(" ().-")
    return {"ا": "الف", "هـ": "ه"}.get(marker, marker)


#: Where a number was looked for when the question names no text.
NOWHERE = Address("")
#: Places of letters where the items carry none: الف، ب, then both orders in use agree no more.
_LETTER_PLACES = ("الف", "ب")


def _loose(alias: str) -> str:
    """An alias as a pattern that takes any spacing and half-spaces."""
    return r"[\s\u200c]*".join(re.escape(w) for w in re.split(r"[\s\u200c]+", ascii_digits(alias)))


def _squeezed(alias: str) -> str:
    return re.sub(r"[\s\u200c]+", "", ascii_digits(alias))


def _regulation_aliases(corpus: Corpus) -> list[tuple[str, str]]:
    pairs = [(a, r.slug) for r in corpus.regulations.values() for a in (r.title, r.short_title, *r.aliases)]
    unique = {plain(a): slug for a, slug in reversed(pairs) if len(a) > 2}
    return sorted(unique.items(), key=lambda pair: -len(pair[0]))


# -- printing --------------------------------------------------------------------------------------------------------

_ORDINAL = ["", "اول", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم"]


def local_label(provision: Provision, corpus: Corpus) -> str:
    """The provision's own name without its surroundings: «ماده ۲۱»، «تبصره ۱»، «تبصره»، «بند الف»، «ردیف ۵ جدول
    زمان‌بندی».
    """
    place = provision.address.eid.rpartition("_")[2]
    number = persian_digits(provision.number or "")
    match provision.kind:
        case Kind.REGULATION:
            return corpus.regulation_of(provision.address).short_title
        case Kind.ARTICLE:
            return f"ماده {persian_digits(place)}"
        case Kind.NOTE:
            only = (
                len([c for c in corpus.children(provision.parent) if c.kind is Kind.NOTE]) == 1
                if provision.parent
                else True
            )
            return "تبصره" if only and not provision.number else f"تبصره {number or persian_digits(place)}"
        case Kind.LIST_ITEM | Kind.STAGE_ITEM:
            return f"بند {number or persian_digits(place)}"
        case Kind.TABLE_ROW:
            name = "پروژه" if provision.address.eid.startswith("project") else "ردیف"
            return f"{name} {persian_digits(place)}"
        case Kind.CHAPTER:
            return f"فصل {_ordinal(place)}"
        case Kind.RESOLUTION:
            return f"مصوبه {_ordinal(place)}"
        case Kind.STAGE | Kind.PHASE:
            return f"مرحله {_ordinal(place)}"
        case Kind.STEP:
            return f"گام {_ordinal(place)}"
        case Kind.STAGE_ACTOR:
            return f"بخش {persian_digits(place)}"
        case Kind.PART:
            return f"بخش {_ordinal(place)}"
        case Kind.PREFACE:
            return "دیباچه"
        case Kind.LETTER:
            return "نامه ابلاغ"
        case _:
            return provision.heading


def label(address: Address, corpus: Corpus, *, with_regulation: bool = True) -> str:
    """The full Persian address: «تبصره ۱ ماده ۲۱ نقشه راه»."""
    chain = [corpus[address], *corpus.ancestors(address)]
    named = [
        p
        for p in chain
        if p.kind not in (Kind.CHAPTER, Kind.HEADING, Kind.PART, Kind.REGULATION, Kind.STEP) or p is chain[0]
    ]
    if chain[0].kind in (Kind.HEADING, Kind.CHAPTER, Kind.PART, Kind.STEP, Kind.REGULATION):
        named = chain[:1]
    if chain[0].kind in (Kind.PHASE, Kind.TABLE_ROW):
        named = chain[:1]
    words = " ".join(local_label(p, corpus) for p in named)
    if _under_heading(chain):
        words += "".join(f" «{local_label(p, corpus)}»" for p in chain if p.kind is Kind.HEADING)
    if with_regulation and chain[0].kind is not Kind.REGULATION:
        words += f" {corpus.regulation_of(address).short_title}"
    return words


def _under_heading(chain: Sequence[Provision]) -> bool:
    """An item whose number means nothing without the heading above it."""
    return chain[0].kind is Kind.LIST_ITEM and not any(
        p.kind in (Kind.ARTICLE, Kind.NOTE, Kind.STAGE, Kind.PHASE, Kind.STEP, Kind.PREFACE, Kind.LETTER) for p in chain
    )


def _ordinal(place: str) -> str:
    return _ORDINAL[int(place)] if place.isdigit() and int(place) < len(_ORDINAL) else persian_digits(place)
