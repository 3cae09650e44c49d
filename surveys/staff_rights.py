"""What staff may see and do: operators everything, representatives what concerns the agencies they act for."""

from __future__ import annotations

from dataclasses import dataclass

from surveys.case import Case
from surveys.refusals import RefusedError
from surveys.services import Service

__all__ = ["StaffRights"]


@dataclass(frozen=True, slots=True)
class StaffRights:
    """Of one person at this moment; `agencies` are those that they act for."""

    operator: bool = False
    agencies: frozenset[str] = frozenset()

    @property
    def any(self) -> bool:
        return self.operator or bool(self.agencies)

    def may_hold(self, case: Case) -> bool:
        return self.operator or case.agency_id in self.agencies

    def may_report(self, service: Service) -> bool:
        return self.operator or (bool(service.agency_id) and service.agency_id in self.agencies)

    def must_be_operator(self) -> None:
        """RefusedError for everybody else."""
        if not self.operator:
            raise RefusedError("staff-operators-only")

    def must_be_staff(self) -> None:
        """RefusedError for people who act for no agency."""
        if not self.any:
            raise RefusedError("staff-only")
