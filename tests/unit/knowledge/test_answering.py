"""Answers over the real corpus: what each kind of question gets, and what is never answered."""

from __future__ import annotations

import datetime as dt

import pytest
from persiantools.jdatetime import JalaliDate

from knowledge.answering import QuestionAnswerer
from knowledge.answers import Intent, Status
from knowledge.on_table import OnTable
from knowledge.provisions import Address
from knowledge.reference_targets import NOWHERE
from knowledge.understanding import read_question, without_elapsed
from reminders.jalali import iso
from tests.support.answering import CoverageOnly, real_answerer, real_finder, real_limit_wordings
from tests.support.corpus import real_corpus, real_dates

TODAY = dt.date(2026, 11, 21)


def address(text: str) -> Address:
    return Address.parse(text)


def test_the_story() -> None:
    answer = real_answerer().answer("نظرسنجی از مردم با کیه و تا کی وقت داشت؟", today=TODAY)
    assert answer.status is Status.ANSWERED
    assert answer.main is not None
    assert answer.main.eid.startswith("art_21")
    assert "وزارت ارتباطات و فناوری اطلاعات" in answer.responsible
    limit = answer.limits[0]
    assert limit.due is not None
    assert (limit.due.year, limit.due.month, limit.due.day) == (1404, 5, 31)
    assert limit.quote == "حداکثر ظرف مدت چهار ماه از ابلاغ این سند"


@pytest.mark.parametrize(
    "question",
    [
        "چند روز از مهلت نظرسنجی گذشته",
        "مهلت نظرسنجی تمام شده است؟",
        "مهلت قانونی نظرسنجی چند ماه است",
        "نظرسنجی دیر شده؟",
        "سر رسید نظرسنجی",
    ],
)
def test_how_much_of_a_limit_has_passed_asks_for_it(question: str) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert (answer.status, answer.intent) == (Status.ANSWERED, Intent.DEADLINE)
    assert answer.limit is not None
    assert answer.limit.obligation_id == "roadmap-1404.art_21"


@pytest.mark.parametrize(
    "question", ["سازمان ثبت احوال مسئول چیه", "سازمان ثبت احوال مسئول چه کاری است", "ثبت احوال چه مسئولیتی دارد"]
)
def test_what_a_body_is_responsible_for_are_its_duties(question: str) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert answer.actor == "سازمان ثبت احوال کشور"
    assert len(answer.provisions) > 3


@pytest.mark.parametrize("question", ["رئیس شورای راهبری تحول اداری کیست؟", "سازنده پیام ایران کیست"])
def test_who_someone_is_asks_for_no_definition(question: str) -> None:
    assert real_answerer().answer(question, today=TODAY).definition is None


@pytest.mark.parametrize("question", ["الزامات چیست", "نقشه چیست"])
def test_a_word_that_is_a_short_name_is_no_question_what_its_text_is(question: str) -> None:
    assert not real_answerer().answer(question, today=TODAY).confident


