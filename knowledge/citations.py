"""References as people write them («م۲۱ نقشه راه»، «تبصره 2 ماده بیست و یکم»، «ردیف ۹ جدول ۱۳۹۳») and as the bot
prints them.

Parsing gives every provision that a reference can mean: one is an answer, several are asked back, none is said not to
exist with the range that does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from knowledge.answers import Missing
from knowledge.latin_references import LatinReferences
from knowledge.numerals import NUMBER_STEM, ORDINAL_WORD, ascii_digits, number_words
from knowledge.provisions import Address, Corpus
from knowledge.reference_slips import SlipRepairer
from knowledge.reference_steps import KINDS, PART, Step, as_usual, number_in, ordered, read_steps
from knowledge.reference_targets import KIND_LABEL, ReferenceTargets
from knowledge.several_references import meant_in_the_end, side_by_side
from knowledge.text_names import TextNames
from knowledge.understanding import is_filler, plain

__all__ = ["Citation", "CitationReader"]

_RIGHT_BEHIND = "|".join(rf"(?<={word}\s)" for word in (*KINDS.split("|"), "درست"))
_SHIFT = re.compile(
    # «ماده بعد از ۸», «ماده قبل از آخرین ماده»
    rf"(?<![\u0621-\u06cc])(?P<a>بعد|پس|قبل|پیش)\s+از\s+(?=(?:(?:{ORDINAL_WORD})\s+)?(?:{KINDS})(?![\u0621-\u06cc]))"
    rf"|(?:{_RIGHT_BEHIND})(?P<d>بعد|قبل)\s+(?=(?:{KINDS})\s)"
    r"|(?<=ماده)\s+(?P<b>بعد|قبل)\s+از(?=\s)"
    # «ماده ۸ رو خوندم، ماده بعدیش»
    rf"|(?P<read>(?P<kind>{KINDS})\s+[0-9]+(?![0-9])[^؟?]*?)"
    r"(?P=kind)[\s\u200c]+(?P<c>بعد|قبل)ی(?:ا?ش)?(?![\u0621-\u06cc])"
)
#: «ماده‌ای که درست بعد از نوزده می‌آید»
_STANDS_BESIDE = re.compile(
    rf"(?P<kind>{KINDS})[\s\u200c]*ای\s+که\s+(?:(?:درست|دقیقا|بلافاصله)\s+)?(?P<way>بعد|پس|قبل|پیش)(?:\s+از)?\s+"
    rf"(?P<n>[0-9]{{1,3}}(?![0-9])|(?:{NUMBER_STEM})(?=ی?(?![\u0621-\u06cc])))ی?"
)
#: «تبصره‌های ماده ۴»: all of them.
_NOTES = re.compile(r"(?<![\u0621-\u06cc])تبصره[\s\u200c]*ها(?:ی|ش|یش)?(?![\u0621-\u06cc])")
#: What stands before the first article, by the names that people give it.
_OPENING = re.compile(
    r"(?<![\u0621-\u06cc])(?:(?P<letter>نامه\s*(?:ی\s+)?ابلاغ(?:یه)?|ابلاغیه)|دیباچه|مقدمه|پیش[\s\u200c]*گفتار)(?![\u0621-\u06cc])"
)
#: … and the name of a text beside it.
_OPENING_WORDS = r"(?:نامه\s*(?:ی\s+)?ابلاغ(?:یه)?|ابلاغیه|دیباچه|مقدمه|پیش[\s\u200c]*گفتار)"
_TIES = (
    r"(?:(?:ی|از|در|متن|سند|کامل|این|همان|همون|مصوبه|مصوبات|تصویب\s?نامه|نامه|شماره|بخشنامه|دستورالعمل"
    r"|مصوب|ابلاغی|تاریخ|مورخ|سال)\s+)*"
)
_OPENING_BESIDE = re.compile(
    rf"(?<![\u0621-\u06cc]){_OPENING_WORDS}(?![\u0621-\u06cc])\s*،?\s*{_TIES}⟂|⟂\s*،?\s*{_TIES}{_OPENING_WORDS}(?![\u0621-\u06cc])"
)
#: «مقدمه …، پیش از شروع مصوبه ۱»: where it stands.
_BEFORE_START = re.compile(r"\s(?:پیش|قبل)\s+از\s+(?:شروع|اغاز|ابتدای)\s.*")
#: «شماره ۲۱ از نقشه راه»
_ITS_NUMBER = re.compile(
    rf"(?<![\u0621-\u06cc])شماره\s+(?P<n>[0-9]{{1,2}}|{NUMBER_STEM})(?![\u0621-\u06cc0-9]|\s*(?:جدول|جلسه))"
)
#: «نقشه راه ۲۱»، «شماره ۲۱ نقشه راه»، «ماه ۲۱ نقشه راه»: a text and a number, and nothing else.
_BARE_NUMBER = re.compile(
    rf"(?:(?:شماره|ماه)\s*)?(?P<before>[0-9]{{1,2}}|{NUMBER_STEM})\s*⟂[\s؟?]*"
    rf"|⟂\s*(?:(?:شماره|ماه)\s*)?(?P<after>[0-9]{{1,2}}|{NUMBER_STEM})[\s؟?]*"
)
#: What stands around the name of a text that is all that is asked for.
_OF_A_WHOLE = re.compile(
    r"[⟂\s؟?!.،:]+|(?:متن|کل|کامل|سند|مصوبه|تصویب\s?نامه|بخشنامه|دستورالعمل|نامه|شماره|مورخ|تاریخ|ها|های|همون|همان|رو|را|نشون|نشان|بده|بدین|بدهید|ببینم)(?=\s|$)"
)
_WHOLE_TEXT = re.compile(r"(?<![\u0621-\u06cc])(?:متن|کل)\s+(?:کامل\s+)?(?:سند|مصوبه|تصویب|بخشنامه|دستورالعمل|⟂)")
#: Words of a matter that may stand around an opening beside the name of its text («برای مقاله‌ام»).
_BESIDE_OPENING_MAX = 3
#: Rows of one text that are counted: «پروژه پنجم از بیست پروژه».
_COUNTED = {family: KIND_LABEL[family] for family in ("step", "project", "timetable", "stage")}
_SO_MANY = rf"[0-9]{{1,2}}|{NUMBER_STEM}"
_OF_SO_MANY = re.compile(
    rf"(?<![\u0621-\u06cc])(?:از|بین|فهرست|جدول|لیست)\s+(?:(?:ان|این|همان|همین|اون)\s+)?"
    rf"(?:(?P<n>{_SO_MANY})[\s\u200c]*(?:گانه\s+)?(?P<kind>طرح|{'|'.join(_COUNTED.values())})"
    rf"|(?P<kinds>مراحل|{'|'.join(_COUNTED.values())})(?:\s?های)?\s+(?P<gane>{_SO_MANY})\s*گانه)(?![\u0621-\u06cc])"
    rf"|(?<![\u0621-\u06cc])(?P<of>{_SO_MANY})[\s\u200c]*(?P<kindi>{'|'.join(_COUNTED.values())})[\s\u200c]*(?:ی|ای)(?![\u0621-\u06cc])"
    rf"|(?<![\u0621-\u06cc])(?P<ta>{_SO_MANY})[\s\u200c]*تایی\s+(?P<kindt>طرح|{'|'.join(_COUNTED.values())})(?:[\s\u200c]*های)?(?![\u0621-\u06cc])"
)
#: «از بیست پروژه، آخری»
_ONE_OF_THEM = re.compile(rf"(?<![\u0621-\u06cc])(?:(?P<nth>{ORDINAL_WORD})ی|مورد (?P<last>اخر))(?![\u0621-\u06cc])")
#: «در پاسخ به نامه شماره …»، «نامه … در مورد»: a letter by the way of another matter.
_BY_A_LETTER = re.compile(
    r"(?<![\u0621-\u06cc])(?:پاسخ به|اجرای|پیرو|طبق|عطف به|بر اساس|به استناد|مطابق)\s+نامه"
    r"|[0-9]\s+(?:در مورد|در خصوص|درباره|راجع)"
)
#: What projects are called beside their number: «پروژه ۹ پیشران».
_PILOT = re.compile(r"(?<![\u0621-\u06cc])(?:پیشران|پایلوت)(?![\u0621-\u06cc])")
_NUMBERED_WORD = re.compile("([\u0621-\u06cc]+) ([0-9]+)")
#: The table that holds the rows which are no projects.
_TIMETABLE = re.compile(r"زمان\s?بندی")
_REMEMBERED: Final = 64  # one question is read several times


@dataclass(frozen=True, slots=True)
class Citation:
    """What a text refers to.

    `targets`: all provisions that it can mean, in order of the corpus, none only where something is `missing` (named,
    but not there) or the reference is `external`: it cites another law. `regulations`: the texts that it names (empty:
    none); `rest`: the text without the reference; `several`: all targets are meant together («ماده ۲۱ و ۲۲»), not one
    of them; `elsewhere`: where the named text has no such provision, those of the others («حکمرانی داده‌مبنا» is a
    text and a matter of others).
    """

    targets: tuple[Address, ...]
    missing: Missing | None
    regulations: tuple[str, ...]
    rest: str
    external: bool = False
    several: bool = False
    elsewhere: tuple[Address, ...] = ()


class CitationReader:
    """Reads references against one corpus."""

    def __init__(self, corpus: Corpus, is_everyday: Callable[[str], bool]) -> None:
        """`is_everyday` tells words that every Persian speaker knows: they are no slips."""
        self._corpus = corpus
        self.texts, self.targets = TextNames(corpus), ReferenceTargets(corpus)
        self._slips = SlipRepairer(self.texts.all, is_everyday, _numbered_words(corpus))
        self._latin = LatinReferences(self.texts.all)
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)

    def in_persian(self, text: str) -> str:
        """A plain text in Latin letters with the words of references in Persian."""
        return self._latin.in_persian(ascii_digits(text))

    def read(self, text: str, *, shown: Address | None = None) -> Citation | None:
        """The reference in `text` (light-normalised: Persian letters, ASCII digits), or None when there is none.

        `shown` is the unit on the table: a bare «تبصره ۲» or «بند دوم» means that one's.
        """
        return self._remembered(text, shown)

    def _read(self, text: str, shown: Address | None) -> Citation | None:
        text = ascii_digits(text)
        letter = self.targets.letter(text)
        if letter and not _BY_A_LETTER.search(text) and not any(map(number_in, PART.finditer(text))):
            return Citation((letter,), None, (letter.regulation,), text)
        if (under := self.targets.headed(text, self.texts.named)) and not _numbered(text):
            return self._under(under, text)
        text = meant_in_the_end(self._slips.repaired(text), self.texts.names_one)
        text = as_usual(text)
        text = _STANDS_BESIDE.sub(r"\g<way> از \g<kind> \g<n>", text)
        shift = _SHIFT.search(text)
        if shift:
            text = f"{text[: shift.start()]} {shift['read'] or ''} {text[shift.end() :]}"
        if parts := side_by_side(text, self.texts.names_one):
            return self._together(parts)
        if PART.search(text):
            text = self.texts.with_resolutions(text)
        regulations, stripped = self.texts.named_in(text)
        if regulations:
            regulations = self.texts.beside(text, short=len(regulations) == 1) or regulations
        if regulations and (bare := _BARE_NUMBER.fullmatch(stripped.strip())):
            stripped = f"ماده {bare['before'] or bare['after']}"
        elif regulations and not PART.search(stripped):
            stripped = _ITS_NUMBER.sub(r"ماده \g<n>", stripped, count=1)
        if opening := self._opening_beside(stripped, regulations):
            return opening
        if not regulations:
            regulations, stripped = self._of_so_many(stripped)
        steps, rest, external = read_steps(stripped, named=bool(regulations))
        if external:
            return Citation((), None, regulations, rest, external=True)
        if not steps:
            return self._whole_regulation(text, regulations, rest)
        if (
            not regulations
            and steps[0].family == "project"
            and steps[0].numbers[0].isdigit()
            and _PILOT.search(stripped)
        ):
            regulations = tuple(s for s in self._corpus.regulations if self.targets.family_below(s, "", "project"))
        named = regulations
        regulations = regulations or self.texts.cited_as(stripped)
        if steps[0].family == "res" and not named and not self._has_resolutions(regulations):
            regulations = ()  # «مصوبه ۲ الزامات فنی»: the matter
        pools = regulations or tuple(self._corpus.regulations)
        if {"art", "stage"} <= {step.family for step in steps}:  # no stage has articles: the later one is the matter
            steps = [s for s in steps if s.family != ("stage" if steps[0].family == "art" else "art")]
        if steps[0].family == "chp":  # «عنوان فصل ششم، مواد ۲۶ تا ۲۸»: what it holds, said by the way
            steps = [s for s in steps if s.family != "art" or not self._is_all_of(steps[0], s, regulations)]
        if not any(step.family in ("art", "note") for step in steps):  # «محور سوم» is one of an article only
            steps = [step for step in steps if step.family != "item"]
            if not steps:
                return self._whole_regulation(text, regulations, stripped)
        steps = [part for step in steps for part in _with_its_article(step, alone=len(steps) == 1)]
        steps = [self._as_called_in(_as_numbered_in(step, pools, stripped), pools) for step in steps]
        if shown is not None and len(pools) > 1 and steps[0].family == "timetable":
            steps, pools = self._of_its_table(steps, shown.regulation, pools)
        chain, base = ordered(steps), ""
        if chain[0].family == "timetable" and len(pools) > 1 and _TIMETABLE.search(stripped):
            pools = tuple(slug for slug in pools if self.targets.family_below(slug, "", "timetable"))
        if chain[0].family in ("list", "sub") and (shown is None or named):
            return self._items(named, chain, rest)
        if chain[0].family in ("note", "list", "sub") and shown is not None and not regulations:
            pools, base = (shown.regulation,), shown.eid
        targets = self.targets.meant(pools, chain, base)
        if chain[0].family == "timetable" and len(pools) > 1 and _says_no_more(rest):  # «ردیف ۹» is one of either table
            projects = self.targets.meant(pools, [Step("project", chain[0].numbers), *chain[1:]], base)
            targets = list(dict.fromkeys((*targets, *projects)))
        if shift and targets:
            after, edge = bool({*shift.group("a", "b", "c", "d")} & {"بعد", "پس"}), targets[0]
            targets = self._beside(targets, after=after)
            if not targets:
                beyond = self.targets.beyond(edge, after=after)
                return Citation((), beyond, regulations, rest) if beyond else None
        if not targets and not named and regulations and self.texts.only_generic(stripped):
            regulations, pools = (), tuple(self._corpus.regulations)  # «مهلت دستورالعمل ماده ۱۵»: the matter
            targets = self.targets.meant(pools, chain, base)
            if not targets:
                return None  # «آیین‌نامه بند ج ماده ۱۰۷» is another one
        missing = self.targets.missing(pools, chain, base) if not targets else self.targets.lacking(pools, chain, base)
        if not targets and missing is None:
            return None
        many = max(len(s.numbers) for s in chain) > 1 or bool(_NOTES.search(text))
        several = len(targets) > 1 and many and len({t.regulation for t in targets}) == 1
        elsewhere = () if targets or base else tuple(self.targets.meant(tuple(self._corpus.regulations), chain))
        return Citation(tuple(targets), missing, regulations, rest, several=several, elsewhere=elsewhere)

    def _is_all_of(self, chapter: Step, articles: Step, regulations: Sequence[str]) -> bool:
        """Whether these are all the articles of a chapter."""
        held = (
            [p.address.eid.rpartition("_")[2] for p in self.targets.family_below(at.regulation, at.eid, "art")]
            for at in self.targets.meant(regulations or tuple(self._corpus.regulations), [chapter])
        )
        return any(list(articles.numbers) == numbers for numbers in held)

    def _under(self, heading: Address, text: str) -> Citation:
        """«مورد پنجم قسمت «ساختار کلی سند»»: the heading; «اولین ماده زیر عنوان «سایر الزامات»»: what is below it."""
        rest = self.targets.without_heading(text)
        steps, left, _ = read_steps(as_usual(self._slips.repaired(rest)), named=True)
        parts = [step for step in steps if step.family in ("art", "note", "list")]
        below = self.targets.meant((heading.regulation,), ordered(parts), heading.eid) if parts else []
        return Citation(tuple(below) or (heading,), None, (heading.regulation,), left if below else rest)

    def _items(self, named: tuple[str, ...], chain: Sequence[Step], rest: str) -> Citation | None:
        """«بند ۴ نقشه راه»; a bare «بند ۳» means nothing without its text or article."""
        items = self.targets.items(named, chain)
        missing = None if items else self.targets.no_item(named, chain)
        return Citation(tuple(items), missing, named, rest) if items or missing else None

    def _beside(self, targets: Sequence[Address], *, after: bool) -> list[Address]:
        """What stands behind each of them, or before it."""
        first = self.targets.before_first
        beside = (self._corpus.neighbours(at)[after] or (None if after else first(at)) for at in targets)
        return [there for there in beside if there is not None]

    def _of_its_table(self, steps: list[Step], slug: str, pools: tuple[str, ...]) -> tuple[list[Step], tuple[str, ...]]:
        """«ردیف ۱۳» beside a row of a table is of the same one."""
        family = next((one for one in ("timetable", "project") if self.targets.family_below(slug, "", one)), None)
        return ([Step(family, steps[0].numbers), *steps[1:]], (slug,)) if family else (steps, pools)

    def _of_so_many(self, text: str) -> tuple[tuple[str, ...], str]:
        """«گام دوم از نه گام»: the one text that has just so many of them; the text without what tells it."""
        found = _OF_SO_MANY.search(text)
        number = found and number_words(found["n"] or found["gane"] or found["of"] or found["ta"])
        if not found or not number:
            return (), text
        kind = found["kind"] or found["kinds"] or found["kindi"] or found["kindt"]
        kind = kind.replace("مراحل", _COUNTED["stage"]).replace("طرح", _COUNTED["project"])
        family = next(family for family, word in _COUNTED.items() if word == kind)
        named = [
            slug for slug in self._corpus.regulations if len(self.targets.family_below(slug, "", family)) == number
        ]
        if len(named) != 1:
            return (), text
        rest = _ONE_OF_THEM.sub(lambda m: f"{kind} {m['nth'] or m['last']}", text[found.end() :], count=1)
        rest = _ITS_NUMBER.sub(rf"{kind} \g<n>", rest, count=1)
        return tuple(named), f"{text[: found.start()]} ⟂ {rest}"

    def _as_called_in(self, step: Step, pools: Sequence[str]) -> Step:
        """«گام ۳ نقشه راه» is its third stage: the word that a text has for the like, where it lacks this one."""
        other = _LIKE.get(step.family)
        if other is None or len(pools) > 1 or self.targets.family_below(pools[0], "", step.family):
            return step
        return Step(other, step.numbers) if self.targets.family_below(pools[0], "", other) else step

    def _has_resolutions(self, regulations: Sequence[str]) -> bool:
        return any(self.targets.family_below(slug, "", "res") for slug in regulations)

    def _together(self, parts: Sequence[str]) -> Citation | None:
        """All that the parts mean; one that names no text takes its neighbour's («ماده ۵ و ماده ۶ نقشه راه»)."""
        citations: list[Citation] = []
        for part in parts:
            citation = self.read(part)
            if citation is None or citation.external or not citation.targets:
                return citation
            citations.append(citation)
        last = next((c.regulations for c in reversed(citations) if c.regulations), ())
        targets: list[Address] = []
        for citation in citations:
            found = [t for t in citation.targets if citation.regulations or not last or t.regulation in last]
            targets += found or citation.targets
        rest = " ".join(read_steps(part, named=True)[1] for part in parts)
        return Citation(tuple(dict.fromkeys(targets)), None, last, rest, several=bool(last))

    # -- regulations ---------------------------------------------------------------------------------------------

    def _whole_regulation(self, text: str, regulations: tuple[str, ...], rest: str) -> Citation | None:
        """A text that names a regulation and nothing else, or its preface or letter, refers to just that."""
        if _OPENING.search(rest):
            return self._opening(regulations, rest)
        if len(regulations) != 1:
            return None
        issuer = plain(self._corpus.regulations[regulations[0]].issuer).split()
        words = [word for word in _OF_A_WHOLE.sub(" ", rest).split() if word not in issuer]
        if _WHOLE_TEXT.search(rest):  # «متن کامل بخشنامه … را می‌خواستم»
            title = self.texts.of_title(regulations[0])
            words = [word for word in words if word not in title and not is_filler(word, "reference")]
        if words:
            return None
        return Citation((Address(regulations[0]),), None, regulations, "")

    def _opening_beside(self, text: str, regulations: tuple[str, ...]) -> Citation | None:
        """«دیباچه نقشه راه», «چرخه، مقدمه»: with the name of its text beside it, before any numbered part."""
        found = _OPENING.search(text)
        if found is None:
            return None
        named = text if regulations else self.texts.without_short(text)
        named = _BEFORE_START.sub(" ", named)
        beside = _OPENING_BESIDE.search(named)
        if beside is None or any(m["pre"] for m in PART.finditer(text[: found.start()])):
            return None
        regulations = regulations or self.texts.cited_names(text)
        return self._opening_of(regulations, found, named.replace(beside.group(), " "), most=_BESIDE_OPENING_MAX)

    def _opening(self, regulations: tuple[str, ...], rest: str) -> Citation | None:
        """«دیباچه را بیاور»; None where more is said than that."""
        found = _OPENING.search(rest)
        assert found is not None, "it was looked for"
        others = (rest[: found.start()] + " " + rest[found.end() :]).replace("⟂", " ")
        if not regulations:
            regulations = self.texts.cited_names(others)
            others = self.texts.without_short(others).replace("⟂", " ")
        return self._opening_of(regulations, found, others)

    def _opening_of(
        self, regulations: tuple[str, ...], found: re.Match[str], others: str, *, most: int = 1
    ) -> Citation | None:
        """The openings of these texts; None where something particular is asked of one, in more than `most` words."""
        if sum(not is_filler(word, "reference") for word in re.findall("[\u0621-\u06cc]{3,}", others)) > most:
            return None
        eid = "letter" if found["letter"] else "preface"
        named = regulations or tuple(self._corpus.regulations)
        targets = tuple(a for slug in named if self._corpus.get(a := Address(slug, eid)) is not None)
        return Citation(targets, None, regulations, others.strip()) if targets else None

    # -- provisions ----------------------------------------------------------------------------------------------


