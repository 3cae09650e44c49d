"""The JSON form of the register that other tools call (design §7)."""

from __future__ import annotations

from typing import Any

from persiantools.jdatetime import JalaliDate

from knowledge.limits import LimitKind
from reminders.due_dates import DueDates
from reminders.jalali import iso
from reminders.obligations import Obligation

__all__ = ["obligation_json"]


def obligation_json(obligation: Obligation, dates: DueDates, today: JalaliDate) -> dict[str, Any]:
    """One row of `obligations --json`; bodies by their official names."""
    limit = dates.limit(obligation, today.to_gregorian())
    row: dict[str, Any] = {
        "id": obligation.id,
        "regulation": obligation.address.regulation,
        "eid": obligation.address.eid,
        "quote_eid": obligation.quote_address.eid,
        "responsible": list(limit.responsible),
        "partners": list(limit.partners),
        "action": obligation.action,
        "quote": obligation.quote,
        "kind": obligation.kind.value,
        "anchors": list(obligation.anchors),
        "anchor_rule": obligation.anchor_rule,
        "amount": obligation.amount,
        "unit": obligation.unit.value if obligation.unit else None,
        "lasts": obligation.lasts,
        "due": iso(limit.due) if limit.due else None,
        "state": limit.state.value,
        "reading": obligation.reading,
        "alternatives": list(obligation.alternatives),
        "conflicts": list(obligation.conflicts),
    }
    if obligation.kind is LimitKind.PERIODIC:
        row["next_due"] = iso(limit.next_due) if limit.next_due else None
    return row
