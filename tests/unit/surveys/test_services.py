"""The catalogue: files with every kind of fault, the examples of the texts, finding by id and by name."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from knowledge.written_tables import ROWS_MAX, SIZE_MAX, Problem
from reminders.directory import Agency, Directory, Structure
from surveys.catalogue_files import CatalogueFile, read_catalogue
from surveys.services import ServiceFinder
from tests.support.corpus import real_corpus, real_directory

EXAMPLES = Path(__file__).parents[3] / "surveys" / "catalogue" / "example.csv"
HEAD = "id,title,agency\n"


def _read(content: bytes) -> CatalogueFile:
    return read_catalogue(content, real_directory())


def _problems(text: str) -> list[tuple[int, str]]:
    found = _read(text.encode())
    return [(problem.row, problem.message_key) for problem in found.problems]


@pytest.fixture(scope="module")
def finder() -> ServiceFinder:
    return ServiceFinder(_read(EXAMPLES.read_bytes()).services)


def test_the_examples_are_clean_and_never_look_official() -> None:
    found = _read(EXAMPLES.read_bytes())
    assert found.problems == ()
    assert len(found.services) == 15
    assert all(service.is_example for service in found.services)


def test_every_problem_is_listed_by_its_row() -> None:
    text = (
        f"{HEAD}1,یک,ثبت احوال\n١,دو,ثبت احوال\n,سه,ثبت احوال\n2,=cmd(),ثبت احوال\n3,,ثبت احوال\n"
        "no id,چهار,ثبت احوال\n4,گواهی, با ویرگول,ثبت احوال\n\n5,#REF!,ثبت احوال\n"
    )
    assert _problems(text) == [
        (3, "catalogue-id-twice"),
        (4, "catalogue-cell-empty"),
        (5, "table-formula"),
        (6, "catalogue-cell-empty"),
        (7, "catalogue-bad-id"),
        (8, "table-too-many-cells"),
        (8, "catalogue-agency-unknown"),
        (10, "table-failed-formula"),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", (0, "catalogue-empty")),
        (b"\n,,\n\n", (0, "catalogue-empty")),
        (HEAD.encode(), (0, "catalogue-empty")),
        ("id,title\n1,الف\n".encode(), (1, "table-missing-column")),
        ("\nid,title,agency,colour\n1,الف,ب,x\n".encode(), (2, "table-unknown-column")),
        ("id,title,agency,title\n1,الف,ب,x\n".encode(), (1, "table-column-twice")),
        ((HEAD + "1,a,b\n1,café,ب\n").encode("cp1256"), (3, "table-encoding")),
        ((HEAD + "1,الف,ب\n").encode() + b"2,\xd8,b\n", (3, "table-encoding")),
        ((HEAD + "1,الف,ب\n").encode("utf-16")[:-1], (2, "table-encoding")),
        ((HEAD + "1,a,b\n").encode("utf-16-le"), (1, "table-encoding")),
        ((HEAD + '1,الف,ب\n2,"الف,ب\n').encode(), (3, "table-not-csv")),
        ((HEAD + f"1,{'x' * 140_000},b\n").encode(), (2, "table-not-csv")),
        (b"PK\x03\x04 damaged", (0, "table-not-xlsx")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (0, "table-old-excel")),
        (b"x" * (SIZE_MAX + 1), (0, "table-too-large")),
        ((HEAD + "1,a,b\n" * (ROWS_MAX + 5)).encode(), (ROWS_MAX + 1, "table-too-many-rows")),
    ],
)
def test_a_file_that_is_none_is_one_problem_with_its_row(content: bytes, problem: tuple[int, str]) -> None:
    found = _read(content)
    assert [(p.row, p.message_key) for p in found.problems] == [problem]
    assert found.services == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
def test_what_spreadsheets_call_text_is_read(encoding: str, delimiter: str) -> None:
    """Excel's "Unicode text" is UTF-16 with tabs; its CSV on a Persian Windows is Windows-1256."""
    rows = [["شناسه خدمت", "عنوان خدمت", "دستگاه"], ["1000", "گواهي ملكي\u200cها", "ثبت احوال"]]
    content = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    found = _read(content)
    assert found.problems == ()
    assert [(one.title, one.agency_id) for one in found.services] == [("گواهی ملکی\u200cها", "civil-registration")]


