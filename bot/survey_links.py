"""Links that open a service's survey: the parameter of Telegram's deep link for a service id, and back."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from surveys.services import plain_id

__all__ = ["service_of", "survey_parameter"]

PLAIN, CODED = "s_", "sb_"
#: Ids that a deep link can carry as they are; others (with «.» or «_») are coded, at most 57 characters.
_SIMPLE: Final = re.compile(r"[0-9A-Za-z-]{1,40}")


def survey_parameter(service_id: str) -> str:
    """At most 64 characters A-Za-z0-9_- (Bot API, "Deep linking")."""
    if _SIMPLE.fullmatch(service_id):
        return PLAIN + service_id
    return CODED + base64.urlsafe_b64encode(service_id.encode()).decode().rstrip("=")


def service_of(parameter: str) -> str | None:
    """The service id that a parameter carries; None for any other parameter, "" for one that was spoiled."""
    if parameter.startswith(PLAIN):
        return plain_id(parameter.removeprefix(PLAIN))
    if not parameter.startswith(CODED):
        return None
    coded = parameter.removeprefix(CODED)
    try:
        return plain_id(base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode())
    except (binascii.Error, UnicodeDecodeError):
        return ""
