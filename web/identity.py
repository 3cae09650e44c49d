"""Who writes on the web: a random number in a signed cookie, and nothing else about them."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

__all__ = ["PERSON_ID_MAX", "Identity"]

#: Telegram's own limit for ids (52 significant bits), which every table and JSON parser on the way holds exactly.
PERSON_ID_MAX = 2**52 - 1
#: Browsers keep no cookie longer than 400 days (RFC 6265bis §5.5).
COOKIE_AGE_S = 400 * 24 * 3600
COOKIE = "rahyar_person"


class Identity:
    """Reads and writes the cookie. It is HttpOnly and SameSite=Lax always, Secure when `secure`."""

    def __init__(self, secret: str, *, secure: bool, new_person_id: Callable[[], int]) -> None:
        """`secret` keys the signature; `new_person_id` gives numbers 1…PERSON_ID_MAX that nobody can guess."""
        self._serializer = URLSafeSerializer(secret, salt="rahyar.web.person")
        self._secure, self._new_person_id = secure, new_person_id

    def person_of(self, request: Request) -> int | None:
        """The person's number; None without a cookie or with one that is not ours."""
        try:
            value = self._serializer.loads(request.cookies.get(COOKIE, ""))
        except BadSignature:
            return None
        return value if isinstance(value, int) and 0 < value <= PERSON_ID_MAX else None

    def give(self, response: Response, person_id: int | None) -> int:
        """Sets or renews the cookie on the response; returns the number in it, a new one for None."""
        person_id = self._new_person_id() if person_id is None else person_id
        response.set_cookie(
            COOKIE,
            self.cookie_value(person_id),
            max_age=COOKIE_AGE_S,
            httponly=True,
            samesite="lax",
            secure=self._secure,
        )
        return person_id

    def cookie_value(self, person_id: int) -> str:
        """What the cookie of this person holds."""
        signed = self._serializer.dumps(person_id)
        return signed if isinstance(signed, str) else signed.decode("ascii")
