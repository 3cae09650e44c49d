"""Every use case of the reminders, made once over their ports: what handlers and the web are given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from reminders.absence import PersonUnreachable, SayAway
from reminders.agency_import import ImportAgencies
from reminders.book_keeping import Books
from reminders.broadcasts import Broadcasts
from reminders.calendar_feed import CalendarWords, MakeCalendar, OpenFeed
from reminders.composing import Compose
from reminders.duties import DecideReport, FindDuty, HandOver, ListDuties, MarkDuty, ReportDone, ShowDuty, Snooze
from reminders.event_sentences import ReadEventSentence
from reminders.events import ListEvents, PreviewEvent, RecordEvent
from reminders.joining import (
    AcceptInvitation,
    AskToJoin,
    DecideJoining,
    EndMembership,
    FindAgencies,
    Invite,
    IsLastOperator,
    OfferFirstOperator,
    RevokeInvitation,
)
from reminders.names import NamePerson
from reminders.office_hours import OfficeHours
from reminders.operating import CloseDay, ListJoining, ShowLedger, SwitchRegulation
from reminders.places import ListColleagues, ListPlaces
from reminders.planning import PlanReminders
from reminders.ports import EvidenceFiles, OpenWork
from reminders.report_desk import ReadEvidence, ShowReport
from reminders.schedule import Cadence
from reminders.wishes import SaveWishes
from reminders.year import ShowYear

__all__ = ["Reminders"]


class Reminders:
    """Attributes are use cases, named as verbs; each call is one transaction (planning and broadcasts: a few)."""

    def __init__(
        self,
        open_work: OpenWork,
        books: Books,
        hours: OfficeHours,
        files: EvidenceFiles,
        *,
        cadence: Cadence,
        calendar_words: CalendarWords,
        clock: Callable[[], dt.datetime],
        new_token: Callable[[], str],
    ) -> None:
        """`new_token` gives at least 128 random bits as A-Za-z0-9_- of at most 60 characters."""
        three = (open_work, books, hours)
        self.books: Final = books
        self.hours: Final = hours
        # people and agencies
        self.find_agencies: Final = FindAgencies(open_work, books)
        self.ask_to_join: Final = AskToJoin(*three, clock=clock)
        self.list_joining: Final = ListJoining(open_work)
        self.decide_joining: Final = DecideJoining(*three, clock=clock)
        self.invite: Final = Invite(*three, clock=clock, new_token=new_token)
        self.revoke_invitation: Final = RevokeInvitation(open_work, clock=clock)
        self.accept_invitation: Final = AcceptInvitation(*three, clock=clock)
        self.end_membership: Final = EndMembership(open_work, clock=clock)
        self.is_last_operator: Final = IsLastOperator(open_work)
        self.offer_first_operator: Final = OfferFirstOperator(open_work, clock=clock, new_token=new_token)
        self.list_places: Final = ListPlaces(open_work, books)
        self.list_colleagues: Final = ListColleagues(open_work)
        self.name_person: Final = NamePerson(open_work)
        self.say_away: Final = SayAway(*three, clock=clock)
        self.save_wishes: Final = SaveWishes(open_work, hours, clock=clock)
        self.import_agencies: Final = ImportAgencies(open_work, books, clock=clock)
        # duties
        self.list_duties: Final = ListDuties(*three, clock=clock)
        self.find_duty: Final = FindDuty(*three, clock=clock)
        self.show_duty: Final = ShowDuty(*three, clock=clock)
        self.mark_duty: Final = MarkDuty(*three, clock=clock)
        self.report_done: Final = ReportDone(*three, files, clock=clock)
        self.decide_report: Final = DecideReport(*three, clock=clock)
        self.show_report: Final = ShowReport(*three, clock=clock)
        self.read_evidence: Final = ReadEvidence(open_work, files)
        self.snooze: Final = Snooze(*three, clock=clock)
        self.hand_over: Final = HandOver(*three, clock=clock)
        self.make_calendar: Final = MakeCalendar(*three, calendar_words, clock=clock)
        self.show_year: Final = ShowYear(*three, clock=clock)
        self.open_feed: Final = OpenFeed(open_work, clock=clock, new_token=new_token)
        # operators
        self.list_events: Final = ListEvents(open_work, books)
        self.preview_event: Final = PreviewEvent(*three, clock=clock)
        self.read_event_sentence: Final = ReadEventSentence(open_work, books)
        self.record_event: Final = RecordEvent(*three, clock=clock)
        self.show_ledger: Final = ShowLedger(*three, clock=clock)
        self.close_day: Final = CloseDay(*three, clock=clock)
        self.switch_regulation: Final = SwitchRegulation(open_work, books, clock=clock)
        self.broadcasts: Final = Broadcasts(*three, clock=clock)
        # what runs by itself
        self.plan: Final = PlanReminders(open_work, books, cadence=cadence, hours=hours, clock=clock)
        self.compose: Final = Compose(books, hours)
        self.unreachable: Final = PersonUnreachable(*three)
