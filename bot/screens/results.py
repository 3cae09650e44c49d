"""Results of the surveys in words, and the words of their picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from persiantools.jdatetime import JalaliDate

from bot.fluent_texts import Html, Texts
from bot.rendering import join, shortened
from bot.screens.frame import LIST_PAGE, Desk, Row, Screen, button, keyboard, page_of, paging, reading_row, shown_date
from bot.screens.surveys import face_name, titles_apart
from bot.survey_buttons import ExportButton, HeldButton, HeldList, ReportButton, ReportList
from knowledge.numerals import persian_digits
from reminders.jalali_input import MONTHS
from surveys.questionnaire import FACES, Questionnaire
from surveys.report import NamedShare, Report
from surveys.report_list import ReportedService
from surveys.responses import Response
from surveys.services import FoundService, plain_title
from surveys.statistics import percent

if TYPE_CHECKING:
    from surveys.pictures import PictureWords

__all__ = [
    "found_reports_screen",
    "held_screen",
    "means_all",
    "picture_words",
    "report_screen",
    "report_title",
    "reported_screen",
]

SERVICES_SHOWN: Final = 10
NAME_SHOWN: Final = 60  # letters of a service or agency
TITLE_SHOWN: Final = 120  # where it stands in a line of its own


def report_screen(desk: Desk, report: Report, questionnaire: Questionnaire, *, may_export: bool) -> Screen:
    """The report in words: everything that the picture shows, for who cannot see it. Operators export, and decide what
    is held.
    """
    lines = list(_lines(desk.texts, report, questionnaire))
    rows = [_exports(desk, report.service.id if report.service else "")] if may_export else []
    if may_export and report.funnel is not None and report.funnel.held:
        rows.append([button(desk.texts.plain("button-held", count=report.funnel.held), HeldList())])
    rows.append([button(desk.texts.plain("button-report-list"), ReportList())])
    return Screen(join(lines), keyboard(rows))


def _exports(desk: Desk, service: str) -> Row:
    t = desk.texts.plain
    labels = {"xlsx": t("button-export-xlsx"), "csv": t("button-export-csv"), "parquet": t("button-export-parquet")}
    return reading_row(*(button(labels[f], ExportButton(format=f, service=service)) for f in labels))


def reported_screen(desk: Desk, reported: Sequence[ReportedService], page: int, *, operator: bool) -> Screen:
    """The services whose results one may see, by agency, a number for each; operators choose all of them, too."""
    t = desk.texts
    if not reported:
        return Screen(t("report-list-none"))
    count = -(-len(reported) // LIST_PAGE)
    page = page_of(page, count)
    shown = reported[page * LIST_PAGE : (page + 1) * LIST_PAGE]
    lines, agency = [t("report-list", count=len(reported))], ""
    titles = titles_apart(t, [one.service for one in shown])
    for number, (one, title) in enumerate(zip(shown, titles, strict=True), 1):
        if one.service.agency != agency:
            agency = one.service.agency
            lines += [Html(""), t("report-list-agency", name=shortened(agency, NAME_SHOWN))]
        answers = t.plain("report-list-few") if one.n is None else t.plain("report-list-n", n=one.n)
        lines.append(t("report-list-one", number=number, title=shortened(title, TITLE_SHOWN), answers=answers))
    numbers = [button(persian_digits(str(n)), ReportButton(service=one.service.id)) for n, one in enumerate(shown, 1)]
    rows = [reading_row(*numbers[at : at + 5]) for at in range(0, len(numbers), 5)]
    rows.append(paging(t, page, count, [ReportList(page=n) for n in range(count)]))
    if operator:
        rows += [[button(t.plain("button-report-all"), ReportButton())], _exports(desk, "")]
    return Screen(join(lines), keyboard(rows))


def found_reports_screen(desk: Desk, words: str, found: Sequence[FoundService]) -> Screen:
    """Services that the words may mean; one sentence when there is none."""
    back = [button(desk.texts.plain("button-report-list"), ReportList())]
    if not found:
        return Screen(desk.texts("report-not-found", words=words), keyboard([back]))
    services = [one.service for one in found]
    rows: list[Row] = [
        [button(f"{title} — {service.agency}", ReportButton(service=service.id))]
        for service, title in zip(services, titles_apart(desk.texts, services), strict=True)
    ]
    return Screen(desk.texts("report-found"), keyboard([*rows, back]))


def means_all(desk: Desk, words: str) -> bool:
    """Whether the words are those of the button for all services, or how they begin («همه»)."""
    named = plain_title(desk.texts.plain("button-report-all"))
    return f"{named} ".startswith(f"{plain_title(words)} ")


def held_screen(desk: Desk, held: Sequence[Response], titles: Mapping[str, str]) -> Screen:
    """Responses of a burst, service by service: an operator decides whether they count."""
    t = desk.texts
    services = list(dict.fromkeys(response.service_id for response in held))
    if not services:
        return Screen(t("held-none"))
    first = [response for response in held if response.service_id == services[0]]
    faces = Counter(response.answers.get("overall") for response in first)
    shown = "، ".join(
        t.plain("report-face", face=face_name(t, face), count=persian_digits(str(faces[face])))
        for face in reversed(FACES)
        if faces[face]
    )
    channels = Counter(response.channel for response in first)
    ways = "، ".join(
        t.plain("report-driver", choice=t.plain("report-channel", channel=channel), count=count)
        for channel, count in channels.most_common()
    )
    days = [shown_date(desk, JalaliDate(day(response.day for response in first))) for day in (min, max)]
    lines = [
        t("held-title", count=len(held), services=len(services)),
        t("held-one", title=titles.get(services[0], services[0]), count=len(first)),
        t("held-when", days="one" if days[0] == days[1] else "more", first=days[0], last=days[1], channels=ways),
        t("held-faces", faces=shown),
    ]
    last = max(response.id for response in first)
    yes = button(t.plain("button-held-count"), HeldButton(service=services[0], count=True, last=last))
    no = button(t.plain("button-held-exclude"), HeldButton(service=services[0], count=False, last=last))
    return Screen(join(lines, "\n\n"), keyboard([reading_row(yes, no)]))


def report_title(t: Texts, report: Report) -> Html:
    """What the report is about."""
    return t("report-title", title=report.service.title) if report.service else t("report-title-all")


def _lines(t: Texts, report: Report, questionnaire: Questionnaire) -> Iterator[Html]:
    yield report_title(t, report)
    yield t("report-months", count=len(report.months), last=month_name(report.months[-1]))
    if report.n is None or report.funnel is None:
        yield t("report-few" if report.service else "report-few-all")
        return
    yield t("report-funnel", **asdict(report.funnel))
    yield t("report-n", n=report.n)
    if report.left_out:
        yield t("report-left-out", count=report.left_out)
    for key, share in (
        ("report-top-two", report.top_two),
        ("report-settled", report.settled),
        ("report-again", report.again_top_two),
    ):
        if share is not None:
            yield t(key, share=_percent(t, share.value), low=_percent(t, share.low), high=_percent(t, share.high))
    if any(report.faces[face] is not None for face in FACES):
        for face in reversed(FACES):
            yield t("report-face", face=face_name(t, face), count=_count(t, report.faces[face]))
    else:
        yield t("report-faces-hidden")
    if drivers := _drivers(t, report, questionnaire):
        yield t("report-drivers", drivers=drivers)
    for month in report.trend:
        if month.share is not None:
            figures = {name: _percent(t, getattr(month.share, name)) for name in ("low", "high")}
            value = _percent(t, month.share.value)
            yield t("report-month", month=month_name(month.month), share=value, n=month.share.n, **figures)
    changes = [month.change for month in report.trend if month.share is not None]
    if len(changes) > 1:
        yield t("report-change", change=changes[-1].value)
    channels = tuple(replace(one, name=t.plain("report-channel", channel=one.key)) for one in report.channels)
    for key, named in (
        ("report-channels", channels if len(channels) > 1 else ()),
        ("report-agencies", report.agencies if len(report.agencies) > 1 else ()),
        ("report-services", report.services),
    ):
        yield from _named(t, key, named)


def _named(t: Texts, heading: str, named: Sequence[NamedShare]) -> Iterator[Html]:
    """A heading and what is shown beneath it; nothing where everything is hidden."""
    shown = [(one.name, one.share) for one in named if one.share is not None][:SERVICES_SHOWN]
    if shown:
        yield t(heading)
    for name, share in shown:
        yield t("report-service", name=shortened(name, NAME_SHOWN), share=_percent(t, share.value), n=share.n)


def _drivers(t: Texts, report: Report, questionnaire: Questionnaire) -> str:
    words = {(q.id, c.id): c.text for q in questionnaire.questions for c in q.choices}
    shown = [d for d in report.drivers if d.count]
    ranked = sorted(shown, key=lambda d: -(d.count or 0))[:6]
    return "، ".join(
        t.plain("report-driver", choice=words.get((d.question, d.choice), d.choice), count=d.count or 0) for d in ranked
    )


def _count(t: Texts, count: int | None) -> str:
    return t.plain("report-hidden") if count is None else persian_digits(str(count))


def _percent(t: Texts, value: float) -> str:
    return t.plain("percent", value=percent(value))


def month_name(month: str) -> str:
    """«آبان ۱۴۰۵» of "1405-08"."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {persian_digits(year)}"


def picture_words(t: Texts, report: Report) -> PictureWords:
    """Everything that is written in the picture."""
    from surveys.pictures import PictureWords  # brings matplotlib, which only pictures need

    service = report.service
    title = t.plain("report-title", title=service.title) if service else t.plain("report-title-all")
    return PictureWords(
        title=title.replace("<b>", "").replace("</b>", ""),
        trend=t.plain("report-trend"),
        faces_title=t.plain("report-faces-title"),
        months=tuple(MONTHS[int(month.split("-")[1]) - 1] for month in report.months),
        faces=tuple(face_name(t, face).partition(" ")[2] for face in FACES),
        hidden=t.plain("report-hidden"),
        digits="۰۱۲۳۴۵۶۷۸۹",
    )