@pytest.mark.parametrize(
    ("question", "main", "intent"),
    [
        ("ماده ۲۱ نقشه راه", "roadmap-1404/art_21", Intent.LOOKUP),
        ("made 21 naghshe rah chie", "roadmap-1404/art_21", Intent.LOOKUP),
        ("مهلت ماده ۲۱ نقشه راه", "roadmap-1404/art_21", Intent.DEADLINE),
        ("مسئول ماده ۲۱ نقشه راه کیست؟", "roadmap-1404/art_21", Intent.RESPONSIBLE),
        ("منظور از ناظر داده چیست؟", "data-governance-1404/art_10", Intent.DEFINITION),
        ("در نقشه راه «سازمان» یعنی چه؟", "roadmap-1404/art_1__list_2", Intent.DEFINITION),
        ("لیست پروژه‌های پیشران", "pilot-projects-1402/res_3__art_1", Intent.TABLE),
        ("گام‌های چرخه هوشمندسازی", "smart-cycle-1404/hdg_1", Intent.TABLE),
        ("مراحل شش‌گانه", "data-governance-1404/art_3", Intent.TABLE),
        ("marahel 6 gane esteghrar hokmrani dade mabna", "data-governance-1404/art_3", Intent.TABLE),
        ("دفاتر پیشخوان دولت یعنی چی؟", "eservices-1393/art_1__list_9", Intent.DEFINITION),
        ("دستگاه فرعی که میگن یعنی چی اصلا؟", "roadmap-1404/art_1__list_11", Intent.DEFINITION),
        ("IX که میگن یعنی چی؟", "eservices-1393/art_1__list_6", Intent.DEFINITION),
        ("حکمرانی داده‌مبنا چیه", "data-governance-1404/art_1__list_8", Intent.DEFINITION),
        ("دستگاه فرعی به چی میگن", "roadmap-1404/art_1__list_11", Intent.DEFINITION),
        ("دستگاه فرعی دیگه چیه؟", "roadmap-1404/art_1__list_11", Intent.DEFINITION),
        ("دولت هوشمند چیست؟", "roadmap-1404/preface", Intent.DEFINITION),
        ("نقشه راه چیست؟", "roadmap-1404", Intent.LOOKUP),
        ("چند تا پروژه پیشران داریم؟", "pilot-projects-1402/res_3__art_1", Intent.TABLE),
        ("9 gaame charkhe hooshmandsazi ro be tartib list kon", "smart-cycle-1404/hdg_1", Intent.TABLE),
        (
            "جدول زمان‌بندی اقدامات نقشه راه خدمات دولت الکترونیکی را به‌طور کامل ارائه فرمایید",
            "eservices-1393/hdg_14",
            Intent.TABLE,
        ),
        ("اعتبارات پروژه‌های پیشران", "pilot-projects-1402/res_3__art_5", Intent.TOPIC),
        # an address as exports and links write it
        ("متن roadmap-1404/art_6__note_2 رو بده", "roadmap-1404/art_6__note_2", Intent.TOPIC),
        # what the other words are about within what is cited
        ("کمیته نظارتی دو ماه از ابلاغ مصوبه ۲ میشه چه تاریخی", "pilot-projects-1402/res_2__art_4", Intent.DEADLINE),
        ("فصل ۷ سایر ضوابط", "roadmap-1404/chp_7", Intent.LOOKUP),
        # number and words agree, whatever document seems to be named beside them
        ("دستورالعمل استانداردهای پنجرهواحد ووبگاه دستگاهها ماده۱۵ مهلتش کیه", "roadmap-1404/art_15", Intent.DEADLINE),
        ("مهلت ماده ۲۴ سند حکمرانی داده‌مبنا", "roadmap-1404/art_24", Intent.DEADLINE),
        # a short name beside the term says which text is meant; one in the term does not
        ("سامانه در چرخه به چه معناست؟", "smart-cycle-1404/art_1__list_6", Intent.DEFINITION),
        ("سازمان در حکمرانی داده یعنی چی", "data-governance-1404/art_1__list_2", Intent.DEFINITION),
        ("سامانه یعنی چه؟", "data-governance-1404/art_1__list_10", Intent.DEFINITION),
    ],
)
def test_what_is_quoted(question: str, main: str, intent: Intent) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert (str(answer.main), answer.intent, answer.status) == (main, intent, Status.ANSWERED)


@pytest.mark.parametrize(
    ("question", "shown", "main"),
    [
        ("تبصره‌هاش؟", "roadmap-1404/art_21", "roadmap-1404/art_21__note_1"),
        ("ماده بعدی", "roadmap-1404/art_21", "roadmap-1404/art_22"),
        ("ماده بعدی", "roadmap-1404/art_21__note_2", "roadmap-1404/art_22"),
        ("قبلی", "roadmap-1404/art_21__note_2", "roadmap-1404/art_21__note_1"),
        ("مهلتش کی بود؟", "roadmap-1404/art_21", "roadmap-1404/art_21"),
        ("متن کاملش رو بده", "roadmap-1404/art_6__note_2", "roadmap-1404/art_6"),
        ("ماده ۱۴", "roadmap-1404/art_21", "roadmap-1404/art_14"),
    ],
)
def test_follow_ups_refer_to_what_was_shown(question: str, shown: str, main: str) -> None:
    answer = real_answerer().answer(question, today=TODAY, table=OnTable(address(shown)))
    assert (str(answer.main), answer.status) == (main, Status.ANSWERED)


@pytest.mark.parametrize(
    ("question", "shown", "intent"),
    [
        ("مهلتش چقدره", "roadmap-1404/art_21", Intent.DEADLINE),
        ("تا کی وقت داریم؟", "roadmap-1404/art_21", Intent.DEADLINE),
        ("آیا مهلتش گذشته است؟", "roadmap-1404/art_21", Intent.DEADLINE),
        ("چه زمانی باید انجام شود؟", "roadmap-1404/art_21", Intent.DEADLINE),
        ("هر چند وقت یک‌بار؟", "roadmap-1404/art_30", Intent.DEADLINE),
        ("کی باید انجام بشه", "roadmap-1404/art_21", Intent.DEADLINE),
        ("کی باید انجامش بده", "roadmap-1404/art_21", Intent.RESPONSIBLE),
        ("کدوم دستگاه باید انجامش بده؟", "roadmap-1404/art_21", Intent.RESPONSIBLE),
        ("با همکاری چه دستگاه‌هایی؟", "roadmap-1404/art_28", Intent.RESPONSIBLE),
        ("مسئول این تبصره کیست", "roadmap-1404/art_6__note_1", Intent.RESPONSIBLE),
    ],
)
def test_follow_ups_ask_when_or_who(question: str, shown: str, intent: Intent) -> None:
    answer = real_answerer().answer(question, today=TODAY, table=OnTable(address(shown)))
    assert (str(answer.main), answer.intent) == (shown, intent)


