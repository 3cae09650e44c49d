"""What is asked beside a provision, a list or a question back, as people write it after each other."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge.answers import Answer, Intent, Status
from knowledge.follow_ups import picked, without_correction
from knowledge.limit_lists import LimitQuery, Wanted
from knowledge.on_table import OnTable
from knowledge.provisions import Address
from tests.support.answering import real_answerer

TODAY = dt.date(2026, 11, 21)


def asked(question: str, table: OnTable) -> Answer:
    return real_answerer().answer(question, today=TODAY, table=table)


@pytest.mark.parametrize(
    ("shown", "question", "main", "intent"),
    [
        ("roadmap-1404/art_13", "مهلت انجام آن چقدر است؟", "roadmap-1404/art_13", Intent.DEADLINE),
        ("roadmap-1404/art_8", "چقد وقت داره؟", "roadmap-1404/art_8", Intent.DEADLINE),
        ("eservices-1393/timetable_5", "تا کی باید تمومش می‌کردن؟", "eservices-1393/timetable_5", Intent.DEADLINE),
        ("smart-cycle-1404/art_19", "کی باید معرفیش کنه؟", "smart-cycle-1404/art_19", Intent.RESPONSIBLE),
        ("pilot-projects-1402/project_2", "دستگاه‌های همکار آن را نیز اعلام فرمایید", "pilot-projects-1402/project_2", None),
        ("pilot-projects-1402/res_1__art_8", "همکار اجرا", "pilot-projects-1402/res_1__art_8", None),
        ("roadmap-1404/art_13", "تبصره آن را نیز عیناً ارائه فرمایید.", "roadmap-1404/art_13__note_1", None),
        ("roadmap-1404/art_29", "تبصره آن را کدام دستگاه باید اجرا کند؟", "roadmap-1404/art_29__note_1", Intent.RESPONSIBLE),
        ("smart-cycle-1404/art_6__list_1", "تبصره همین بند", "smart-cycle-1404/art_6__list_1__note_1", None),
        ("roadmap-1404/art_5__note_4", "تبصره بعدی آن چیست؟", "roadmap-1404/art_5__note_5", None),
        ("pilot-projects-1402/project_19", "ردیف قبلیش چیه تو جدول؟", "pilot-projects-1402/project_18", None),
        ("smart-cycle-1404/art_4__note_1", "خود ماده اش چه مهلتی دارد", "smart-cycle-1404/art_4", Intent.DEADLINE),
        ("pilot-projects-1402/res_1__art_1__list_2", "بند آخرش چه می‌گوید؟", "pilot-projects-1402/res_1__art_1__list_5", None),
        # of the unit on the table, by other words
        ("pilot-projects-1402/res_3__art_3", "حق الزحمه اش را کی تعیین می کند", "pilot-projects-1402/res_3__art_3__note_1", None),
        ("roadmap-1404/art_13", "مرجع تصویب کدام است؟", "roadmap-1404/art_13__note_1", None),
        ("smart-cycle-1404/art_11", "مفاد گام بعدی چرخه را نیز بیان کنید.", "smart-cycle-1404/step_7", None),
        ("roadmap-1404/stage_3__actor_2", "مرحله بعدی از کی شروع می‌شود؟", "roadmap-1404/stage_4", Intent.DEADLINE),
        ("roadmap-1404/art_21", "لطفاً ماده پس از آن را نیز بیان بفرمایید.", "roadmap-1404/art_22", None),
        ("roadmap-1404/art_21", "بی‌خیال، ماده قبلیش چی می‌گه؟", "roadmap-1404/art_20", None),
        ("roadmap-1404/art_28", "مهلتش چندماهه", "roadmap-1404/art_28", Intent.DEADLINE),
        ("roadmap-1404/art_4", "دبیرخونه‌ش کجاست؟", "roadmap-1404/art_4", None),
        ("roadmap-1404/art_8", "خود حکم اصلی را هم نشان بده", "roadmap-1404/art_8", None),
        # one of what it lists, or of its like
        ("smart-cycle-1404/art_8", "dovomish ro bego", "smart-cycle-1404/art_8__list_2", None),
        ("roadmap-1404/art_2", "سومیش", "roadmap-1404/art_2__list_3", None),
        ("smart-cycle-1404/step_4", "اون آخریه چی؟", "smart-cycle-1404/step_9", None),
        ("data-governance-1404/phase_1", "وآخری", "data-governance-1404/phase_6", None),
        ("roadmap-1404/art_5__note_1", "سومیش مهلتش چقدره", "roadmap-1404/art_5__note_3", Intent.DEADLINE),
        ("smart-cycle-1404/step_2", "اولی را چه کسی اجرا می‌کند؟", "smart-cycle-1404/step_1", Intent.RESPONSIBLE),
        ("pilot-projects-1402", "سومی", "pilot-projects-1402/res_3", None),
        # of its text
        ("pilot-projects-1402/res_1__art_3", "فراجا چه خدماتی؟", "pilot-projects-1402/res_1__art_5", None),
        # a correction
        ("roadmap-1404/art_18__note_1", "نه ببخشید ماده ۱۹ منظورم بود متنشو میخام", "roadmap-1404/art_19", None),
    ],
)  # fmt: skip
def test_what_leans_on_the_provision_on_the_table(shown: str, question: str, main: str, intent: Intent | None) -> None:
    answer = asked(question, OnTable(Address.parse(shown)))
    assert (answer.status, str(answer.main)) == (Status.ANSWERED, main)
    assert intent is None or answer.intent is intent


@pytest.mark.parametrize(
    ("shown", "question"),
    [
        ("roadmap-1404/art_8", "خب الان راه افتاده؟ چند نفر ثبت شدن توش؟"),
        ("roadmap-1404/art_28", "شهریه هر دوره چقدر است؟"),
        ("smart-cycle-1404/art_18", "تاکنون چند دستگاه به همین دلیل به مراجع نظارتی معرفی شده‌اند؟"),
        ("pilot-projects-1402/project_14", "شماره تلفن دفتر مجری این پروژه‌ها را دارید؟"),
    ],
)
def test_what_no_text_tells_of_it_gets_no_confident_answer(shown: str, question: str) -> None:
    assert not asked(question, OnTable(Address.parse(shown))).confident


@pytest.mark.parametrize(
    ("question", "main"),
    [
        ("کارنامه عملکردی دستگاه‌ها هر چند وقت به هیئت وزیران گزارش می‌شود؟", "roadmap-1404/art_30"),
        ("واحد حکمرانی داده‌مبنا زیر نظر کیه", "data-governance-1404/art_7"),
        ("سامانه پیام ایران رو کی باید تکمیل کنه؟", "roadmap-1404/art_14"),
        ("ماده نه دستورالعمل حکمرانی داده رو نشونم بده", "data-governance-1404/art_9"),
    ],
)
def test_a_question_of_another_matter_leaves_the_table(question: str, main: str) -> None:
    assert str(asked(question, OnTable(Address.parse("roadmap-1404/art_21"))).main) == main


ARTICLES_14 = tuple(Address(slug, "art_14") for slug in ("roadmap-1404", "smart-cycle-1404", "eservices-1393"))
ASKED_BACK = OnTable(listed=ARTICLES_14, asked=Intent.LOOKUP, status=Status.ASKED_BACK)


@pytest.mark.parametrize(
    ("question", "main"),
    [
        ("دومی", ARTICLES_14[1]),
        ("گزینه ۳ لطفاً", ARTICLES_14[2]),
        ("آخری", ARTICLES_14[2]),
        ("۱", ARTICLES_14[0]),
        ("نقشه راه", ARTICLES_14[0]),
        ("مال چرخه", ARTICLES_14[1]),
        ("نقشه راه قبلی رو میگم", ARTICLES_14[2]),
    ],
)
def test_one_of_those_that_were_asked_back_is_chosen_in_words(question: str, main: Address) -> None:
    assert asked(question, ASKED_BACK).main == main


def test_what_is_asked_of_none_of_them_yet_is_asked_back_again() -> None:
    answer = asked("مهلتش کی بود؟", ASKED_BACK)
    assert (answer.status, answer.intent, answer.provisions) == (Status.ASKED_BACK, Intent.DEADLINE, ARTICLES_14)


@pytest.mark.parametrize(
    ("question", "main"),
    [
        ("دستگاه اصلی", "roadmap-1404/art_1__list_10"),
        ("مرکز تبادل اطلاعات چی", "eservices-1393/art_1__list_6"),
        ("دستگاه اجرایی در بخشنامه چرخه", "smart-cycle-1404/art_1__list_1"),
    ],
)
def test_another_term_is_asked_for_behind_a_definition(question: str, main: str) -> None:
    defined = OnTable(Address("roadmap-1404", "art_1__list_11"), asked=Intent.DEFINITION, status=Status.ANSWERED)
    answer = asked(question, defined)
    assert (answer.intent, str(answer.main)) == (Intent.DEFINITION, main)


def test_the_same_is_asked_of_another_text() -> None:
    cited = OnTable(Address("roadmap-1404", "art_5"), asked=Intent.LOOKUP, status=Status.ANSWERED)
    assert str(asked("تو حکمرانی داده چی؟", cited).main) == "data-governance-1404/art_5"
    searched = OnTable(
        Address("roadmap-1404", "art_30"),
        asked=Intent.TOPIC,
        status=Status.ANSWERED,
        words=("کارنامه", "عملکردی", "هیئت", "وزیران", "گزارش"),
    )
    answer = asked("حکم متناظر در نقشه راه سال ۱۳۹۳ کدام است؟", searched)
    assert {hit.address.regulation for hit in answer.hits} == {"eservices-1393"}
    # named alone, it is the text
    assert str(asked("نقشه راه قبلی", cited).main) == "eservices-1393"


def test_the_same_is_asked_of_another_body_or_for_its_limits() -> None:
    duties = OnTable(asked=Intent.RESPONSIBLE, status=Status.ANSWERED, actor="وزارت کشور")
    assert asked("وزارت ارتباطات چی؟", duties).actor == "وزارت ارتباطات و فناوری اطلاعات"
    for question in ("مهلت‌هاش کی هست؟", "تا کی وقت داره؟"):
        assert asked(question, duties).listing == LimitQuery(Wanted.EVERY, actor="وزارت کشور")


def test_a_list_of_limits_is_changed() -> None:
    listed = OnTable(
        asked=Intent.DEADLINE, status=Status.ANSWERED, listing=LimitQuery(Wanted.PASSED, actor="وزارت کشور")
    )
    assert asked("تو نقشه راه چی؟", listed).listing == LimitQuery(Wanted.PASSED, None, ("roadmap-1404",), "وزارت کشور")
    # a whole question begins anew
    answer = asked("چه مهلت‌هایی در انتظار رویداد است؟", listed)
    assert answer.listing == LimitQuery(Wanted.WAITING)


def test_which_of_a_list() -> None:
    assert [picked(words, 3) for words in ("اولی", "سومیش چیه", "۲", "چهارمی", "تبصره دوم", "نظرسنجی")] == [
        0, 2, 1, None, None, None,
    ]  # fmt: skip
    assert picked("دومی", 1) is None


def test_no_is_no_word_of_the_question() -> None:
    assert without_correction("نه ولش کن، پلیس هوشمند رو میگم، مجریش کیه؟").split() == [
        "پلیس", "هوشمند", "،", "مجریش", "کیه؟",
    ]  # fmt: skip
    assert without_correction("نه گام چرخه") == "نه گام چرخه"
