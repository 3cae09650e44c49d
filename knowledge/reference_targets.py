"""Which provisions a reference can mean, given its components and the texts that it may be of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from knowledge.answers import Missing
from knowledge.numerals import ascii_digits
from knowledge.provisions import ITEMS, Address, Corpus, Kind, Provision
from knowledge.reference_steps import Step, plain_marker
from knowledge.understanding import plain

__all__ = ["KIND_LABEL", "NOWHERE", "ReferenceTargets"]

KIND_LABEL = {
    "art": "ماده", "note": "تبصره", "list": "بند", "sub": "جزء", "res": "مصوبه", "project": "پروژه",
    "timetable": "ردیف", "item": "بند",
    "stage": "مرحله", "phase": "مرحله", "step": "گام", "chp": "فصل", "part": "بخش", "actor": "بخش",
}  # fmt: skip
#: What else a word may mean where the first is not there: «بخش پنجم» a chapter, «ردیف ۱۸» a project, «بند ۴ مرحله ۱»
#: what one of its bodies does.
_INSTEAD = {"part": "chp", "timetable": "project", "list": "actor"}
#: Kinds that a text may have none of: «فصل دوم چرخه» does not exist.
_LACKED = ("chp", "step", "stage", "timetable", "project")
#: Where a number was looked for when the question names no text.
NOWHERE = Address("")
#: Places of letters where the items carry none: الف، ب, then both orders in use agree no more.
_LETTER_PLACES = ("الف", "ب")


#: The number of a letter, which is no date.
_SLASHED = re.compile(r"(?<![0-9/])[0-9]{1,2}/[0-9]{4,}(?![0-9/])")
#: «در قسمت «ساختار کلی سند»», «ذیل عنوان «سایر الزامات»», «بخش سایر الزامات»
_HEADING_NEXT = r"(?<![\u0621-\u06cc])(?:(?:زیر|ذیل|در|توی?)\s+)*(?:قسمت|بخش|سرفصل|عنوان|تیتر|فصل|مبحث"
_QUOTED = re.compile(rf"{_HEADING_NEXT}|گام|مرحله|ذیل|زیر)\s*[«\"](?P<heading>[^«»\"]+)[»\"]")
_HEADING_MIN = 2  # words
#: What counts its articles anew: «اولین ماده فصل پنجم».
_HOLDERS = frozenset({Kind.CHAPTER, Kind.HEADING, Kind.STEP})
_HEADED = frozenset({Kind.CHAPTER, Kind.HEADING, Kind.PART, Kind.STEP, Kind.STAGE, Kind.PHASE})


class ReferenceTargets:
    """Looks references up in one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._headings = _headings(corpus)
        self._letters = {
            number: p.address
            for p in corpus
            if p.kind is Kind.LETTER
            for number in _SLASHED.findall(ascii_digits(p.wording))
        }
        titles = sorted({" ".join(words) for _, words in self._headings if len(words) >= _HEADING_MIN}, key=len)
        headings = "|".join(map(re.escape, reversed(titles)))
        self._unquoted = re.compile(rf"{_HEADING_NEXT})\s+(?P<heading>{headings})(?!\w)")
        self._known_families: dict[tuple[str, str, str], Sequence[Provision]] = {}

    def meant(self, pools: Sequence[str], chain: Sequence[Step], base: str = "") -> list[Address]:
        """Provisions that the components of a reference, from the outside in, can mean in the texts `pools`, below the
        provision of the eid `base`; [] where there is none.
        """
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
        if families[-2:] == ["list", "note"] and not chain[-1].numbers:
            # «تبصره ذیل بند ب ماده ۴», which is the article's
            return self.meant(pools, [*chain[:-2], chain[-1]], base)
        if families[-2:] == ["note", "list"] and self.meant(pools, [*chain[:-2], chain[-1]], base):
            return self.meant(pools, chain[:-1], base)  # «تبصره ۲ ماده ۱۵ برای بند ج»: the note speaks of it
        wholes = [step for step in chain if step.family != "item"]
        if len(wholes) < len(chain):  # «محور ۳ ماده ۵», where nothing is numbered: hardly a reference
            return [t for t in self.meant(pools, wholes, base) if not self.family_below(t.regulation, t.eid, "list")]
        return []

    def letter(self, text: str) -> Address | None:
        """The letter that bears a number which a plain text names («نامه ۱/۱۴۱۷۰۰»)."""
        return next((self._letters[number] for number in _SLASHED.findall(text) if number in self._letters), None)

    def headed(self, text: str, named_in: Callable[[str], Sequence[str]]) -> Address | None:
        """What stands under a heading that a plain text quotes («در قسمت «ساختار کلی سند»»), of which the beginning is
        enough; None where it quotes none, or one of several. `named_in`: the texts that one names.
        """
        found = _QUOTED.search(text) or self._unquoted.search(text)
        if found is None:
            return None
        words, named = found["heading"].split(), named_in(text)
        headed = [at for at, heading in self._headings if heading[: len(words)] == words]
        if len(words) < _HEADING_MIN:  # «ارزیابی» heads something in one text, and is a word of all
            headed = [at for at in headed if named and self._corpus[at].title == found["heading"]]
        headed = [at for at in headed if not named or at.regulation in named]
        return headed[0] if len(headed) == 1 else None

    def without_heading(self, text: str) -> str:
        """The text without the heading that it quotes."""
        return (_QUOTED if _QUOTED.search(text) else self._unquoted).sub(" ", text, count=1)

    def _lettered_otherwise(self, address: Address, step: Step) -> bool:
        mark = self._corpus[address].number
        return self._corpus[address].kind is Kind.LIST_ITEM and bool(mark) and _plain(mark) not in step.numbers

    def items(self, named: Sequence[str], chain: Sequence[Step]) -> list[Address]:
        """«بند ۴ نقشه راه»: that item of every article or heading that has one."""
        if len(chain) != 1 or chain[0].family != "list":
            return []
        rows = [p for slug in named for p in self.family_below(slug, "", "list")]
        whole = [p for p in rows if p.parent is not None and self._corpus[p.parent].kind not in ITEMS]
        return [p.address for number in chain[0].numbers if number[0] != "-" for p in self._numbered(whole, number)]

    def no_item(self, named: Sequence[str], chain: Sequence[Step]) -> Missing | None:
        """«بند ۹۹ نقشه راه»: that the text has no item of this number anywhere."""
        if len(named) != 1 or len(chain) != 1 or not chain[0].numbers[0].isdigit():
            return None
        return Missing(Address(named[0]), KIND_LABEL[chain[0].family], chain[0].numbers[0], None, None)

    def before_first(self, first: Address) -> Address | None:
        """What stands before the first article of a text: the preface; None for other kinds and where there is none."""
        preface = Address(first.regulation, "preface")
        return preface if self._corpus[first].kind is Kind.ARTICLE and self._corpus.get(preface) is not None else None

    def beyond(self, edge: Address, *, after: bool) -> Missing | None:
        """That nothing stands after the last of a family, or before its first: which numbers there are.

        None where the family is not numbered (headings, a preface).
        """
        family = _family(edge.eid)
        rows = self.family_below(edge.regulation, edge.eid.rpartition("__")[0], family)
        if family not in KIND_LABEL or not rows:
            return None
        within = Address(edge.regulation, edge.eid.rpartition("__")[0])
        place = int(edge.eid.rpartition("_")[2]) + (1 if after else -1)
        return Missing(within, KIND_LABEL[family], str(place), *_numbers_of(rows, within))

    def lacking(self, pools: Sequence[str], chain: Sequence[Step], base: str) -> Missing | None:
        """Which of several numbers do not exist where the others do («مواد ۳۳ و ۳۴», «ماده ۲۱ و ۵۰»)."""
        *outer, last = chain
        if len(last.numbers) < 2:
            return None
        lacking = [n for n in last.numbers if not self.meant(pools, [*outer, Step(last.family, (n,))], base)]
        missing = self.missing(pools, [*outer, Step(last.family, (lacking[0],))], base) if lacking else None
        return missing and replace(missing, number="، ".join(lacking))

    def _resolve(self, slug: str, chain: Sequence[Step], base: str = "") -> Iterator[Address]:
        bases = [base]
        for place, step in enumerate(chain, 1):
            bases = [eid for base in bases for eid in self._below(slug, base, step, last=place == len(chain))]
        yield from (Address(slug, eid) for eid in bases)

    def _below(self, slug: str, base: str, step: Step, *, last: bool) -> list[str]:
        """Eids that one component can mean below `base` («» is the regulation); direct children go before deeper
        ones, and what something else is within (not `last`) is a direct child wherever there is one.
        """
        rows = [p for p in self.family_below(slug, base, step.family) if base or p.kind is not Kind.LIST_ITEM]
        if not step.numbers:  # «تبصره ماده ۷»: every note of it (one is an answer, several are asked back)
            return [p.address.eid for p in rows] if step.family == "note" and base else []
        children = [] if last else [p for p in rows if p.address.eid.rpartition("__")[0] == base]
        found = [p for n in step.numbers for p in self._numbered(children, n) or self._numbered(rows, n)]
        if not found and step.family == "art" and base and self._corpus[Address(slug, base)].kind in _HOLDERS:
            places = [int(n) for n in step.numbers if n.isdigit()]  # «اولین ماده فصل پنجم»
            found = [rows[place - 1] for place in places if 0 < place <= len(rows)]
        direct = [p for p in found if p.address.eid.rpartition("__")[0] == base]
        return [p.address.eid for p in direct or found]

    def family_below(self, slug: str, base: str, family: str) -> Sequence[Provision]:
        key = (slug, base, family)
        if key not in self._known_families:
            self._known_families[key] = self._find_family(*key)
        return self._known_families[key]

    def _find_family(self, slug: str, base: str, family: str) -> Sequence[Provision]:
        families = _families(family)
        rows = [p for p in self._corpus.regulations[slug].provisions if p.address.eid]
        rows = [p for p in rows if _family(p.address.eid) in families]
        below = [p for p in rows if not base or self._is_below(p, Address(slug, base))]
        if family == "note" and base and not below:
            # «تبصره ماده ۶» hangs on one of its items, «تبصره‌های گام ۳» on articles
            return [p for p in rows if self._stands_in(p, Address(slug, base))]
        return below

    def _stands_in(self, provision: Provision, base: Address) -> bool:
        return any(above.address == base for above in self._corpus.ancestors(provision.address))

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
        return self._stands_in(p, base) and "__" not in p.address.eid

    def missing(self, pools: Sequence[str], chain: Sequence[Step], base: str) -> Missing | None:
        """The first component of the chain that does not exist, and which numbers do where one place is meant."""
        bases = [Address(slug, base) for slug in pools]
        for depth, step in enumerate(chain, 1):
            there = [a for slug in pools for a in self._resolve(slug, chain[:depth], base)]
            if there:
                bases = there
                continue
            rows = [(b, self.family_below(b.regulation, b.eid, step.family)) for b in bases]
            within, provisions = max(rows, key=lambda row: len(row[1]))
            if not step.numbers:
                return Missing(within, KIND_LABEL[step.family], "", None, None) if depth > 1 or base else None
            if not provisions and depth == 1 and not base and (len(pools) > 1 or step.family not in _LACKED):
                return None
            first, last = _numbers_of(provisions, within)
            if len(pools) > 1 and depth == 1 and step.family in ("art", "note"):
                within = NOWHERE
            return Missing(within, KIND_LABEL[step.family], step.numbers[0], first, last)
        return None


def _headings(corpus: Corpus) -> Sequence[tuple[Address, Sequence[str]]]:
    """What is headed, with the words of its title."""
    headed = [p for p in corpus if p.kind in _HEADED]
    return [(p.address, plain(title).split()) for p in headed for title in dict.fromkeys((p.title, p.heading)) if title]


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


def _family(eid: str) -> str:
    return eid.rpartition("__")[2].rpartition("_")[0] or eid


def _families(family: str) -> tuple[str, ...]:
    return {"stage": ("stage", "phase"), **dict.fromkeys(("list", "item", "sub"), ("list", "item"))}.get(
        family, (family,)
    )