@pytest.mark.parametrize(
    ("question", "main", "told"),
    [
        ("mohlatesh ta key", "roadmap-1404/art_21", "مهلتش تا کی"),
        ("made badi", "roadmap-1404/art_22", "ماده بعدی"),
        ("محلتش کیه", "roadmap-1404/art_21", "مهلتش کیه"),
    ],
)
def test_follow_ups_are_understood_once_their_spelling_is_repaired(question: str, main: str, told: str) -> None:
    answer = real_answerer().answer(question, today=TODAY, table=OnTable(address("roadmap-1404/art_21")))
    assert (answer.question, str(answer.main), answer.corrected) == (question, main, told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # as words are written, not as search folds them; what was typed so stays
        ("sanjehaye kammi", "سنجه‌های کمی"),
        ("مسول ابر دولت کیه", "مسئول ابر دولت کیه"),
        ("mohlate amade sazi model bologh", "مهلت آماده سازی مدل بلوغ"),
        ("مهلط تهيه مدل بلوغ", "مهلت تهيه مدل بلوغ"),
        # of another matter: whatever it was read as is of no use
        ("کدام مادهٔ غذایی بیشترین مقدار آهن را دارد؟", None),
        ("khafe sho baba", None),
    ],
)
def test_a_correction_is_told_where_it_helps(question: str, told: str | None) -> None:
    assert real_answerer().answer(question, today=TODAY).corrected == told


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("ماده ۶ نقشه راه مهلتش کیه؟", Intent.DEADLINE),
        ("مهلت نظرسنجی کیه", Intent.DEADLINE),
        ("مهلت شناسنامه فعالیت کارکنان کیه و با کیه", Intent.DEADLINE),
        ("پلیس هوشمند، تاریخ استقرار کامل", Intent.DEADLINE),
        ("مالیات هوشمند زمان خاتمه", Intent.DEADLINE),
        ("استعلام برخط از کی اجباری", Intent.DEADLINE),
        ("این سه ماه کی سپری شد", Intent.DEADLINE),
        ("تا پایان کدام سه‌ماهه سال ۱۳۹۳ باید انجام می‌شد", Intent.DEADLINE),
        ("مسئول تعیین مهلت کیه", Intent.RESPONSIBLE),
        ("مهلت رو با کیه", Intent.RESPONSIBLE),
        # neither «آی‌تی» nor an ending that stands apart asks for duties
        ("واسه حقوق بچه‌های آی‌تی چی گفتن؟", Intent.TOPIC),
        ("آیا ماده‌ای درباره بهره‌وری هست", Intent.TOPIC),
    ],
)
def test_when_and_who_are_told_apart(question: str, intent: Intent) -> None:
    assert read_question(question).intent is intent


def test_a_note_of_no_text_is_none_of_any() -> None:
    missing = real_answerer().answer("تبصره ۹", today=TODAY).missing
    assert missing is not None
    assert (missing.within, missing.first) == (NOWHERE, None)


@pytest.mark.parametrize("question", ["تبصره ۲۱ نقشه راه", "ماده ۱۲ پروژه‌های پیشران", "بند ۹۹ نقشه راه"])
def test_numbers_that_begin_anew_in_each_place_are_no_range(question: str) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert answer.status is Status.NO_SUCH_PROVISION
    assert answer.missing is not None
    assert (answer.missing.first, answer.missing.last) == (None, None)


@pytest.mark.parametrize(
    ("question", "provisions"),
    [
        ("تبصره ۳ ماده ۵ نقشه راه و تبصره ۱ ماده ۱۱", ["roadmap-1404/art_5__note_3", "roadmap-1404/art_11__note_1"]),
        ("تبصره ۱ و تبصره ۲ ماده ۶ نقشه راه", ["roadmap-1404/art_6__note_1", "roadmap-1404/art_6__note_2"]),
        ("تبصره اول و تبصره دوم ماده ۶ نقشه راه", ["roadmap-1404/art_6__note_1", "roadmap-1404/art_6__note_2"]),
        (
            "بند الف و بند ب ماده ۴ حکمرانی داده",
            ["data-governance-1404/art_4__list_1", "data-governance-1404/art_4__list_2"],
        ),
        (
            "بند الف ماده ۴ و بند ب ماده ۴ حکمرانی داده",
            ["data-governance-1404/art_4__list_1", "data-governance-1404/art_4__list_2"],
        ),
        ("ماده ۵ چرخه و ماده ۶ نقشه راه", ["smart-cycle-1404/art_5", "roadmap-1404/art_6"]),
    ],
)
def test_references_side_by_side_are_all_shown(question: str, provisions: list[str]) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert (answer.status, [str(at) for at in answer.provisions]) == (Status.ANSWERED, provisions)


def test_an_item_within_an_item_is_one_provision() -> None:
    answer = real_answerer().answer("بند ۱ بند ب ماده ۴ حکمرانی داده", today=TODAY)
    assert str(answer.main) == "data-governance-1404/art_4__list_2__list_1"


