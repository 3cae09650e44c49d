"""Faults of server and network, injected by method, count, probability and chat."""

import random
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["429", "500", "502", "reset_before", "reset_after", "hang_before", "hang_after", "slow"]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass
class Fault:
    """One fault plan.

    ``reset_*`` breaks the connection and ``hang_*`` keeps silent for ``delay_s`` real seconds and then breaks it,
    before or after the call took effect; ``slow`` answers rightly after ``delay_s``. ``times`` None means for ever.
    """

    kind: Kind
    method: str = "*"
    times: int | None = 1
    probability: float = 1.0
    chat_id: int | None = None
    retry_after: int = 1
    delay_s: float = 30.0
    hits: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}, allowed are {', '.join(KINDS)}")

    def matches(self, method: str, chat_id: str) -> bool:
        """True while the plan has shots left for this call."""
        return (
            self.method.lower() in ("*", method.lower())
            and (self.times is None or self.hits < self.times)
            and (self.chat_id is None or str(self.chat_id) == chat_id)
        )


class Faults:
    """The plans in force; the first that matches and wins its draw strikes."""

    def __init__(self, seed: int = 0) -> None:
        self.plans: list[Fault] = []
        self._rng = random.Random(seed)

    def add(self, fault: Fault) -> Fault:
        """Put a plan in force; its ``hits`` can be read afterwards."""
        self.plans.append(fault)
        return fault

    def clear(self) -> None:
        """No more faults."""
        self.plans.clear()

    def seed(self, seed: int) -> None:
        """Make the draws repeatable from here."""
        self._rng = random.Random(seed)

    def draw(self, method: str, chat_id: str) -> Fault | None:
        """The fault that strikes this call, if any."""
        for plan in self.plans:
            if plan.matches(method, chat_id) and self._rng.random() < plan.probability:
                plan.hits += 1
                return plan
        return None
