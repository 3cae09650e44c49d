"""References as people write them («م۲۱ نقشه راه»، «تبصره 2 ماده بیست و یکم»، «ردیف ۹ جدول ۱۳۹۳») and as the bot
prints them.

Parsing gives every provision that a reference can mean: one is an answer, several are asked back, none is said not to
exist with the range that does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.answers import Missing
from knowledge.latin_references import LatinReferences
from knowledge.numerals import NUMBER_STEM, ascii_digits, number_words
from knowledge.provisions import ITEMS, Address, Corpus, Kind, Provision, Status
from knowledge.reference_slips import SlipRepairer
from knowledge.reference_steps import PART, Step, as_usual, ordered, plain_marker, read_steps
from knowledge.time_windows import MONTHS
from knowledge.understanding import is_filler, plain

__all__ = ["Citation", "CitationReader"]

_KIND_LABEL = {
    "art": "ماده", "note": "تبصره", "list": "بند", "sub": "جزء", "res": "مصوبه", "project": "پروژه",
    "timetable": "ردیف", "item": "بند",
    "stage": "مرحله", "phase": "مرحله", "step": "گام", "chp": "فصل", "part": "بخش", "actor": "بخش",
}  # fmt: skip
_SHIFT = re.compile(
    r"(?P<a>بعد|پس|قبل|پیش)\s+از\s+(?=ماده|تبصره|گام|پروژه|ردیف|مرحله)|(?<=ماده)\s+(?P<b>بعد|قبل)\s+از(?=\s)"
    # «ماده ۸ رو خوندم، ماده بعدیش»
    r"|(?P<read>(?P<kind>ماده|تبصره|گام|پروژه|ردیف|مرحله)\s+[0-9]+(?![0-9])[^؟?]*?)"
    r"(?P=kind)[\s\u200c]+(?P<c>بعد|قبل)ی(?:ا?ش)?(?![\u0621-\u06cc])"
)
#: «تبصره‌های ماده ۴»: all of them.
_NOTES = re.compile(r"(?<![\u0621-\u06cc])تبصره[\s\u200c]*ها(?:ی|ش|یش)?(?![\u0621-\u06cc])")
#: What stands before the first article, by the names that people give it.
_OPENING = re.compile(
    r"(?<![\u0621-\u06cc])(?:(?P<letter>نامه\s*(?:ی\s+)?ابلاغ(?:یه)?|ابلاغیه)|دیباچه|مقدمه|پیش[\s\u200c]*گفتار)(?![\u0621-\u06cc])"
)
#: What ties a part to the name of its text.
_TIED = re.compile(r"\s*(?:(?:از|در|متن)\s+)*")
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
#: The roadmap before the one in force, by what makes it the earlier one.
_PREVIOUS = re.compile(
    r"(?<![\u0621-\u06cc])(?:نقشه\s*راه|سند|مصوبه|ا[یئ]ین\s*نامه)\s+(?:ی\s+)?"
    r"(?:(?:قبلی|قدیمی?|سابق|پیشین)(?![\u0621-\u06cc])|(?:سال\s+|مصوب\s+)+(?:13)?93(?![0-9]))"
    r"|(?<![\u0621-\u06cc])نقشه\s*راه(?:\s+(?!ماده|تبصره|بند|فصل|مرحله|م(?=[\s0-9]))[\u0621-\u06cc\u200c]+){0,3}\s+(?:13)?93(?![0-9])"
)
#: «نقشه راه ۲۱»، «شماره ۲۱ نقشه راه»، «ماه ۲۱ نقشه راه»: a text and a number, and nothing else.
_BARE_NUMBER = re.compile(
    rf"(?:(?:شماره|ماه)\s*)?(?P<before>[0-9]{{1,2}}|{NUMBER_STEM})\s*⟂[\s؟?]*"
    rf"|⟂\s*(?:(?:شماره|ماه)\s*)?(?P<after>[0-9]{{1,2}}|{NUMBER_STEM})[\s؟?]*"
)
#: What stands around the name of a text that is all that is asked for.
_OF_A_WHOLE = re.compile(
    r"[⟂\s؟?!.،:]+|(?:متن|کل|کامل|سند|مصوبه|تصویب\s?نامه|بخشنامه|دستورالعمل|نامه|شماره|مورخ|تاریخ|رو|را|نشون|نشان|بده|بدین|بدهید|ببینم)(?=\s|$)"
)
_WHOLE_TEXT = re.compile(r"(?<![\u0621-\u06cc])(?:متن|کل)\s+(?:کامل\s+)?(?:سند|مصوبه|تصویب|بخشنامه|دستورالعمل|⟂)")
#: Words of a matter that may stand around an opening beside the name of its text («برای مقاله‌ام»).
_BESIDE_OPENING_MAX = 3
#: Rows of one text that are counted: «پروژه پنجم از بیست پروژه».
_COUNTED = {family: _KIND_LABEL[family] for family in ("step", "project", "timetable", "stage")}
_SO_MANY = rf"[0-9]{{1,2}}|{NUMBER_STEM}"
_OF_SO_MANY = re.compile(
    rf"(?<![\u0621-\u06cc])(?:از|بین)\s+(?:(?P<n>{_SO_MANY})[\s\u200c]*(?:گانه\s+)?(?P<kind>{'|'.join(_COUNTED.values())})"
    rf"|(?P<kinds>مراحل|{'|'.join(_COUNTED.values())})(?:\s?های)?\s+(?P<gane>{_SO_MANY})\s*گانه)(?![\u0621-\u06cc])"
)
#: Short names that are everyday words too («زمان داده‌اند»): they count only right beside a reference.
_GENERIC_NAMES = frozenset({"دستورالعمل", "ایین نامه", "داده"})
#: «مصوبه ۳۱ فروردین ۱۴۰۴», «بخشنامه مورخ 1404/2/26»: a text by its date.
_DATED = re.compile(
    r"(?P<before>(?<![\u0621-\u06cc])(?:مصوب(?:ه|ات)?|تصویب[\s\u200c]*نامه|بخشنامه|دستورالعمل|سند|مورخ|ابلاغ(?:ی|یه|شده)?|تاریخ)\s+"
    r"(?:(?:مورخ|در|به|تاریخ)\s+)*)"
    rf"(?:(?P<d>[0-9]{{1,2}})\s+(?P<name>{'|'.join(MONTHS)})\s*(?:ماه\s*)?(?:سال\s*)?(?P<y>1[34][0-9]{{2}})"
    r"|(?P<year>1[34][0-9]{2})[/.\-](?P<month>[0-9]{1,2})[/.\-](?P<day>[0-9]{1,2}))(?![0-9])"
)
#: Where another reference begins beside the first: «ماده ۲۱ نقشه راه و ماده ۵ چرخه»; a note or item only with an
#: article of its own: «تبصره ۳ ماده ۵ و تبصره ۱ ماده ۱۱» are two, «تبصره ۱ و تبصره ۲ ماده ۶» have one.
_NEXT_REFERENCE = re.compile(
    r"(?<=\sو\s)(?=(?P<whole>(?:ماده|پروژه|ردیف|گام|مرحله|فصل)\s*\(?\s*[0-9])"
    r"|(?:تبصره|بند)\s+\S+\s+(?:از\s+)?ماده\s*\(?\s*[0-9])"
)
_ARTICLE_BEFORE = re.compile(r"(?<![\u0621-\u06cc])ماده\s*\(?\s*[0-9]")
_NUMBERED_WORD = re.compile("([\u0621-\u06cc]+) ([0-9]+)")
_YEAR = re.compile(r"(?<![0-9/])(?:سال\s+)?(1393|1402|93)(?![0-9/])")
#: «سال نود و سه»، «هزار و چهارصد و دو»: only what is no number of a provision.
_YEAR_IN_WORDS = re.compile(
    r"(?<![\u0621-\u06cc])(?:(?:یک\s*)?هزار\s*و\s*)?(?:سیصد\s*و\s*(?P<old>نود\s*و\s*سه)|چهارصد\s*و\s*دو)(?![\u0621-\u06cc])"
    r"|(?<![\u0621-\u06cc])(?P<before>سال|سند|مصوبه?|راه|نامه|الکترونیکی?)\s+(?P<short>نود\s*و\s*سه)(?![\u0621-\u06cc])"
)
#: The table that holds the rows which are no projects.
_TIMETABLE = re.compile(r"زمان\s?بندی")
#: Words by which the title of a resolution is known.
_TITLE_BEGINS = 3
_YEARS = {"1393": "eservices-1393", "93": "eservices-1393", "1402": "pilot-projects-1402"}


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
        self._known_families: dict[tuple[str, str, str], Sequence[Provision]] = {}
        aliases = _regulation_aliases(corpus)
        self._aliases = {_squeezed(alias): slug for alias, slug in reversed(aliases)}
        alternatives = "|".join(_loose(alias) for alias, _ in aliases)
        cited = [(plain(name), r.slug) for r in corpus.regulations.values() for name in r.cited_as]
        self._cited = {_squeezed(name): slug for name, slug in reversed(cited)}
        shorts = "|".join(_loose(name) for name in sorted((n for n, _ in cited), key=len, reverse=True))
        self._cited_pattern = re.compile(rf"(?<![\u0621-\u06cc])(?:{shorts})(?![\u0621-\u06cc])")
        self._previous = next((r.slug for r in corpus.regulations.values() if r.status is Status.PREVIOUS), None)
        self._numbers = {ascii_digits(r.number): r.slug for r in corpus.regulations.values() if r.number}
        self._dates = {d: r.slug for r in corpus.regulations.values() for d in (r.approved, r.promulgated) if d}
        self._titled = [one for p in corpus if p.kind is Kind.RESOLUTION and (one := _by_title(p))]
        names = [*(alias for alias, _ in aliases), *(name for name, _ in cited)]
        self._slips = SlipRepairer(names, is_everyday, _numbered_words(corpus))
        self._latin = LatinReferences(names)
        # «سند نقشه راه خدمات …» is the longest name behind «سند», not «سند نقشه راه»
        self._alias_pattern = re.compile(
            rf"(?<![\u0621-\u06cc\u200c])(?:سند[\s\u200c]*)?(?P<alias>{alternatives})(?![\u0621-\u06cc0-9])"
        )

    def in_persian(self, text: str) -> str:
        """A plain text in Latin letters with the words of references in Persian."""
        return self._latin.in_persian(ascii_digits(text))

    def read(self, text: str, *, shown: Address | None = None) -> Citation | None:
        """The reference in `text` (light-normalised: Persian letters, ASCII digits), or None when there is none.

        `shown` is the unit on the table: a bare «تبصره ۲» or «بند دوم» means that one's.
        """
        text = as_usual(self._slips.repaired(ascii_digits(text)))
        shift = _SHIFT.search(text)
        if shift:
            text = f"{text[: shift.start()]} {shift['read'] or ''} {text[shift.end() :]}"
        halves = self._halves(text)
        if halves:
            return self._together(halves)
        if PART.search(text):
            for title, number in self._titled:
                text = title.sub(f" مصوبه {number} ", text)
        regulations, stripped = self._named_regulations(text)
        if regulations:
            regulations = self._named_beside(text, short=len(regulations) == 1) or regulations
        if regulations and (bare := _BARE_NUMBER.fullmatch(stripped.strip())):
            stripped = f"ماده {bare['before'] or bare['after']}"
        if opening := self._opening_beside(stripped, regulations):
            return opening
        if not regulations:
            regulations, stripped = self._of_so_many(stripped)
        steps, rest, external = read_steps(stripped, named=bool(regulations))
        if external:
            return Citation((), None, regulations, rest, external=True)
        if not steps:
            return self._whole_regulation(text, regulations, rest)
        named = regulations
        regulations = regulations or self._cited_as(stripped)
        if steps[0].family == "res" and not named and not self._has_resolutions(regulations):
            regulations = ()  # «مصوبه ۲ الزامات فنی»: the matter
        pools = regulations or tuple(self._corpus.regulations)
        if {"art", "stage"} <= {step.family for step in steps}:  # no stage has articles: the later one is the matter
            steps = [s for s in steps if s.family != ("stage" if steps[0].family == "art" else "art")]
        if not any(step.family in ("art", "note") for step in steps):  # «محور سوم» is one of an article only
            steps = [step for step in steps if step.family != "item"]
            if not steps:
                return self._whole_regulation(text, regulations, stripped)
        steps = [part for step in steps for part in _with_its_article(step, alone=len(steps) == 1)]
        steps = [self._as_called_in(_as_numbered_in(step, pools, stripped), pools) for step in steps]
        chain, base = ordered(steps), ""
        if chain[0].family == "timetable" and len(pools) > 1 and _TIMETABLE.search(stripped):
            pools = tuple(slug for slug in pools if self._family_below(slug, "", "timetable"))
        if chain[0].family in ("note", "list", "sub"):
            if (shown is None or named) and chain[
                0
            ].family != "note":  # a bare «بند ۳» means nothing without its text or article
                items = self._items(named, chain)
                missing = None if items else self._no_item(named, chain)
                return Citation(tuple(items), missing, named, rest) if items or missing else None
            if shown is not None and not regulations:
                pools, base = (shown.regulation,), shown.eid
        targets = self._meant(pools, chain, base)
        if chain[0].family == "timetable" and len(pools) > 1 and _says_no_more(rest):  # «ردیف ۹» is one of either table
            projects = self._meant(pools, [Step("project", chain[0].numbers), *chain[1:]], base)
            targets = list(dict.fromkeys((*targets, *projects)))
        if shift and targets:
            side = 1 if {shift["a"], shift["b"], shift["c"]} & {"بعد", "پس"} else 0
            edge = targets[0]
            beside = (self._corpus.neighbours(t)[side] or (None if side else self.before_first(t)) for t in targets)
            targets = [there for there in beside if there is not None]
            if not targets:
                beyond = self.beyond(edge, after=bool(side))
                return Citation((), beyond, regulations, rest) if beyond else None
        if not targets and not named and regulations and self._only_generic(stripped):
            regulations, pools = (), tuple(self._corpus.regulations)  # «مهلت دستورالعمل ماده ۱۵»: the matter
            targets = self._meant(pools, chain, base)
            if not targets:
                return None  # «آیین‌نامه بند ج ماده ۱۰۷» is another one
        missing = self._missing(pools, chain, base) if not targets else self._lacking(pools, chain, base)
        if not targets and missing is None:
            return None
        many = max(len(s.numbers) for s in chain) > 1 or bool(_NOTES.search(text))
        several = len(targets) > 1 and many and len({t.regulation for t in targets}) == 1
        elsewhere = () if targets or base else tuple(self._meant(tuple(self._corpus.regulations), chain))
        return Citation(tuple(targets), missing, regulations, rest, several=several, elsewhere=elsewhere)

    def _of_so_many(self, text: str) -> tuple[tuple[str, ...], str]:
        """«گام دوم از نه گام»: the one text that has just so many of them; the text without what tells it."""
        found = _OF_SO_MANY.search(text)
        number = found and number_words(found["n"] or found["gane"])
        if not found or not number:
            return (), text
        kind = (found["kind"] or found["kinds"]).replace("مراحل", _COUNTED["stage"])
        family = next(family for family, word in _COUNTED.items() if word == kind)
        named = [slug for slug in self._corpus.regulations if len(self._family_below(slug, "", family)) == number]
        return (tuple(named), f"{text[: found.start()]} ⟂ {text[found.end() :]}") if len(named) == 1 else ((), text)

    def _lacking(self, pools: Sequence[str], chain: Sequence[Step], base: str) -> Missing | None:
        """Which of several numbers do not exist where the others do («مواد ۳۳ و ۳۴», «ماده ۲۱ و ۵۰»)."""
        *outer, last = chain
        if len(last.numbers) < 2:
            return None
        lacking = [n for n in last.numbers if not self._meant(pools, [*outer, Step(last.family, (n,))], base)]
        missing = self._missing(pools, [*outer, Step(last.family, (lacking[0],))], base) if lacking else None
        return missing and replace(missing, number="، ".join(lacking))

    def _as_called_in(self, step: Step, pools: Sequence[str]) -> Step:
        """«گام ۳ نقشه راه» is its third stage: the word that a text has for the like, where it lacks this one."""
        other = _LIKE.get(step.family)
        if other is None or len(pools) > 1 or self._family_below(pools[0], "", step.family):
            return step
        return Step(other, step.numbers) if self._family_below(pools[0], "", other) else step

    def _has_resolutions(self, regulations: Sequence[str]) -> bool:
        return any(self._family_below(slug, "", "res") for slug in regulations)

    def _meant(self, pools: Sequence[str], chain: Sequence[Step], base: str = "") -> list[Address]:
        for reading in _readings(chain):
            targets = list(dict.fromkeys(a for slug in pools for a in self._resolve(slug, reading, base)))
            if targets:
                # «بند ۱ ماده ۴» is the item of the article itself, wherever a text has one
                own = [t for t in targets if _depth(t, reading) == len(reading)]
                targets = own if own and not base and len(pools) > 1 else targets
                if len(pools) > 1:  # «بند ۵» is «ث» only where no text prints a fifth item otherwise
                    targets = [t for t in targets if not self._lettered_otherwise(t, reading[-1])] or targets
                # «بند ب» is the one that is printed so, not the second of a list without letters
                lettered = [t for t in targets if _plain(self._corpus[t].number) in reading[-1].numbers]
                return lettered if lettered and not reading[-1].numbers[0].isdigit() else targets
        families = [step.family for step in chain]
        if (
            families[-2:] == ["list", "note"] and not chain[-1].numbers
        ):  # «تبصره ذیل بند ب ماده ۴», which is the article's
            return self._meant(pools, [*chain[:-2], chain[-1]], base)
        if families[-2:] == ["note", "list"] and self._meant(pools, [*chain[:-2], chain[-1]], base):
            return self._meant(pools, chain[:-1], base)  # «تبصره ۲ ماده ۱۵ برای بند ج»: the note speaks of it
        wholes = [step for step in chain if step.family != "item"]
        if len(wholes) < len(chain):  # «محور ۳ ماده ۵», where nothing is numbered: hardly a reference
            return [t for t in self._meant(pools, wholes, base) if not self._family_below(t.regulation, t.eid, "list")]
        return []

    def _lettered_otherwise(self, address: Address, step: Step) -> bool:
        mark = self._corpus[address].number
        return self._corpus[address].kind is Kind.LIST_ITEM and bool(mark) and _plain(mark) not in step.numbers

    def _items(self, named: Sequence[str], chain: Sequence[Step]) -> list[Address]:
        """«بند ۴ نقشه راه»: that item of every article or heading that has one."""
        if len(chain) != 1 or chain[0].family != "list":
            return []
        rows = [p for slug in named for p in self._family_below(slug, "", "list")]
        whole = [p for p in rows if p.parent is not None and self._corpus[p.parent].kind not in ITEMS]
        return [p.address for number in chain[0].numbers if number[0] != "-" for p in self._numbered(whole, number)]

    def _no_item(self, named: Sequence[str], chain: Sequence[Step]) -> Missing | None:
        """«بند ۹۹ نقشه راه»: that the text has no item of this number anywhere."""
        if len(named) != 1 or len(chain) != 1 or not chain[0].numbers[0].isdigit():
            return None
        return Missing(Address(named[0]), _KIND_LABEL[chain[0].family], chain[0].numbers[0], None, None)

    def before_first(self, first: Address) -> Address | None:
        """What stands before the first article of a text: the preface; None for other kinds and where there is none."""
        preface = Address(first.regulation, "preface")
        return preface if self._corpus[first].kind is Kind.ARTICLE and self._corpus.get(preface) is not None else None

    def beyond(self, edge: Address, *, after: bool) -> Missing | None:
        """That nothing stands after the last of a family, or before its first: which numbers there are.

        None where the family is not numbered (headings, a preface).
        """
        family = _family(edge.eid)
        rows = self._family_below(edge.regulation, edge.eid.rpartition("__")[0], family)
        if family not in _KIND_LABEL or not rows:
            return None
        within = Address(edge.regulation, edge.eid.rpartition("__")[0])
        place = int(edge.eid.rpartition("_")[2]) + (1 if after else -1)
        return Missing(within, _KIND_LABEL[family], str(place), *_numbers_of(rows, within))

    def _halves(self, text: str) -> list[str]:
        """«ماده ۲۱ نقشه راه و ماده ۵ چرخه»: the texts of references that stand side by side, [] for a single one."""
        places = [
            m.start() for m in _NEXT_REFERENCE.finditer(text) if m["whole"] or _ARTICLE_BEFORE.search(text[: m.start()])
        ]
        if not places or not PART.search(text[: places[0]].removesuffix("و ")):
            return []
        cuts = [0, *places, len(text)]
        return [text[a:b].strip().removesuffix(" و").strip() for a, b in pairwise(cuts)]

    def _together(self, halves: Sequence[str]) -> Citation | None:
        """All that the parts mean; one that names no text takes its neighbour's («ماده ۵ و ماده ۶ نقشه راه»)."""
        citations: list[Citation] = []
        for half in halves:
            citation = self.read(half)
            if citation is None or citation.external or not citation.targets:
                return citation
            citations.append(citation)
        last = next((c.regulations for c in reversed(citations) if c.regulations), ())
        targets: list[Address] = []
        for citation in citations:
            found = [t for t in citation.targets if citation.regulations or not last or t.regulation in last]
            targets += found or citation.targets
        rest = " ".join(read_steps(half, named=True)[1] for half in halves)
        return Citation(tuple(dict.fromkeys(targets)), None, last, rest, several=bool(last))

    def _cited_as(self, text: str) -> tuple[str, ...]:
        """Regulations by short names that mean them only beside a reference («ماده ۵ چرخه»)."""
        found = {
            slug: {n for n in map(plain, regulation.cited_as) if _stands_in(n, text) and not _by_the_way(n, text)}
            for slug, regulation in self._corpus.regulations.items()
        }
        named = [slug for slug, names in found.items() if names]
        particular = [slug for slug in named if found[slug] - _GENERIC_NAMES]
        return tuple(particular or named)

    def _only_generic(self, text: str) -> bool:
        """Whether what names a regulation here is only a word that others bear, too."""
        names = (n for r in self._corpus.regulations.values() for n in map(plain, r.cited_as))
        return all(n in _GENERIC_NAMES for n in names if _stands_in(n, text))

    # -- regulations ---------------------------------------------------------------------------------------------

    def named_regulations(self, text: str) -> tuple[str, ...]:
        """Slugs of the regulations that a text names by title, nickname, number or year."""
        return self._named_regulations(ascii_digits(text))[0]

    def named_shortly(self, text: str) -> tuple[tuple[str, ...], str]:
        """Slugs of the regulations that a plain text names by short names («چرخه»), everyday words left out; the text
        without these names.
        """
        found = [m for m in self._cited_pattern.finditer(text) if m.group() not in _GENERIC_NAMES]
        rest = self._cited_pattern.sub(lambda m: m.group() if m.group() in _GENERIC_NAMES else " ", text)
        return tuple(dict.fromkeys(self._cited[_squeezed(m.group())] for m in found)), rest

    def without_regulations(self, text: str) -> str:
        """The text without the regulations that it names and the «در» or «طبق» before them."""
        stripped = self._named_regulations(ascii_digits(text))[1]
        return re.sub(r"(?:(?<![\u0621-\u06cc])(?:در|طبق|توی|تو|بر اساس|از نظر|متن|سند)\s+)*⟂", " ", stripped).strip()

    def _named_regulations(self, text: str) -> tuple[tuple[str, ...], str]:
        found: list[str] = []

        def note(slug: str) -> str:
            found.append(slug)
            return " ⟂ "

        text = _YEAR_IN_WORDS.sub(_year_in_digits, text)
        if previous := self._previous:
            text = _PREVIOUS.sub(lambda m: note(previous), text)
        text = self._alias_pattern.sub(lambda m: note(self._aliases[_squeezed(m["alias"])]), text)
        text = re.sub(
            r"[0-9]{4,}", lambda m: note(self._numbers[m.group()]) if m.group() in self._numbers else m.group(), text
        )
        text = _DATED.sub(
            lambda m: m["before"] + note(self._dates[d]) if (d := _date(m)) in self._dates else m.group(), text
        )
        text = _YEAR.sub(lambda m: note(_YEARS[m.group(1)]), text)
        return tuple(dict.fromkeys(found)), text

    def _named_beside(self, text: str, *, short: bool) -> tuple[str, ...]:
        """The one text whose name follows a numbered part («مرحله ۳ نقشه راه، سند حکمرانی داده‌مبنا»): others that are
        named are the matter. `short`: by a short name («ماده ۱۳ بخشنامه چرخه به نقشه راه …»).
        """
        numbered = (m for m in PART.finditer(text) if m["pre"] or m[f"{(m.lastgroup or '').partition('_')[0]}_n"])
        ends = {m.end() + len(_TIED.match(text[m.end() :])[0]) for m in numbered}  # type: ignore[index]
        names = [(m.start(), m.end(), self._aliases[_squeezed(m["alias"])]) for m in self._alias_pattern.finditer(text)]
        starts = {start for start, _, _ in names}
        names += [
            (m.start(), m.end(), self._cited[_squeezed(m.group())])
            for m in self._cited_pattern.finditer(text)
            if m.start() not in starts and m.group() not in _GENERIC_NAMES
        ]
        names = names[len(starts) :] if short else names
        beside = {slug for start, end, slug in names if start in ends and not re.match(r"\s*و\s", text[end:])}
        return tuple(beside) if len(beside) == 1 else ()

    def _whole_regulation(self, text: str, regulations: tuple[str, ...], rest: str) -> Citation | None:
        """A text that names a regulation and nothing else, or its preface or letter, refers to just that."""
        if _OPENING.search(rest):
            return self._opening(regulations, rest)
        if len(regulations) != 1:
            return None
        issuer = plain(self._corpus.regulations[regulations[0]].issuer).split()
        title = plain(self._corpus.regulations[regulations[0]].title).split()
        words = [word for word in _OF_A_WHOLE.sub(" ", rest).split() if word not in issuer]
        words = [word for word in words if not (_WHOLE_TEXT.search(rest) and word in title)]
        if words and not (_WHOLE_TEXT.search(rest) and all(is_filler(word, "reference") for word in words)):
            return None  # more than «متن کامل بخشنامه … را می‌خواستم»
        return Citation((Address(regulations[0]),), None, regulations, "")

    def _opening_beside(self, text: str, regulations: tuple[str, ...]) -> Citation | None:
        """«دیباچه نقشه راه», «چرخه، مقدمه»: with the name of its text beside it, before any numbered part."""
        found = _OPENING.search(text)
        if found is None:
            return None
        named = text if regulations else self._cited_pattern.sub(" ⟂ ", text)
        named = _BEFORE_START.sub(" ", named)
        beside = _OPENING_BESIDE.search(named)
        if beside is None or any(
            m[m.lastgroup or ""] and "_" in (m.lastgroup or "") for m in PART.finditer(text[: found.start()])
        ):
            return None
        regulations = regulations or self._cited_names(text)
        return self._opening_of(regulations, found, named.replace(beside.group(), " "), most=_BESIDE_OPENING_MAX)

    def _opening(self, regulations: tuple[str, ...], rest: str) -> Citation | None:
        """«دیباچه را بیاور»; None where more is said than that."""
        found = _OPENING.search(rest)
        assert found is not None, "it was looked for"
        others = (rest[: found.start()] + " " + rest[found.end() :]).replace("⟂", " ")
        if not regulations:
            regulations = self._cited_names(others)
            others = self._cited_pattern.sub(" ", others)
        return self._opening_of(regulations, found, others)

    def _cited_names(self, text: str) -> tuple[str, ...]:
        """Texts by the longest short names that stand in a text."""
        return tuple(dict.fromkeys(self._cited[_squeezed(m.group())] for m in self._cited_pattern.finditer(text)))

    def _opening_of(
        self, regulations: tuple[str, ...], found: re.Match[str], others: str, *, most: int = 1
    ) -> Citation | None:
        """The openings of these texts; None where something particular is asked of one, in more than `most` words."""
        if sum(not is_filler(word, "reference") for word in re.findall("[\u0621-\u06cc]+", others)) > most:
            return None
        eid = "letter" if found["letter"] else "preface"
        named = regulations or tuple(self._corpus.regulations)
        targets = tuple(a for slug in named if self._corpus.get(a := Address(slug, eid)) is not None)
        return Citation(targets, None, regulations, others.strip()) if targets else None

    # -- provisions ----------------------------------------------------------------------------------------------

    def _resolve(self, slug: str, chain: Sequence[Step], base: str = "") -> Iterator[Address]:
        bases = [base]
        for place, step in enumerate(chain, 1):
            bases = [eid for base in bases for eid in self._below(slug, base, step, last=place == len(chain))]
        yield from (Address(slug, eid) for eid in bases)

    def _below(self, slug: str, base: str, step: Step, *, last: bool) -> list[str]:
        """Eids that one component can mean below `base` («» is the regulation); direct children go before deeper
        ones, and what something else is within (not `last`) is a direct child wherever there is one.
        """
        rows = [p for p in self._family_below(slug, base, step.family) if base or p.kind is not Kind.LIST_ITEM]
        if not step.numbers:  # «تبصره ماده ۷»: every note of it (one is an answer, several are asked back)
            return [p.address.eid for p in rows] if step.family == "note" and base else []
        children = [] if last else [p for p in rows if p.address.eid.rpartition("__")[0] == base]
        found = [p for n in step.numbers for p in self._numbered(children, n) or self._numbered(rows, n)]
        direct = [p for p in found if p.address.eid.rpartition("__")[0] == base]
        return [p.address.eid for p in direct or found]

    def _family_below(self, slug: str, base: str, family: str) -> Sequence[Provision]:
        key = (slug, base, family)
        if key not in self._known_families:
            self._known_families[key] = self._find_family(*key)
        return self._known_families[key]

    def _find_family(self, slug: str, base: str, family: str) -> Sequence[Provision]:
        families = _families(family)
        rows = [p for p in self._corpus.regulations[slug].provisions if p.address.eid]
        rows = [p for p in rows if _family(p.address.eid) in families]
        below = [p for p in rows if not base or self._is_below(p, Address(slug, base))]
        if (
            family == "note" and base and not below
        ):  # «تبصره ماده ۶» hangs on one of its items, «تبصره‌های گام ۳» on articles
            return [p for p in rows if any(above.eid == base for above in self._above(p))]
        return below

    def _above(self, provision: Provision) -> list[Address]:
        return [above.address for above in self._corpus.ancestors(provision.address)]

    def _numbered(self, rows: Sequence[Provision], number: str) -> list[Provision]:
        """Those of a family that a number or letter means: by the printed mark, else by place («بند ۲» of الف، ب)."""
        if number.startswith("-"):
            last = [p for p in rows if self._place_from_end(p.address) == -int(number)]
            of_chapter = len(rows) >= -int(number) and {p.kind for p in rows} == {Kind.ARTICLE}
            return last or ([rows[int(number)]] if of_chapter else [])
        marked = [p for p in rows if p.kind is Kind.LIST_ITEM and p.number and plain_marker(p.number) == number]
        place = str(_LETTER_PLACES.index(number) + 1) if number in _LETTER_PLACES else number
        printed_so = any("-" in plain_marker(p.number) for p in rows if p.number)
        if not marked and not printed_so and (span := re.fullmatch(r"([0-9]+)-([0-9]+)", number)):
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

    def _missing(self, pools: Sequence[str], chain: Sequence[Step], base: str) -> Missing | None:
        """The first component of the chain that does not exist, and which numbers do where one place is meant."""
        bases = [Address(slug, base) for slug in pools]
        for depth, step in enumerate(chain, 1):
            there = [a for slug in pools for a in self._resolve(slug, chain[:depth], base)]
            if there:
                bases = there
                continue
            rows = [(b, self._family_below(b.regulation, b.eid, step.family)) for b in bases]
            within, provisions = max(rows, key=lambda row: len(row[1]))
            if not step.numbers:
                return Missing(within, _KIND_LABEL[step.family], "", None, None) if depth > 1 or base else None
            if not provisions and depth == 1 and not base and (len(pools) > 1 or step.family not in _LACKED):
                return None
            first, last = _numbers_of(provisions, within)
            if len(pools) > 1 and depth == 1 and step.family in ("art", "note"):
                within = NOWHERE
            return Missing(within, _KIND_LABEL[step.family], step.numbers[0], first, last)
        return None