def test_only_one_of_the_texts_has_chapters() -> None:
    answer = real_answerer().answer("ماده ۲۱ در کدام فصل است", today=TODAY)
    assert (str(answer.main), answer.intent) == ("roadmap-1404/chp_4", Intent.LOOKUP)


@pytest.mark.parametrize(
    ("question", "shown", "main"),
    [
        ("تبصره بعدی", "roadmap-1404/art_21", "roadmap-1404/art_21__note_1"),
        ("تبصره بعدی", "roadmap-1404/art_6__note_2__list_1", "roadmap-1404/art_6__note_3"),
        ("قبلی", "smart-cycle-1404/art_1", "smart-cycle-1404/preface"),
    ],
)
def test_what_is_next_is_of_the_kind_that_is_named(question: str, shown: str, main: str) -> None:
    answer = real_answerer().answer(question, today=TODAY, table=OnTable(address(shown)))
    assert (str(answer.main), answer.status) == (main, Status.ANSWERED)


@pytest.mark.parametrize(
    ("question", "shown", "kind", "number", "numbers"),
    [
        ("بعدی", "roadmap-1404/art_33", "ماده", "34", ("1", "33")),
        ("پروژه بعدی", "pilot-projects-1402/project_20", "پروژه", "21", ("1", "20")),
        ("تبصره بعدی", "roadmap-1404/art_6__note_5", "تبصره", "6", ("1", "5")),
        ("تبصره بعد از تبصره ۵ ماده ۶ نقشه راه", None, "تبصره", "6", ("1", "5")),
        ("بعد از ماده ۹ مصوبه ۱", None, "ماده", "10", ("1", "9")),
    ],
)
def test_nothing_stands_behind_the_last_one(
    question: str, shown: str | None, kind: str, number: str, numbers: tuple[str, str]
) -> None:
    answer = real_answerer().answer(question, today=TODAY, table=OnTable(address(shown) if shown else None))
    missing = answer.missing
    assert answer.status is Status.NO_SUCH_PROVISION
    assert missing is not None
    assert (missing.kind_label, missing.number, (missing.first, missing.last)) == (kind, number, numbers)


@pytest.mark.parametrize(
    ("question", "main", "due"),
    [
        # an article is named, but the words are of one of its notes, which has a limit of its own
        ("طبق ماده ۶ نقشه راه مدل مرجع شهر هوشمند تا کی باید ارائه شود؟", "roadmap-1404/art_6__note_5", (1404, 4, 31)),
        ("مهلت ماده ۶ نقشه راه", "roadmap-1404/art_6", (1404, 7, 30)),
        # the number is of several texts, the words of one
        ("شناسنامه فعالیت کارکنان که در ماده ۸ آمده کی باید راه می‌افتاد؟", "roadmap-1404/art_8", (1404, 11, 30)),
        # «دستورالعمل» is the matter here, not the text of that name
        (
            "دستورالعمل استفاده از شرکت‌های دارای رتبه طبق ماده ۶ تا کی",
            "roadmap-1404/art_6__note_2__list_2",
            (1404, 3, 31),
        ),
        # the text that is named is the matter of another one's article
        (
            "چارچوب برنامه عملیاتی حکمرانی داده‌مبنا در ماده ۲۴ تا کی باید ابلاغ شود",
            "roadmap-1404/art_24",
            (1405, 1, 31),
        ),
    ],
)
def test_words_beside_a_reference_tell_which_part_or_text_is_meant(
    question: str, main: str, due: tuple[int, int, int]
) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert (str(answer.main), answer.limit and answer.limit.due) == (main, JalaliDate(*due))


@pytest.mark.parametrize(
    ("question", "shown", "main"),
    [
        # the words find another text's article than the one on the table
        ("طبق ماده ۱۹ نماینده تام‌الاختیار تا کی معرفی شود", "roadmap-1404/art_6", "smart-cycle-1404/art_19"),
        ("مهلت ماده ۱۹", "smart-cycle-1404/art_3", "smart-cycle-1404/art_19"),
        ("بند ب ماده ۴", "roadmap-1404/art_6", "data-governance-1404/art_4__list_2"),
        ("ماده بعدی", "roadmap-1404/art_21__note_1", "roadmap-1404/art_22"),
        ("بعدی", "roadmap-1404/art_21__note_1", "roadmap-1404/art_21__note_2"),
        ("کی مسئولشه؟", "roadmap-1404/art_21", "roadmap-1404/art_21"),
        ("همکارانش؟", "roadmap-1404/art_21", "roadmap-1404/art_21"),
        ("تبصرش؟", "roadmap-1404/art_7", "roadmap-1404/art_7__note_1"),
    ],
)
def test_what_is_on_the_table_helps_where_the_words_do_not_tell(question: str, shown: str, main: str) -> None:
    answer = real_answerer().answer(question, today=TODAY, table=OnTable(address(shown)))
    assert (str(answer.main), answer.status) == (main, Status.ANSWERED)


