"""One word written in many ways is one word; different words stay different."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.analysis import (
    STOP_WORDS,
    analyse,
    analyse_question,
    fold,
    light_normalizer,
    matching_spans,
    skeleton,
    spans,
    stem,
)
from knowledge.lexicon import Lexicon, save_lexicon

ZWNJ = "\u200c"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كتاب يك", "کتاب یک"),
        ("مسئول", "مسؤول"),
        ("هیئت", "هیأت"),
        ("آیین‌نامه", "آئین‌نامه"),
        ("اِجرایِ", "اجرای"),
        ("ســامانه", "سامانه"),
        ("۱۴۰۴/۰۱/۳۱", "1404/1/31"),
        ("٢١", "21"),
        ("ماده۲۱", "ماده 21"),
        ("کتاب‌ها", "کتاب ها"),
        ("کتاب‌ها", "کتابها"),
        ("می‌شود", "می شود"),
        ("می‌شود", "میشود"),
        (f"دستگاه{ZWNJ}{ZWNJ}های", "دستگاه‌های"),
        (f"{ZWNJ}دستگاه{ZWNJ}", "دستگاه"),
        ("API", "api"),
    ],
)
def test_spellings_of_one_text(one: str, other: str) -> None:
    assert analyse(one).words == analyse(other).words


def test_compounds_stand_apart_and_joined() -> None:
    analysis = analyse("نظر‌سنجی‌های دولت")
    assert analysis.words == ("نظر", "سنجیهای", "دولت")
    assert analysis.compounds == ("نظرسنجیهای",)


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("کتابهای", "کتاب"),
        ("کتابهایشان", "کتاب"),
        ("بزرگترین", "بزرگ"),
        ("اجرایی", "اجرا"),
        ("میگوید", "گوید"),
        ("اطلاعات", "اطلاع"),
        ("میدان", "میدان"),
        ("21", "21"),
    ],
)
def test_stems(word: str, same: str) -> None:
    assert stem(word) == stem(same)


@pytest.mark.parametrize(("one", "other"), [("داده", "دولت"), ("ماده", "مواد"), ("۲۱", "۱۲"), ("حکم", "حکومت")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert {stem(w) for w in analyse(one).words}.isdisjoint(stem(w) for w in analyse(other).words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("سلام وقت بخیر نظرسنجی از مردم با کیه؟", ("نظرسنجی", "مردم")),
        ("می‌خوام بدونم مهلت نظرسنجی تا کِیه", ("مهلت", "نظرسنجی")),
        ("این سامانه رو کی باید راه بندازه", ("سامانه", "راه", "بندازه")),
        ("چیه؟", ("چیه",)),
        ("؟", ()),
    ],
)
def test_questions_keep_what_is_asked(question: str, words: tuple[str, ...]) -> None:
    assert analyse_question(question).words == words


def test_stop_words_remain_in_what_was_spoken() -> None:
    assert analyse_question("مهلت آن کی بود").spoken == ("مهلت", "ان", "کی", "بود")


def test_stop_words_are_folded() -> None:
    assert all(analyse(word).words == (word,) for word in STOP_WORDS)


def test_spans_point_into_the_unfolded_text() -> None:
    text = "ماده ۲۱ـ نظرسنجی‌ها، دستگاه‌های اجرایی (مسئول)"
    assert [text[s.start : s.end] for s in spans(text)] == [
        "ماده", "۲۱", "نظرسنجی‌ها", "دستگاه‌های", "اجرایی", "مسئول",
    ]  # fmt: skip
    assert [text[a:b] for a, b in matching_spans(text, ("نظرسنجی", "مسوول"))] == ["نظرسنجی‌ها", "مسئول"]


@given(st.text(max_size=60))
def test_any_text_is_analysed(text: str) -> None:
    analysis = analyse(text)
    assert all(word and ZWNJ not in word and " " not in word for word in (*analysis.words, *analysis.compounds))
    assert all(stem(word) for word in analysis.words)
    assert analyse(text) == analysis
    assert set(analyse_question(text).words) <= set(analyse_question(text).spoken)


@given(st.text(alphabet="ابپتثجچحخدذرزسشصضطظعغفقکگلمنوهیآئؤأة‌ ", max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


PLAIN = "".join(map(chr, range(0x20, 0x7F))) + "«»،؛؟ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيٱپچژکگۀیە٠٣٩۰۳۹" + ZWNJ


@given(st.text(alphabet=PLAIN, max_size=30))
def test_what_is_folded_alone_is_folded_as_with_the_normalizer(text: str) -> None:
    """A sign of Persian digits, which the normalizer alone knows, sends the text through it."""
    through = light_normalizer().normalize(text).replace("٪", "%")
    assert fold(text).replace("٪", "%") == fold(through).replace("٪", "%")


def test_the_skeleton_holds_the_folded_words() -> None:
    for piece in ("مسئولیت‌ها", "آیین‌نامه", "كتاب", "هیئت"):
        assert all(word in skeleton(piece) for word in analyse(piece).words)


def test_hazm_is_not_imported_whole() -> None:
    """Its import would take a second or two and 144 MB."""
    code = "import sys; from knowledge.analysis import fold; fold('متن'); print('gensim' in sys.modules, 'hazm' in sys.modules)"
    home = Path(__file__).resolve().parents[3]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=home)
    assert run.stdout.split() == ["False", "False"]


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    directory = tmp_path_factory.mktemp("lexicon")
    save_lexicon(directory)
    return Lexicon.load(directory)


@pytest.mark.parametrize(("one", "other"), [("میروند", "رفتم"), ("میخواهد", "خواستند"), ("کتابهایشان", "کتاب")])
def test_lemmas_join_forms_that_stems_cannot(lexicon: Lexicon, one: str, other: str) -> None:
    assert lexicon.lemma(one) == lexicon.lemma(other)


def test_the_lexicon_knows_good_persian(lexicon: Lexicon) -> None:
    assert lexicon.is_word("گذرنامه")
    assert lexicon.is_word("دستگاهها")
    assert not lexicon.is_word("زخیره")
    assert lexicon.lemma("زخیره") == stem("زخیره")
