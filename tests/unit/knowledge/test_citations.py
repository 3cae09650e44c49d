"""References in every way that people write them lead to the provision they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.citations import CitationReader
from knowledge.corpus_files import load_corpus
from knowledge.labels import label
from knowledge.provisions import Address, Corpus
from knowledge.understanding import plain
from tests.support.answering import real_finder

ROOT = Path(__file__).resolve().parents[3] / "knowledge" / "regulations"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(ROOT)


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> CitationReader:
    return CitationReader(corpus, real_finder().is_everyday)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("تبصزه ۲ ماده ۶ نقشه راه", "roadmap-1404/art_6__note_2"),
        ("ماده ۵ همان سندِ نقشه راه خدمات الکترونیکی", "eservices-1393/art_5"),
        ("ماده ۴۰ سند نقشه راه خدمات دولت الکترونیکی جمهوری اسلامی ایران", "eservices-1393/art_40"),
        ("ماده ۲ سومین مصوبه پروژه‌های پیشران", "pilot-projects-1402/res_3__art_2"),
        ("مقدمه از متن دستورالعمل حکمرانی داده‌مبنا را می‌خواهم", "data-governance-1404/preface"),
        ("مصوبات شورای اجرایی، نامه ابلاغیه", "pilot-projects-1402/letter"),
        ("مقدمه تصویب‌نامه ۱۴۳۲۲۲ پیش از شروع مصوبه شماره ۱", "pilot-projects-1402/preface"),
        ("ماده ۱۳ بخشنامه چرخه به کدام تبصره نقشه راه ارجاع می‌دهد", "smart-cycle-1404/art_13"),
        ("ماده شانزدهم از آیین‌نامه یعنی چی", "eservices-1393/art_16"),
        ("بند ۱ ماده ۶ نقشه راه", "roadmap-1404/art_6__list_1"),
        ("ردیف نه جدول زمان‌بندی نقشه راه قبلی", "eservices-1393/timetable_9"),
        ("ماده ۵ از چزخه", "smart-cycle-1404/art_5"),
        ("گام ۳ نقشه راه", "roadmap-1404/stage_3"),
        ("پروژه ۵ نقشه راه ۹۳", "eservices-1393/timetable_5"),
        ("ماده ۷ نقشه راه تبصره‌ش درباره چیه", "roadmap-1404/art_7__note_1"),
        ("محور دوم ماده ۳ نقشه راه", "roadmap-1404/art_3__list_2"),
        ("بخش ۳ مرحله ۱ نقشه راه", "roadmap-1404/stage_1__actor_3"),
        ("بند ۶ مرحله ۲ نقشه راه", "roadmap-1404/stage_2__actor_1__item_6"),
        ("ردیف ۱۷ جدول", "pilot-projects-1402/project_17"),
        ("ماده ۹ مصوبه ۳۱ فروردین ماه ۱۴۰۴", "roadmap-1404/art_9"),
        ("ماده ۲ بخشنامه مورخ 1404/2/26", "data-governance-1404/art_2"),
        ("ماه ۲۵ نقشه راه دولت هوشمند", "roadmap-1404/art_25"),
        ("دیباچه الزامات چرخه", "smart-cycle-1404/preface"),
        ("مده ۲۱ نقشه راه", "roadmap-1404/art_21"),
        ("مصوب ۳ ماده ۴", "pilot-projects-1402/res_3__art_4"),
        ("تبصره‌ی ماده‌ی ۷ نقشه‌ی راه", "roadmap-1404/art_7__note_1"),
        ("بیست و یکمین ماده نقشه راه", "roadmap-1404/art_21"),
        ("نهمین ردیف جدول سال ۹۳", "eservices-1393/timetable_9"),
        ("ماده ۸ نقشه راه قدیمی", "eservices-1393/art_8"),
        ("نقشه راه فصل چهارم (مواد ۱۲ تا ۲۱)", "roadmap-1404/chp_4"),
        ("فصل ششم نقشه راه (بعد از ماده ۲۵) عنوانش چیه", "roadmap-1404/chp_6"),
        ("بیست و دومین حکم شماره‌دار سند ۱۴۰۴ شورای عالی اداری", "roadmap-1404/art_22"),
        ("ماده ۵ تصویب‌نامه فروردین ۱۴۰۴ شورای عالی اداری", "roadmap-1404/art_5"),
        ("در فهرست بیست‌تایی طرح‌های پیشران، شماره نوزده", "pilot-projects-1402/project_19"),
        ("در جدول پروژه‌های پیشران، شماره ۷ چیه", "pilot-projects-1402/project_7"),
        ("از نه گام هوشمندسازی، شماره سه", "smart-cycle-1404/step_3"),
        ("از دو بند ماده هشت بخشنامه چرخه، دومی چیست", "smart-cycle-1404/art_8__list_2"),
        ("تو جدول پروژه‌های پیشران ردیفی که درست بعد ردیف ۱۱ اومده", "pilot-projects-1402/project_12"),
        ("ماده قبل از آخرین ماده نقشه راه", "roadmap-1404/art_32"),
        ("اون ماده‌ای که تو نقشه راه درست بعدِ ماده نوزده میاد", "roadmap-1404/art_20"),
        ("در نقشه راه ماده‌ای که درست پیش از سی‌وسومی نشسته", "roadmap-1404/art_32"),
        ("در چرخه هوشمندسازی ماده‌ای که بین هفتمی و نهمی جا گرفته", "smart-cycle-1404/art_8"),
        ("متن ماده واقع در میان مواد (۱۱) و (۱۳) مصوبه ۶۷۲۶", "roadmap-1404/art_12"),
        ("اولین ماده زیر سرفصل «سایر الزامات» بخشنامه چرخه", "smart-cycle-1404/art_15"),
        ("سومین ماده بخش سایر الزامات بخشنامه چرخه هوشمندسازی", "smart-cycle-1404/art_17"),
        ("دومین ماده از مواد گام سوم بخشنامه چرخه", "smart-cycle-1404/art_6"),
        ("در قسمت «ساختار کلی سند» چه آمده", "roadmap-1404/hdg_5"),
        ("در چرخه هوشمندسازی ماده ۵ بخش سایر الزامات", "smart-cycle-1404/art_5"),
        ("ماده ۵ نقشه راه ذیل «سایر الزامات»", "roadmap-1404/art_5"),
        ("در فصل چهارم (ماده ۱۵) نقشه راه چه آمده", "roadmap-1404/art_15"),
        ("خود ماده نه تبصره ۱ نقشه راه", "roadmap-1404/art_9__note_1"),
        ("دومین مصوبه از سه مصوبه ۱۷ مهر ۱۴۰۲ شورای اجرایی فناوری اطلاعات", "pilot-projects-1402/res_2"),
        ("دومین ماده ذیل سرفصل «ارزیابی» در نقشه راه خدمات دولت الکترونیکی", "eservices-1393/art_37"),
        ("گام سوم چرخه هوشمندسازی چهار تا ماده داره، سومیش مال چیه", "smart-cycle-1404/art_7"),
        ("ماده شیش بخشنامه ۲۹۴۸۲ چی داره؟ خود ماده نه تبصره‌ش", "data-governance-1404/art_6"),
        ("فصل پنجم مصوبه ۶۷۲۶، یعنی همان فصلی که مواد ۲۲ تا ۲۵ را در خود دارد", "roadmap-1404/chp_5"),
        ("عنوان فصل ششم نقشه راه دولت هوشمند، مواد ۲۶ تا ۲۸", "roadmap-1404/chp_6"),
        ("ردیف ۲ مرحله ۲ نقشه راه دولت هوشمند", "roadmap-1404/stage_2__actor_2"),
        ("ردیف هشتم فهرست طرح‌های پیشران دولت هوشمند", "pilot-projects-1402/project_8"),
        ("از آن شش مرحله‌ای که دستورالعمل حکمرانی داده چیده، سومی دنبال چیست", "data-governance-1404/phase_3"),
        ("بند ۱ ماده ۶ الزامات چرخه؟ تبصره‌اش را نمی‌خواهم، خود بند", "smart-cycle-1404/art_6__list_1"),
        ("نامه شماره 1/141700 مورخ 1402/08/18 را چه کسی امضا کرده", "pilot-projects-1402/letter"),
        ("ماده ۸ نقشه راه سال ۱۳۹۳", "eservices-1393/art_8"),
        ("ماده ۱۸ سند قبلی", "eservices-1393/art_18"),
        ("ماده ۵ مصوبه ۲۹۴۸۲", "data-governance-1404/art_5"),
        ("ماده ۷ دستورالعمل چرخه", "smart-cycle-1404/art_7"),
        ("مرحله ۳ چرخه هوشمندسازی", "smart-cycle-1404/step_3"),
        ("ردیف ۵ پیشران‌ها", "pilot-projects-1402/project_5"),
        ("پروژه پایلوت ۱۲", "pilot-projects-1402/project_12"),
        ("شماره ۲۱ نقشه راه", "roadmap-1404/art_21"),
        ("art 21 roadmap", "roadmap-1404/art_21"),
        ("ماده ۲۱ نقشه راه", "roadmap-1404/art_21"),
        ("م۲۱ نقشه راه", "roadmap-1404/art_21"),
        ("م.21 نقشه‌راه", "roadmap-1404/art_21"),
        ("ماده بیست و یکم سند نقشه راه", "roadmap-1404/art_21"),
        ("ماده (۲۱) نقشه راه دولت هوشمند چی میگه؟", "roadmap-1404/art_21"),
        ("تبصره 2 ماده بیست و یکم نقشه راه", "roadmap-1404/art_21__note_2"),
        ("ماده ۲۱ تبصره دوم نقشه راه", "roadmap-1404/art_21__note_2"),
        ("نقشه راه، ماده ٦ تبصره ٢", "roadmap-1404/art_6__note_2"),
        ("تبصره ماده ۷ نقشه راه", "roadmap-1404/art_7__note_1"),
        ("ماده ۳۳", None),
        ("ماده سی و سوم نقشه راه", "roadmap-1404/art_33"),
        ("مصوبه سوم ماده ۴", "pilot-projects-1402/res_3__art_4"),
        ("ماده ۴ مصوبه ۳", "pilot-projects-1402/res_3__art_4"),
        ("تبصره ۱ ماده ۲ مصوبه سوم", "pilot-projects-1402/res_3__art_2__note_1"),
        ("ردیف ۹ جدول ۱۳۹۳", "eservices-1393/timetable_9"),
        ("جدول ۱۳۹۳ ردیف نهم", "eservices-1393/timetable_9"),
        ("پروژه ۵", "pilot-projects-1402/project_5"),
        ("پروژه پنجم", "pilot-projects-1402/project_5"),
        ("گام چهارم", "smart-cycle-1404/step_4"),
        ("گام ۴ چرخه هوشمندسازی", "smart-cycle-1404/step_4"),
        ("مرحله سوم نقشه راه", "roadmap-1404/stage_3"),
        ("فصل پنجم نقشه راه", "roadmap-1404/chp_5"),
        ("ماده ۴۰", "eservices-1393/art_40"),
        ("ماده ۳۵", "eservices-1393/art_35"),
        ("ماده ۱۲ سال ۹۳", "eservices-1393/art_12"),
        ("بند ج ماده ۴ دستورالعمل حکمرانی داده", "data-governance-1404/art_4__list_6"),
        ("ماده بیست‌ویکم نقشه راه", "roadmap-1404/art_21"),
        ("مادهٔ بیست‌ویکم نقشهٔ راه", "roadmap-1404/art_21"),
        ("ماده سی‌وسوم نقشه راه", "roadmap-1404/art_33"),
        ("ماده بیست ویک نقشه راه", "roadmap-1404/art_21"),
        ("تبصره یک ماده ۴ نقشه راه", "roadmap-1404/art_4__note_1"),
        ("ت ۱ م ۲۱ نقشه راه", "roadmap-1404/art_21__note_1"),
        ("بند ۲ ماده ۵ مصوبه دوم", "pilot-projects-1402/res_2__art_5__list_2"),
        ("بند الف ماده ۶ چرخه", "smart-cycle-1404/art_6__list_1"),
        ("جزء ۲ بند ب ماده ۴ دستورالعمل حکمرانی داده", "data-governance-1404/art_4__list_2__list_2"),
        ("بند ه ماده ۱ مصوبه اول", "pilot-projects-1402/res_1__art_1__list_5"),
        ("آخرین تبصره ماده ۶ نقشه راه", "roadmap-1404/art_6__note_5"),
        ("ماده بعد از ۲۱ نقشه راه", "roadmap-1404/art_22"),
        ("ماده یکی مانده به آخر نقشه راه", "roadmap-1404/art_32"),
        ("فصل ماقبل آخر نقشه راه", "roadmap-1404/chp_6"),
        ("دیباچه چرخه", "smart-cycle-1404/preface"),
        ("مادهچهلم", "eservices-1393/art_40"),
        ("سلاممیشهماده۳۴آییننامه۹۳روبفرستید", "eservices-1393/art_34"),
        ("ت۱م۲۱نقشهراه", "roadmap-1404/art_21__note_1"),
        ("بندبماده۴حکمرانیداده", "data-governance-1404/art_4__list_2"),
        ("بند «ج» ماده ۵ مصوبه شماره ۲", "pilot-projects-1402/res_2__art_5__list_3"),
        ("تبسره ماده ۷ نقشه راه", "roadmap-1404/art_7__note_1"),
        ("ماده سی یکم نقشه راه", "roadmap-1404/art_31"),
        ("سی‌امین ماده نقشه راه قدیم", "eservices-1393/art_30"),
        ("نخستین سطر جدول زمان‌بندی آیین‌نامه ۱۳۹۳", "eservices-1393/timetable_1"),
        ("واپسین پروژه پیشران", "pilot-projects-1402/project_20"),
        ("بخش پنجم نقشه راه", "roadmap-1404/chp_5"),
        ("آنچه پیش از ماده یک در دستورالعمل حکمرانی داده آمده", "data-governance-1404/preface"),
        ("step 7 of smart cycle", "smart-cycle-1404/step_7"),
        ("شماره ۹ از مواد دستورالعمل شماره ۲۹۴۸۲", "data-governance-1404/art_9"),
        ("در سندی که شماره‌اش ۶۷۲۶ است شماره شانزدهم چه می‌گوید", "roadmap-1404/art_16"),
        ("شماره هفت از مصوبه نخست شورای اجرایی", "pilot-projects-1402/res_1__art_7"),
        ("عنوان هفدهم از بیست طرح پیشران", "pilot-projects-1402/project_17"),
        ("حکم بین ماده‌های ۲۳ و ۲۵ نقشه راه", "roadmap-1404/art_24"),
        ("اولین ماده فصل پنجم نقشه راه", "roadmap-1404/art_22"),
        ("ماده دوم فصل سوم نقشه راه", "roadmap-1404/art_10"),
        ("ماده ۲۲ فصل پنجم نقشه راه", "roadmap-1404/art_22"),
        ("تبصرهدوم مادهششم نقشه راه", "roadmap-1404/art_6__note_2"),
        ("ماده ۱۰ دستورالعمل", "data-governance-1404/art_10"),
        ("ماده۲۱نقشه راه", "roadmap-1404/art_21"),
        ("فاز ۲ حکمرانی داده", "data-governance-1404/phase_2"),
        ("مرحله ۳ نقشه راه، سند نظام حکمرانی داده‌مبنا", "roadmap-1404/stage_3"),
        ("مرحله سوم نقشه راه بر پایه دستورالعمل ماده ۱۵", "roadmap-1404/stage_3"),
        ("هشتمین تعریف در ماده ۱ دستورالعمل حکمرانی داده‌مبنا", "data-governance-1404/art_1__list_8"),
        ("هدف دوم ماده ۲ دستورالعمل حکمرانی داده‌مبنا", "data-governance-1404/art_2__list_2"),
        ("تعریف ۱-۷ آیین‌نامه ۹۳", "eservices-1393/art_1__list_7"),
        ("ردیف ۱ زیر بند «پ» در ماده ۴ دستورالعمل حکمرانی داده", "data-governance-1404/art_4__list_3__list_1"),
        ("تو دستورالعمل حکمرانی داده ماده ۸ رو خوندم، ماده بعدیش چی میگه؟", "data-governance-1404/art_9"),
        ("ماده هفتمش رو هم بدید، نقشه راه", "roadmap-1404/art_7"),
        ("ماده‌ای که شماره‌اش سی و سه است نقشه راه", "roadmap-1404/art_33"),
        ("ماه بیست چهار نقشه راه", "roadmap-1404/art_24"),
        ("تبصره ماده ۱۰ چرخه هوشمندسازی که به ماده ۶ نقشه راه ارجاع می‌دهد", "smart-cycle-1404/art_10__note_1"),
        ("ماده ۲۳ نقشه راه خدمات ۹۳", "eservices-1393/art_23"),
        ("مهلت بند الف رو تبصره ۲ ماده ۱۵ نقشه راه ۹۳ تا کی گذاشته؟", "eservices-1393/art_15__note_2"),
        ("مصوبه ۲ الزامات فنی پنجره واحد", "pilot-projects-1402/res_2"),
        ("بند جیم ماده ۵ مصوبه شماره ۲", "pilot-projects-1402/res_2__art_5__list_3"),
        ("تبصره ۲، ماده ۶، نقشه راه", "roadmap-1404/art_6__note_2"),
        ("جزء ۲، بند ب، ماده ۲۸ نقشه راه ۱۳۹۳", "eservices-1393/art_28__list_2__list_2"),
        ("سند دولت هوشمند ماده بیست و نه تبصره", "roadmap-1404/art_29__note_1"),
        ("بند «و» ماده ۱۷ نقشه راه قدیمی", "eservices-1393/art_17__list_6"),
        ("ماده ۱۷ بند و نقشه راه قدیمی", "eservices-1393/art_17__list_6"),
        ("گام ۴ دستورالعمل حکمرانی داده", "data-governance-1404/phase_4"),
        ("بند ۶ ماه ۳ مصوبه ۱۳۹۳", "eservices-1393/art_3__list_6"),
        ("ماد شماره ۲۸ آیین‌نامه ۹۳", "eservices-1393/art_28"),
        ("ماده شماه ۱۱ نقشه راه قدیمی", "eservices-1393/art_11"),
        ("تبصرح ماده ۷ نقشه راه", "roadmap-1404/art_7__note_1"),
        ("ماده هفت نقشه راه خدمات دلوت الکترونیکی", "eservices-1393/art_7"),
        ("ماده ۱۰ نقشه راه خدات دولت الکترونیک", "eservices-1393/art_10"),
        ("ماده سی و هفط نقشه راه خدمات دولت الکترونیک", "eservices-1393/art_37"),
        ("ماده چهرم نقشه راه", "roadmap-1404/art_4"),
        ("پروژه نوزد مصوبات پیشران", "pilot-projects-1402/project_19"),
        ("ماده هششتم چرخه هوشمندسازی", "smart-cycle-1404/art_8"),
        ("لطفامادهدوازدهمآییننامه خدمات الکترونیکی", "eservices-1393/art_12"),
        ("سلاممرحله ۳مصوبه نقشهراه دولت هوشمند", "roadmap-1404/stage_3"),
        ("جزءهشتم بندالف ماده۲۸درآییننامه ۹۳", "eservices-1393/art_28__list_1__list_8"),
        ("بندسهتبصرهشماره۲ماده شماره۶در نقشهراه ۱۴۰۴", "roadmap-1404/art_6__note_2__list_3"),
        ("متن ماده ۳ نقشه راه دولت هوشمند مصوب ۱۴۰۴", "roadmap-1404/art_3"),
        ("مورد دوم از تبصره دوم ماده شش نقشه راه", "roadmap-1404/art_6__note_2__list_2"),
        ("حکم شماره دوازده نقشه راه چه می‌گوید", "roadmap-1404/art_12"),
        ("ماده نهم سند دولت الکترونیک سال نود و سه", "eservices-1393/art_9"),
        ("ماده چهار مصوبه سوم هزار و چهارصد و دو", "pilot-projects-1402/res_3__art_4"),
        ("جزء ۱ بند ۲ ماده ۴ حکمرانی داده", "data-governance-1404/art_4__list_2__list_1"),
        ("تبصره ماده ۶ چرخه", "smart-cycle-1404/art_6__list_1__note_1"),
        ("دستورالعمل بند ۲ تبصره ۲ ماده ۶", "roadmap-1404/art_6__note_2__list_2"),
        ("قدم سوم چرخه", "smart-cycle-1404/step_3"),
        ("نخستین مرحله از مراحل شش‌گانه پیاده کردن حکمرانی بر پایه داده", "data-governance-1404/phase_1"),
        ("مقدمه نقشه راه خدمات دولت الکترونیکی سال ۱۳۹۳ را برای مقاله‌ام لازم دارم، لطف کنید", "eservices-1393/preface"),
        ("با سلام، متن کامل بخشنامه ۲۹۴۸۲ سازمان اداری و استخدامی را می‌خواستم. با تشکر", "data-governance-1404"),
        ("دومین گام از نه گامِ هوشمند کردن خدمات ادارات", "smart-cycle-1404/step_2"),
    ],
)
def test_one_reading(reader: CitationReader, text: str, address: str | None) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert citation.missing is None
    if address is not None:
        assert [str(t) for t in citation.targets] == [address]


@pytest.mark.parametrize(
    ("text", "count"), [("ماده ۱۴", 3), ("ماده ۴", 7), ("ماده ۲۱", 2), ("ماده ۴ مصوبه ۱۴۰۲", 3), ("مرحله ۲", 2)]
)
def test_several_readings_are_all_kept(reader: CitationReader, text: str, count: int) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert len(citation.targets) == count


@pytest.mark.parametrize("shown", [None, Address("roadmap-1404", "art_21")])
def test_an_item_without_its_article_is_one_of_its_text(reader: CitationReader, shown: Address | None) -> None:
    citation = reader.read(plain("بند ۴ نقشه راه"), shown=shown)
    assert citation is not None
    assert len(citation.targets) > 4
    assert {t.eid.rpartition("__")[2] for t in citation.targets} == {"list_4"}
    assert {t.regulation for t in citation.targets} == {"roadmap-1404"}


@pytest.mark.parametrize(
    ("text", "eids"),
    [
        ("ماده ۲۱ و ۲۲ نقشه راه", ["art_21", "art_22"]),
        ("ماده ۵ و ماده ۶ نقشه راه", ["art_5", "art_6"]),
        ("مواد ۵ تا ۸ نقشه راه", ["art_5", "art_6", "art_7", "art_8"]),
        ("ماده های ۱۳، ۱۴ و ۱۵ نقشه راه", ["art_13", "art_14", "art_15"]),
        ("تبصره ۱ و ۲ ماده ۲۱ نقشه راه", ["art_21__note_1", "art_21__note_2"]),
        ("ماده ۲۱ نقشه راه و ماده ۵ چرخه هوشمندسازی", ["art_21", "art_5"]),
        ("مراحل ۱ تا ۳ نقشه راه", ["stage_1", "stage_2", "stage_3"]),
        ("ماده ۳۳ و ۳۴ نقشه راه و ماده ۵ چرخه هوشمندسازی", ["art_33", "art_5"]),
    ],
)
def test_several_references_are_meant_together(reader: CitationReader, text: str, eids: list[str]) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert citation.several
    assert [t.eid for t in citation.targets] == eids


def test_what_is_shown_tells_whose_note_is_meant(reader: CitationReader) -> None:
    shown = Address("roadmap-1404", "art_6")
    for text, eid in (("تبصره ۲", "art_6__note_2"), ("بند دوم", "art_6__list_2"), ("مهلت تبصره ۱؟", "art_6__note_1")):
        citation = reader.read(plain(text), shown=shown)
        assert citation is not None
        assert citation.targets == (Address("roadmap-1404", eid),)


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("ماده ۵۰ نقشه راه", "1", "33", "ماده"),
        ("ماده ۱۲ دستورالعمل حکمرانی داده", "1", "11", "ماده"),
        ("تبصره ۹ ماده ۲۱ نقشه راه", "1", "2", "تبصره"),
        ("پروژه ۲۵", "1", "20", "پروژه"),
        ("گام دهم", "1", "9", "گام"),
        ("ماده ۹۹", "1", "40", "ماده"),
        ("مصوبه چهارم ماده ۲", "1", "3", "مصوبه"),
        ("ماده ۲۱ مکرر نقشه راه", "1", "33", "ماده"),
        ("بند (ه) ماده ۴ دستورالعمل حکمرانی داده", "الف", "ج", "بند"),
        ("تعریف ۱-۱۰ آیین‌نامه ۹۳", "1-1", "1-9", "بند"),
        ("تبصره ماده ۱۱ دستورالعمل حکمرانی داده", None, None, "تبصره"),
    ],
)
def test_what_does_not_exist_is_said_with_the_range_that_does(
    reader: CitationReader, text: str, first: str | None, last: str | None, label: str
) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert citation.targets == ()
    assert citation.missing is not None
    assert (citation.missing.first, citation.missing.last, citation.missing.kind_label) == (first, last, label)


@pytest.mark.parametrize(
    ("text", "there", "number"),
    [
        ("مواد ۳۲، ۳۳ و ۳۴ نقشه راه", ["art_32", "art_33"], "34"),
        ("تبصره ۵ و ۶ ماده ۵ نقشه راه", ["art_5__note_5"], "6"),
        ("گام‌های ۸ تا ۱۱ چرخه", ["step_8", "step_9"], "10، 11"),
    ],
)
def test_what_is_lacking_beside_what_is_there_is_said(
    reader: CitationReader, text: str, there: list[str], number: str
) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert citation.missing is not None
    assert ([t.eid for t in citation.targets], citation.missing.number) == (there, number)


def test_a_generic_name_of_another_text_is_the_matter(reader: CitationReader) -> None:
    citation = reader.read(plain("مهلت دستورالعمل ماده ۱۵"))
    assert citation is not None
    assert len({target.regulation for target in citation.targets}) == 3


def test_nothing_stands_after_the_last(reader: CitationReader) -> None:
    citation = reader.read(plain("ماده بعد از ماده ۴۰ آیین‌نامه ۹۳"))
    assert citation is not None
    assert citation.targets == ()
    missing = citation.missing
    assert missing is not None
    assert (missing.kind_label, missing.number, missing.first, missing.last) == ("ماده", "41", "1", "40")


@pytest.mark.parametrize(
    "text",
    [
        "ماده ۱۰۷ قانون برنامه هفتم",
        "تبصره ۲ ماده ۵ قانون کار",
        "ماده ۱۱۵ قانون مدیریت خدمات کشوری",
        "قانون مدیریت خدمات کشوری ماده ۳۸",
        "طبق قانون کار ماده ۱۲",
        "ماده ۱۶۹ مکرر مالیات‌های مستقیم",
        "ماده ۱۰ مدنی چه می‌گوید",
        "ماده ۶ آیین‌نامه اجرایی بند ج ماده ۱۰۷",
        "ماده ۶ قانون برنامه بند ت",
        "بند ت ماده ۱۰۷ قانون برنامه و تبصره آن",
        "متن کامل آیین‌نامه اجرایی بند ج ماده ۱۰۷",
    ],
)
def test_other_laws_are_not_ours(reader: CitationReader, text: str) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert citation.external
    assert citation.targets == ()


@pytest.mark.parametrize(
    "text", ["سلام", "نظرسنجی از مردم", "ماده غذایی", "مهلت", "بند ۳", "مرحله به مرحله", "گام به گام", ""]
)
def test_texts_without_a_reference(reader: CitationReader, text: str) -> None:
    assert reader.read(plain(text)) is None


def test_every_label_is_read_back(reader: CitationReader, corpus: Corpus) -> None:
    """What the bot prints as an address, people may send back."""
    from knowledge.provisions import Kind

    kinds = {Kind.ARTICLE, Kind.NOTE, Kind.TABLE_ROW, Kind.STEP, Kind.STAGE, Kind.PHASE}
    asked = [p for p in corpus if p.kind in kinds]
    assert len(asked) > 200
    wrong = []
    for p in asked:
        citation = reader.read(plain(label(p.address, corpus)))
        if citation is None or p.address not in citation.targets or len(citation.targets) > 2:
            wrong.append((label(p.address, corpus), citation and [str(t) for t in citation.targets]))
    assert wrong == []


def test_every_address_that_the_bot_prints_is_read_back(reader: CitationReader, corpus: Corpus) -> None:
    """Headings have no number; what stands under one is named by it and found by its words."""
    read = 0
    for provision in corpus:
        if not provision.address.eid or "hdg_" in provision.address.eid:
            continue
        printed = label(provision.address, corpus)
        citation = reader.read(plain(printed))
        assert citation is not None, printed
        assert citation.targets == (provision.address,), printed
        read += 1
    assert read > 500


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("بند ۲ از بخش دوم مرحله سوم نقشه راه", None),
        ("بخش ۴ مرحله اول", "roadmap-1404/stage_1__actor_4"),
        ("مرحله دوم نقشه راه بخش ۱ بند ۴", "roadmap-1404/stage_2__actor_1__item_4"),
        ("ماده ۴ حکمرانی داده بند ب بند ۲", "data-governance-1404/art_4__list_2__list_2"),
        ("بند ۲ بند ب ماده ۴ دستورالعمل حکمرانی داده‌مبنا", "data-governance-1404/art_4__list_2__list_2"),
        ("مقدمه نقشه راه رو نشون بده", "roadmap-1404/preface"),
        ("نامه ابلاغ پروژه‌های پیشران", "pilot-projects-1402/letter"),
        ("بند و ماده ۱۷ نقشه راه ۱۳۹۳", "eservices-1393/art_17__list_6"),
    ],
)
def test_items_within_items_parts_of_stages_and_openings(
    reader: CitationReader, corpus: Corpus, text: str, address: str | None
) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    if address is None:
        assert citation.missing is not None or citation.targets, "a part without such an item is said not to have it"
    else:
        assert [str(target) for target in citation.targets] == [address]


def test_a_preface_in_a_question_is_no_reference(reader: CitationReader) -> None:
    assert reader.read(plain("در مقدمه نقشه راه درباره قانون برنامه هفتم چه گفته شده؟")) is None


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("تبصره اول و دوم ماده بیست و یکم نقشه راه", ["roadmap-1404/art_21__note_1", "roadmap-1404/art_21__note_2"]),
        ("مواد بیست و یکم و بیست و دوم نقشه راه", ["roadmap-1404/art_21", "roadmap-1404/art_22"]),
        (
            "بند الف و ب ماده ۴ حکمرانی داده",
            ["data-governance-1404/art_4__list_1", "data-governance-1404/art_4__list_2"],
        ),
        ("ماده یک، شانزدهمین بند نقشه راه", ["roadmap-1404/art_1__list_16"]),
        ("تبصره‌های م.۲۲ نقشه راه ۹۳", [f"eservices-1393/art_22__note_{n}" for n in (1, 2, 3)]),
    ],
)
def test_numbers_side_by_side(reader: CitationReader, text: str, addresses: list[str]) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert [str(target) for target in citation.targets] == addresses


@pytest.mark.parametrize("text", ["فصل دوم چرخه هوشمندسازی", "ردیف ۳ جدول حکمرانی داده‌مبنا", "فصل ۵ پیشران‌ها"])
def test_a_kind_that_a_text_lacks_does_not_exist(reader: CitationReader, text: str) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert citation.missing is not None
    assert citation.missing.first is None


@pytest.mark.parametrize("text", ["کمیسیون ماده ۵ شهرداری چیست", "رای کمیسیون موضوع ماده ۷۷"])
def test_a_commission_named_by_an_article_is_of_another_law(reader: CitationReader, text: str) -> None:
    citation = reader.read(plain(text))
    assert citation is not None
    assert citation.external


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("made 21 naghshe rah", "roadmap-1404/art_21"),
        ("tabsare 2 made 6 naghshe rah", "roadmap-1404/art_6__note_2"),
        ("t2m6 naqsheraah", "roadmap-1404/art_6__note_2"),
        ("band alef madeye 4 hokmrani dade", "data-governance-1404/art_4__list_1"),
        ("gam se charkhe", "smart-cycle-1404/step_3"),
        ("shishomin made aeen name dolat electronic", "eservices-1393/art_6"),
        ("proje davazdahom", "pilot-projects-1402/project_12"),
        ("made bistopanj naghshe rah", "roadmap-1404/art_25"),
        ("joz' 2 band b made 4 dastoor ol amal hokmrani", "data-governance-1404/art_4__list_2__list_2"),
        ("yeki moonde be akharin made charkhe", "smart-cycle-1404/art_19"),
        ("moghadame mosavabe pishranha", "pilot-projects-1402/preface"),
    ],
)
def test_latin_letters(reader: CitationReader, typed: str, address: str) -> None:
    citation = reader.read(reader.in_persian(plain(typed)))
    assert citation is not None
    assert [str(target) for target in citation.targets] == [address]
