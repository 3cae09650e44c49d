"""Agencies by name with their typos, classes with their members, and that every obligation in force binds somebody."""

from __future__ import annotations

import pytest

from knowledge.provisions import Address, Status
from reminders.directory import Directory
from tests.support.reminding import law


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory(law().corpus, law().structure)


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("وزارت ارتباطات و فناوری اطلاعات", "ict-ministry"),
        ("وزات ارتباتات", "ict-ministry"),
        ("ICT", "ict-ministry"),
        ("سازمان اداري و استخدامي كشور", "administrative-organization"),
        ("ثبت احوال", "civil-registration"),
        ("ثبت اسناذ", "deeds-registration"),
        ("فراجا", "police"),
        ("وزارت صمت", "industry-ministry"),
        ("برنامه بودجه", "plan-budget-organization"),
        ("استانداری فارس", "province-fars"),
        ("استاندارى خراسان رضوی", "province-razavi-khorasan"),
        ("بهزیستی", "welfare-organization"),
        ("تامین اجتماعی", "social-security-organization"),
        ("سازمان سنجش", "education-assessment-organization"),
    ],
)
def test_found_by_name(directory: Directory, words: str, id: str) -> None:
    assert directory.find(words)[0].agency.id == id


@pytest.mark.parametrize("words", ["", "   ", "!!", "سلام", "کتابخانه ملی"])
def test_strangers_are_not_found(directory: Directory, words: str) -> None:
    assert directory.find(words) == []


def test_classes_bind_their_members_and_those_of_their_subclasses(directory: Directory) -> None:
    agencies = directory.members("executive-agencies")
    assert {"ict-ministry", "civil-registration", "province-fars"} <= agencies
    assert directory.members("main-agencies") < agencies
    assert len(directory.members("provincial-governments")) == 31


def test_every_member_and_parent_exists(directory: Directory) -> None:
    structure = law().structure
    members = {m for row in structure.members.values() for m in row}
    assert members <= directory.agencies.keys()
    assert {a.parent for a in directory.agencies.values() if a.parent} <= directory.agencies.keys()
    assert set(structure.class_parents.values()) <= structure.members.keys()
    assert all(a.name for a in directory.agencies.values())


def test_bodies_inside_an_agency_reach_the_agency(directory: Directory) -> None:
    register = law().register
    for id in ("data-governance-1404.art_5__note_1", "smart-cycle-1404.art_19"):
        assert directory.bound_by(register.by_id[id]) == directory.members("executive-agencies")
    of_main_agencies = register.by_id["data-governance-1404.art_5"]  # «شورای دستگاه اجرایی اصلی»
    assert directory.bound_by(of_main_agencies) == directory.members("main-agencies")


def test_every_obligation_in_force_binds_somebody(directory: Directory) -> None:
    corpus = law().corpus
    looked = [o for o in law().register if corpus.regulations[o.address.regulation].status is Status.IN_FORCE]
    assert len(looked) > 100
    assert [o.id for o in looked if not directory.bound_by(o)] == []


def test_what_an_introduction_closes_speaks_of_introducing(directory: Directory) -> None:
    closed = directory.closed_by_introduction
    assert "smart-cycle-1404.art_19" in closed
    assert set(closed) & law().register.by_id.keys()
    provisions = [law().corpus.get(Address(*id.split("."))) for id in closed]
    assert [id for id, p in zip(closed, provisions, strict=True) if p is None or "معرفی" not in p.wording] == []


def test_a_unit_may_have_people_of_its_own_and_its_host_is_told_too(directory: Directory) -> None:
    register = law().register
    assert directory.bound_by(register.by_id["pilot-projects-1402.project_9"]) == {"police-it-deputy", "police"}
    ranking = directory.bound_by(register.by_id["roadmap-1404.art_4__list_8"])
    assert ranking == {"smart-government-working-group", "administrative-organization"}


def test_every_executive_agency_is_a_partner_of_the_pilot_projects(directory: Directory) -> None:
    bound = directory.bound_by(law().register.by_id["pilot-projects-1402.res_3__art_1"])
    assert directory.members("executive-agencies") <= bound


def test_main_agencies_are_those_of_the_roadmaps_definition(directory: Directory) -> None:
    main = directory.members("main-agencies")
    assert {"central-bank", "central-insurance", "deeds-registration", "court-of-audit", "ict-ministry"} <= main
    assert not main & directory.members("subordinate-agencies")
    parents = {directory.agencies[id].parent for id in directory.members("subordinate-agencies")}
    assert parents <= main
