"""The REST API: the contract's JSON over HTTP."""

from __future__ import annotations

from typing import Any

from knowledge.contract import provision_json
from tests.support.memory import MemoryStorage
from tests.web.sites import ARTICLE, corpus, site


async def _get(path: str, **query: Any) -> Any:
    async with site() as web, web.client() as client:
        answer = await client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()


async def test_provisions_are_those_of_the_command_line() -> None:
    rows = await _get("/api/provisions")
    everything = corpus()
    assert [{k: v for k, v in row.items() if k != "label"} for row in rows] == [
        provision_json(p, everything) for p in everything
    ]


async def test_provisions_of_one_regulation_and_kind() -> None:
    rows = await _get("/api/provisions", regulation="roadmap-1404", kind="article")
    assert [row["number"] for row in rows] == [str(n) for n in range(1, 34)]
    notes = await _get("/api/provisions", regulation="roadmap-1404", parent="art_21")
    assert [row["label"] for row in notes] == ["تبصره ۱ ماده ۲۱ نقشه راه", "تبصره ۲ ماده ۲۱ نقشه راه"]


async def test_one_provision_and_one_that_does_not_exist() -> None:
    async with site() as web, web.client() as client:
        found = await client.get(f"/api/provisions/{ARTICLE}")
        assert found.json()["label"] == "ماده ۲۱ نقشه راه"
        missing = await client.get("/api/provisions/roadmap-1404/art_50")
        assert (missing.status_code, missing.json()["code"]) == (404, "no_such_provision")


async def test_regulations_say_what_is_unknown() -> None:
    rows = {row["slug"]: row for row in await _get("/api/regulations")}
    assert rows["roadmap-1404"]["promulgated"] == "1404-01-31"
    assert rows["smart-cycle-1404"]["number"] is None
    assert rows["smart-cycle-1404"]["unknown"]


async def test_a_question_is_answered_and_belongs_to_nobody() -> None:
    async with site() as web, web.client() as client:
        answer = (await client.post("/api/ask", json={"question": "نظرسنجی"})).json()
        assert (answer["status"], answer["confident"]) == ("answered", True)
        assert answer["hits"] == [{"regulation": "roadmap-1404", "eid": "art_21", "score": 3.0}]
        assert (await client.post("/api/ask", json={"question": ""})).status_code == 422


async def test_the_api_has_the_address_limit() -> None:
    async with site(per_address=2, storage=MemoryStorage()) as web, web.client() as client:
        statuses = [(await client.get("/api/regulations")).status_code for _ in range(3)]
        assert statuses == [200, 200, 429]


async def test_the_description_names_every_path_and_nothing_of_the_chat() -> None:
    description = await _get("/api/openapi.json")
    assert set(description["paths"]) == {
        "/api/regulations",
        "/api/provisions",
        "/api/provisions/{regulation}/{eid}",
        "/api/ask",
    }
    assert description["paths"]["/api/ask"]["post"]["responses"]["429"]
