"""References as people write them («م۲۱ نقشه راه»، «تبصره 2 ماده بیست و یکم»، «ردیف ۹ جدول ۱۳۹۳») and as the bot
prints them.

Parsing gives every provision that a reference can mean: one is an answer, several are asked back, none is said not to
exist with the range that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.answers import Missing
from knowledge.numerals import NUMBER_WORD, ascii_digits, number_words, persian_digits
from knowledge.provisions import Address, Corpus, Kind, Provision
from knowledge.understanding import plain

__all__ = ["Citation", "CitationReader", "label", "local_label"]

_NUM = (
    rf"(?:\(?\s*(?:[0-9]{{1,4}}(?![0-9])(?:[\u200c ]?(?:ام|مین|ین|م)(?![\u0621-\u06cc\u200c]))?\s*\)?"
    rf"|{NUMBER_WORD}(?![\u0621-\u06cc])))"
)
_FIRST = rf"(?:اولین|نخستین|آخرین|(?:{NUMBER_WORD}ین))"
_LETTER = r"(?:الف|[ابپتثجچحخدذرزس](?![\u0621-\u06cc\u200c]))"
_GAP = r"[\s\u200c]*(?:شماره(?:\s*ی)?|شمارهٔ|ی|ٔ)?[\s\u200c:.\-–()]*"

#: Words for each kind of provision, longest first. «م» alone needs a number right behind it.
_WORDS: Mapping[str, str] = {
    "art": r"(?:ماده|مادهٔ|مادۀ|ماده‌ی|مادّه|اصل\s+ماده|م(?=[\s.]*\(?[0-9]))",
    "note": r"(?:تبصره|تبصرهٔ|تبصرۀ|تبصره‌ی|تبصرِه|تب(?=[\s.]*[0-9])|ت(?=[\s.]*[0-9]))",
    "list": r"(?:بند|جزء|جز|قسمت)",
    "res": r"(?:مصوبه|تصویب\s*[\u200c ]?نامه|قطعنامه)",
    "project": r"(?:(?:پروژه|طرح)(?:\s+(?:های\s+)?پیشران)?|پروژه‌ی)",
    "timetable": r"(?:ردیف|سطر)",
    "stage": r"(?:مرحله)",
    "step": r"(?:گام)",
    "chp": r"(?:فصل)",
    "part": r"(?:بخش)",
}
_KIND_LABEL = {
    "art": "ماده", "note": "تبصره", "list": "بند", "res": "مصوبه", "project": "پروژه", "timetable": "ردیف",
    "stage": "مرحله", "phase": "مرحله", "step": "گام", "chp": "فصل", "part": "بخش",
}  # fmt: skip
_PART = re.compile(
    "|".join(
        rf"(?P<{name}>(?<![\u0621-\u06cc\u200c]){words}(?:(?![\u0621-\u06cc]){_GAP}(?P<{name}_n>{_NUM}|{_LETTER}))?"
        rf"|(?P<{name}_pre>{_FIRST})\s+(?={words}(?![\u0621-\u06cc])){words})"
        if name in ("art", "note", "step", "stage", "project")
        else rf"(?P<{name}>(?<![\u0621-\u06cc\u200c]){words}(?![\u0621-\u06cc]){_GAP}(?P<{name}_n>{_NUM}|{_LETTER}))"
        for name, words in _WORDS.items()
    )
)
_EXTERNAL = re.compile(
    r"^[\s)،]*(?:از\s+)?(?:قانون|آ?ا?[یئ]ین\s*[\u200c ]?نامه\s+(?:اجرایی|مالی|استخدام)"
    r"|اساسنامه|کنوانسیون|منشور|برنامه\s+(?:هفتم|ششم))"
)
_YEAR = re.compile(r"(?<![0-9/])(?:سال\s+)?(1393|1402|93)(?![0-9/])")
_YEARS = {"1393": "eservices-1393", "93": "eservices-1393", "1402": "pilot-projects-1402"}


@dataclass(frozen=True, slots=True)
class Citation:
    """What a text refers to.

    `targets`: all provisions that it can mean, in order of the corpus; `missing`: what it names that does not exist;
    `regulations`: the texts that it names (empty: none); `rest`: the text without the reference; `external`: it cites
    another law.
    """

    targets: tuple[Address, ...]
    missing: Missing | None
    regulations: tuple[str, ...]
    rest: str
    external: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """One component of a reference: («note», "2")."""

    family: str
    number: str | None


class CitationReader:
    """Reads references against one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        aliases = _regulation_aliases(corpus)
        self._aliases = {_squeezed(alias): slug for alias, slug in reversed(aliases)}
        alternatives = "|".join(_loose(alias) for alias, _ in aliases)
        self._alias_pattern = re.compile(rf"(?<![\u0621-\u06cc\u200c0-9])(?:{alternatives})(?![\u0621-\u06cc0-9])")

    def read(self, text: str, *, within: str | None = None) -> Citation | None:
        """The reference in `text` (light-normalised: Persian letters, ASCII digits), or None when there is none.

        `within` is the regulation on the table: a bare «ماده ۱۴» of a follow-up means that one's.
        """
        text = ascii_digits(text)
        regulations, stripped = self._named_regulations(text)
        steps, rest, external = _steps(stripped)
        if external:
            return Citation((), None, regulations, rest, external=True)
        if not steps:
            return self._whole_regulation(text, regulations, rest)
        pools = regulations or ((within,) if within else tuple(self._corpus.regulations))
        chain = _ordered(steps)
        targets = [a for slug in pools for a in self._resolve(slug, chain)]
        missing = None if targets else self._missing(pools, chain)
        if not targets and missing is None:
            return None
        if chain[0].family == "list":
            return None  # a bare «بند ۳» means nothing without its article
        return Citation(tuple(dict.fromkeys(targets)), missing, regulations, rest)

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

        text = self._alias_pattern.sub(lambda m: note(self._aliases[_squeezed(m.group())]), text)
        text = _YEAR.sub(lambda m: note(_YEARS[m.group(1)]), text)
        return tuple(dict.fromkeys(found)), text

    def _whole_regulation(self, text: str, regulations: tuple[str, ...], rest: str) -> Citation | None:
        """A text that names a regulation and nothing else refers to the regulation itself."""
        words = re.sub(
            r"[⟂\s؟?!.،:]+|(?:متن|کل|کامل|سند|مصوبه|رو|را|نشون|نشان|بده|بدین|بدهید|ببینم)(?=\s|$)", " ", rest
        ).strip()
        if len(regulations) == 1 and not words:
            return Citation((Address(regulations[0]),), None, regulations, "")
        return None

    # -- provisions ----------------------------------------------------------------------------------------------

    def _resolve(self, slug: str, chain: Sequence[_Step]) -> Iterator[Address]:
        bases = [""]
        for step in chain:
            bases = [eid for base in bases for eid in self._below(slug, base, step)]
        yield from (Address(slug, eid) for eid in bases)

    def _below(self, slug: str, base: str, step: _Step) -> Iterator[str]:
        """Eids that one component can mean below `base` («» is the regulation)."""
        regulation = self._corpus.regulations[slug]
        for p in regulation.provisions:
            eid = p.address.eid
            if not eid or (base and not self._is_below(p, Address(slug, base))):
                continue
            if _family(eid) in _families(step.family) and self._number_fits(p, step, base):
                yield eid

    def _is_below(self, p: Provision, base: Address) -> bool:
        """Directly below in the eid, or an article of the chapter, or a row of the table, named."""
        if p.address.eid.startswith(base.eid + "__"):
            rest = p.address.eid[len(base.eid) + 2 :]
            return "__" not in rest or p.kind is not Kind.NOTE
        return any(a.address == base for a in self._corpus.ancestors(p.address)) and "__" not in p.address.eid

    def _number_fits(self, p: Provision, step: _Step, base: str) -> bool:
        place = p.address.eid.rpartition("_")[2]
        if step.number is None:  # «تبصره ماده ۷»: every note of it (one is an answer, several are asked back)
            return step.family == "note" and bool(base)
        if step.number == "-1":
            return self._corpus.neighbours(p.address)[1] is None
        if p.kind is Kind.LIST_ITEM and p.number:
            return _plain_marker(p.number) == _plain_marker(step.number)
        return place == step.number

    def _missing(self, pools: Sequence[str], chain: Sequence[_Step]) -> Missing | None:
        """What of the chain does not exist and which numbers do, told where that is unambiguous enough to help."""
        for depth in range(len(chain), 0, -1):
            head, step = chain[: depth - 1], chain[depth - 1]
            if step.number is None:
                continue
            bases = [a for slug in pools for a in self._resolve(slug, head)] if head else [Address(s) for s in pools]
            if not bases:
                continue
            rows = [(b, self._numbers(b, step)) for b in bases]
            within, numbers = max(rows, key=lambda row: len(row[1]))
            if not numbers and depth == 1:
                continue
            first, last = (numbers[0], numbers[-1]) if numbers else (None, None)
            return Missing(within, _KIND_LABEL[step.family], step.number, first, last)
        return None

    def _numbers(self, base: Address, step: _Step) -> list[str]:
        eids = self._below_any(base, step.family)
        return [eid.rpartition("_")[2] for eid in eids]

    def _below_any(self, base: Address, family: str) -> list[str]:
        regulation = self._corpus.regulations[base.regulation]
        return [
            p.address.eid
            for p in regulation.provisions
            if p.address.eid
            and _family(p.address.eid) in _families(family)
            and (not base.eid or self._is_below(p, base))
            and (base.eid or p.kind is not Kind.LIST_ITEM)
        ]