@pytest.mark.parametrize(
    ("question", "main"),
    [
        ("نقشه راه کی ابلاغ شد؟", "roadmap-1404"),
        ("مرجع تصویب نقشه راه دولت هوشمند کیست", "roadmap-1404"),
        ("شماره دستورالعمل حکمرانی داده‌مبنا", "data-governance-1404"),
        ("بخشنامه چرخه شماره‌اش چنده؟", "smart-cycle-1404"),
        ("چرخه کی ابلاغ شده", "smart-cycle-1404"),
        ("نقشه راه قبلی هنوز معتبره؟", "eservices-1393"),
        ("نظرسنجی از مردم با کیه؟", "roadmap-1404/art_21"),
        ("گزارش عملکرد به هیأت وزیران فصلیه یا سالانه؟", "roadmap-1404/art_30"),
        ("سلامت هوشمند با کیه", "pilot-projects-1402/project_2"),
        ("ماده 6 tabsare 2 نقشه راه", "roadmap-1404/art_6__note_2"),
    ],
)
def test_the_right_one_is_quoted(question: str, main: str) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert (str(answer.main), answer.status) == (main, Status.ANSWERED)


def test_two_articles_side_by_side_are_both_meant() -> None:
    answer = real_answerer().answer("ماده ۲۱ نقشه راه ماده ۲۲ نقشه راه", today=TODAY)
    assert [str(a) for a in answer.provisions] == ["roadmap-1404/art_21", "roadmap-1404/art_22"]


def test_another_text_of_a_common_name_is_not_said_to_lack_an_article() -> None:
    answer = real_answerer().answer("آیین‌نامه بند ج ماده ۱۰۷", today=TODAY)
    assert answer.status is not Status.NO_SUCH_PROVISION


def test_the_later_of_two_events_waits_for_both() -> None:
    answer = real_answerer().answer("مهلت تبصره ۲ ماده ۶ نقشه راه", today=TODAY)
    limit = answer.limits[0]
    assert limit.due is None
    assert len(limit.waiting_for) == 2


def test_every_duty_of_a_body_is_listed() -> None:
    answer = real_answerer().answer("وزارت کشور چه وظایفی دارد؟", today=TODAY)
    assert answer.actor == "وزارت کشور"
    assert address("roadmap-1404/art_16") in answer.provisions
    assert len(answer.provisions) >= 3


@pytest.mark.parametrize(
    ("question", "actor"),
    [
        ("سازمان ثبت احوال مسئول چیه", "سازمان ثبت احوال کشور"),
        ("سازمان ثبت احوال مسئول چه کاری است؟", "سازمان ثبت احوال کشور"),
        ("سازمان ثبت احوال چه مسئولیتی دارد", "سازمان ثبت احوال کشور"),
        ("شهرداریا چیکار باید بکنن", "شهرداری‌ها"),
        ("شهرداریها چیکار باید بکنن", "شهرداری‌ها"),
        ("استانداریا چیکار باید بکنن", "استانداری‌ها"),
        ("فرماندارا چیکار باید بکنن", "فرمانداری‌ها"),
        ("وظایف دستگاهای اجرایی", "دستگاه‌های اجرایی"),
    ],
)
def test_duties_are_asked_for_in_many_ways(question: str, actor: str) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert answer.actor == actor
    assert answer.provisions
    assert (answer.responsible, answer.partners) == ((actor,), ())


@pytest.mark.parametrize(
    ("question", "projects"),
    [
        ("بانک مرکزی در کدام پروژه‌ها همکار است؟", [3, 6, 9, 12, 13, 16, 19, 20]),
        ("کدام پروژه‌ها با همکاری بانک مرکزی اجرا می‌شود", [3, 6, 9, 12, 13, 16, 19, 20]),
        ("گمرک تو کدوم پروژه هاست", [3, 12, 13]),
        ("فراجا همکار کدوم پروژه هاست", [6, 12, 20]),
        ("بیمه سلامت در کدام پروژه‌ها", [2, 5]),
        ("پروژه‌های وزارت ارتباطات", [14, 17, 2, 3, 4, 9, 11, 15]),
        ("پروژه‌های پیشران فراجا", [9, 6, 12, 20]),
        ("وزارت نیرو مجری کدام پروژه‌هاست؟", [7]),
        ("سازمان فناوری اطلاعات مجری چند پروژه است", [8, 10]),
    ],
)
def test_the_projects_of_a_body(question: str, projects: list[int]) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert (answer.status, answer.confident) == (Status.ANSWERED, True)
    assert [at.eid for at in answer.provisions] == [f"project_{n}" for n in projects]


def test_where_a_body_acts_along_is_not_where_it_must_act() -> None:
    answer = real_answerer().answer("سازمان برنامه در کدام مواد همکار است", today=TODAY)
    assert (answer.responsible, answer.partners) == ((), ("سازمان برنامه و بودجه کشور",))
    assert address("roadmap-1404/art_18") in answer.provisions
    assert address("roadmap-1404/art_31") not in answer.provisions

    both = real_answerer().answer("سازمان برنامه با چه کسانی همکاری می‌کند؟", today=TODAY)
    assert set(both.provisions) > set(answer.provisions)


