"""Who is charged: the role of each body is what the words of the law say of it."""

from __future__ import annotations

import pytest

from knowledge.charging import charged_by
from knowledge.provisions import Address
from tests.support.corpus import real_corpus

PLAN = "سازمان برنامه و بودجه کشور"
EMPLOYMENT = "سازمان اداری و استخدامی کشور"
WORKING_GROUP = "کارگروه هوشمندسازی نظام اداری"


@pytest.mark.parametrize(
    ("address", "partners", "others"),
    [
        ("roadmap-1404/art_7__note_1", (PLAN,), ()),  # «با همکاری سازمان برنامه»
        ("roadmap-1404/art_19", (PLAN,), ()),  # «با راهبری و هماهنگی سازمان برنامه»
        ("roadmap-1404/art_11", ("معاونت علمی، فناوری و اقتصاد دانش‌بنیان ریاست جمهوری",), (WORKING_GROUP,)),
        ("roadmap-1404/art_21__note_2", (), (EMPLOYMENT,)),  # receives the report
        ("roadmap-1404/art_4__note_2", (), ("معاون اول رئیس‌جمهور",)),  # «به‌منظور هماهنگی» of its article says nothing
        ("smart-cycle-1404/art_12", (), (EMPLOYMENT,)),
        ("pilot-projects-1402/project_8", ("دستگاه‌های اجرایی",), ()),  # a column of the table
        ("eservices-1393/art_10", ("کمیسیون تخصصی راهبری دولت الکترونیک",), ("مرکز آمار ایران",)),
        ("eservices-1393/timetable_4__item_1", ("معاونت توسعه مدیریت و سرمایه انسانی رئیس‌جمهور",), ()),
        ("eservices-1393/timetable_8", ("سازمان ثبت احوال کشور",), ()),
    ],
)
def test_who_acts_along_is_who_the_words_name_so(
    address: str, partners: tuple[str, ...], others: tuple[str, ...]
) -> None:
    charged = charged_by(Address.parse(address), real_corpus())
    assert (charged.partners, charged.others) == (partners, others)
    assert charged.responsible


def test_nobody_is_lost_between_the_two() -> None:
    corpus = real_corpus()
    looked = [p for p in corpus if p.responsible]
    assert len(looked) > 100
    for p in looked:
        charged = charged_by(p.address, corpus)
        names = [corpus.actor_name(p.address.regulation, actor) for actor in p.partners]
        assert sorted((*charged.partners, *charged.others)) == sorted(names), p.address


def test_a_step_charges_whom_its_articles_charge() -> None:
    corpus = real_corpus()
    assert charged_by(Address("smart-cycle-1404", "step_6"), corpus).responsible == ("دستگاه‌های اجرایی",)
    assert charged_by(Address("smart-cycle-1404"), corpus).responsible == ()
