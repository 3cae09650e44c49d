"""Pages of the law: every word of every provision, every link, and what browsers are told about all of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import httpx
import pytest

from tests.web.sites import corpus, site
from web.pages import STATIC, TEMPLATES

HERE_ONLY = re.compile(r"(?:https?:)?//[a-z0-9.-]+", re.IGNORECASE)
#: Names of formats and of the font's home in its licence: never loaded.
NOT_LOADED = {"http://www.w3.org"}


def _shown(page: str) -> str:
    """The words of a page, one space for any gap."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


def _paths(page: str) -> Iterator[str]:
    return (html.unescape(path) for path in re.findall(r'(?:href|src)="(/[^"]*)"', page))


async def test_every_word_of_the_law_is_on_its_page_and_every_link_leads_somewhere() -> None:
    everything = corpus()
    units = {everything.unit_of(p.address) for p in everything if p.address.eid}
    parts = [p.address for p in everything if p.address.eid and p.address not in units]
    assert (len(units) > 180, len(parts) > 300) == (True, True)
    known = {f"/r/{p.address}" for p in everything} | {"/", "/r"}
    files = set[str]()
    async with site() as web, web.client() as client:
        client.headers["accept-encoding"] = "identity"  # packing every page takes longer than making it
        for address in [*sorted(units), *parts[::15]]:  # a part is shown within its unit
            page = await client.get(f"/r/{address}")
            assert page.status_code == 200, address
            shown = _shown(page.text)
            for p in everything.unit_parts(everything.unit_of(address)):
                assert all(" ".join(words.split()) in shown for words in (p.title, p.text, p.tail)), p.address
            links = {path.partition("#")[0].partition("?")[0] for path in _paths(page.text)}
            files |= {path for path in links if path.startswith("/static/")}
            assert links - files <= known, address
        assert len(files) > 5
        for path in ["/", "/r", *(f"/r/{slug}" for slug in everything.regulations), *files]:
            page = await client.get(path)
            assert page.status_code == 200, path
            if path not in files:
                assert {p for p in _paths(page.text) if p.startswith("/r")} <= known, path


async def test_references_inside_the_wording_are_links() -> None:
    async with site() as web, web.client() as client:
        page = (await client.get("/r/smart-cycle-1404/art_2")).text
        assert re.search(r'<a href="/r/roadmap-1404/art_24">[^<]*ماده ۲۴</a> نقشه راه', page)
        assert "ماده ۱۹ قانون مدیریت خدمات کشوری" in page  # another law: no link inside


async def test_a_note_is_shown_marked_within_its_article() -> None:
    async with site() as web, web.client() as client:
        page = (await client.get("/r/roadmap-1404/art_21__note_2")).text
        assert "<h1>تبصره ۲ ماده ۲۱ نقشه راه</h1>" in page
        assert re.findall(r'law-part--chosen" id="([^"]*)"', page) == ["art_21__note_2"]
        assert "شاخص‌ها و سنجه‌های نظرسنجی" in page  # note 1


async def test_limits_come_with_their_date_and_how_they_stand() -> None:
    async with site() as web, web.client() as client:
        shown = _shown((await client.get("/r/roadmap-1404/art_21")).text)
        assert "۳۱ مرداد ۱۴۰۴" in shown
        assert "روز از آن گذشته است" in shown
        assert "وزارت ارتباطات و فناوری اطلاعات" in shown
        waiting = _shown((await client.get("/r/roadmap-1404/art_7__note_1")).text)
        assert "در انتظار: ابلاغ" in waiting


async def test_a_limit_of_a_note_names_who_must_keep_it() -> None:
    async with site() as web, web.client() as client:
        shown = _shown((await client.get("/r/roadmap-1404/art_7")).text)
        assert "مسئول این مهلت: سازمان اداری و استخدامی کشور" in shown
        assert "مسئول این مهلت" not in _shown((await client.get("/r/roadmap-1404/art_7__note_1")).text)


async def test_only_who_acts_along_is_called_a_partner() -> None:
    async with site() as web, web.client() as client:
        page = (await client.get("/r/roadmap-1404/art_11")).text
        assert "<dt>با همکاری</dt><dd>معاونت علمی، فناوری و اقتصاد دانش‌بنیان ریاست جمهوری</dd>" in page
        assert "<dt>نهادهای دیگری که نام برده شده‌اند</dt><dd>کارگروه هوشمندسازی نظام اداری</dd>" in page
        assert "<dd>دستگاه‌های اجرایی</dd>" in (await client.get("/r/smart-cycle-1404/step_6")).text


async def test_another_time_for_the_same_duty_is_told_with_a_way_there() -> None:
    async with site() as web, web.client() as client:
        page = (await client.get("/r/roadmap-1404/art_15")).text
        assert '<a href="/r/roadmap-1404/stage_2__actor_1__item_2">بند ۲ بخش ۱ مرحله دوم نقشه راه</a>: «' in page
        assert page.count("زمان دیگری هم گفته شده است") == 2  # of the article and of its note
        assert "۳۰ مهر ۱۴۰۴" in _shown(page).replace("\u00a0", " ")


async def test_an_article_without_a_limit_shows_that_of_the_stage_which_repeats_it() -> None:
    async with site() as web, web.client() as client:
        page = (await client.get("/r/roadmap-1404/art_14")).text
        assert '<a href="/r/roadmap-1404/stage_2__actor_2__item_1">بند ۱ بخش ۲ مرحله دوم نقشه راه</a>' in page
        assert "۳۰ مهر ۱۴۰۴" in _shown(page).replace("\u00a0", " ")