_A_KIND = r"(?<![\u0621-\u06cc])(?:ماده|مواد|تبصره|بند|مرحله|گام|فصل|ردیف|جدول|م(?=[\s.]*[0-9]))"
#: A reference that ends before the name, and one that begins behind it.
_KIND_BEFORE = re.compile(rf"{_A_KIND}[^،؟?]{{0,20}}?\s*،?\s*(?:(?:از|در|متن|سند)\s+)*$")
_KIND_NEXT = re.compile(rf"\s*،?\s*{_A_KIND}|\s*،?\s*(?:{NUMBER_STEM})ین\s+{_A_KIND}")
#: What may follow the name of a text: «ماده ۵ دستورالعمل در چه باره است».
_GOES_ON = frozenset({"به", "که", "داده"})
#: Kinds that people call by each other's name.
_LIKE = {"step": "stage", "stage": "step", "project": "timetable", "timetable": "project"}
#: Kinds that a text may have none of: «فصل دوم چرخه» does not exist.
_LACKED = ("chp", "step", "stage", "timetable", "project")


def _says_no_more(rest: str) -> bool:
    """Whether nothing of a matter stands beside a reference."""
    return all(is_filler(word, "reference") or is_filler(word, "list") for word in re.findall(r"\w+", rest))


def _by_title(resolution: Provision) -> tuple[re.Pattern[str], str] | None:
    """«مصوبه تکمیلی الزامات فنی»: a resolution by how its title begins, and its number; None for a title that is a
    matter, which others are about, too.
    """
    words = [word for word in plain(resolution.title).split() if word != "مصوبه"]
    if plain(resolution.title).split()[:1] != ["مصوبه"]:
        return None
    begins, goes_on = r"\s+".join(words[:_TITLE_BEGINS]), "|".join(words[_TITLE_BEGINS:])
    return re.compile(rf"(?:مصوبه\s+)?{begins}(?:\s+(?:{goes_on}))*(?!\w)"), resolution.address.eid.rpartition("_")[2]


