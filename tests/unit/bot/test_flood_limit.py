"""Who is too fast is warned once and dropped in silence until calm."""

from bot.flood_limit import REMEMBERED_MAX, FloodLimit, Verdict


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_worth_at_once_then_one_warning_then_silence() -> None:
    limit = FloodLimit(10, stopwatch=Seconds())
    assert [limit.take("sara", 1) for _ in range(13)] == [Verdict.PASS] * 10 + [Verdict.WARN] + [Verdict.SILENCE] * 2
    assert limit.take("reza", 1) is Verdict.PASS


def test_calm_is_half_a_bucket() -> None:
    seconds = Seconds()
    limit = FloodLimit(10, stopwatch=seconds)
    for _ in range(11):
        limit.take("sara", 1)
    seconds.now = 29.9
    assert limit.take("sara", 1) is Verdict.SILENCE
    seconds.now = 30.1
    assert [limit.take("sara", 1) for _ in range(6)] == [Verdict.PASS] * 5 + [Verdict.WARN]


def test_an_even_pace_is_never_stopped() -> None:
    seconds = Seconds()
    limit = FloodLimit(10, stopwatch=seconds)
    for i in range(1000):
        seconds.now = i * 6.0
        assert limit.take("sara", 1) is Verdict.PASS


def test_cheap_updates_cost_less() -> None:
    limit = FloodLimit(10, stopwatch=Seconds())
    assert [limit.take("sara", 0.5) for _ in range(21)].count(Verdict.PASS) == 20


def test_only_so_many_people_are_remembered() -> None:
    limit = FloodLimit(1, stopwatch=Seconds())
    for person in range(REMEMBERED_MAX + 5):
        limit.take(person, 1)
    assert limit.take(0, 1) is Verdict.PASS  # forgotten, so a stranger
    assert limit.take(REMEMBERED_MAX, 1) is Verdict.WARN
