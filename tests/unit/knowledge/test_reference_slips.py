"""Slips around references are repaired; what belongs to no reference stays as it was typed."""

from __future__ import annotations

import random

import pytest

from knowledge.citations import CitationReader
from knowledge.numerals import persian_digits
from knowledge.provisions import Kind, Provision
from knowledge.reference_slips import SlipRepairer
from knowledge.understanding import plain
from tests.support.answering import real_finder
from tests.support.corpus import real_corpus

ORDINALS = ["اول", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم", "یازدهم", "دوازدهم", "سیزدهم", "چهاردهم", "پانزدهم", "شانزدهم", "هفدهم", "هجدهم", "نوزدهم", "بیستم"]  # fmt: skip
KINDS = {
    Kind.ARTICLE: "ماده",
    Kind.NOTE: "تبصره",
    Kind.TABLE_ROW: "ردیف",
    Kind.STEP: "گام",
    Kind.PHASE: "مرحله",
    Kind.STAGE: "مرحله",
    Kind.LIST_ITEM: "بند",
}


@pytest.fixture(scope="module")
def repairer() -> SlipRepairer:
    names = [plain(n) for r in real_corpus().regulations.values() for n in (r.title, r.short_title, *r.aliases)]
    return SlipRepairer(names, real_finder().is_everyday)


@pytest.fixture(scope="module")
def reader() -> CitationReader:
    return CitationReader(real_corpus(), real_finder().is_everyday)


def test_a_name_with_a_number_is_no_slip_of_a_reference(reader: CitationReader) -> None:
    assert reader.read("فواد 128 چیه") is None
    assert reader.read("ماه 6 نقشه راه") is not None  # printed so, too, but an everyday slip of «ماده»


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ماده سی و هفط", "ماده سی و هفت"),
        ("ماده چهرا", "ماده چهار"),
        ("گام پنچم چرخه", "گام پنجم چرخه"),
        ("ازماده 5 درنقشه راه", "از ماده 5 در نقشه راه"),
        ("متنتبصرهدوم", "متن تبصره دوم"),
        ("بندبجزءپنجم", "بند ب جزء پنجم"),
        ("ماده 3 نقشه راه خدمات الکترونیکی93یعنی چی", "ماده 3 نقشه راه خدمات الکترونیکی 93 یعنی چی"),
        ("ماده 3 نقشه راه خدمات دوتل الکترونیکی", "ماده 3 نقشه راه خدمات دولت الکترونیکی"),
        ("کام سوم چرخه", "گام سوم چرخه"),
        ("فلص دوم نقشه راه", "فصل دوم نقشه راه"),
        ("متن گامم 7", "متن گام 7"),
        ("تبصزه ماده 7 نقشه راه", "تبصره ماده 7 نقشه راه"),
        ("دوازدهمین ناده نقشه راه", "دوازدهمین ماده نقشه راه"),
        ("بندد سوم ماده 4", "بند سوم ماده 4"),
        ("بند االف ماده 4", "بند الف ماده 4"),
        ("ماده بییستوسه", "ماده بیستوسه"),
        ("اولیین مصوبه", "اولین مصوبه"),
        ("ماده‌اهی 6 و 7 نقشه راه", "ماده های 6 و 7 نقشه راه"),
        ("مقدهم چرخه هوشمندسازی", "مقدمه چرخه هوشمندسازی"),
        ("ماده 4 سنذ چرخه هوشمندسازی", "ماده 4 سند چرخه هوشمندسازی"),
        ("ماده 2 مصوبه 31 فروریدن 1404", "ماده 2 مصوبه 31 فروردین 1404"),
        ("بند6مماده5", "بند 6م ماده 5"),
        ("تبصره‌هایم26", "تبصره های م26"),
    ],
)
def test_repaired(repairer: SlipRepairer, typed: str, meant: str) -> None:
    assert repairer.repaired(plain(typed)) == plain(meant)


@pytest.mark.parametrize(
    "question",
    [
        "پنجره واحد خدمات از کجا شروع شد",
        "ماده هفته بعد ابلاغ می شود",
        "پروژه شهر هوشمند دست کیست",
        "مرحله بعد از ثبت نام چیست",
        "گام برداشتن به سوی دولت هوشمند",
        "ماده یکی مانده به اخر نقشه راه",
        "خدمات دولتی در دفتر پیشخوان",
        "نظرسنجی از مردم با کیه و تا کی وقت داشت",
        "ماده 5 نقشه راه خدمات دولتی",
        "برنامه هفتم ماده 107",
        "دربند تهران کجاست",
        "سازمان ملی بهره وری",
        "ماه اول نقشه راه چه می شود",
        "سال 93 نقشه راه",
        "خود ماده نه تبصره هاش",
        "نام 2 نفر از اعضا",
        "حکمرانی ماده 4",
        "بند جیم ماده 5",
        "تا سه ماهه اول سال 93",
        "مورد دوم تبصره 2 نقشه راه",
    ],
)
def test_what_is_no_slip_stays(repairer: SlipRepairer, question: str) -> None:
    assert repairer.repaired(plain(question)) == plain(question)


def test_every_provision_is_found_by_slipped_references(reader: CitationReader) -> None:
    """Each by its number in words with one slip, by Arabic letters, without spaces, and with commas."""
    chance, missed, asked = random.Random(1404), [], 0
    for provision in real_corpus():
        written = _written(provision)
        if written is None:
            continue
        for form in (_slipped(written, chance), _run_together(written, chance), written.replace(" ماده", "، ماده")):
            asked += 1
            citation = reader.read(plain(form))
            if citation is None or provision.address not in citation.targets:
                missed.append((form, str(provision.address)))
    assert asked > 500
    assert len(missed) <= 0.01 * asked, missed[:20]


def _written(provision: Provision) -> str | None:
    """«تبصره دوم ماده هفتم نقشه راه», of what has numbers alone, up to twenty."""
    corpus = real_corpus()
    chain = [p for p in (provision, *corpus.ancestors(provision.address)) if p.kind in KINDS]
    if (
        not chain
        or chain[0] is not provision
        or any(p.kind is Kind.RESOLUTION for p in corpus.ancestors(provision.address))
    ):
        return None
    if provision.address.eid.startswith("project"):
        return None
    if (
        any(p.kind is Kind.LIST_ITEM for p in (*chain[1:], *corpus.ancestors(provision.address)))
        or "hdg" in provision.address.eid
    ):
        return None
    if provision.kind is Kind.LIST_ITEM and not (provision.number or "1").isdigit():
        return None
    numbers = [int(p.address.eid.rpartition("_")[2]) for p in chain]
    if any(n > len(ORDINALS) for n in numbers):
        return None
    words = " ".join(f"{KINDS[p.kind]} {ORDINALS[n - 1]}" for p, n in zip(chain, numbers, strict=True))
    return f"{words} {corpus.regulation_of(provision.address).short_title}"


def _slipped(written: str, chance: random.Random) -> str:
    """Two neighbouring letters of one number word changed over, or one written twice."""
    words = written.split(" ")
    long = [i for i, word in enumerate(words) if word in ORDINALS and len(word) > 3]
    if not long:
        return written
    place = chance.choice(long)
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    twice = chance.random() < 0.5 or word[at] == word[at + 1]
    words[place] = word[: at + 1] + word[at:] if twice else word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def _run_together(written: str, chance: random.Random) -> str:
    words = persian_digits(written).split(" ")
    return words[0] + "".join(f"{'' if chance.random() < 0.4 else ' '}{word}" for word in words[1:])