def test_a_body_that_leads_no_project_is_named_where_it_stands() -> None:
    answer = real_answerer().answer("گمرک مجری کدام پروژه هاست", today=TODAY)
    assert (answer.status, answer.provisions) == (Status.ANSWERED, ())
    assert {hit.address.eid for hit in answer.hits} == {"project_3", "project_12", "project_13"}


@pytest.mark.parametrize(
    "question",
    [
        "کدام دستگاه‌ها همکار پروژه‌ها هستند",
        "دستگاه‌های همکار کدامند",
        "نامه وزیر ارتباطات درباره مصوبه پروژه‌های پیشران",
        "همکاری بانک مرکزی با صندوق بین‌المللی پول",
    ],
)
def test_no_body_is_asked_for_its_provisions(question: str) -> None:
    assert real_answerer().answer(question, today=TODAY).actor is None


@pytest.mark.parametrize(
    ("question", "main"),
    [
        ("چند روز از مهلت نظرسنجی گذشته", "roadmap-1404/art_21"),
        ("مهلت نظرسنجی تمام شده است؟", "roadmap-1404/art_21"),
        ("مهلت قانونی نظرسنجی چند ماه است", "roadmap-1404/art_21"),
        ("سر رسید نظرسنجی", "roadmap-1404/art_21"),
        ("ددلاین نظرسنجی", "roadmap-1404/art_21"),
        ("نظرسنجی دیر شده؟", "roadmap-1404/art_21"),
        ("چقد از مهلت سند معماری مونده", "roadmap-1404/art_6__note_2"),
        ("شناسنامه فعالیت کارکنان چند روز مونده", "roadmap-1404/art_8"),
    ],
)
def test_how_much_of_a_limit_is_past_or_left(question: str, main: str) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert (answer.question, answer.status, answer.intent) == (question, Status.ANSWERED, Intent.DEADLINE)
    assert str(answer.main) == main
    assert answer.limit is not None


@pytest.mark.parametrize(
    "question",
    [
        "قیمت تمام شده خدمات",
        "هر چند ماه باید گزارش داد؟",
        "مهلت آن شش ماهه است یا چند روز",
        "مهلتش چند روز مونده",  # nothing is left of it: a follow-up
        "مهلت نظرسنجی تمدید شده؟",
    ],
)
def test_words_of_time_that_are_of_the_matter_stay(question: str) -> None:
    assert without_elapsed(question) == question


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("ماده ۵۰ نقشه راه", Status.NO_SUCH_PROVISION),
        ("ماده ۱۴", Status.ASKED_BACK),
        ("کد ملی من ۰۴۹۹۳۷۰۸۹۹ است", Status.REFUSED_PERSONAL_DATA),
        ("شماره من ███████ است", Status.REFUSED_PERSONAL_DATA),
        ("الف" * 101, Status.TOO_LONG),
        ("؟!", Status.EMPTY),
        ("ماده ۱۰۷ قانون برنامه هفتم", Status.NO_CONFIDENT_ANSWER),
        ("قیمت دلار چنده", Status.NO_CONFIDENT_ANSWER),
        ("هوای تهران فردا چطور است؟", Status.NO_CONFIDENT_ANSWER),
        ("شسیبل کمنت", Status.NO_CONFIDENT_ANSWER),
    ],
)
def test_what_is_not_answered(question: str, status: Status) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert answer.status is status
    assert answer.main is None
    assert len(answer.hits) <= 10


def test_every_question_of_the_sets_ends_in_a_status() -> None:
    from benchmarks.questions import read_questions

    answers = [real_answerer().answer(q.q, today=TODAY) for q in read_questions()]
    assert len(answers) > 600
    assert {a.status for a in answers} <= set(Status)
    assert all(a.main is not None or a.provisions for a in answers if a.status is Status.ANSWERED)


def test_deadlines_are_chosen_among_the_notes_of_an_article() -> None:
    answer = real_answerer().answer("مهلت تدوین مدل مرجع شهر هوشمند توسط وزارت کشور", today=TODAY)
    assert answer.limits
    assert str(answer.limits[0].address) in ("roadmap-1404/art_6__note_5", "roadmap-1404/stage_2__actor_3__item_1")


def test_who_asks_for_a_limit_is_told_the_likeliest_ones_even_without_a_confident_answer() -> None:
    never_sure = CoverageOnly((), 0.0, 2.0)
    answerer = QuestionAnswerer(
        real_corpus(), real_finder(), real_dates(), real_limit_wordings(), confidence=never_sure, length_max=300
    )

    answer = answerer.answer("مهلت نظرسنجی از مردم کی بود؟", today=TODAY)
    assert (answer.status, answer.confident) == (Status.NO_CONFIDENT_ANSWER, False)
    assert answer.limit is not None
    assert answer.limit.due is not None
    assert (str(answer.limit.address), iso(answer.limit.due)) == ("roadmap-1404/art_21", "1404-05-31")

    assert answerer.answer("نظرسنجی از مردم با کیست؟", today=TODAY).limit is None