async def test_a_heading_does_not_repeat_the_name_before_it() -> None:
    async with site() as web, web.client() as client:
        assert (
            '<p class="lead heading">مبنای قانونی و مفهوم سند</p>' in (await client.get("/r/roadmap-1404/preface")).text
        )
        assert "دیباچه: " not in (await client.get("/r/roadmap-1404")).text


async def test_the_previous_regulation_says_so_on_each_of_its_pages() -> None:
    note = corpus().regulations["eservices-1393"].status_note
    assert note
    async with site() as web, web.client() as client:
        for path in ("/r", "/r/eservices-1393", "/r/eservices-1393/art_3", "/r/eservices-1393/timetable_5"):
            assert note in _shown((await client.get(path)).text), path
        assert note not in _shown((await client.get("/r/roadmap-1404/art_3")).text)


async def test_shared_links_carry_a_title_and_an_absolute_address() -> None:
    async with site(public_url="https://rahyar.example") as web, web.client() as client:
        page = (await client.get("/r/roadmap-1404/art_21")).text
        assert '<link rel="canonical" href="https://rahyar.example/r/roadmap-1404/art_21">' in page
        assert '<meta property="og:title" content="ماده ۲۱ نقشه راه: ' in page


@pytest.mark.parametrize(
    "path", ["/r/nothing", "/r/roadmap-1404/art_50", "/r/roadmap-1404/%3Cb%3E", "/nothing", "/static/old/chat.js"]
)
async def test_what_does_not_exist_is_said_in_persian(path: str) -> None:
    async with site() as web, web.client() as client:
        page = await client.get(path, headers={"accept": "text/html"})
        assert page.status_code == 404
        assert "چنین صفحه‌ای نیست" in page.text
        other = await client.get(path)
        assert (other.status_code, other.headers["content-type"]) == (404, "application/json")


# -- what browsers are told ------------------------------------------------------------------------------------------


async def test_every_kind_of_answer_carries_the_security_headers() -> None:
    async with site() as web, web.client() as client:
        style = re.search(r'href="(/static/[^"]*base\.css)"', (await client.get("/")).text)
        assert style
        paths = ("/", "/r", "/r/nothing", "/healthz", "/api/regulations", "/chat/messages", style[1])
        for path in paths:
            headers = (await client.get(path)).headers
            assert headers["content-security-policy"].startswith(
                "default-src 'none'; script-src 'self'; style-src 'self'"
            ), path
            assert "unsafe" not in headers["content-security-policy"]
            assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY"), path


async def test_files_are_kept_for_ever_and_pages_are_not() -> None:
    async with site() as web, web.client() as client:
        page = await client.get("/")
        assert page.headers["cache-control"] == "no-store"
        style = next(p for p in _paths(page.text) if p.endswith("chat.css"))
        assert "immutable" in (await client.get(style)).headers["cache-control"]


async def test_an_unexpected_failure_shows_a_sentence_and_no_insides() -> None:
    class BrokenBook:
        def limits_of(self, *_: object) -> list[object]:
            raise RuntimeError("insides")

    from tests.support.web_server import serve_web
    from tests.web.sites import answerer

    async with serve_web(corpus(), BrokenBook(), answerer()) as web, web.client() as client:  # type: ignore[arg-type]
        page = await client.get("/r/roadmap-1404/art_21", headers={"accept": "text/html"})
        assert (page.status_code, "insides" in page.text) == (500, False)
        assert "اشکالی در کار رهیار" in page.text


# -- the files themselves --------------------------------------------------------------------------------------------


def test_nothing_is_loaded_from_elsewhere() -> None:
    files = [
        p
        for folder in (STATIC, TEMPLATES)
        for p in folder.rglob("*")
        if p.suffix in {".js", ".css", ".html", ".svg", ".webmanifest"}
    ]
    assert len(files) > 15
    for path in files:
        assert set(HERE_ONLY.findall(path.read_text("utf-8"))) <= NOT_LOADED | {"//"}, path


def test_scripts_and_styles_hold_no_persian_and_templates_no_inline_code() -> None:
    scripts = [*STATIC.glob("*.js"), *STATIC.glob("*.css")]
    templates = list(TEMPLATES.glob("*.html"))
    assert len(scripts) > 8
    assert len(templates) > 5
    for path in scripts:
        code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL if path.suffix == ".css" else 0)
        assert not re.search(r"[\u0600-\u06ff]", code), path
    for path in templates:
        source = path.read_text("utf-8")
        assert not re.search(r"[\u0600-\u06ff]", source), path
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*(?:src=|application/json))", source), path


def test_the_font_comes_with_its_licence() -> None:
    assert (STATIC / "fonts" / "vazirmatn-variable.woff2").read_bytes()[:4] == b"wOF2"
    assert "SIL Open Font License" in (STATIC / "fonts" / "OFL.txt").read_text("utf-8")


async def test_scripts_get_every_text_they_use_and_none_that_they_do_not() -> None:
    used = {
        name for path in STATIC.glob("*.js") for name in re.findall(r"\btexts\.([a-zA-Z]+)", path.read_text("utf-8"))
    }
    used |= {
        name.strip()
        for path in STATIC.glob("*.js")
        for group in re.findall(r"const \{([^}]*)\} = (?:this\.#)?page\.texts", path.read_text("utf-8"))
        for name in group.split(",")
    }
    async with site() as web, httpx.AsyncClient(base_url=web.url) as client:
        page = (await client.get("/")).text
    data = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', page, re.DOTALL)
    assert data
    given = set(httpx.Response(200, text=data[1]).json()["texts"])
    assert used == given
