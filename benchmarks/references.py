"""References made by rule from the corpus, asked of the whole answerer: `python -m benchmarks.references --seed 7 --misses`.

Every addressable provision × names of its text × ways of writing numbers × orders × questions around them × one spoiling
(a slip of one letter, Arabic letters, no half-spaces, words run together, Latin letters). Drawn by seed, `--count` a run;
beside them references to what does not exist, which must be said not to. The words stand in `references.toml`.

A reference that several provisions bear counts as right when it is asked back with the right one among the choices; one
that only one bears counts when that very provision is the answer (where a limit or a body is asked for, also a part of
it). A slip after which nobody could tell two numbers apart is not drawn.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from rapidfuzz.distance import OSA

from benchmarks.questions import TODAY, build, share
from knowledge.answers import Answer, Status
from knowledge.confidence import load_confidence
from knowledge.provisions import Address, Corpus, Kind, Provision

WORDS: Final[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
ZWNJ: Final = "\u200c"
LENGTH_MAX: Final = 300  # characters of a question that is read at all
COUNT, SEED = 4_000, 7
#: Shares of what is drawn; the rest is one provision each.
MISSING_SHARE, SEVERAL_SHARE, WHOLE_SHARE = 0.08, 0.06, 0.03
NAMED_SHARE, RESOLUTION_OMITTED, NUMBER_OMITTED, SHORT_SHARE, OUTWARD_SHARE, NTH_SHARE = (
    0.75,
    0.15,
    0.1,
    0.08,
    0.4,
    0.08,
)
ASKING_SHARE, EZAFE_SHARE, CARDINAL_SHARE = 0.15, 0.08, 0.33
SPOILINGS: Final = (
    "none", "none", "neighbour", "omitted", "swapped", "doubled", "arabic", "no half-space", "joined", "all joined",
    "latin", "latin",
)  # fmt: skip

_PERSIAN, _ARABIC = "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"
_KINDS: Final[Mapping[Kind, str]] = {
    Kind.ARTICLE: "article", Kind.NOTE: "note", Kind.LIST_ITEM: "item", Kind.STAGE_ITEM: "item", Kind.STAGE: "stage",
    Kind.PHASE: "stage", Kind.STAGE_ACTOR: "actor", Kind.STEP: "step", Kind.CHAPTER: "chapter", Kind.PART: "part",
    Kind.RESOLUTION: "resolution", Kind.PREFACE: "preface", Kind.LETTER: "letter",
}  # fmt: skip
#: Kinds that only hold others together where something inside them is cited.
_LEFT_OUT: Final = frozenset({"chapter", "part", "step"})
#: Kinds that are cited without what they stand in.
_ALONE: Final = frozenset({"project", "row", "stage", "step", "chapter", "part", "preface", "letter"})


@dataclass(frozen=True)
class Part:
    """One component of a reference; no mark: the only one of its kind, or all of them."""

    kind: str
    mark: str


@dataclass(frozen=True)
class Case:
    """One question. `right`: the provisions that the reference means; none: it does not exist.

    `expects` is "one", "choice", "all" or "missing"; `inside`: a part of the right one will do.
    """

    question: str
    kind: str
    spoiling: str
    right: frozenset[Address]
    target: Address | None
    expects: str
    inside: bool = False

    def holds(self, answer: Answer, corpus: Corpus) -> bool:
        """Whether the answer is right."""
        hits = {hit.address for hit in answer.hits}
        match self.expects:
            case "missing":
                return answer.status is Status.NO_SUCH_PROVISION
            case "choice":
                return answer.status is Status.ASKED_BACK and self.target in hits
            case "all":
                return answer.status in (Status.ANSWERED, Status.ASKED_BACK) and self.right <= hits
        if answer.status is not Status.ANSWERED or answer.main is None:
            return False
        above = [p.address for p in corpus.ancestors(answer.main)] if self.inside else []
        return bool(self.right & {answer.main, *above})


# -- what can be cited -----------------------------------------------------------------------------------------------


class Citable:
    """All provisions of a corpus that have a number, letter or place to be cited by."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.chains = {p.address: chain for p in corpus if (chain := self._chain(p))}

    def _chain(self, provision: Provision) -> tuple[Part, ...]:
        """Its components from the inside out; () where something in it has no number."""
        first = self._part(provision)
        if first is None:
            return ()
        chain = [first]
        for above in self.corpus.ancestors(provision.address):
            if chain[-1].kind in _ALONE:
                break
            if above.kind is Kind.HEADING and chain[-1].kind == "item":
                return ()  # «بند ۲» of a heading without a number
            if (part := self._part(above)) is not None and part.kind not in _LEFT_OUT:
                chain.append(part)
        return tuple(chain)

    def _part(self, p: Provision) -> Part | None:
        kind = _KINDS.get(p.kind)
        if p.kind is Kind.TABLE_ROW:
            kind = "project" if p.address.eid.startswith("project") else "row"
        if kind is None or (p.kind is Kind.LETTER and p.address.regulation != "pilot-projects-1402"):
            return None  # elsewhere it is no letter of promulgation
        siblings = [s for s in self.corpus.children(p.parent) if s.kind is p.kind] if p.parent else []
        if kind == "item" and p.parent and self.corpus[p.parent].kind is Kind.LIST_ITEM:
            kind = "sub_item"
        place = p.address.eid.rpartition("_")[2]
        if kind in ("preface", "letter") or (kind == "note" and len(siblings) == 1):
            return Part(kind, "")
        return None if kind == "part" and p.number is None else Part(kind, p.number or place)

    def meant(self, spec: Sequence[Part], slugs: Sequence[str]) -> frozenset[Address]:
        """All that a reference may mean in these texts; a resolution may be left unsaid, a note's number, too."""
        return frozenset(a for a, chain in self.chains.items() if a.regulation in slugs and _fits(spec, chain))

    def numbers(self, slug: str, kind: str) -> list[int]:
        """Numbers that provisions of a kind bear in a text."""
        marks = (chain[0].mark for a, chain in self.chains.items() if a.regulation == slug and chain[0].kind == kind)
        return [int(mark) for mark in marks if mark.isdigit()]