# -- reading ---------------------------------------------------------------------------------------------------------


def _steps(text: str) -> tuple[list[_Step], str, bool]:
    """Components in the order written, the text without them, and whether another law is cited."""
    steps: list[_Step] = []
    rest, last_end = [], 0
    for found in _PART.finditer(text):
        family = found.lastgroup or ""
        family = family.removesuffix("_n").removesuffix("_pre")
        number = found.groupdict().get(f"{family}_n") or found.groupdict().get(f"{family}_pre")
        if number is None and family not in ("note",):
            continue
        value = _value(number) if number else None
        if number and value is None:
            continue
        steps.append(_Step(family, value))
        rest.append(text[last_end : found.start()])
        last_end = found.end()
    rest.append(text[last_end:])
    steps = [s for s in steps if s.number is not None or any(o.family == "art" for o in steps)]
    external = (
        bool(steps) and any(s.family in ("art", "note") for s in steps) and bool(_EXTERNAL.match(text[last_end:]))
    )
    return steps, " ".join(rest).strip(), external


def _value(number: str) -> str | None:
    number = re.sub(r"[()\s]+", " ", number).strip()
    if re.fullmatch(_LETTER, number):
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
    "art": 4,
    "timetable": 4,
    "project": 4,
    "note": 6,
    "list": 7,
}