@pytest.mark.parametrize(
    "question", ["هدایت طرح دانشگاه‌ها در میان طرح‌های بیست‌گانه با کیست؟", "پروژه‌های بیست گانه", "پروژه 20 گانه پیشران"]
)
def test_how_many_there_are_is_no_reference(question: str) -> None:
    assert str(real_answerer().answer(question, today=TODAY).main) != "pilot-projects-1402/project_20"


@pytest.mark.parametrize(
    "question",
    [
        "فصل دوم سریال «پایتخت» در چند قسمت پخش شد؟",
        "ردیف‌های اول هواپیما برای بچه‌دارها بهترند یا عقب؟",
        "پروژه پایانی درس پایگاه داده",
        "گام سوم رژیم لاغری چیه",
        "مرحله دوم یارانه کی واریز میشه",
        "ماده ۱۶۹ مکرر مالیات‌های مستقیم",
        "ماده ۱۰ مدنی چیه",
    ],
)
def test_what_everyday_words_number_is_no_reference(question: str) -> None:
    assert real_answerer().answer(question, today=TODAY).status is Status.NO_CONFIDENT_ANSWER


@pytest.mark.parametrize(
    ("question", "main"),
    [
        ("گام ششم متناسب‌سازی ساختار سازمانی", "smart-cycle-1404/step_6"),
        ("پروژه ۸ ابر دولت", "pilot-projects-1402/project_8"),
        ("فصل ۷ سایر ضوابط", "roadmap-1404/chp_7"),
        (
            "در مرحله ۳ نقشه راه، سند نظام حکمرانی داده‌مبنا تا چه تاریخی باید آماده شود؟",
            "roadmap-1404/stage_3__actor_3__item_4",
        ),
    ],
)
def test_words_of_the_matter_leave_a_reference_one(question: str, main: str) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert (answer.status, str(answer.main)) == (Status.ANSWERED, main)


@pytest.mark.parametrize(
    ("question", "main"),
    [
        ("سامانه پیام ایران مال کیه", "roadmap-1404/art_14"),
        ("احراز هویت یکپارچه دست کیه", "roadmap-1404/art_13"),
        ("کارگروه کیه", "roadmap-1404/art_1__list_5"),
    ],
)
def test_whose_it_is_is_not_what_it_means(question: str, main: str) -> None:
    assert str(real_answerer().answer(question, today=TODAY).main) == main


@pytest.mark.parametrize("question", ["متن کاملش", "متن کاملشو میخوام", "کل ماده رو بفرست"])
def test_the_whole_of_what_is_shown(question: str) -> None:
    shown = Address("roadmap-1404", "art_21__note_1")
    answer = real_answerer().answer(question, today=TODAY, table=OnTable(shown))
    assert str(answer.main) == "roadmap-1404/art_21"


def test_a_kind_that_an_article_lacks_is_not_said_of_the_article_itself() -> None:
    missing = real_answerer().answer("تبصره ماده ۱۱ دستورالعمل حکمرانی داده", today=TODAY).missing
    assert missing is not None
    assert (str(missing.within), missing.kind_label, missing.number) == ("data-governance-1404/art_11", "تبصره", "")


def test_a_term_within_a_narrower_question_is_not_just_defined() -> None:
    answer = real_answerer().answer("پنجره ملی خدمات یعنی چی و تا کی باید راه بیفته؟", today=TODAY)
    assert answer.intent is not Intent.DEFINITION


def test_a_term_under_two_spellings_of_one_name_is_defined_once() -> None:
    answer = real_answerer().answer("تعریف کارگروه تعامل پذیری", today=TODAY)
    assert [str(hit.address) for hit in answer.hits] == ["roadmap-1404/art_1__list_8"]


@pytest.mark.parametrize(
    ("question", "limit"),
    [
        ("ماده ۱۵ نقشه راه ۳ ماه وقت داده، آخرین روزش چه تاریخی بود؟", "roadmap-1404/art_15"),
        ("ماده ۱۵ نقشه راه ۶ ماه وقت داده، آخرین روزش چه تاریخی بود؟", "roadmap-1404/art_15__note_1"),
        ("made 15 naghshe rah 3 mah vaght dade, akharin roozesh kie?", "roadmap-1404/art_15"),
        ("مهلت مرحله سوم فرآیند اجرایی حکمرانی داده‌مبنا", "roadmap-1404/stage_3__actor_3__item_4"),
    ],
)
def test_the_length_or_the_process_that_is_named_chooses_the_limit(question: str, limit: str) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert answer.limit is not None
    assert str(answer.limit.address) == limit