def _names_rows(name: str) -> bool:
    """«پروژه‌های پیشران», «نه گام هوشمندسازی»: the rows just as well as the text that holds them."""
    rows = [word for kind in ("project", "step") for word in WORDS["words"][kind]]
    return any(word in name for word in rows) and not any(word in name for word in WORDS["documents"]["words"])


def _fits(spec: Sequence[Part], chain: Sequence[Part]) -> bool:
    if len(chain) == len(spec) + 1 and chain[-1].kind == "resolution":
        chain = chain[:-1]
    return len(spec) == len(chain) and all(
        s.kind == c.kind and (s.mark == c.mark or (s.kind == "note" and (not s.mark or (not c.mark and s.mark == "1"))))
        for s, c in zip(spec, chain, strict=True)
    )


# -- how it is written -----------------------------------------------------------------------------------------------


def cardinal(n: int) -> str:
    """«بیست و یک», from 1 to 99."""
    units, tens = WORDS["numbers"]["units"], WORDS["numbers"]["tens"]
    if n < len(units):
        return str(units[n])
    return str(tens[n // 10]) + (f" و {units[n % 10]}" if n % 10 else "")


def ordinal(n: int) -> str:
    """«بیست و یکم», «سوم», «سی‌ام»."""
    if n == 1:
        return str(WORDS["numbers"]["first"])
    head, _, last = cardinal(n).rpartition(" ")
    return f"{head} {WORDS['numbers']['ordinals'].get(last, last + 'م')}".strip()


class Writer:
    """Draws ways of writing. `chance` decides."""

    def __init__(self, corpus: Corpus, chance: random.Random) -> None:
        self._corpus, self._chance = corpus, chance

    def number(self, mark: str) -> str:
        """One way of writing a number or a letter."""
        pick = self._chance.choice
        if not mark.isdigit():
            return pick([mark, mark, f"({mark})", f"«{mark}»"]) if not re.search("[0-9]", mark) else persian(mark)
        n = int(mark)
        if n > 99:
            return persian(mark)
        word = cardinal(n) if self._chance.random() < CARDINAL_SHARE else ordinal(n)
        words = word.replace(" و ", pick(WORDS["numbers"]["and"]))
        digits = pick([persian(mark), persian(mark), mark, arabic(mark)])
        around = pick(["{}", "{}", "{}", "{}", "{}", *WORDS["numbers"]["written"]])
        return str(pick([words, around.format(digits), around.format(digits)]))

    def part(self, part: Part, *, usual: bool = False) -> str:
        words: Sequence[str] = WORDS["words"][part.kind]
        word = words[0] if usual else self._chance.choice(words)
        if not part.mark:
            return word
        if part.mark.isdigit() and int(part.mark) < 100 and self._chance.random() < NTH_SHARE:
            return f"{ordinal(int(part.mark))}ین {word}"
        ezafe = ZWNJ + "ی" if word.endswith("ه") and self._chance.random() < EZAFE_SHARE else ""
        return f"{word}{ezafe} {self.number(part.mark)}"

    def name(self, slug: str, *, alone: bool = False) -> str:
        """A text by one of its names, or the number or date of its letter; `alone`: not by a word that others bear."""
        pick = self._chance.choice
        r = self._corpus.regulations[slug]
        own = [r.title, r.short_title, r.short_title, pick(r.aliases), pick(r.aliases), pick(r.cited_as)]
        own = [n for n in own if not (alone and n in WORDS["shared"]["names"])]
        forms = [*own, pick(WORDS["nicknames"][slug]), pick(WORDS["nicknames"][slug])]
        forms += self.lettered(slug)[:1]
        name, before = str(pick(forms)), str(pick(WORDS["before_name"]["words"]))
        return name if before and name.startswith(before.split()[-1].rstrip("ِ")) else before + name

    def lettered(self, slug: str) -> list[str]:
        """Names by number and date, in any order."""
        r, numbered = self._corpus.regulations[slug], WORDS["numbered"]
        dated = next((d for d in (r.promulgated, r.approved) if d), None)
        forms = [f for f in numbered["numbers"] if r.number and (dated or "{y}" not in f)]
        forms += numbered["dates"] if dated else []
        self._chance.shuffle(forms)
        year, month, day = (dated or "0-1-0").split("-")
        short = self._chance.random() < 0.5
        filled = {
            "n": persian(r.number or ""),
            "y": persian(year),
            "m": persian(str(int(month)) if short else month),
            "d": persian(str(int(day)) if short else day),
            "month": numbered["months"][int(month) - 1],
        }
        return [form.format(**filled) for form in forms]

    def reference(self, spec: Sequence[Part], name: str) -> str:
        """The components and the name, inner or outer ones first."""
        short = all(p.kind in WORDS["short"] and p.mark.isdigit() for p in spec)
        if short and self._chance.random() < SHORT_SHARE:
            parts = [self._chance.choice(WORDS["short"][p.kind]) + persian(p.mark) for p in spec]
            return " ".join([*parts, name]).strip() if self._chance.random() < 0.7 else "".join(parts) + f" {name}"
        parts = [self.part(p, usual=len(spec) > 1 and p.kind != "sub_item") for p in spec]
        if name and len(spec) == 1 and (within := WORDS["within"].get(spec[0].kind)):
            parts += [w for w in [self._chance.choice(within)] if w]
        if not name or self._chance.random() >= OUTWARD_SHARE:
            inward = [*parts, name] if name else parts
            if not name and len(parts) > 1 and self._chance.random() < OUTWARD_SHARE:
                inward.reverse()
            return self._tied(inward)
        outward = parts[::-1]
        place = self._chance.choice([0, 0, len(outward), 1])  # «ماده ۶ نقشه راه تبصره ۲»
        outward.insert(min(place, len(outward)), name)
        return str(self._chance.choice(WORDS["order"]["ties_outward"])).join(outward).strip()

    def _tied(self, parts: Sequence[str]) -> str:
        text = parts[0]
        for part in parts[1:]:
            tie = self._chance.choice(WORDS["order"]["ties"])
            bare = any(text.endswith(word) for words in WORDS["words"].values() for word in words)  # «تبصره‌ی ماده ۷»
            tie = " " if tie.startswith("ی") and not (bare and text.endswith("ه")) else tie.replace("ی", ZWNJ + "ی")
            text += tie + part
        return text.strip()

    def framed(self, reference: str, *, asking: bool) -> str:
        frame: str = self._chance.choice(WORDS["frames"]["asking" if asking else "plain"])
        return frame.replace("{}", f"\0{reference}\0")  # the reference stays marked until it is spoiled


def persian(text: str) -> str:
    return text.translate({ord(str(n)): _PERSIAN[n] for n in range(10)})


def arabic(text: str) -> str:
    return text.translate({ord(str(n)): _ARABIC[n] for n in range(10)})


def ascii_of(text: str) -> str:
    return text.translate({ord(d): str(n) for digits in (_PERSIAN, _ARABIC) for n, d in enumerate(digits)})


# -- spoilings -------------------------------------------------------------------------------------------------------


class Spoiler:
    """Spoils a question in one way; the reference in it stands between two NULs."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._ways: Mapping[str, Callable[[str], str]] = {
            "arabic": lambda t: arabic(ascii_of(t)).replace("ی", "ي").replace("ک", "ك"),
            "no half-space": lambda t: t.replace(ZWNJ, chance.choice(["", " "])),
            "latin": self._latin,
        }

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(
            w for n in range(1, 100) for form in (cardinal(n), ordinal(n)) for w in form.split() if w != "و"
        )

    def spoiled(self, question: str, spoiling: str) -> str | None:
        """The spoiled question, or None where this spoiling has nothing to spoil."""
        before, reference, after = question.split("\0")
        if spoiling == "none":
            return before + reference + after
        if spoiling in self._ways:
            done = self._ways[spoiling](before + reference + after)
        elif spoiling in ("joined", "all joined"):
            done = before + self._joined(reference, every=spoiling == "all joined") + after
        else:
            done = before + self._slipped(reference, spoiling) + after
        return None if done == before + reference + after else done

    def _joined(self, text: str, *, every: bool) -> str:
        places = [
            m.start() for m in re.finditer(" ", text) if not (text[m.start() - 1 :][:1].isdigit() and text[m.end() :][:1].isdigit())
        ]  # fmt: skip
        gone = set(places if every else [self._chance.choice(places)] if places else ())
        return "".join(letter for n, letter in enumerate(text) if n not in gone and not (every and letter == ZWNJ))

    def _slipped(self, text: str, way: str) -> str:
        words = [m for m in re.finditer("[\u0621-\u065f\u066a-\u06cc]+", text) if len(m.group()) > 2]
        self._chance.shuffle(words)
        for found in words:
            word = found.group()
            slip = self._slip(word, way)
            if slip != word and self._can_be_told(word, slip):
                return text[: found.start()] + slip + text[found.end() :]
        return text

    def _slip(self, word: str, way: str) -> str:
        at = self._chance.randrange(len(word))
        if way == "omitted":
            return word[:at] + word[at + 1 :]
        if way == "doubled":
            return word[:at] + word[at] + word[at:]
        if way == "swapped":
            at = self._chance.randrange(len(word) - 1)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        beside = _beside(word[at])
        return word[:at] + self._chance.choice(beside) + word[at + 1 :] if beside else word

    def _can_be_told(self, word: str, slip: str) -> bool:
        """Not another word of references, and no number as near to it as the one that was meant."""
        if word.endswith("ین") and word.removesuffix("ین") in self._numbers:  # «شانزدهمین»
            word, slip = word.removesuffix("ین"), slip.removesuffix("ین")
        if slip in WORDS["latin"] or slip in self._numbers:
            return False
        if word not in self._numbers:
            return True
        others = self._numbers - {word} - {w for w in self._numbers if same_value(w, word)}
        return all(OSA.distance(slip, other) > OSA.distance(slip, word) for other in others)

    def _latin(self, text: str) -> str:
        text = re.sub(r"(?<=بند )([(«]?)و(?=[)»]|[ ؟،]|$)", r"\1واو", text)
        pieces = re.findall(r"[\u0621-\u063a\u0641-\u06cc\u200c\u064b]+|[0-9]+|[^\w\u200c]+", ascii_of(text))
        return "".join(self._latin_word(p) for p in pieces)

    def _latin_word(self, piece: str) -> str:
        if not re.search("[\u0621-\u063a\u0641-\u06cc]", piece):
            return piece.translate(str.maketrans("؟،«»", "?,  ")).replace(ZWNJ, "")
        table: Mapping[str, Sequence[str]] = WORDS["latin"]
        if piece in table:
            return self._chance.choice(table[piece])
        if piece.startswith("و") and piece[1:] in table:  # «بیست ویکم»
            return "o " + self._latin_word(piece[1:])
        if ZWNJ in piece:
            between = self._chance.choice(["", " "])
            return between.join(self._latin_word(p) for p in piece.split(ZWNJ) if p)
        ending = next((e for e in ("ین", "ِ", "م", "ی") if piece.endswith(e) and piece.removesuffix(e) in table), None)
        if ending is None:
            if "و" in piece[1:-1] and all(p in table for p in piece.split("و", 1)):  # «بیستویکم»
                return " o ".join(self._latin_word(p) for p in piece.split("و", 1))
            raise KeyError(f"references.toml [latin] lacks {piece!r}")
        return self._latin_word(piece.removesuffix(ending)) + {"ین": "in", "ِ": "", "م": "om", "ی": "ye"}[ending]


def same_value(first: str, second: str) -> bool:
    """Whether two words are cardinal and ordinal of one number."""
    return any(
        {first, second} <= {*cardinal(n).split(), *ordinal(n).split()} for n in (*range(1, 21), *range(20, 100, 10))
    )


def _beside(letter: str) -> list[str]:
    """Keys left, right, above and below."""
    rows: Sequence[str] = WORDS["keyboard"]["rows"]
    for r, row in enumerate(rows):
        if (at := row.find(letter)) >= 0:
            across = [row[i] for i in (at - 1, at + 1) if 0 <= i < len(row)]
            return across + [rows[i][at] for i in (r - 1, r + 1) if 0 <= i < len(rows) and at < len(rows[i])]
    return []


# -- drawing ---------------------------------------------------------------------------------------------------------


class Drawer:
    """Draws cases without end."""

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self._chance = random.Random(seed)
        self._corpus, self._citable = corpus, Citable(corpus)
        self._writer, self._spoiler = Writer(corpus, self._chance), Spoiler(self._chance)
        self._slugs = tuple(corpus.regulations)
        self._by_kind: dict[str, list[Address]] = {}
        for address, chain in self._citable.chains.items():
            self._by_kind.setdefault(chain[0].kind, []).append(address)

    def cases(self) -> Iterator[Case]:
        while True:
            draw = self._chance.random()
            if draw < MISSING_SHARE:
                made = self._missing()
            elif draw < MISSING_SHARE + SEVERAL_SHARE:
                made = self._several()
            elif draw < MISSING_SHARE + SEVERAL_SHARE + WHOLE_SHARE:
                made = self._whole()
            else:
                made = self._single()
            spoiling = self._chance.choice(SPOILINGS)
            question = self._spoiler.spoiled(made.question, spoiling)
            if question is not None and len(question) <= LENGTH_MAX:
                yield replace(made, question=question, spoiling=spoiling)

    def _single(self) -> Case:
        """A provision drawn by kind first, so that rare kinds are asked as often as items."""
        pool = self._by_kind[self._chance.choice([*self._by_kind, "article", "note", "item"])]
        target = self._chance.choice(pool)
        spec = list(self._citable.chains[target])
        always_named = spec[-1].kind in ("row", "part", "preface", "letter") or any(p.kind == "sub_item" for p in spec)
        named = always_named or self._chance.random() < NAMED_SHARE
        if len(spec) > 1 and spec[-1].kind == "resolution" and self._chance.random() < RESOLUTION_OMITTED:
            spec.pop()
        if len(spec) > 1 and spec[0].kind == "note" and self._chance.random() < NUMBER_OMITTED:
            spec[0] = Part("note", "" if spec[0].mark else "1")
        right = self._citable.meant(spec, (target.regulation,) if named else self._slugs)
        sure = len(right) == 1  # of several, the one that sets a limit would be meant
        asking = (
            sure
            and self._chance.random() < ASKING_SHARE
            and spec[0].kind not in ("preface", "letter", "chapter", "part")
        )
        text = self._writer.reference(spec, self._writer.name(target.regulation) if named else "")
        kind = " in ".join(p.kind for p in spec) + ("" if named else ", no text named")
        expects = "one" if sure else "choice"
        return Case(self._writer.framed(text, asking=asking), kind, "", right, target, expects, inside=asking)

    def _whole(self) -> Case:
        slug = self._chance.choice(self._slugs)
        r = self._corpus.regulations[slug]
        names = [r.title, r.short_title, *r.aliases, *self._writer.lettered(slug)[:1]]
        name = self._chance.choice([n for n in names if not _names_rows(n)])
        text = self._chance.choice(["\0{}\0", "\0{}\0؟", "متن \0{}\0", "سند \0{}\0 رو نشان بده"]).format(name)
        return Case(text, "whole text", "", frozenset({Address(slug)}), Address(slug), "one")

    def _several(self) -> Case:
        """«تبصره‌های ماده ۶», «ماده ۵ و ۶», «تبصره ۱ و ۲ ماده ۲۱»."""
        pick = self._chance.choice
        within = pick(
            [a for a in self._by_kind["article"] if len(self._parts(a, "note")) + len(self._parts(a, "item")) > 1]
        )
        name = self._writer.name(within.regulation)
        chain = self._citable.chains[within]
        kind = pick([k for k in ("note", "item") if len(self._parts(within, k)) > 1] or ["note"])
        parts = self._parts(within, kind)
        way = pick(["plural", "pair", "articles"])
        if way == "articles" or not parts:
            number = int(chain[0].mark)
            beside = self._citable.meant((Part("article", str(number + 1)), *chain[1:]), (within.regulation,))
            if len(beside) == 1:
                outer = " ".join(self._writer.part(p, usual=True) for p in chain[1:])
                one, other = self._pair_of_numbers(number, number + 1)
                text = f"{pick(['ماده', 'مواد', 'ماده‌های'])} {one} و {other} {outer} {name}".replace("  ", " ")
                return Case(self._writer.framed(text, asking=False), "two articles", "", frozenset({within, *beside}), within, "all")  # fmt: skip
        numbered = [a for a in parts if self._citable.chains[a][0].mark.isdigit()]
        if way == "pair" and len(numbered) > 1:
            first = self._chance.randrange(len(numbered) - 1)
            two = numbered[first : first + 2]
            one, other = self._pair_of_numbers(*(int(self._citable.chains[a][0].mark) for a in two))
            text = f"{WORDS['words'][kind][0]} {one} و {other} {self._writer.reference(chain, name)}"
            return Case(self._writer.framed(text, asking=False), f"two {kind}s", "", frozenset(two), two[0], "all")
        text = f"{pick(WORDS['plurals'][kind])} {self._writer.reference(chain, name)}"
        right = frozenset(parts) if kind == "note" else frozenset({within})
        return Case(self._writer.framed(text, asking=False), f"all {kind}s", "", right, within, "all")

    def _pair_of_numbers(self, one: int, other: int) -> tuple[str, str]:
        numbers = [(persian(str(one)), persian(str(other))), (str(one), str(other)), (ordinal(one), ordinal(other))]
        return self._chance.choice(numbers)

    def _parts(self, within: Address, kind: str) -> list[Address]:
        return [
            a for a, chain in self._citable.chains.items()
            if a.regulation == within.regulation and chain[0].kind == kind and chain[1:] == self._citable.chains[within]
        ]  # fmt: skip

    def _missing(self) -> Case:
        """A number beyond the last, a note that an article lacks, a kind that a text lacks."""
        pick = self._chance.choice
        way = pick(["beyond", "beyond", "beyond within", "no note", "no such kind", "nowhere"])
        slug = pick(self._slugs)
        name = self._writer.name(slug, alone=True)
        if way == "nowhere":
            kind = pick(["article", "project", "step"])
            spec = [Part(kind, str(self._beyond(self._slugs, kind)))]
            name = ""
        elif way == "no such kind":
            lacking = {k: [s for s in self._slugs if not self._citable.numbers(s, k)] for k in ("chapter", "row")}
            kind = pick(["chapter", "chapter", "row"])
            slug = pick(
                [s for s in lacking[kind] if kind == "chapter" or s not in ("pilot-projects-1402", "roadmap-1404")]
            )
            name, spec = self._writer.name(slug, alone=True), [Part(kind, str(self._chance.randint(1, 9)))]
        elif way == "beyond":
            kinds = [
                k
                for k in ("article", "project", "step", "stage", "chapter", "row", "resolution")
                if self._citable.numbers(slug, k)
            ]
            kind = pick(kinds)
            spec = [Part(kind, str(self._beyond((slug,), kind)))]
        else:
            article = pick(self._by_kind["article"])
            name, chain = self._writer.name(article.regulation, alone=True), self._citable.chains[article]
            kind = "note" if way == "no note" else pick(["note", "item"])
            if way == "no note":
                bare = [a for a in self._by_kind["article"] if not self._inside(a, "note")]
                article = pick(bare)
                name, chain = self._writer.name(article.regulation, alone=True), self._citable.chains[article]
                spec = [Part("note", ""), *chain]
            else:
                there = len(self._inside(article, kind))
                spec = [Part(kind, str(there + self._chance.randint(2, 9))), *chain]
        text = self._writer.reference(spec, name)
        return Case(self._writer.framed(text, asking=False), f"missing: {way}", "", frozenset(), None, "missing")

    def _inside(self, article: Address, kind: str) -> list[Provision]:
        kinds = {"note": (Kind.NOTE,), "item": (Kind.LIST_ITEM,)}[kind]
        return [p for p in self._corpus.descendants(article) if p.kind in kinds]

    def _beyond(self, slugs: Sequence[str], kind: str) -> int:
        return max(n for slug in slugs for n in [0, *self._citable.numbers(slug, kind)]) + self._chance.randint(1, 20)


# -- printing --------------------------------------------------------------------------------------------------------


def report(done: Sequence[tuple[Case, bool]], out: Callable[[str], None]) -> None:
    views: Mapping[str, Callable[[Case], str]] = {"kind": lambda c: c.kind, "spoiling": lambda c: c.spoiling}
    for name, key in views.items():
        asked, held = Counter(key(c) for c, _ in done), Counter(key(c) for c, right in done if right)
        out(f"\nby {name}:")
        for value in sorted(asked, key=lambda v: (-asked[v], v)):
            out(f"  {value:44} {share(held[value], asked[value])}")
    out(f"\nall: {share(sum(right for _, right in done), len(done))}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.references")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--misses", action="store_true", help="list the misses")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as directory:
        corpus, _, answerer = build(Path(directory), load_confidence())
        done = []
        cases = Drawer(corpus, args.seed).cases()
        for _ in range(args.count):
            case = next(cases)
            answer = answerer.answer(case.question, today=TODAY)
            done.append((case, case.holds(answer, corpus)))
            if args.misses and not done[-1][1]:
                right = sorted(map(str, case.right))[:3]
                got = [str(hit.address) for hit in answer.hits[:3]]
                print(
                    f"{case.spoiling} | {case.kind} | {case.question} | {case.expects} {right} | {answer.status} {got}"
                )
    print(f"== references made by rule: {len(done)}, seed {args.seed} ==")
    report(done, print)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