def _ordered(steps: Sequence[_Step]) -> list[_Step]:
    """From the outside in, whichever way it was written: «تبصره ۲ ماده ۶» and «ماده ۶ تبصره ۲».

    «بند ۱ تبصره ۲» is inside the note, «تبصره بند ب» inside the list item: what is written first is the inner one in
    Persian.
    """
    unique = list(dict.fromkeys(steps))
    chain = sorted(unique, key=lambda s: _RANK[s.family])
    families = [s.family for s in unique]
    if "note" in families and "list" in families and "art" in families:
        inner_first = families.index("art") == len(families) - 1
        note, item = families.index("note"), families.index("list")
        if (note < item) == inner_first:  # «تبصره بند ب ماده ۴» / «ماده ۴ بند ب تبصره»
            chain = [*(s for s in chain if s.family not in ("note", "list")), unique[item], unique[note]]
    return chain


def _family(eid: str) -> str:
    return eid.rpartition("__")[2].rpartition("_")[0] or eid


def _families(family: str) -> tuple[str, ...]:
    return {"stage": ("stage", "phase"), "list": ("list", "item")}.get(family, (family,))


def _plain_marker(marker: str) -> str:
    """«الف)», «ا» and «۱» of a list item in one spelling."""
    marker = ascii_digits(marker).strip(" ().-")
    return "الف" if marker in ("ا", "الف") else marker


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
    if with_regulation and chain[0].kind is not Kind.REGULATION:
        words += f" {corpus.regulation_of(address).short_title}"
    return words


def _ordinal(place: str) -> str:
    return _ORDINAL[int(place)] if place.isdigit() and int(place) < len(_ORDINAL) else persian_digits(place)