def _by_the_way(name: str, text: str) -> bool:
    """«دستورالعمل» of the matter itself («دستورالعمل تعیین رتبه در ماده ۶»), not the text beside its article."""
    if name not in _GENERIC_NAMES:
        return False
    for found in re.finditer(rf"(?<![\u0621-\u06cc]){_loose(name)}(?![\u0621-\u06cc])", text):
        following = re.match(r"[\s\u200c]*([\u0621-\u06cc]*)", text[found.end() :])
        word = following[1] if following else ""
        if _KIND_NEXT.match(text[found.end() :]):
            return False
        ends = not word or word in _GOES_ON or any(is_filler(word, kind) for kind in ("reference", "limit", "duties"))
        if ends and _KIND_BEFORE.search(text[: found.start()]):
            return False
    return True


def _numbers_of(rows: Sequence[Provision], within: Address) -> tuple[str | None, str | None]:
    """The first and last number of a family within a provision or text, what stands deeper left out; None where there
    is none, or each place counts anew (the notes of a text).
    """
    holders = [p.address.eid.rpartition("__")[0] for p in rows]
    rows = [p for p, holder in zip(rows, holders, strict=True) if holder == within.eid] or rows
    if not rows or (within.eid not in holders and len(set(holders)) > 1):
        return None, None
    marks = [p.number or p.address.eid.rpartition("_")[2] for p in rows]
    return marks[0], marks[-1]


