"""The reviewed corpus holds what the five texts hold (design §2, §3), and a damaged file is refused with its remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.corpus_files import CorpusError, load_corpus
from knowledge.cross_references import cross_references
from knowledge.labels import label
from knowledge.provisions import Address, Corpus, Kind
from reminders.obligations import load_register

ROOT = Path(__file__).resolve().parents[3] / "knowledge" / "regulations"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(ROOT)


@pytest.mark.parametrize(
    ("slug", "counts"),
    [
        ("roadmap-1404", {"art": 33, "chp": 7, "stage": 5}),
        ("data-governance-1404", {"art": 11, "phase": 6}),
        ("eservices-1393", {"art": 40, "timetable": 14}),
        ("smart-cycle-1404", {"art": 20, "step": 9}),
        ("pilot-projects-1402", {"res": 3, "project": 20, "res_1__art": 9, "res_2__art": 6, "res_3__art": 5}),
    ],
)
def test_every_text_is_complete(corpus: Corpus, slug: str, counts: dict[str, int]) -> None:
    eids = [p.address.eid for p in corpus.regulations[slug].provisions]
    for family, count in counts.items():
        assert [e for e in eids if e.rpartition("_")[0] == family] == [f"{family}_{n}" for n in range(1, count + 1)]


def test_every_unit_can_be_found_in_everyday_words(corpus: Corpus) -> None:
    units = [p for p in corpus if p.kind in (Kind.ARTICLE, Kind.TABLE_ROW, Kind.STEP, Kind.STAGE, Kind.PHASE)]
    assert len(units) > 140
    assert [str(p.address) for p in units if len(p.asked_as) < 5] == []
    notes = [p for p in corpus if p.kind is Kind.NOTE]
    assert len(notes) > 60
    assert [str(p.address) for p in notes if len(p.asked_as) < 2] == []


def test_nothing_asked_is_shown_as_law(corpus: Corpus) -> None:
    wordings = [p.wording for p in corpus]
    asked = {q for p in corpus if p.kind is not Kind.REGULATION for q in p.asked_as if len(q) > 25}
    assert len(asked) > 1000
    assert not [q for q in asked if any(q in w for w in wordings)]


def test_cross_references_resolve_and_external_laws_are_not_linked(corpus: Corpus) -> None:
    references = [r for p in corpus for r in cross_references(p, corpus)]
    internal = [r for r in references if r.target is not None]
    assert len(internal) > 20
    assert all(corpus.get(r.target) for r in internal if r.target)
    law = corpus[Address("roadmap-1404", "art_12")]
    assert [r.target for r in cross_references(law, corpus)] == [None, None]


def test_labels_are_the_way_people_cite(corpus: Corpus) -> None:
    for address, expected in (
        ("roadmap-1404/art_21", "ماده ۲۱ نقشه راه"),
        ("roadmap-1404/art_21__note_1", "تبصره ۱ ماده ۲۱ نقشه راه"),
        ("pilot-projects-1402/res_3__art_2__note_1", "تبصره ۱ ماده ۲ مصوبه سوم"),
    ):
        assert label(Address.parse(address), corpus).startswith(expected)


def test_the_register_quotes_the_law(corpus: Corpus) -> None:
    register = load_register(ROOT, corpus)  # refuses an obligation whose quote is not in the provision
    assert len(register) > 100
    by_regulation = {slug: sum(o.address.regulation == slug for o in register) for slug in corpus.regulations}
    assert min(by_regulation.values()) >= 6


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    for slug in ("roadmap-1404", "data-governance-1404"):
        shutil.copytree(ROOT / slug, tmp_path / slug)
    return tmp_path / "data-governance-1404"


def break_file(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("text.toml", 'eid = "art_6"', 'eid = "art_5"', "تکراری"),
        ("text.toml", 'eid = "art_6"', 'eid = "art 6"', "eid درست نیست"),
        ("text.toml", "دستگاه", "دستگاه ي", "ي عربی"),
        ("text.toml", 'kind = "article"', 'kind = "artikel"', "kind ناشناخته"),
        ("text.toml", "[[provision]]", "[[provision", "خوانده نشد"),
        ("finding.toml", "[art_6]", "[art_66]", "art_66"),
        ("finding.toml", "heading =", "headings =", "heading ندارد"),
        ("finding.toml", "[art_6]\n", '[art_6]\nrestates = ["art_99"]\n', "art_99"),
        ("regulation.toml", 'status = "in_force"', 'status = "valid"', "status"),
        ("regulation.toml", 'promulgated = "1404-02-26"', 'promulgated = "2025-05-16"', "هجری شمسی"),
    ],
)
def test_a_damaged_file_is_named_with_its_remedy(damaged: Path, file: str, old: str, new: str, named: str) -> None:
    break_file(damaged / file, old, new)
    with pytest.raises(CorpusError) as caught:
        load_corpus(damaged.parent)
    assert any(named in problem and file in problem for problem in caught.value.problems), caught.value.problems


def test_a_quote_that_is_not_in_the_law_is_refused(damaged: Path) -> None:
    break_file(damaged / "obligations.toml", 'quote = "', 'quote = "هر دو سال ')
    with pytest.raises(CorpusError, match="نقل"):
        load_register(damaged.parent, load_corpus(damaged.parent))


def test_working_days_are_refused_rather_than_counted_as_days(damaged: Path) -> None:
    break_file(damaged / "obligations.toml", 'kind = "periodic"', 'working_days = true\nkind = "periodic"')
    with pytest.raises(CorpusError, match="روز کاری"):
        load_register(damaged.parent, load_corpus(damaged.parent))


def test_who_repeats_an_article_and_the_article_are_counterparts(corpus: Corpus) -> None:
    stage, article = (Address("roadmap-1404", eid) for eid in ("stage_2__actor_2__item_1", "art_14"))
    assert corpus.counterparts(stage) == (article,)
    assert corpus.counterparts(article) == (stage,)
    assert corpus.counterparts(Address("roadmap-1404", "art_21")) == ()


def test_every_limit_is_known_by_everyday_wordings_of_its_own(corpus: Corpus) -> None:
    register = load_register(ROOT, corpus)
    assert [o.id for o in register if len(o.asked_as) < 5] == []
    asked = [words for o in register for words in o.asked_as]
    assert len(set(asked)) == len(asked), "a wording belongs to one limit"


def test_a_taught_corpus_knows_more_wordings_and_is_another_version() -> None:
    corpus = load_corpus(ROOT)
    taught = corpus.taught({"roadmap-1404/art_21": ["صدای مردم"], "roadmap-1404/art_99": ["هیچ"]})
    article = Address("roadmap-1404", "art_21")
    assert taught[article].asked_as == (*corpus[article].asked_as, "صدای مردم")
    assert taught.version != corpus.version
    assert len(taught) == len(corpus)
    assert corpus.taught({}) is corpus
    assert corpus.taught({"roadmap-1404/art_99": ["هیچ"]}) is corpus
