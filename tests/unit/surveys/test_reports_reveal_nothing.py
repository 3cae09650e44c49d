"""Whoever sees every report at once cannot work out one hidden cell below ten.

The attacker here knows nothing of how cells are chosen: the published figures become linear equations over all that
may have been answered, and an integer program looks for another world in which the cell is another number.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from surveys.questionnaire import FACES, load_questionnaires
from surveys.report import Report
from surveys.report_of_all import report_of_all
from surveys.report_of_one import report_of_one
from surveys.services import Service
from surveys.statistics import Share
from surveys.suppression import SMALLEST_SHOWN
from surveys.tallies import TallyRow
from tests.support.rating import QUESTIONNAIRES

QUESTIONNAIRE = load_questionnaires(QUESTIONNAIRES).current()
MONTHS = ("1405-06", "1405-07", "1405-08")
CHANNELS = ("telegram", "web")
SERVICES = [Service(str(n), f"خدمت {n}", agency) for n, agency in enumerate(("الف", "الف", "الف", "ب", "ب", "پ"))]
#: What one person may have said: month, channel, face, yes, no or nothing to "settled", and what was good (several,
#: none of them, or no answer).
SETTLED = ("yes", "no", "")
Named = tuple[str, ...] | None
GOOD: tuple[Named, ...] = (None, (), ("speed",), ("staff",), ("speed", "staff"))
KINDS = list(itertools.product(MONTHS, CHANNELS, FACES, SETTLED, GOOD))
Kind = tuple[str, str, int, str, Named]
World = dict[str, Counter[Kind]]


def _rows(service: str, answers: Counter[Kind], part: Callable[[Kind], tuple[str, str]]) -> list[TallyRow]:
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for kind, number in answers.items():
        _, _, face, settled, good = kind
        said = [("", "answered"), ("overall", str(face)), ("overall", "*")]
        said += [("settled", settled), ("settled", "*")] if settled else [("settled", "-")]
        said += [("good", "-")] if good is None else [("good", "*"), *(("good", one) for one in good)]
        for question, value in said:
            counts[(*part(kind), question, value)] += number
    return [TallyRow(service, *key, number) for key, number in counts.items() if number]


def _reports(world: World) -> tuple[Report, list[Report]]:
    def rows(part: Callable[[Kind], tuple[str, str]]) -> list[TallyRow]:
        return [row for id, answers in world.items() for row in _rows(id, answers, part)]

    def first(found: list[TallyRow]) -> list[TallyRow]:
        return [row for row in found if row.question == "overall"]

    by_month, by_channel = rows(lambda k: (k[0], "")), rows(lambda k: ("", k[1]))
    everything = report_of_all(
        QUESTIONNAIRE, SERVICES, MONTHS, rows(lambda _: ("", "")), first(by_month), first(by_channel)
    )
    ones = [
        report_of_one(
            QUESTIONNAIRE,
            service,
            MONTHS,
            [row for row in by_month if row.service_id == service.id],
            [row for row in by_channel if row.service_id == service.id],
        )
        for service in SERVICES
    ]
    return everything, ones


Within = Callable[[Kind], bool]
Cell = tuple[frozenset[str], Within]


@dataclass
class Attacker:
    """Equations and bounds over how many people of each kind there are in each service."""

    lines: list[np.ndarray] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)

    def learn(self, cell: Cell, low: float, high: float) -> None:
        self.lines.append(_line(cell))
        self.lows.append(low)
        self.highs.append(high)

    def share(self, services: frozenset[str], within: Within, share: Share | None, top: str) -> None:
        if share is not None:
            self.learn((services, within), share.n, share.n)
            self.learn((services, lambda k: within(k) and _top(k, top)), share.count, share.count)

    def worlds(self) -> Callable[[np.ndarray], np.ndarray]:
        size = len(SERVICES) * len(KINDS)
        known = LinearConstraint(csr_array(np.array(self.lines)), self.lows, self.highs)

        def extreme(objective: np.ndarray) -> np.ndarray:
            found = milp(objective, constraints=known, integrality=np.ones(size), bounds=Bounds(0, np.inf))
            assert found.x is not None, "the true world is one of them"
            return np.asarray(np.rint(found.x))

        return extreme


def _top(kind: Kind, question: str) -> bool:
    return kind[2] >= 4 if question == "overall" else kind[3] == "yes"


def _line(cell: Cell) -> np.ndarray:
    services, within = cell
    return np.array([float(s.id in services and within(kind)) for s in SERVICES for kind in KINDS])


def _anybody(_: Kind) -> bool:
    return True


def _said_settled(kind: Kind) -> bool:
    return bool(kind[3])


def _said_what_was_good(kind: Kind) -> bool:
    return kind[4] is not None


def _named(choice: str) -> Within:
    return lambda kind: choice in (kind[4] or ())


def _with(place: int, value: object) -> Within:
    """People of one month (0), channel (1) or face (2)."""
    return lambda kind: kind[place] == value


def _learn(attacker: Attacker, report: Report, services: frozenset[str]) -> None:
    """Everything that this report says; a report without n says that there are fewer than ten."""
    if report.n is None:
        assert report.service is not None or services == frozenset()
        attacker.learn((services, _anybody), 0, SMALLEST_SHOWN - 1)
    else:
        assert report.funnel is not None
        attacker.learn((services, _anybody), report.n, report.n)
        attacker.learn((services, _anybody), report.funnel.answered, report.funnel.answered)
    attacker.share(services, _anybody, report.top_two, "overall")
    attacker.share(services, _said_settled, report.settled, "settled")
    if report.service is not None and report.settled is None:
        attacker.learn((services, _said_settled), 0, SMALLEST_SHOWN - 1)
    for face, number in report.faces.items():
        if number is not None:
            attacker.learn((services, _with(2, face)), number, number)
    for month in report.trend:
        attacker.share(services, _with(0, month.month), month.share, "overall")
    for channel in report.channels:
        attacker.share(services, _with(1, channel.key), channel.share, "overall")
    for driver in report.drivers:
        if driver.question == "good":
            attacker.learn((services, _said_what_was_good), driver.of, driver.of)
            if driver.count is not None:
                attacker.learn((services, _named(driver.choice)), driver.count, driver.count)
            elif report.service is not None:  # nobody is shown as 0
                attacker.learn((services, _named(driver.choice)), 1, SMALLEST_SHOWN - 1)


def _cells(everyone: frozenset[str]) -> Iterable[tuple[str, Cell]]:
    """All that is ever published as a count, of every service and of all."""
    for services in (*(frozenset({s.id}) for s in SERVICES), everyone):
        yield f"{sorted(services)} n", (services, _anybody)
        for month in MONTHS:
            yield f"{sorted(services)} {month}", (services, _with(0, month))
        for channel in CHANNELS:
            yield f"{sorted(services)} {channel}", (services, _with(1, channel))
        for face in FACES:
            yield f"{sorted(services)} face {face}", (services, _with(2, face))
        yield f"{sorted(services)} settled", (services, _said_settled)
        for good in QUESTIONNAIRE.question("good").choices:
            yield f"{sorted(services)} {good.id}", (services, _named(good.id))


def _counted(everything: Report, world: World) -> frozenset[str]:
    """The services of the sums. The attacker is told which are left out: more than the report says."""
    n = {id: answers.total() for id, answers in world.items()}
    small = [id for id in n if 0 < n[id] < SMALLEST_SHOWN]
    wanted = [
        frozenset(n) - frozenset(left)
        for left in itertools.combinations(small, everything.left_out)
        if sum(n.values()) - sum(n[id] for id in left) == (everything.n or 0)
    ]
    assert wanted, "n is the number of answers of all services but those left out"
    agencies = {s.id: s.agency for s in SERVICES}
    shown = {one.key: one.share.n for one in everything.agencies if one.share}
    fitting = [
        ids
        for ids in wanted
        if all(shown[a] in (sum(n[i] for i in ids if agencies[i] == a), _shown_alone(n, agencies, a)) for a in shown)
    ]
    return fitting[0]


def _shown_alone(n: dict[str, int], agencies: dict[str, str], agency: str) -> int:
    return sum(number for id, number in n.items() if agencies[id] == agency and number >= SMALLEST_SHOWN)


def _revealed(world: World) -> list[str]:
    """Names of the cells below ten that everybody who sees all reports knows exactly."""
    everything, ones = _reports(world)
    counted, attacker = _counted(everything, world), Attacker()
    for service, report in zip(SERVICES, ones, strict=True):
        _learn(attacker, report, frozenset({service.id}))
    if everything.n is not None:
        _learn(attacker, everything, counted)
    n = {id: answers.total() for id, answers in world.items()}
    for one in everything.agencies:
        members = frozenset(s.id for s in SERVICES if s.agency == one.key) & counted
        if one.share and sum(n[id] for id in members) != one.share.n:  # its small ones count among all only
            members = frozenset(id for id in members if n[id] >= SMALLEST_SHOWN)
        attacker.share(members, _anybody, one.share, "overall")
    truth = np.array([float(world[s.id][kind]) for s in SERVICES for kind in KINDS])
    lines = np.array(attacker.lines)
    assert (lines @ truth >= attacker.lows).all()
    assert (lines @ truth <= attacker.highs).all()
    unknown = {
        name: line
        for name, cell in _cells(counted)
        if 0 < (line := _line(cell)) @ truth < SMALLEST_SHOWN
    }  # fmt: skip
    extreme, known = attacker.worlds(), []
    while unknown:
        name, line = next(iter(unknown.items()))
        for objective in (line, -line):
            another = extreme(objective)
            unknown = {other: way for other, way in unknown.items() if way @ another == way @ truth}
            if name not in unknown:
                break
        else:
            known.append(name)
            del unknown[name]
    return known


def _world(sizes: dict[str, list[tuple[Kind, int]]]) -> World:
    return {s.id: Counter(dict(sizes.get(s.id, []))) for s in SERVICES}


MANY: list[tuple[Kind, int]] = [(("1405-06", "web", 5, "yes", ("speed",)), 40), (("1405-07", "telegram", 4, "no", ("staff",)), 35),
        (("1405-08", "web", 2, "yes", None), 30), (("1405-08", "telegram", 1, "", ("speed", "staff")), 25)]  # fmt: skip
SPEEDY: Kind = ("1405-06", "telegram", 1, "yes", ("speed",))
FEW: list[tuple[Kind, int]] = [(("1405-08", "web", 1, "no", ("staff",)), 3)]


def test_the_attacker_finds_a_cell_that_is_given_away() -> None:
    """The one small service of an agency, with n of all and of the others beside it."""
    world = _world({"0": MANY, "3": FEW})
    truth = np.array([float(world[s.id][kind]) for s in SERVICES for kind in KINDS])
    attacker = Attacker()
    for services in ({"0"}, {"0", "3"}, {"1"}, {"2"}, {"4"}, {"5"}):
        number = float(_line((frozenset(services), _anybody)) @ truth)
        attacker.learn((frozenset(services), _anybody), number, number)
    cell = _line((frozenset({"3"}), _anybody))
    assert attacker.worlds()(cell) @ cell == attacker.worlds()(-cell) @ cell == 3


@pytest.mark.parametrize(
    "world",
    [
        _world({"0": MANY, "3": FEW}),
        _world({"0": MANY, "1": FEW, "2": FEW}),
        _world({"0": MANY, "1": [(FEW[0][0], 9)], "2": [(FEW[0][0], 9)]}),
        _world({"0": MANY, "3": [*MANY, (FEW[0][0], 3)], "4": MANY}),
        _world({"0": MANY, "1": [*MANY[:2], (FEW[0][0], 4)], "3": [(MANY[0][0], 12), (MANY[1][0], 4)]}),
        _world({"0": MANY, "1": FEW, "3": [(FEW[0][0], 8)], "5": FEW}),
        # all ten of the small ones named it, so the third must be nine
        _world({"3": [(SPEEDY, 4)], "4": [(SPEEDY, 6)], "5": [(SPEEDY, 9), ((*SPEEDY[:4], ()), 1)]}),
    ],
)
def test_worlds_that_would_give_a_cell_away(world: World) -> None:
    assert _revealed(world) == []


#: Few kinds a service and uneven numbers: months, channels and faces with nobody, small and large ones.
ANSWERS = st.lists(
    st.tuples(
        st.tuples(*(st.sampled_from(values) for values in (MONTHS, CHANNELS, FACES, SETTLED, GOOD))),
        st.one_of(st.integers(1, 12), st.integers(10, 60)),
    ),
    max_size=7,
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({service.id: ANSWERS for service in SERVICES}))
def test_no_world_gives_a_cell_away(sizes: dict[str, list[tuple[Kind, int]]]) -> None:
    assert _revealed(_world(sizes)) == []
