"""The catalogue: files with every kind of fault, the examples of the texts, finding by id and by name."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from surveys.catalogue_files import read_catalogue
from surveys.services import ServiceFinder

EXAMPLES = Path(__file__).parents[3] / "surveys" / "catalogue" / "example.csv"
HEAD = "id,title,agency\n"


def _problems(text: str) -> list[tuple[int, str]]:
    found = read_catalogue("services.csv", text.encode())
    return [(problem.row, problem.message_key) for problem in found.problems]


@pytest.fixture(scope="module")
def finder() -> ServiceFinder:
    return ServiceFinder(read_catalogue("example.csv", EXAMPLES.read_bytes()).services)


def test_the_examples_are_clean_and_never_look_official() -> None:
    found = read_catalogue("example.csv", EXAMPLES.read_bytes())
    assert found.problems == ()
    assert len(found.services) == 15
    assert all(service.is_example for service in found.services)


def test_every_problem_is_listed_by_its_row() -> None:
    text = HEAD + "1,یک,د\n1,دو,د\n,سه,د\n2,=cmd(),د\n3,,د\nno id,چهار,د\n"
    assert _problems(text) == [
        (3, "catalogue-id-twice"),
        (4, "catalogue-cell-empty"),
        (5, "catalogue-formula"),
        (6, "catalogue-cell-empty"),
        (7, "catalogue-bad-id"),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "catalogue-empty"),
        (HEAD.encode(), "catalogue-empty"),
        ("id,title\n1,الف\n".encode(), "catalogue-missing-column"),
        ("id,title,agency,colour\n1,الف,ب,x\n".encode(), "catalogue-unknown-column"),
        ("id,title,agency,title\n1,الف,ب,x\n".encode(), "catalogue-column-twice"),
        ((HEAD + "1,الف,ب\n").encode("cp1256", "replace"), "catalogue-encoding"),
        ((HEAD + "1,الف,ب\n").encode("utf-16"), "catalogue-encoding"),
        ((HEAD + '1,"الف,ب\n').encode(), "catalogue-not-csv"),
    ],
)
def test_a_file_that_is_none_is_one_problem(content: bytes, problem: str) -> None:
    found = read_catalogue("services.csv", content)
    assert [p.message_key for p in found.problems] == [problem]
    assert found.services == ()


def test_excel_files_with_numbers_and_formulas() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["شناسه خدمت", "عنوان خدمت", "دستگاه", "فعال"])
    sheet.append([1000, "گواهی", "سازمان", "خیر"])
    sheet.append([1001, "=1+1", "سازمان", ""])
    out = io.BytesIO()
    book.save(out)
    found = read_catalogue("services.xlsx", out.getvalue())
    assert [(s.id, s.active) for s in found.services] == [("1000", False)]
    assert [(p.row, p.message_key) for p in found.problems] == [(3, "catalogue-formula")]
    assert read_catalogue("services.xlsx", b"no zip").problems[0].message_key == "catalogue-not-xlsx"


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("EXAMPLE-7", "EXAMPLE-7"),
        ("example-۷", "EXAMPLE-7"),
        ("گواهینامه رانندگی", "EXAMPLE-7"),
        ("شناسنامه", "EXAMPLE-1"),
        ("صدور شناسنامة", "EXAMPLE-1"),
        ("ماليات بر ارث", "EXAMPLE-14"),
        ("تعویظ پلاک", "EXAMPLE-9"),
        ("کارت ملی", "EXAMPLE-4"),
        ("جریمه رانندگی", "EXAMPLE-11"),
    ],
)
def test_found_by_id_or_name(finder: ServiceFinder, words: str, id: str) -> None:
    assert finder.find(words)[0].service.id == id


@pytest.mark.parametrize("words", ["", "   ", "😀", "قیمت بلیت قطار", "x" * 5000])
def test_strangers_are_not_found(finder: ServiceFinder, words: str) -> None:
    assert finder.find(words) == []