#: Kinds that people call by each other's name.
_LIKE = {"step": "stage", "stage": "step", "project": "timetable", "timetable": "project"}


def _numbered(text: str) -> bool:
    """Whether a part has its number behind it («ماده ۱۵», not «اولین ماده»)."""
    return any(number_in(part) and not part["pre"] for part in PART.finditer(text))


def _says_no_more(rest: str) -> bool:
    """Whether nothing of a matter stands beside a reference."""
    return all(is_filler(word, "reference") or is_filler(word, "list") for word in re.findall(r"\w+", rest))


def _with_its_article(step: Step, *, alone: bool) -> tuple[Step, ...]:
    """«تعریف ۱-۷»: an item that is printed with the number of its article."""
    found = (
        re.fullmatch("([0-9]+)-[0-9]+", step.numbers[0]) if alone and step.family == "list" and step.numbers else None
    )
    return (Step("art", (found[1],)), step) if found else (step,)


def _numbered_words(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Words of the texts with the number behind them: a name that ends in one («فواد ۱۲۸») is no reference."""
    for provision in corpus:
        yield from _NUMBERED_WORD.findall(plain(ascii_digits(provision.wording)))


def _as_numbered_in(step: Step, pools: Sequence[str], text: str) -> Step:
    """«ردیف ۵ پیشران‌ها» is a project, «مرحله ۳ چرخه» a step, «گام ۳ حکمرانی داده» a phase."""
    if step.family == "timetable" and (
        tuple(pools) == ("pilot-projects-1402",) or (len(pools) > 1 and re.search("پروژه|پیشران", text))
    ):
        return Step("project", step.numbers)
    if step.family == "stage" and tuple(pools) == ("smart-cycle-1404",):
        return Step("step", step.numbers)
    if step.family == "step" and tuple(pools) == ("data-governance-1404",):
        return Step("stage", step.numbers)
    return step
