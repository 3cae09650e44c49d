"""Every provision of the corpus on every screen: the law word for word, within the Bot API's rules."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import pytest

from bot.callback_data import ListKind, View
from bot.fluent_texts import load_texts
from bot.links import Links
from bot.message_bodies import keyboard_of
from bot.preferences import DateStyle, Detail, Preferences
from bot.remembered import RememberedAnswer
from bot.rendering import visible_length
from bot.screens.answers import list_screen
from bot.screens.contents import entry_label, regulations_screen
from bot.screens.definitions import definitions_screen
from bot.screens.facts import limits_at
from bot.screens.frame import Desk, Screen
from bot.screens.limit_lists import limit_list_screen
from bot.screens.personal import forgotten_screen
from bot.screens.provisions import provision_screen, wording_pages
from bot.screens.sharing import inline_result
from bot.telegram_html import parse_html
from knowledge.answers import Intent, Status
from knowledge.limit_lists import LimitQuery, Wanted
from knowledge.provisions import CONTAINERS, Address, Kind, Provision
from tests.support.corpus import NOON, TEHRAN, real_corpus, real_dates

CUSTOMS = "گمرک جمهوری اسلامی ایران"
WORDS = ("دستگاه", "خدمات", "سازمان", "ماده")


def desk(platform: str = "telegram", **chosen: object) -> Desk:
    return Desk(
        load_texts(),
        real_corpus(),
        real_dates(),
        Links("https://rahyar.example", "rahyar_bot"),
        platform,
        NOON.astimezone(TEHRAN).date(),
        Preferences(**chosen),  # type: ignore[arg-type]
    )


def within_the_rules(screen: Screen) -> str:
    """The text as shown, after every rule was held."""
    shown = parse_html(screen.text)
    assert shown.visible
    assert visible_length(screen.text) <= 4096
    keyboard_of(screen.keyboard)
    return shown.text


def remembered(provision: Provision, intent: Intent) -> RememberedAnswer:
    return RememberedAnswer(2**31, intent, Status.ANSWERED, provision.address, (provision.address,), (), WORDS)


@pytest.mark.parametrize("view", list(View))
def test_every_provision_on_every_screen_is_within_the_rules(view: View) -> None:
    here = desk()
    for provision, intent in zip(real_corpus(), itertools.cycle(Intent), strict=False):
        answer = remembered(provision, intent)
        within_the_rules(provision_screen(here, provision.address, view, page=998, answer=answer))
        within_the_rules(provision_screen(here, provision.address, view))


def test_every_list_of_limits_is_within_the_rules() -> None:
    here = desk()
    bodies = {name for limit in here.limits.every_limit(here.today) for name in limit.responsible}
    texts = [(), *((slug,) for slug in here.corpus.regulations)]
    queries = [LimitQuery(wanted, None, some) for wanted in Wanted for some in texts]
    pages = [within_the_rules(limit_list_screen(here, query, 2**31, page=n)) for query in queries for n in range(9)]
    pages += [within_the_rules(limit_list_screen(here, LimitQuery(Wanted.EVERY, actor=body), 1)) for body in bodies]
    assert len(pages) > 250
    assert max(map(len, pages)) > 1500


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (("project_3", "project_6"), "همکاری‌های گمرک جمهوری اسلامی ایران (۲ حکم)"),
        ((), "چنین حکمی برای گمرک جمهوری اسلامی ایران در این متن‌ها نیست."),
    ],
)
def test_a_list_of_a_body_tells_what_the_body_does_there(at: Sequence[str], said: str) -> None:
    listed = [Address("pilot-projects-1402", f"project_{n}") for n in (3, 12)]
    answer = RememberedAnswer(
        7, Intent.RESPONSIBLE, Status.ANSWERED, None, tuple(listed), tuple(listed[: len(at)]), actor=CUSTOMS
    )
    assert said in within_the_rules(list_screen(desk(), answer, ListKind.PROVISIONS))


def test_what_a_body_must_do_stands_apart_from_where_it_acts_along() -> None:
    listed = tuple(Address("pilot-projects-1402", f"project_{n}") for n in (14, 17, 2, 3))
    ministry = "وزارت ارتباطات و فناوری اطلاعات"
    answer = RememberedAnswer(7, Intent.RESPONSIBLE, Status.ANSWERED, None, listed, listed, actor=ministry)
    text = within_the_rules(list_screen(desk(), answer, ListKind.PROVISIONS))
    places = [text.index(part) for part in ("مسئول یا همکار است", "مسئول یا مجری", "پروژه ۱۷", "▪️ همکار", "پروژه ۲:")]
    assert places == sorted(places)


def test_every_limit_is_on_some_page_with_the_words_of_the_law() -> None:
    here = desk()
    query = LimitQuery(Wanted.EVERY, None, tuple(here.corpus.regulations))
    limits = here.limits.every_limit(here.today)
    pages = [within_the_rules(limit_list_screen(here, query, 1, page=n)) for n in range(-(-len(limits) // 6))]
    assert len(pages) > 20
    for limit in limits:
        assert any(limit.action in page and f"«{limit.quote}»" in page for page in pages), limit.obligation_id


def test_the_law_is_shown_word_for_word() -> None:
    here = desk(dates=DateStyle.DIGITS, detail=Detail.SHORT)
    corpus = real_corpus()
    for provision in corpus:
        answer = remembered(provision, Intent.TOPIC)
        limits = limits_at(here, provision.address)
        text = " ".join(parse_html(page).text for page in wording_pages(here, provision.address, limits, answer))
        for part in quoted(corpus.children(provision.address), provision):
            for paragraph in part.wording.split("\n"):
                assert paragraph in text, (provision.address, paragraph)


def quoted(children: Sequence[Provision], provision: Provision) -> Iterator[Provision]:
    yield provision
    for child in children:
        if child.kind in (Kind.LIST_ITEM, Kind.STAGE_ITEM, Kind.STAGE_ACTOR):
            yield child


def test_every_provision_can_be_shared() -> None:
    here = desk()
    for provision in real_corpus():
        if provision.kind not in CONTAINERS:
            result = inline_result(here, provision.address)
            assert 1 <= len(result.id.encode()) <= 64
            content = result.input_message_content
            assert visible_length(content.message_text) <= 4096  # type: ignore[union-attr,arg-type]


@pytest.mark.parametrize(
    ("eid", "body"),
    [
        ("art_11", "سازمان اداری و استخدامی کشور"),
        ("art_7", "سازمان اداری و استخدامی کشور"),
        ("art_15", "دستگاه‌های اجرایی"),
        ("art_6__note_2", "سازمان اداری و استخدامی کشور"),
    ],
)
def test_a_limit_of_a_note_names_who_must_keep_it(eid: str, body: str) -> None:
    address = Address("roadmap-1404", eid)
    text = within_the_rules(provision_screen(desk(), address))
    assert f"👤 مسئول این مهلت: {body}\n" in text
    own = [limit for limit in limits_at(desk(), address)[:3] if limit.address == address]
    assert text.count("👤 مسئول این مهلت") + len(own) <= 3  # the bodies of its own limits are named once, beneath


def test_only_who_acts_along_is_called_a_partner() -> None:
    text = within_the_rules(provision_screen(desk(), Address("roadmap-1404", "art_11")))
    assert "🤝 با همکاری: معاونت علمی، فناوری و اقتصاد دانش‌بنیان ریاست جمهوری\n" in text
    assert "🏛 نهادهای دیگری که نام برده شده‌اند: کارگروه هوشمندسازی نظام اداری\n" in text


@pytest.mark.parametrize("view", [View.WORDING, View.LIMITS])
def test_another_time_for_the_same_duty_is_told_and_is_one_tap_away(view: View) -> None:
    screen = provision_screen(desk(), Address("roadmap-1404", "art_15"), view)
    assert (
        "⚠️ بند ۲ بخش ۱ مرحله دوم نقشه راه برای همین تکلیف زمان دیگری گذاشته است: «ماه‌های ۱ تا ۶» ← ۳۰\u00a0مهر\u00a0۱۴۰۴"
    ) in within_the_rules(screen)
    assert "↗ بند ۲ بخش ۱ مرحله دوم" in labels(screen)
    short = provision_screen(desk(detail=Detail.SHORT), Address("roadmap-1404", "art_15"))
    assert "↗ بند ۲ بخش ۱ مرحله دوم" not in labels(short)


def test_an_article_without_a_limit_shows_that_of_the_stage_which_repeats_it() -> None:
    screen = provision_screen(desk(), Address("roadmap-1404", "art_14"))
    text = within_the_rules(screen)
    assert "تکمیل سامانه پیام ایران برای اطلاع‌رسانی یکپارچه (بند ۱ بخش ۲ مرحله دوم)" in text
    assert "۳۰\u00a0مهر\u00a0۱۴۰۴" in text
    assert "↗ بند ۱ بخش ۲ مرحله دوم" in labels(screen)


def labels(screen: Screen) -> list[str]:
    assert screen.keyboard is not None
    return [button.text for row in screen.keyboard.inline_keyboard for button in row]


def test_the_event_from_which_a_limit_counts_has_its_date() -> None:
    address = Address("roadmap-1404", "art_21")
    words = within_the_rules(provision_screen(desk(), address))
    assert "مبدأ: ابلاغ نقشه راه دولت هوشمند (۳۱\u00a0فروردین\u00a0۱۴۰۴)\n" in words
    digits = within_the_rules(provision_screen(desk(dates=DateStyle.DIGITS), address))
    assert "مبدأ: ابلاغ نقشه راه دولت هوشمند (۱۴۰۴/۰۱/۳۱)" in digits


def test_no_name_is_said_twice_in_a_row() -> None:
    here, corpus = desk(), real_corpus()
    addresses = tuple(p.address for p in corpus if p.kind in (Kind.HEADING, Kind.PREFACE, Kind.LETTER))
    lines = []
    for address in addresses:
        answer = RememberedAnswer(1, Intent.LOOKUP, Status.ASKED_BACK, provisions=(address,))
        lines.append(within_the_rules(list_screen(here, answer, ListKind.CANDIDATES)).splitlines()[-1])
    assert "• دیباچه نقشه راه: مبنای قانونی و مفهوم سند" in lines
    assert "• الزامات مبتنی بر گام‌های چرخه هوشمندسازی، الزامات چرخه هوشمندسازی" in lines
    entries = [entry_label(corpus[address], here) for address in addresses]
    assert {"دیباچه: مبنای قانونی و مفهوم سند", "نامه ابلاغ وزیر ارتباطات"} < set(entries)
    for name in (*lines, *entries):
        first, _, rest = name.removeprefix("• ").partition(": ")
        assert not rest.startswith(first), name


def test_the_web_hands_on_links_to_its_own_pages() -> None:
    provision = next(p for p in real_corpus() if p.kind is Kind.ARTICLE)
    keyboard = provision_screen(desk("web"), provision.address).keyboard
    assert keyboard is not None
    buttons = [button for row in keyboard.inline_keyboard for button in row]
    assert [button.url for button in buttons if button.url] == []  # nobody leaves the chat
    assert [one.copy_text.text for one in buttons if one.copy_text] == [f"https://rahyar.example/r/{provision.address}"]


def test_lists_of_regulations_and_terms() -> None:
    here = desk()
    within_the_rules(regulations_screen(here))
    terms = 0
    for slug in ("", *real_corpus().regulations):
        for page in (0, 1, 99):
            within_the_rules(definitions_screen(here, slug, page=page))
            terms += 1
    assert terms == 18


def test_being_forgotten_is_said_in_one_sentence_without_tables() -> None:
    here = desk()
    assert within_the_rules(forgotten_screen(here, {"chat_messages": 7})).startswith("پاک شد.")
    assert within_the_rules(forgotten_screen(here, {"people": 0})) == here.texts("forgotten-nothing")
