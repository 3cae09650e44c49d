"""A register that gives everybody something every day, over the real corpus: for kill tests and load."""

from __future__ import annotations

from collections.abc import Sequence

from persiantools.jdatetime import JalaliDate

from knowledge.limits import LimitKind
from knowledge.provisions import Address, Kind
from reminders.jalali import Unit
from reminders.obligations import Anchor, Obligation, Register
from tests.support.reminding import Law, law

__all__ = ["daily_law", "periodic_law"]


def daily_law(count: int) -> Law:
    """`count` obligations of all executive agencies, each due every day."""
    return periodic_law([(1, Unit.DAY)] * count)


def periodic_law(periods: Sequence[tuple[int, Unit]]) -> Law:
    """One obligation of all executive agencies for each period, counted from a day of its own in 1404."""
    real = law()
    articles = [p.address for p in real.corpus if p.kind is Kind.ARTICLE and p.address.regulation == "roadmap-1404"]
    anchors = {
        f"a{n}": Anchor(f"a{n}", "رویداد", JalaliDate(1404, 1 + n % 12, 1 + n % 28)) for n in range(len(periods))
    }
    obligations = [
        _obligation(n, articles[n % len(articles)], amount, unit) for n, (amount, unit) in enumerate(periods)
    ]
    return Law(real.corpus, Register(obligations, anchors), real.structure)


def _obligation(number: int, address: Address, amount: int, unit: Unit) -> Obligation:
    return Obligation(
        id=f"test.{number}",
        address=address,
        quote_address=address,
        responsible=("executive-agencies",),
        partners=(),
        action=f"کار {number}",
        quote="هر روز",
        kind=LimitKind.PERIODIC,
        anchors=(f"a{number}",),
        anchor_rule="single",
        amount=amount,
        unit=unit,
        due=None,
        reading="",
        alternatives=(),
        conflicts=(),
    )
