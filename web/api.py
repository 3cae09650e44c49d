"""The public REST API: provisions and answers as JSON, described by /api/openapi.json.

No cookie and no person; only rate limits by network address.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from knowledge.asking import AskQuestion
from knowledge.contract import answer_json, provision_json
from knowledge.labels import label
from knowledge.on_table import NOTHING
from knowledge.provisions import Address, Corpus, Kind, Provision
from web.limits import RateLimits
from web.problems import Problem

__all__ = ["api_router"]

#: Questions of the API belong to nobody: they share one number, so nothing ties two of them together.
PLATFORM, NOBODY = "api", 0
TEXT_MAX = 4096


class ErrorOut(BaseModel):
    """What went wrong: `code` for programs, `message` in Persian for people."""

    code: str
    message: str


class ProvisionOut(BaseModel):
    """One provision. `text` holds its own words; those of its notes and list items stand in theirs."""

    regulation: str = Field(examples=["roadmap-1404"])
    eid: str = Field(examples=["art_21__note_1"])
    kind: str
    number: str | None
    heading: str = Field(description="The printed heading, else an editor's, which is not part of the law.")
    text: str
    parent: str | None
    editor_note: str | None
    label: str = Field(description="The address in Persian.", examples=["تبصره ۱ ماده ۲۱ نقشه راه"])


class RegulationOut(BaseModel):
    """One regulation. Dates are Jalali, ISO form; null is unknown."""

    slug: str
    title: str
    short_title: str
    issuer: str
    number: str | None
    approved: str | None
    promulgated: str | None
    status: str
    status_note: str
    unknown: list[str]


class QuestionIn(BaseModel):
    """A question in Persian, at most 300 characters (longer ones end in the status too_long)."""

    model_config = ConfigDict(extra="forbid")
    question: str = Field(min_length=1, max_length=TEXT_MAX, examples=["مهلت نظرسنجی کی بود؟"])


class HitOut(BaseModel):
    regulation: str
    eid: str
    score: float


class DeadlineOut(BaseModel):
    """The first limit of the answer. `due` and `next_due` are Jalali dates; `text` is the law's own wording."""

    due: str | None
    next_due: str | None
    kind: str
    text: str
    obligation: str
    state: str
    waiting_for: list[str]


class AnswerOut(BaseModel):
    """An answer points at provisions and never makes a sentence of its own. `hits` are best first, at most ten."""

    intent: str
    status: str
    confident: bool
    confidence: float
    hits: list[HitOut]
    deadline: DeadlineOut | None
    responsible: list[str]
    partners: list[str]
    corrected: str | None


def api_router(*, corpus: Corpus, ask: AskQuestion, limits: RateLimits) -> APIRouter:
    """Routes below /api."""

    async def within_limits(request: Request) -> None:
        await limits.check(request, None)

    router = APIRouter(
        prefix="/api",
        tags=["regulations"],
        dependencies=[Depends(within_limits)],
        responses={429: {"model": ErrorOut}, 422: {"model": ErrorOut}},
    )

    @router.get("/regulations", summary="All regulations")
    def regulations() -> list[RegulationOut]:
        return [RegulationOut.model_validate(r, from_attributes=True) for r in corpus.regulations.values()]

    @router.get("/provisions", summary="Provisions in reading order, all or of one regulation or kind")
    def provisions(
        regulation: Annotated[str | None, Query(description="Slug of a regulation.")] = None,
        kind: Annotated[Kind | None, Query()] = None,
        parent: Annotated[str | None, Query(description="eid: direct children of this provision only.")] = None,
    ) -> list[ProvisionOut]:
        return [
            _provision_out(p, corpus)
            for p in corpus
            if (regulation is None or p.address.regulation == regulation)
            and (kind is None or p.kind is kind)
            and (parent is None or (p.parent is not None and p.parent.eid == parent))
        ]

    @router.get("/provisions/{regulation}/{eid}", summary="One provision", responses={404: {"model": ErrorOut}})
    def provision(regulation: str, eid: str) -> ProvisionOut:
        found = corpus.get(Address(regulation, eid))
        if found is None:
            raise Problem(404, "no_such_provision", "web-no-such-provision")
        return _provision_out(found, corpus)

    @router.post("/ask", summary="Ask a question")
    async def ask_question(asked: QuestionIn) -> AnswerOut:
        result = await ask(asked.question, platform=PLATFORM, platform_id=NOBODY, table=NOTHING)
        answer: dict[str, Any] = answer_json(result.answer, id=None)
        return AnswerOut.model_validate(answer)

    return router


def _provision_out(provision: Provision, corpus: Corpus) -> ProvisionOut:
    return ProvisionOut.model_validate(provision_json(provision, corpus) | {"label": label(provision.address, corpus)})
