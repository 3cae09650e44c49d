"""The survey page: one tap, the steps after it, the outcome, and everything that is not a survey."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from storage.unit_of_work import Repositories
from surveys.case import CaseState
from surveys.responses import COUNTS, Response
from tests.support.databases import open_sqlite
from tests.support.memory import plain_asker_key
from tests.support.rating import BIRTH, SurveyDesk
from tests.support.web_server import WebSite
from tests.web.sites import site

BROWSER = {"accept": "text/html", "sec-fetch-site": "same-origin"}


@dataclass
class Counter:
    """A site with a catalogue, and the desk behind it."""

    web: WebSite
    desk: SurveyDesk

    def visitor(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.web.url, headers=BROWSER, timeout=10, follow_redirects=True)

    async def responses(self) -> list[Response]:
        async with self.desk.work() as work:
            return [r async for batch in work.responses.stream(None, None) for r in batch]


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    async with open_sqlite(tmp_path) as database:
        desk = await SurveyDesk(database).prepared()
        storage = Repositories(database, asker_key=plain_asker_key)
        async with site(storage=storage, surveys=desk.surveys) as web:
            yield Counter(web, desk)


def words(page: httpx.Response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page.text)).split())


async def tap(client: httpx.AsyncClient, question: str = "overall", value: str = "2") -> httpx.Response:
    return await client.post("/s/1000", data={"question": question, "value": value})


async def test_one_tap_is_a_whole_answer(counter: Counter) -> None:
    async with counter.visitor() as client:
        opened = await client.get("/s/1000")
        assert BIRTH.title in words(opened)
        assert BIRTH.agency in words(opened)
        assert re.findall(r'name="value" value="(\d)"', opened.text) == ["5", "4", "3", "2", "1"]
        thanks = await tap(client)
        assert "نظر شما ثبت شد" in words(thanks)
        assert "کارتان به نتیجه رسید؟" in words(thanks)
    (response,) = await counter.responses()
    assert (response.answers, response.channel, response.finished) == ({"overall": 2}, "web", False)


async def test_every_step_to_the_outcome_and_the_second_face(counter: Counter) -> None:
    async with counter.visitor() as client:
        await client.get("/s/1000")
        for question, value in (("overall", "1"), ("settled", "no"), ("in_person", "more")):
            await tap(client, question, value)
        page = await client.post("/s/1000", data={"question": "bad", "value": ["speed", "staff"]})
        assert "در یک یا چند جمله" in words(page)
        done = await tap(client, "words", "باجه سه بسته بود؛ شماره من 09121234567")
        assert "می‌خواهید از نتیجه نظرتان باخبر شوید؟" in words(done)
        wished = await client.post("/s/1000", data={"action": "wish"})
        assert "متأسفیم که راضی نبودید" in words(wished)
        assert "وضعیت: رسیده" in words(wished)
        given_up = await client.post("/s/1000", data={"action": "no-wish"})
        assert "در همین صفحه و در گفت‌وگوی رهیار می‌بینید" not in words(given_up), "nobody answers any more"
        assert "دیگر خبر نمی‌خواهم" not in words(given_up)
        wished = await client.post("/s/1000", data={"action": "wish"})
        assert "دیگر خبر نمی‌خواهم" in words(wished)
        (response,) = await counter.responses()
        assert response.answers["bad"] == ("speed", "staff")
        assert "09121234567" not in (response.text or "")
        view = await counter.desk.surveys.track(response.code)
        assert view is not None
        staff = await joined(counter)
        await counter.desk.surveys.answer_case(view.case.id, "باجه سه باز شد.", by=staff)
        told = await client.get("/s/1000")
        assert "باجه سه باز شد." in words(told)
        assert "اکنون چقدر راضی هستید؟" in words(told)
        closed = await client.post("/s/1000", data={"action": "again", "value": "4"})
        assert "اکنون چقدر" not in words(closed)
        assert "می‌خواهید از نتیجه" not in words(closed), "the outcome of these words was told"
        assert "باجه سه بسته بود" in words(await client.get("/s/1000?change=words"))
        edited = await tap(client, "words", "باجه سه باز هم بسته است")
        assert "می‌خواهید از نتیجه نظرتان باخبر شوید؟" in words(edited)
        assert "رسیده" in words(await client.post("/s/1000", data={"action": "wish"}))
    (response,) = await counter.responses()
    assert response.again == 4
    again = await counter.desk.surveys.show_case(view.case.id, by=staff)
    assert (again.case.state, again.case.text) == (CaseState.RECEIVED, "باجه سه باز هم بسته است")


async def test_a_question_that_is_not_asked_is_not_answered_anew(counter: Counter) -> None:
    async with counter.visitor() as client:
        await tap_first(client)
        for change in ("1", "good", "nothing", "<b>"):
            assert "چقدر راضی" in words(await client.get("/s/1000", params={"change": change})), change


async def tap_first(client: httpx.AsyncClient) -> None:
    await client.get("/s/1000")
    await tap(client)


async def joined(counter: Counter) -> int:
    """A representative of the agency; our id."""
    from reminders.people import MemberState, Role

    people, members = (
        counter.web.storage.people,
        Repositories(counter.desk.database, asker_key=plain_asker_key).reminders.members,
    )
    id = (await people.seen("web", 5, counter.desk.now)).id
    asked = await members.ask(
        BIRTH.agency_id, id, Role.REPRESENTATIVE, name="", legal_basis="", introduced_on=None, at=counter.desk.now
    )
    assert asked is not None
    await members.decide(asked.id, MemberState.ACTIVE, by=None, at=counter.desk.now)
    return id


async def test_leaving_resumes_finishing_ends_and_faces_may_change(counter: Counter) -> None:
    async with counter.visitor() as client:
        await client.get("/s/1000")
        await tap(client)
        assert "کارتان به نتیجه رسید؟" in words(await client.get("/s/1000"))
        skipped = await client.post("/s/1000", data={"action": "skip", "question": "settled"})
        assert "مجبور شدید" in words(skipped)
        assert "کد رهگیری" in words(await client.post("/s/1000", data={"action": "finish"}))
        changing = await client.get("/s/1000?change=1")
        assert 'aria-pressed="true"' in changing.text
        await tap(client, value="5")
    (response,) = await counter.responses()
    assert (response.answers["overall"], response.finished) == (5, True)


async def test_all_answers_are_gone_through_once_more_and_what_is_passed_stays(counter: Counter) -> None:
    async with counter.visitor() as client:
        await client.get("/s/1000")
        await tap(client, value="2")
        for question, value in (("settled", "no"), ("in_person", "once"), ("bad", "cost"), ("words", "صف دراز")):
            done = await client.post("/s/1000", data={"question": question, "value": value})
        (before,) = await counter.responses()
        assert "?change=overall" in done.text

        review = {"reviewing": "1"}
        faces = await client.get("/s/1000?change=overall")
        assert "پاک کردن این پاسخ" not in words(faces)
        settled = await client.post("/s/1000", data={**review, "question": "overall", "action": "keep"})
        assert 'value="no" aria-pressed="true"' in settled.text
        in_person = await client.post("/s/1000", data={**review, "question": "settled", "value": "partly"})
        assert 'value="once" aria-pressed="true"' in in_person.text
        bad = await client.post("/s/1000", data={**review, "question": "in_person", "action": "skip"})
        assert 'value="cost" checked' in bad.text
        last = await client.post("/s/1000", data={**review, "question": "bad", "value": ["cost", "speed"]})
        assert "صف دراز</textarea>" in last.text
        (half_way,) = await counter.responses()
        assert half_way.text == "صف دراز"
        done = await client.post("/s/1000", data={**review, "question": "words", "value": "صف دراز و کند"})
        assert "کد رهگیری" in words(done)
    (response,) = await counter.responses()
    assert response.answers == {**before.answers, "settled": "partly", "in_person": None, "bad": ("speed", "cost")}
    assert response.text == "صف دراز و کند"


@pytest.mark.parametrize(
    ("id", "status", "said"),
    [("9999", 404, "پیدا نشد"), ("1001", 410, "فعال نیست"), ("%3Cb%3E", 404, "پیدا نشد"), ("x" * 500, 404, "پیدا نشد")],
)
async def test_what_cannot_be_rated_is_said_kindly(counter: Counter, id: str, status: int, said: str) -> None:
    async with counter.visitor() as client:
        page = await client.get(f"/s/{id}")
        assert page.status_code == status
        assert said in words(page)
        assert "<b>" not in page.text.partition("<h1>")[2]
        await client.get("/s/1000")
        assert (await client.post(f"/s/{id}", data={"question": "overall", "value": "5"})).status_code == status
    assert await counter.responses() == []


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"question": "overall"},
        {"question": "overall", "value": "6"},
        {"question": "overall", "value": "۵"},
        {"question": "nothing", "value": "5"},
        {"question": "settled", "value": "yes"},
        {"action": "finish"},
        {"action": "wish"},
        {"action": "again", "value": "4"},
    ],
)
async def test_forged_forms_store_nothing(counter: Counter, form: dict[str, str]) -> None:
    async with counter.visitor() as client:
        await client.get("/s/1000")
        page = await client.post("/s/1000", data=form)
        assert page.status_code == 422
        assert 'role="alert"' in page.text
    assert await counter.responses() == []


async def test_words_that_are_none_or_too_many(counter: Counter) -> None:
    async with counter.visitor() as client:
        await client.get("/s/1000")
        await tap(client)
        for text, status in (("😀😀", 422), ("بد " * 400, 422), ("بد " * 34_000, 413)):
            page = await tap(client, "words", text)
            assert page.status_code == status
            assert page.headers["content-type"].startswith("text/html")
        assert (await client.post("/s/1000", data={"question": "words", "value": "<b>بد</b>"})).status_code == 200
        assert "<b>بد</b>" not in (await client.get("/s/1000")).text
    (response,) = await counter.responses()
    assert response.text == "<b>بد</b>"


async def test_who_ends_with_words_in_the_field_has_said_them(counter: Counter) -> None:
    async with counter.visitor() as client:
        await client.get("/s/1000")
        await tap(client)
        refused = await client.post("/s/1000", data={"action": "finish", "question": "words", "value": "😡" * 501})
        assert refused.status_code == 422
        assert "۱۰۰۲ نویسه" in refused.text
        assert "😡" * 501 in refused.text, "nothing of it is lost"
        await client.post("/s/1000", data={"action": "finish", "question": "words", "value": "بد " + "😡" * 498})
    (response,) = await counter.responses()
    assert (response.finished, response.text) == (True, "بد " + "😡" * 498)


async def test_foreign_forms_and_visitors_without_a_cookie_are_refused(counter: Counter) -> None:
    form = {"question": "overall", "value": "1"}
    async with counter.visitor() as client:
        assert (await client.post("/s/1000", data=form)).status_code == 401
        await client.get("/s/1000")
        for foreign in (
            {"origin": "https://evil.example"},
            {"sec-fetch-site": "cross-site"},
            {"origin": "null", "sec-fetch-site": "same-origin"},
        ):
            assert (await client.post("/s/1000", data=form, headers=foreign)).status_code == 403
        del client.headers["sec-fetch-site"]
        assert (await client.post("/s/1000", data=form)).status_code == 403
        assert (await client.post("/s/1000", data=form, headers={"origin": counter.web.url})).status_code == 200
    assert len(await counter.responses()) == 1


async def test_two_visitors_are_two_and_twice_is_once(counter: Counter) -> None:
    for _ in range(2):
        async with counter.visitor() as client:
            await client.get("/s/1000")
            await tap(client)
            await tap(client, value="3")
    assert [r.answers["overall"] for r in await counter.responses()] == [3, 3]


async def test_only_who_can_be_known_again_has_opened_it(counter: Counter) -> None:
    """Previews and robots come without a cookie; a person is counted when theirs comes back."""

    async def funnel() -> dict[str, int]:
        async with counter.desk.work() as work:
            rows = await work.tallies.rows([BIRTH.id], ["1405-08"])
        return {row.value: row.count for row in rows if row.question == COUNTS}

    for _ in range(3):
        async with counter.visitor() as robot:
            await robot.get("/s/1000")
    assert await funnel() == {"offered": 3}
    async with counter.visitor() as person:
        await person.get("/s/1000")
        assert await funnel() == {"offered": 4}
        await tap(person)
        assert await funnel() == {"offered": 4, "opened": 1, "answered": 1}
        await person.get("/s/1000")
    assert await funnel() == {"offered": 4, "opened": 1, "answered": 1}


async def test_an_answer_that_stands_on_the_page_is_told(counter: Counter) -> None:
    async with counter.visitor() as client:
        await client.get("/s/1000")
        await tap(client)
        for question, value in (("settled", "no"), ("in_person", "no"), ("bad", "speed"), ("words", "خیلی کند بود")):
            await tap(client, question, value)
        await client.post("/s/1000", data={"action": "wish"})
        (response,) = await counter.responses()
        async with counter.desk.work() as work:
            case = await work.cases.by_code(response.code)
        assert case is not None
        async with counter.desk.work() as work:
            await work.cases.save(replace(case, state=CaseState.ANSWERED, answer="تندتر شد", revision=2))
        assert "در انتظار نظر دوباره" in words(await client.get("/s/1000"))
        async with counter.desk.work() as work:
            told = await work.cases.by_code(response.code)
        assert told is not None
        assert told.state is CaseState.ASKED_AGAIN
