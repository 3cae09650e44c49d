"""Acting for an agency: one's places, finding an agency, roles, what joining brought."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aiogram.types import InlineKeyboardButton
from persiantools.jdatetime import JalaliDate

from bot.fluent_texts import Html, Texts
from bot.reminder_buttons import (
    AgencyButton,
    FormButton,
    FormStep,
    OfficeButton,
    OfficePage,
    PlaceAction,
    PlaceButton,
    RoleButton,
    SortAction,
    SortButton,
    short_code,
)
from bot.rendering import WORDS_SHOWN, join, shortened
from bot.screens.frame import Desk, Row, Screen, button, keyboard, reading_row, shown_date
from bot.states import OpenForm
from knowledge.labels import label_of_id
from reminders.absence import Away
from reminders.directory import FoundAgency
from reminders.joining import Joined
from reminders.people import OPERATORS, MemberState, Role
from reminders.places import Place

__all__ = [
    "JOINING_ROLES",
    "agencies_screen",
    "asked_instead_screen",
    "away_screen",
    "cancel_button",
    "form_screen",
    "joined_screen",
    "leave_screen",
    "places_screen",
    "role_name",
    "roles_screen",
]

JOINING_ROLES: Final = (Role.REPRESENTATIVE, Role.DEPUTY, Role.HEAD)
_ROLE_KEYS: Final = {
    Role.REPRESENTATIVE: "role-representative",
    Role.DEPUTY: "role-deputy",
    Role.HEAD: "role-head",
    Role.OPERATOR: "role-operator",
}


_LEAVING: Final = {MemberState.ACTIVE: "button-agency-leave", MemberState.PENDING: "button-agency-withdraw"}


def role_name(texts: Texts, role: Role) -> str:
    return texts.plain(_ROLE_KEYS[role])


def places_screen(desk: Desk, places: Sequence[Place]) -> Screen:
    """Where the person stands, and what they can do about it; who acts for none is asked for an agency instead."""
    t = desk.texts
    lines = [t("agency-places"), *(_place(desk, place) for place in places)]
    acting = [p for p in places if p.membership.acts_for_agency]
    away = next((p.membership.away_until for p in acting if p.membership.is_away(desk.today)), None)
    if away is not None:
        lines.append(t("agency-place-away", date=shown_date(desk, JalaliDate(away))))
    rows: list[Row] = [[button(t.plain("button-agency-join"), PlaceButton(action=PlaceAction.JOIN))]]
    if acting:
        coming = ("button-agency-back", PlaceAction.BACK) if away else ("button-agency-away", PlaceAction.AWAY)
        rows.append([button(t.plain(coming[0]), PlaceButton(action=coming[1]))])
    rows += [
        [
            button(
                t.plain(_LEAVING[p.membership.state], agency=p.agency_name),
                PlaceButton(action=PlaceAction.LEAVE, membership=p.membership.id),
            )
        ]
        for p in places
        if p.membership.agency_id != OPERATORS
    ]
    if len(acting) < sum(p.membership.state is MemberState.ACTIVE for p in places):
        rows.append([button(t.plain("button-office"), OfficeButton(page=OfficePage.HOME))])
    return Screen(join(lines), keyboard(rows))


def _place(desk: Desk, place: Place) -> Html:
    if place.membership.agency_id == OPERATORS:
        return desk.texts("agency-place-operators")
    role = role_name(desk.texts, place.membership.role)
    if place.membership.state is MemberState.PENDING:
        return desk.texts("agency-place-pending", agency=place.agency_name, role=role)
    does = desk.texts("role-does", role=place.membership.role.value)
    return join([desk.texts("agency-place", agency=place.agency_name, role=role), does, _basis(desk, place)])


def _basis(desk: Desk, place: Place) -> Html:
    """How the person was introduced; empty where that was not said."""
    basis, date = place.membership.legal_basis, place.membership.introduced_on
    if not basis:
        return Html("")
    return desk.texts("joining-basis", basis=f"{basis}، {shown_date(desk, date)}" if date else basis)


def form_screen(desk: Desk, text: Html, form: OpenForm, *, skip: bool = False) -> Screen:
    """One question of a form; what may be left out says so."""
    skipping = _form_button(desk, "button-skip", FormStep.SKIP, form) if skip else None
    return Screen(text, keyboard([reading_row(skipping, cancel_button(desk, form))]))


def cancel_button(desk: Desk, form: OpenForm) -> InlineKeyboardButton:
    """Gives this form up, and no other."""
    return _form_button(desk, "button-cancel", FormStep.CANCEL, form)


def _form_button(desk: Desk, key: str, step: FormStep, form: OpenForm) -> InlineKeyboardButton:
    return button(desk.texts.plain(key), FormButton(step=step, form=form.name, number=form.number))


def asked_instead_screen(desk: Desk) -> Screen:
    """That what was written is answered as a question, and the way back to naming an agency."""
    again = button(desk.texts.plain("button-agency-again"), PlaceButton(action=PlaceAction.JOIN))
    return Screen(desk.texts("agency-asked-instead"), keyboard([[again]]))


def agencies_screen(desk: Desk, words: str, found: Sequence[FoundAgency], form: OpenForm) -> Screen:
    """Agencies that the words may mean."""
    if not found:
        return form_screen(desk, desk.texts("agency-not-found", words=shortened(words, WORDS_SHOWN)), form)
    rows: list[Row] = [[button(f.agency.name, AgencyButton(agency=f.agency.id))] for f in found]
    rows.append([cancel_button(desk, form)])
    return Screen(desk.texts("agency-found"), keyboard(rows))


def roles_screen(desk: Desk, text: Html, form: OpenForm) -> Screen:
    """Roles to choose from."""
    rows: list[Row] = [[button(role_name(desk.texts, role), RoleButton(role=role))] for role in JOINING_ROLES]
    rows.append([cancel_button(desk, form)])
    return Screen(text, keyboard(rows))


def joined_screen(desk: Desk, joined: Joined) -> Screen:
    """What joining brought: the place, what it closed, what was past before."""
    t, membership = desk.texts, joined.membership
    if membership.is_operator:
        office = button(t.plain("button-office"), OfficeButton(page=OfficePage.HOME))
        return Screen(t("agency-joined-operator"), keyboard([[office]]))
    role = role_name(t, membership.role)
    lines = [t("agency-joined", role=role, agency=joined.agency_name), t("role-does", role=membership.role.value)]
    if joined.closed:
        places = "؛ ".join(label_of_id(id, desk.corpus) for id in joined.closed)
        lines.append(t("agency-joined-closed", places=places))
    rows: list[Row] = []
    if joined.past:
        lines.append(t("agency-joined-past", count=len(joined.past)))
        sort = SortButton(action=SortAction.VIEW, agency=short_code(membership.agency_id))
        rows.append([button(t.plain("button-sort-past"), sort)])
    return Screen(join(lines, "\n\n"), keyboard(rows))


def leave_screen(desk: Desk, place: Place, *, alone: bool) -> Screen:
    """Asks once more before a membership ends or a request is withdrawn; `alone`: nobody else would be reminded."""
    t = desk.texts
    waits = place.membership.state is MemberState.PENDING
    lines = [t("agency-withdraw" if waits else "agency-leave", agency=place.agency_name)]
    if alone:
        lines.append(t("agency-leave-alone"))
    yes = button(
        t.plain("button-agency-withdraw-yes" if waits else "button-agency-leave-yes"),
        PlaceButton(action=PlaceAction.LEAVE_YES, membership=place.membership.id),
    )
    no = button(t.plain("button-agency-stay"), PlaceButton(action=PlaceAction.SHOW))
    return Screen(join(lines), keyboard([[yes], [no]]))


def away_screen(desk: Desk, away: Away) -> Screen:
    """What was recorded of a leave."""
    if away.until is None:
        return Screen(desk.texts("agency-back" if away.reminded else "agency-back-only"))
    t, lines = desk.texts, [desk.texts("agency-away", date=shown_date(desk, JalaliDate(away.until)))]
    if away.told:
        lines.append(t("agency-away-told", told=away.told))
    if away.uncovered:
        lines.append(t("agency-away-alone", agencies="، ".join(away.uncovered)))
    else:
        lines.append(t("agency-away-covered" if away.reminded or away.told else "agency-away-nothing"))
    return Screen(join(lines))