@pytest.mark.parametrize(
    ("question", "main"),
    [
        ("آخرین ماده فصل سوم نقشه راه", "roadmap-1404/art_11"),
        ("تبصره آخرین ماده فصل سوم نقشه راه", "roadmap-1404/art_11__note_1"),
        ("تبصره آخر ماده ۵ نقشه راه", "roadmap-1404/art_5__note_5"),
        ("ماده‌ای که در بخشنامه چرخه هوشمندسازی زیر گام هفتم نشسته چه می‌گوید؟", "smart-cycle-1404/art_12"),
        ("madei ke zire gam 8 charkhe hooshmandsazi umade matnesh chie", "smart-cycle-1404/art_13"),
        ("ماده‌ای از نقشه راه که فصل چهارم با آن تمام می‌شود", "roadmap-1404/art_21"),
        ("چهاردهمین اصطلاح ماده ۱ نقشه راه", "roadmap-1404/art_1__list_14"),
        ("تبصره‌های گام دوم چرخه", "smart-cycle-1404/art_4__note_1"),
        ("ماده هفتش رو از چرخه بده", "smart-cycle-1404/art_7"),
        ("proje 7 pishran, dastgah mojri kodume?", "pilot-projects-1402/project_7"),
        ("ردیف ۹ جدول زمان‌بندی", "eservices-1393/timetable_9"),
        ("ماده‌ای که در سند ۱۳۹۳ زیر عنوان «بودجه» آمده و شماره ۳۴ دارد", "eservices-1393/art_34"),
        ("اون تبصره‌ای که زیر ماده ۴ مصوبه سه شورای اجرایی اومده", "pilot-projects-1402/res_3__art_4__note_1"),
        ("ماده ششم مصوبه تکمیلی الزامات فنی و معماری پنجره واحد", "pilot-projects-1402/res_2__art_6"),
        ("کل متن بخشنامه چرخه هوشمندسازی خدمات دستگاه های اجرایی را میخواهم", "smart-cycle-1404"),
    ],
)
def test_provisions_by_where_they_stand(question: str, main: str) -> None:
    assert str(real_answerer().answer(question, today=TODAY).main) == main


def test_a_row_without_its_table_is_asked_back() -> None:
    answer = real_answerer().answer("ردیف ۹", today=TODAY)
    assert (answer.status, [str(at) for at in answer.provisions]) == (
        Status.ASKED_BACK,
        ["eservices-1393/timetable_9", "pilot-projects-1402/project_9"],
    )
    on_table = OnTable(address("pilot-projects-1402/project_8"))
    assert str(real_answerer().answer("ردیف ۹", today=TODAY, table=on_table).main) == "pilot-projects-1402/project_9"
    missing = real_answerer().answer("ردیف ۱۵ جدول زمان‌بندی", today=TODAY).missing
    assert missing is not None
    assert (missing.number, missing.first, missing.last) == ("15", "1", "14")


@pytest.mark.parametrize(
    ("question", "status", "number"),
    [("ماده ۲۱ و ۵۰", Status.ASKED_BACK, "50"), ("پروژه‌های ۱۹ تا ۲۲", Status.ANSWERED, "21، 22")],
)
def test_a_number_that_no_text_has_is_told_beside_those_that_one_has(
    question: str, status: Status, number: str
) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert answer.missing is not None
    assert (answer.status, answer.missing.number) == (status, number)


def test_an_item_of_another_law_is_none_of_ours() -> None:
    assert not real_answerer().answer("بند ۱۱ قانون جهش تولید", today=TODAY).confident


@pytest.mark.parametrize(
    ("question", "main"),
    [
        ("ماده ۵ نقشه راه سه تبصره دارد، دومی چیست", "roadmap-1404/art_5__note_2"),
        ("گام سوم چرخه چهار تا ماده داره، دومیش مال چیه", "smart-cycle-1404/art_6"),
        ("سرفصل سوم ماده ۳ نقشه راه", "roadmap-1404/art_3__list_3"),
        ("در مورد دومین ماده نقشه راه توضیح بده", "roadmap-1404/art_2"),
        ("در مورد سومین مرحله نقشه راه توضیح بده", "roadmap-1404/stage_3"),
    ],
)
def test_what_names_a_provision_counts_nothing_in_it(question: str, main: str) -> None:
    assert str(real_answerer().answer(question, today=TODAY).main) == main


@pytest.mark.parametrize(
    ("question", "provisions"),
    [
        ("چه فرقی بین گام ۳ و ۵ چرخه هست", ["smart-cycle-1404/step_3", "smart-cycle-1404/step_5"]),
        ("تفاوت بین ماده ۲ و ماده ۴ نقشه راه", ["roadmap-1404/art_2", "roadmap-1404/art_4"]),
        ("فصل ششم، مواد ۲۶ و ۲۷ نقشه راه را بیاور", ["roadmap-1404/art_26", "roadmap-1404/art_27"]),
    ],
)
def test_several_that_are_named_are_all_shown(question: str, provisions: list[str]) -> None:
    assert [str(at) for at in real_answerer().answer(question, today=TODAY).provisions] == provisions
