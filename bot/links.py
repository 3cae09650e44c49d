"""Links that a message may carry: the readable page of a provision, and the deep link that opens it in the bot."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from bot.address_codes import start_parameter
from knowledge.provisions import Address

__all__ = ["Links"]

TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class Links:
    """`public_url` is the web's address without a closing slash ("" when it does not run), `bot_username` without @."""

    public_url: str = ""
    bot_username: str = ""

    def page(self, address: Address) -> str | None:
        """The readable page of a provision."""
        if not self.public_url:
            return None
        return f"{self.public_url}/r/{address.regulation}" + (f"/{address.eid}" if address.eid else "")

    def calendar(self, token: str) -> str | None:
        """The secret address of a person's calendar; None when no web is served."""
        return f"{self.public_url}/calendar/{token}.ics" if self.public_url else None

    def survey_page(self, service_id: str) -> str | None:
        """The page that rates a service."""
        return f"{self.public_url}/s/{quote(service_id, safe='')}" if self.public_url else None

    def begins(self, parameter: str) -> str | None:
        """The deep link that starts the bot in Telegram with a parameter of at most 64 characters A-Za-z0-9_-."""
        return f"https://t.me/{self.bot_username}?start={parameter}" if self.bot_username else None

    def opens(self, address: Address) -> str | None:
        """The deep link that opens the provision in Telegram."""
        parameter = start_parameter(address)
        return self.begins(parameter) if parameter else None

    def share(self, address: Address, title: str, platform: str) -> str | None:
        """What the share button opens on this platform, None where there is nothing to share.

        Telegram refuses buttons that lead to addresses of the local network, so it gets its own share dialogue.
        """
        if platform != TELEGRAM:
            return self.page(address)
        target = self.opens(address) or (self.page(address) if self.public_url.startswith("https://") else None)
        return f"https://t.me/share/url?url={quote(target, safe='')}&text={quote(title, safe='')}" if target else None
