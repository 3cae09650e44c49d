"""Persian in Latin letters is read word by word against the index, question words from a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.index import Document, FieldWeights, SearchIndex
from knowledge.latin_letters import LETTERS_MAX, distances, latin_key, letters_of, persian_keys

TEXTS = {
    "survey": "مهلت نظرسنجی از گیرندگان خدمات دولتی",
    "note": "تبصره ۲ ماده ۲۱ سند نقشه راه",
    "bodies": "وظایف دستگاه‌های اجرایی در تبادل اطلاعات",
    "council": "شورای عالی اداری و سازمان اداری و استخدامی کشور",
    "sign": "امضای الکترونیک و هوش مصنوعی",
    "gateway": "درگاه ملی مجوزهای کسب و کار و پنجره واحد",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return SearchIndex.open_or_build(
        [Document(key, {"text": [text]}) for key, text in TEXTS.items()],
        Path(tmp_path_factory.mktemp("finglish")),
        version="1",
        weights=FieldWeights({"text": 1.0}),
        on_progress=lambda done, total: None,
    )


@pytest.mark.parametrize(
    ("question", "found", "understood"),
    [
        ("mohlate nazarsanji key bood", "survey", "مهلت نظرسنجی کی بود"),
        ("made 21 chie", "note", "ماده 21 چیه"),
        ("tabsare 2", "note", "تبصره 2"),
        ("TABSAREYE 2", "note", "تبصره 2"),
        ("sanade naghshe rah", "note", "سند نقشه راه"),
        ("naqshe raah", "note", "نقشه راه"),
        ("dastgah haye ejraei", "bodies", "دستگاههای اجرایی"),
        ("tabadole etela'at", "bodies", "تبادل اطلاعات"),
        ("shoraye aali edari", "council", "شورای عالی اداری"),
        ("sazmane estekhdami", "council", "سازمان استخدامی"),
        ("emza ye elektronik", "sign", "امضای الکترونیک"),
        ("hooshe masnooyi", "sign", "هوش مصنوعی"),
        ("dargahe melli", "gateway", "درگاه ملی"),
    ],
)
def test_reads_latin_letters(index: SearchIndex, question: str, found: str, understood: str) -> None:
    result = index.search(question)
    assert result.hits[0].id == found
    assert result.corrected == understood


def test_a_word_that_stands_in_latin_letters_too_is_still_read_as_persian(tmp_path: Path) -> None:
    documents = [
        Document("cycle", {"text": ["چرخه هوشمندسازی نه گام دارد"]}),
        Document("steward", {"text": ["data steward", "charkhe va dade"]}),
        Document("data", {"text": ["مدیر داده"]}),
    ]
    index = SearchIndex.open_or_build(
        documents, tmp_path, version="1", weights=FieldWeights({"text": 1.0}), on_progress=lambda done, total: None
    )
    assert index.search("charkhe hooshmandsazi").hits[0].id == "cycle"
    assert index.search("data steward").hits[0].id == "steward"


def test_what_resembles_nothing_stays_unknown(index: SearchIndex) -> None:
    result = index.search("qwrtp zxmcn")
    assert result.hits == ()
    assert result.unknown == ("qwrtp", "zxmcn")


def test_what_is_longer_than_any_word_is_read_as_none(index: SearchIndex) -> None:
    result = index.search("mohlate " + "nazarsanji" * 20_000 + " key bood")
    assert result.hits[0].id == "survey"
    assert (result.corrected or "").startswith("مهلت nazarsanji")


def test_latin_names_in_a_persian_question_are_left_alone(index: SearchIndex) -> None:
    result = index.search("API ماده چیست")
    assert result.corrected is None
    assert result.unknown == ("api",)


def test_consonants_are_what_all_spellings_share() -> None:
    assert latin_key("nazarsanji") == latin_key("nazar sanjy".replace(" ", "")) == persian_keys("نظرسنجی")[0]
    assert latin_key("tabsare") in persian_keys("تبصره")
    assert latin_key("mellat") == persian_keys("ملت")[0]


def costs(*readings: tuple[str, list[str]]) -> list[float]:
    """Of reading each Latin word as each of its Persian words, one after another."""
    letters = letters_of([word for _, persian in readings for word in persian])
    return list(distances([latin for latin, _ in readings], letters, [len(persian) for _, persian in readings]))


def test_distance_prefers_the_expected_letters() -> None:
    house, death, gift, way = costs(("dade", ["داده", "داد", "دود"]), ("rah", ["راه"]))
    assert house < death < gift
    assert way == 0


@pytest.mark.parametrize(
    ("latin", "persian", "cost"),
    [
        ("nazar", "نظر", 0.6),  # two short vowels that have no letter, and one of three letters for z
        ("salam", "سلام", 0.25),
        ("edare", "اداره", 0.3),
        ("etelaat", "اطلاعات", 1.1),  # an alef and an eyn that nobody wrote
        ("vaght", "وقت", 0.25),  # the first letter is heard
        ("vaght", "قت", 1.25),
        ("b", "به", 0.2),  # a silent letter
        ("bb", "بب", 1.0),  # a doubled consonant is one
    ],
)
def test_distance_adds_up_what_is_unexpected(latin: str, persian: str, cost: float) -> None:
    longer = ("istgahhaye", ["ایستگاههای", "ایست"])  # what else is compared does not matter
    assert costs(longer, ("a", []), (latin, ["ب", persian, "بببببببب"]), longer)[3] == pytest.approx(cost)


def test_distance_of_nothing() -> None:
    assert costs() == []
    assert costs(("a", []), ("b", [])) == []


def test_distance_of_a_word_of_too_many_letters() -> None:
    short, cut = costs(("b" * 300, ["ب", "بار" * LETTERS_MAX]))
    assert short == 0  # a doubled consonant is one
    assert cut > 1