def test_utf_16_may_begin_with_either_byte() -> None:
    text = "\ufeffid\ttitle\tagency\n1\tالف\tثبت احوال\n"
    assert len(_read(text.encode("utf-16-be")).services) == len(_read(text.encode("utf-16-le")).services) == 1


def test_arabic_letters_and_digits_are_read_as_persian_ones() -> None:
    """In headings, names and answers: as an Arabic keyboard, or an old office, writes them."""
    text = "شناسه خدمت;عنوان خدمت;دستگاه;فعال;كانال ها\n١٠٠٠;گواهي ملكى;ثبت احوال;بلي;وب، تلفن\n"
    (service,) = _read(text.encode("utf-8-sig")).services
    assert (service.id, service.title, service.active, service.channels) == ("1000", "گواهی ملکی", True, ("وب", "تلفن"))


def _book(*rows: list[object], merged: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_excel_files_with_numbers_and_formulas() -> None:
    found = _read(
        _book(
            [],
            ["شناسه خدمت", "عنوان خدمت", "دستگاه", "فعال"],
            [1000, "گواهی", "ثبت احوال", "خیر"],
            [],
            [1001, "=1+1", "ثبت احوال", ""],
            [1002, ArrayFormula("B6:B6", "=1+1"), "ثبت احوال", ""],
            [12345678901234567890, "بلند", "ثبت احوال", ""],
        )
    )
    assert [(s.id, s.active) for s in found.services] == [("1000", False)]
    assert [(p.row, p.message_key) for p in found.problems] == [
        (5, "table-formula"),
        (6, "table-formula"),
        (7, "catalogue-bad-id"),
    ]


def test_merged_cells_are_named_by_their_place() -> None:
    """Beneath the first of them a sheet is empty, so the rows would be refused for the wrong reason."""
    rows: list[list[object]] = [["id", "title", "agency"], [1, "الف", "ثبت احوال"], [2, "ب", None]]
    assert _read(_book(*rows, merged="C2:C3")).problems == (Problem(2, "table-merged", "C2:C3"),)


WHOLE = _book(["id", "title", "agency"], [1, "الف", "ثبت احوال"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(4, 10_000), st.integers(1, 255)), min_size=1, max_size=40))
def test_a_damaged_workbook_is_one_sentence(damage: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for at, change in damage:
        content[4 + at % (len(content) - 4)] ^= change
    found = _read(bytes(content))
    assert found.problems or found.services


@pytest.mark.parametrize(
    ("row", "agency_id"),
    [
        ("سازمان ثبت احوال کشور,", "civil-registration"),
        ("ثبت احوال,", "civil-registration"),
        ("سازمان ثبت احوال كشور,", "civil-registration"),
        ("فراجا,", "police"),
        ("هر نامی,police", "police"),
    ],
)
def test_an_agency_is_known_by_its_name_or_alias(row: str, agency_id: str) -> None:
    found = _read(f"id,title,agency,agency_id\n1,الف,{row}\n".encode())
    assert (found.problems, [s.agency_id for s in found.services]) == ((), [agency_id])


@pytest.mark.parametrize(
    ("row", "problem", "near"),
    [
        ("سازمان ثبت احوالات کشور,", "catalogue-agency-near", "سازمان ثبت احوال کشور"),
        ("کتابخانه ملی,", "catalogue-agency-unknown", ""),
        ("ثبت احوال,no-such-id", "catalogue-agency-id", ""),
        ("ثبت احوال,police", "catalogue-agency-differs", "فرماندهی انتظامی"),
    ],
)
def test_an_agency_that_nobody_knows_is_listed_with_the_nearest_names(row: str, problem: str, near: str) -> None:
    found = _read(f"id,title,agency,agency_id\n1,الف,{row}\n".encode())
    assert found.services == ()
    assert [(p.row, p.message_key) for p in found.problems] == [(2, problem)]
    assert near in (found.problems[0].near or ("",))[0]


def test_a_name_of_two_agencies_asks_for_the_id() -> None:
    two = Directory(real_corpus(), Structure(agencies=(Agency("a", "مرکز آمار"), Agency("b", "مرکز آمار"))))
    found = read_catalogue(f"{HEAD}1,الف,مرکز آمار\n".encode(), two)
    assert [(p.row, p.message_key) for p in found.problems] == [(2, "catalogue-agency-several")]
    assert {"مرکز آمار (a)", "مرکز آمار (b)"} <= set(found.problems[0].near)


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
