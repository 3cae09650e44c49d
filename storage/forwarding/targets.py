"""Targets from settings, and their status as the command line prints it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from storage.forwarding.http_target import HttpTarget
from storage.forwarding.parquet_target import ParquetTarget
from storage.forwarding.sql_target import SqlTarget
from surveys.forwarding import Target, TargetStatus

__all__ = ["TargetKind", "TargetSetting", "build_targets", "status_json"]


class TargetKind(StrEnum):
    """What an address is: a SQLAlchemy URL, an http(s) URL, a folder."""

    SQL = "sql"
    HTTP = "http"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class TargetSetting:
    """`secret` of an HTTP endpoint: "whsec_" and base64, from the environment."""

    name: str
    kind: TargetKind
    address: str
    secret: str = ""


def build_targets(settings: Sequence[TargetSetting], *, clock: Callable[[], dt.datetime]) -> list[Target]:
    """In the order of the settings; ValueError for a name twice, or an HTTP endpoint without a usable secret or URL."""
    if len({setting.name for setting in settings}) != len(settings):
        raise ValueError("two forwarding targets of one name")
    return [_target(setting, clock) for setting in settings]


def _target(setting: TargetSetting, clock: Callable[[], dt.datetime]) -> Target:
    if setting.kind is TargetKind.SQL:
        return SqlTarget(setting.name, setting.address)
    if setting.kind is TargetKind.PARQUET:
        return ParquetTarget(setting.name, Path(setting.address))
    if not setting.address.startswith(("https://", "http://")):
        raise ValueError(f"{setting.name}: not an http(s) URL")
    if not setting.secret:
        raise ValueError(f"{setting.name}: a secret is needed to sign with")
    return HttpTarget(setting.name, setting.address, setting.secret, clock=clock)


def status_json(statuses: Sequence[TargetStatus]) -> list[dict[str, Any]]:
    """What `forward --status --json` prints."""
    return [
        {
            "target": status.name,
            "waiting": status.counts.get("waiting", 0),
            "delivered": status.counts.get("delivered", 0),
            "failed": status.counts.get("failed", 0),
            "oldest_waiting": status.oldest_waiting and status.oldest_waiting.isoformat(),
            "delivered_at": status.delivered_at and status.delivered_at.isoformat(),
            "slowed_until": status.slowed_until and status.slowed_until.isoformat(),
            "stopped": status.stopped,
            "failures": [{"id": id, "reason": reason} for id, reason in status.failures],
        }
        for status in statuses
    ]