def _year_in_digits(found: re.Match[str]) -> str:
    if found["short"]:
        return f"{found['before']} 93"
    return "1393" if found["old"] else "1402"


def _date(found: re.Match[str]) -> str:
    """The date that `_DATED` found, as the corpus writes it: 1404-01-31."""
    if found["name"]:
        return f"{found['y']}-{MONTHS.index(found['name']) + 1:02}-{int(found['d']):02}"
    return f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"


#: What else a word may mean where the first is not there: «بخش پنجم» a chapter, «ردیف ۱۸» a project, «بند ۴ مرحله ۱»
#: what one of its bodies does.
_INSTEAD = {"part": "chp", "timetable": "project", "list": "actor"}


def _with_its_article(step: Step, *, alone: bool) -> tuple[Step, ...]:
    """«تعریف ۱-۷»: an item that is printed with the number of its article."""
    found = (
        re.fullmatch("([0-9]+)-[0-9]+", step.numbers[0]) if alone and step.family == "list" and step.numbers else None
    )
    return (Step("art", (found[1],)), step) if found else (step,)


def _readings(chain: Sequence[Step]) -> Iterator[Sequence[Step]]:
    """The chain as it stands, then with other meanings."""
    yield chain
    if any(step.family in _INSTEAD for step in chain):
        yield [Step(_INSTEAD.get(step.family, step.family), step.numbers) for step in chain]


def _depth(address: Address, chain: Sequence[Step]) -> int:
    """How many components an address has; a resolution that is not named does not count."""
    parts = address.eid.split("__")
    return len(parts) - (parts[0].startswith("res_") and chain[0].family != "res")


def _plain(number: str | None) -> str | None:
    return plain_marker(number) if number else None


def _numbered_words(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Words of the texts with the number behind them: a name that ends in one («فواد ۱۲۸») is no reference."""
    for provision in corpus:
        yield from _NUMBERED_WORD.findall(plain(ascii_digits(provision.wording)))


def _stands_in(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<![\u0621-\u06cc]){_loose(name)}(?![\u0621-\u06cc])", text))


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


def _family(eid: str) -> str:
    return eid.rpartition("__")[2].rpartition("_")[0] or eid


def _families(family: str) -> tuple[str, ...]:
    return {"stage": ("stage", "phase"), **dict.fromkeys(("list", "item", "sub"), ("list", "item"))}.get(
        family, (family,)
    )


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
