"""Names of the texts: title, nickname, number, date or year, and short names that mean them beside a reference."""

from __future__ import annotations

import re
from collections import Counter

from knowledge.numerals import NUMBER_STEM, ascii_digits
from knowledge.provisions import Corpus, Kind, Provision, Status
from knowledge.reference_steps import PART, number_in
from knowledge.time_windows import MONTHS
from knowledge.understanding import is_filler, plain

__all__ = ["TextNames"]

#: What ties a part to the name of its text.
_TIED = re.compile(r"\s*(?:(?:از|در|متن)\s+)*")
#: The roadmap before the one in force, by what makes it the earlier one.
_PREVIOUS = re.compile(
    r"(?<![\u0621-\u06cc])(?:نقشه\s*راه|سند|مصوبه|ا[یئ]ین\s*نامه)\s+(?:ی\s+)?"
    r"(?:(?:قبلی|قدیمی?|سابق|پیشین)(?![\u0621-\u06cc])|(?:سال\s+|مصوب\s+)+(?:13)?93(?![0-9]))"
    r"|(?<![\u0621-\u06cc])نقشه\s*راه(?:\s+(?!ماده|تبصره|بند|فصل|مرحله|م(?=[\s0-9]))[\u0621-\u06cc\u200c]+){0,3}\s+(?:13)?93(?![0-9])"
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
_YEAR = re.compile(r"(?<![0-9/])(?:سال\s+)?(1393|1402|93)(?![0-9/])")
#: «سال نود و سه»، «هزار و چهارصد و دو»: only what is no number of a provision.
_YEAR_IN_WORDS = re.compile(
    r"(?<![\u0621-\u06cc])(?:(?:یک\s*)?هزار\s*و\s*)?(?:سیصد\s*و\s*(?P<old>نود\s*و\s*سه)|چهارصد\s*و\s*دو)(?![\u0621-\u06cc])"
    r"|(?<![\u0621-\u06cc])(?P<before>سال|سند|مصوبه?|راه|نامه|الکترونیکی?)\s+(?P<short>نود\s*و\s*سه)(?![\u0621-\u06cc])"
)
_YEARS = {"1393": "eservices-1393", "93": "eservices-1393", "1402": "pilot-projects-1402"}
#: Words by which the title of a resolution is known.
_TITLE_BEGINS = 3
_A_KIND = r"(?<![\u0621-\u06cc])(?:ماده|مواد|تبصره|بند|مرحله|گام|فصل|ردیف|جدول|م(?=[\s.]*[0-9]))"
#: A reference that ends before the name, and one that begins behind it.
_KIND_BEFORE = re.compile(rf"{_A_KIND}[^،؟?]{{0,20}}?\s*،?\s*(?:(?:از|در|متن|سند)\s+)*$")
_KIND_NEXT = re.compile(rf"\s*،?\s*{_A_KIND}|\s*،?\s*(?:{NUMBER_STEM})ین\s+{_A_KIND}")
_OF_YEAR = r"(?:(?:در|مصوب|سال)\s+)*"
#: «سند ۱۴۰۴ شورای عالی اداری», «مصوبه شورای عالی اداری در سال ۱۴۰۴»: a text by who issued it and when.
_DOCUMENT = (
    r"(?:سند|متن|مصوبه|مصوبات|تصویب[\s\u200c]*نامه|مقرره|بخشنامه|دستورالعمل)\s+(?:ی\s+)?"
    rf"{_OF_YEAR}(?:(?:{'|'.join(MONTHS)})(?:\s*ماه)?\s+(?:سال\s+)?)?"
)
#: The number of a row behind the name of its table.
_ROW_NEXT = re.compile(
    rf"[\s\u200c،,]*(?:(?:شماره[\s\u200c]*)?[0-9]{{1,2}}(?![0-9/])|شماره\s+(?:{NUMBER_STEM})(?![\u0621-\u06cc]))"
)
#: What the rows are called that a name is of.
_ROWS_OF = {"پروژه": "پروژه", "طرح": "پروژه", "گام": "گام"}
_ROWS_APART = re.compile(r"(?:(?<=⟂ پروژه)|(?<=⟂ گام))[\s\u200c]*[،,]\s*")
#: What may follow the name of a text: «ماده ۵ دستورالعمل در چه باره است».
_GOES_ON = frozenset({"به", "که", "داده"})


class TextNames:
    """Reads the names of the texts of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
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
        issued = [((plain(r.issuer), slug.rpartition("-")[2]), slug) for slug, r in corpus.regulations.items()]
        counts = Counter(which for which, _ in issued)
        self._of_issuer = {which: slug for which, slug in issued if counts[which] == 1}
        names = sorted({name for name, _ in self._of_issuer}, key=len, reverse=True)
        issuers = "|".join(map(_loose, names))
        self._issued = re.compile(
            rf"(?<![\u0621-\u06cc]){_DOCUMENT}(?:(?P<year>1[34][0-9]{{2}})\s+)?(?P<issuer>{issuers})"
            rf"(?:\s+{_OF_YEAR}(?P<later>1[34][0-9]{{2}}))?(?![\u0621-\u06cc0-9])"
        )
        self._titled = [one for p in corpus if p.kind is Kind.RESOLUTION and (one := _by_title(p))]
        # «تصویب‌نامه نقشه راه خدمات …» is the longest name behind «تصویب‌نامه», not «تصویب‌نامه نقشه راه»
        self._alias_pattern = re.compile(
            rf"(?<![\u0621-\u06cc\u200c])(?:(?:سند|تصویب[\s\u200c]*نامه|مصوبه)[\s\u200c]*(?:ی\s)?)?(?P<alias>{alternatives})(?![\u0621-\u06cc0-9])"
        )
        #: All names, plain.
        self.all = (*(alias for alias, _ in aliases), *(name for name, _ in cited))

    def with_resolutions(self, text: str) -> str:
        """A plain text with the titles of resolutions («مصوبه تکمیلی الزامات فنی») as their numbers («مصوبه 2»)."""
        for title, number in self._titled:
            text = title.sub(f" مصوبه {number} ", text)
        return text

    def of_title(self, slug: str) -> frozenset[str]:
        """Words of the titles and nicknames of one text."""
        regulation = self._corpus.regulations[slug]
        return frozenset(w for name in (regulation.title, *regulation.aliases) for w in re.findall(r"\w+", plain(name)))

    def without_short(self, text: str) -> str:
        """A plain text with the mark of a text in the place of each short name."""
        return self._cited_pattern.sub(" ⟂ ", text)

    def cited_as(self, text: str) -> tuple[str, ...]:
        """Regulations by short names that mean them only beside a reference («ماده ۵ چرخه»)."""
        found = {
            slug: {n for n in map(plain, regulation.cited_as) if _stands_in(n, text) and not _by_the_way(n, text)}
            for slug, regulation in self._corpus.regulations.items()
        }
        named = [slug for slug, names in found.items() if names]
        particular = [slug for slug in named if found[slug] - _GENERIC_NAMES]
        return tuple(particular or named)

    def only_generic(self, text: str) -> bool:
        """Whether what names a regulation here is only a word that others bear, too."""
        names = (n for r in self._corpus.regulations.values() for n in map(plain, r.cited_as))
        return all(n in _GENERIC_NAMES for n in names if _stands_in(n, text))

    def named(self, text: str) -> tuple[str, ...]:
        """Slugs of the regulations that a text names by title, nickname, number or year."""
        return self.named_in(ascii_digits(text))[0]

    def names_one(self, text: str) -> bool:
        """Whether a plain text names a regulation, be it by a short name («چرخه»)."""
        return bool(self.named_in(text)[0] or self.cited_as(text))

    def named_shortly(self, text: str) -> tuple[tuple[str, ...], str]:
        """Slugs of the regulations that a plain text names by short names («چرخه»), everyday words left out; the text
        without these names.
        """
        found = [m for m in self._cited_pattern.finditer(text) if m.group() not in _GENERIC_NAMES]
        rest = self._cited_pattern.sub(lambda m: m.group() if m.group() in _GENERIC_NAMES else " ", text)
        return tuple(dict.fromkeys(self._cited[_squeezed(m.group())] for m in found)), rest

    def without(self, text: str) -> str:
        """The text without the regulations that it names and the «در» or «طبق» before them."""
        stripped = self.named_in(ascii_digits(text))[1]
        return re.sub(r"(?:(?<![\u0621-\u06cc])(?:در|طبق|توی|تو|بر اساس|از نظر|متن|سند)\s+)*⟂", " ", stripped).strip()

    def named_in(self, text: str) -> tuple[tuple[str, ...], str]:
        found: list[str] = []

        def note(slug: str) -> str:
            found.append(slug)
            return " ⟂ "

        text = _YEAR_IN_WORDS.sub(_year_in_digits, text)
        if previous := self._previous:
            text = _PREVIOUS.sub(lambda m: note(previous), text)
        text = self._alias_pattern.sub(
            lambda m: note(self._aliases[_squeezed(m["alias"])]) + _rows_in(m["alias"], text[m.end() :]), text
        )
        text = _ROWS_APART.sub(" ", text)
        text = re.sub(
            r"[0-9]{4,}", lambda m: note(self._numbers[m.group()]) if m.group() in self._numbers else m.group(), text
        )
        text = _DATED.sub(
            lambda m: m["before"] + note(self._dates[d]) if (d := _date(m)) in self._dates else m.group(), text
        )
        text = self._issued.sub(lambda m: note(slug) if (slug := self._issued_by(m)) else m.group(), text)
        text = _YEAR.sub(lambda m: note(_YEARS[m.group(1)]), text)
        return tuple(dict.fromkeys(found)), text

    def _issued_by(self, found: re.Match[str]) -> str | None:
        issuer = re.sub(r"[\s\u200c]+", " ", found["issuer"])
        return self._of_issuer.get((issuer, found["year"] or found["later"] or ""))

    def beside(self, text: str, *, short: bool) -> tuple[str, ...]:
        """The one text whose name follows a numbered part («مرحله ۳ نقشه راه، سند حکمرانی داده‌مبنا»): others that are
        named are the matter. `short`: by a short name («ماده ۱۳ بخشنامه چرخه به نقشه راه …»).
        """
        numbered = (m for m in PART.finditer(text) if number_in(m))
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

    def cited_names(self, text: str) -> tuple[str, ...]:
        """Texts by the longest short names that stand in a text."""
        return tuple(dict.fromkeys(self._cited[_squeezed(m.group())] for m in self._cited_pattern.finditer(text)))


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


def _year_in_digits(found: re.Match[str]) -> str:
    if found["short"]:
        return f"{found['before']} 93"
    return "1393" if found["old"] else "1402"


def _date(found: re.Match[str]) -> str:
    """The date that `_DATED` found, as the corpus writes it: 1404-01-31."""
    if found["name"]:
        return f"{found['y']}-{MONTHS.index(found['name']) + 1:02}-{int(found['d']):02}"
    return f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"


def _stands_in(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<![\u0621-\u06cc]){_loose(name)}(?![\u0621-\u06cc])", text))


def _rows_in(alias: str, behind: str) -> str:
    """The kind of the rows that a name is of where their numbers follow («پروژه‌های پیشران شماره ۱۴ و ۱۷»)."""
    kind = next((kind for kind in _ROWS_OF if re.search(rf"(?<![\u0621-\u06cc]){kind}", alias)), "")
    return _ROWS_OF[kind] if kind and _ROW_NEXT.match(behind) else ""


def _loose(alias: str) -> str:
    """An alias as a pattern that takes any spacing and half-spaces."""
    return r"[\s\u200c]*".join(re.escape(w) for w in re.split(r"[\s\u200c]+", ascii_digits(alias)))


def _squeezed(alias: str) -> str:
    return re.sub(r"[\s\u200c]+", "", ascii_digits(alias))


def _regulation_aliases(corpus: Corpus) -> list[tuple[str, str]]:
    pairs = [(a, r.slug) for r in corpus.regulations.values() for a in (r.title, r.short_title, *r.aliases)]
    unique = {plain(a): slug for a, slug in reversed(pairs) if len(a) > 2}
    return sorted(unique.items(), key=lambda pair: -len(pair[0]))
