"""Every use case of the surveys, made once over their ports: what handlers and the web are given."""

from __future__ import annotations

from typing import Final

from surveys.answering import FinishSurvey, GiveAnswer, OfferSurvey, OpenSurvey, SurveyRules
from surveys.bursts import DecideHeld, FlagBursts, ListHeld
from surveys.case_work import (
    AcceptedWordings,
    AcknowledgeCase,
    AnswerCase,
    AssignCase,
    CaseRules,
    DecideKeptAnswer,
    FindCases,
    FindRights,
    HandOverCase,
    KeepAnswer,
    ListColleagues,
    ListKeptAnswers,
    MarkOutcomeTold,
    OpenQuestionCase,
    RateOutcome,
    RemindHolders,
    ShowCase,
    ShowWaiting,
    TrackCase,
    WishForOutcome,
)
from surveys.cataloguing import FindActive, FindService, ImportServices, ListServices
from surveys.exporting import OpenExport
from surveys.ports import FirstAnswers, OpenDirectory, OpenSurveyWork, SurveyWork
from surveys.report_list import FindReported, ListReported
from surveys.reports import MakeReport
from surveys.working_time import OfficeHours

__all__ = ["Surveys"]


class Surveys:
    """Attributes are use cases, named as verbs; each call is one transaction. Handlers get it as `surveys`."""

    def __init__(
        self,
        open_work: OpenSurveyWork,
        reading: SurveyWork,
        first_answers: FirstAnswers,
        rules: SurveyRules,
        hours: OfficeHours,
        directory: OpenDirectory,
        *,
        escalates: bool = True,
    ) -> None:
        """`open_work` opens a transaction (`storage.unit_of_work.survey_work`); `hours` make due times of cases;
        `directory` tells whose services a catalogue brings. `escalates`: heads of agencies hear of overdue cases.

        `reading` is the same with a short transaction of its own for each call (`storage.survey_work.SurveyWork` of the
        database): a long export stops nobody from writing.

        `rules` hold the questionnaires, the period, the time zone, the clock, `new_id` (at least 96 random bits: other
        systems keep them), `new_code` (`surveys.case_work.tracking_code`) and `person_key` (the instance's keyed hash).
        """
        survey, case = (open_work, rules), (open_work, CaseRules(rules, hours, escalates))
        self.rules: Final = rules
        # who rates
        self.find_active: Final = FindActive(open_work)
        self.find_service: Final = FindService(open_work)
        self.offer: Final = OfferSurvey(*survey)
        self.open: Final = OpenSurvey(*survey)
        self.give: Final = GiveAnswer(open_work, first_answers, rules)
        self.finish: Final = FinishSurvey(*survey)
        self.wish_for_outcome: Final = WishForOutcome(*case)
        self.rate_outcome: Final = RateOutcome(*case)
        self.track: Final = TrackCase(*case)
        self.open_question_case: Final = OpenQuestionCase(*case)
        # who answers
        self.find_rights: Final = FindRights(*case)
        self.find_cases: Final = FindCases(*case)
        self.show_case: Final = ShowCase(*case)
        self.show_waiting: Final = ShowWaiting(*case)
        self.acknowledge: Final = AcknowledgeCase(*case)
        self.hand_over: Final = HandOverCase(*case)
        self.list_colleagues: Final = ListColleagues(*case)
        self.assign_case: Final = AssignCase(*case)
        self.answer_case: Final = AnswerCase(*case)
        self.keep_answer: Final = KeepAnswer(*case)
        self.list_kept: Final = ListKeptAnswers(*case)
        self.decide_kept: Final = DecideKeptAnswer(*case)
        # who looks at results
        self.make_report: Final = MakeReport(
            open_work, rules.questionnaires, clock=rules.clock, timezone=rules.timezone
        )
        self.list_reported: Final = ListReported(
            open_work, rules.questionnaires, clock=rules.clock, timezone=rules.timezone
        )
        self.find_reported: Final = FindReported(open_work)
        self.open_export: Final = OpenExport(reading, rules.questionnaires)
        self.list_held: Final = ListHeld(open_work)
        self.decide_held: Final = DecideHeld(open_work)
        self.import_services: Final = ImportServices(open_work, directory)
        self.list_services: Final = ListServices(open_work)
        # what runs by itself, every few minutes
        self.flag_bursts: Final = FlagBursts(*survey)
        self.mark_told: Final = MarkOutcomeTold(*case)
        self.remind_holders: Final = RemindHolders(*case)
        self.accepted_wordings: Final = AcceptedWordings(*case)

    async def tend(self) -> None:
        """What runs by itself, once: bursts held, outcomes marked as told, holders reminded, unrated cases closed."""
        await self.flag_bursts()
        await self.mark_told.delivered()
        await self.remind_holders()
