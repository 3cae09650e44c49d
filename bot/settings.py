"""Settings of one instance: `config.toml`, overridden by `RAHYAR_…` from the environment.

A wrong setting ends in one line that names the key, what is allowed and where it was read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.fluent_texts import Texts, load_texts

__all__ = ["Settings", "SettingsError", "is_bot_username", "load_settings"]

PREFIX, DELIMITER = "RAHYAR_", "__"


class SettingsError(Exception):
    """A wrong setting; the message is one line a person can act on."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _url(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise PydanticCustomError("begins", "not a URL", {"allowed": "https://, http://"})
    return value


def is_bot_username(name: str) -> bool:
    """Whether a messenger can have a bot of this name: 5 to 32 of a-z, 0-9 and _, a letter first (Bot API, "Links")."""
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{4,31}", name) is not None


class WebSettings(_Table):
    enabled: bool = True
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    public_url: str = ""
    requests_per_minute: int = Field(40, ge=1)
    requests_per_minute_address: int = Field(240, ge=1)
    metrics_token: SecretStr = SecretStr("")

    @field_validator("public_url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        return _url(value).rstrip("/") if value else value


class TelegramSettings(_Table):
    token: SecretStr = SecretStr("")
    username: str = ""
    api_base: str = "https://api.telegram.org"
    proxy: str = ""
    poll_timeout_s: int = Field(30, ge=0, le=60)
    concurrency: int = Field(32, ge=1, le=1000)

    @field_validator("token")
    @classmethod
    def _is_token(cls, value: SecretStr) -> SecretStr:
        left, _, right = value.get_secret_value().partition(":")
        if value.get_secret_value() and not (left.isdigit() and right):
            raise PydanticCustomError("token", "not a token", {"allowed": "123456:ABC…"})
        return value

    @field_validator("username")
    @classmethod
    def _is_username(cls, value: str) -> str:
        if value and not is_bot_username(value):
            raise PydanticCustomError("username", "not a user name", {"allowed": "rahyar_bot"})
        return value

    @field_validator("api_base")
    @classmethod
    def _is_base(cls, value: str) -> str:
        return _url(value).rstrip("/")


class StorageSettings(_Table):
    url: str = ""
    question_text_days: int = Field(90, ge=1)

    @field_validator("url")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value and not value.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
            allowed = "sqlite+aiosqlite://, postgresql+asyncpg://"
            raise PydanticCustomError("begins", "not a database", {"allowed": allowed})
        return value


class ConversationSettings(_Table):
    question_length_max: int = Field(300, ge=20, le=4096)
    messages_per_minute: int = Field(30, ge=1)
    shutdown_s: float = Field(10.0, gt=0, le=120)


class ReminderSettings(_Table):
    leads: tuple[int, ...] = (30, 7, 1, 0)
    from_hour: int = Field(8, ge=0, le=23)
    to_hour: int = Field(16, ge=1, le=24)
    weekend: tuple[Literal["thursday", "friday", "saturday"], ...] = ("friday",)
    escalate_after_days: int = Field(7, ge=0, le=365)
    concurrency: int = Field(16, ge=1, le=100)

    @field_validator("leads")
    @classmethod
    def _are_days(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if not all(0 <= lead <= 120 for lead in value):
            raise ValueError("must be days from 0 to 120")
        return tuple(sorted(set(value), reverse=True))

    @field_validator("to_hour")
    @classmethod
    def _is_later(cls, value: int, info: ValidationInfo) -> int:
        if value <= info.data.get("from_hour", 0):
            raise ValueError("must be later than from_hour")
        return value


class SurveySettings(_Table):
    period: Literal["month", "quarter", "year"] = "quarter"


class ForwardingSettings(_Table):
    sql: SecretStr = SecretStr("")
    http: str = ""
    http_secret: SecretStr = SecretStr("")
    parquet: str = ""
    every_s: float = Field(5.0, ge=0.1, le=3600)

    @property
    def wanted(self) -> bool:
        """Whether any store is set."""
        return bool(self.sql.get_secret_value() or self.http or self.parquet)

    @field_validator("http")
    @classmethod
    def _is_url(cls, value: str) -> str:
        return _url(value) if value else value

    @field_validator("http_secret")
    @classmethod
    def _is_secret(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not value.get_secret_value().startswith("whsec_"):
            raise PydanticCustomError("begins", "not a secret of Standard Webhooks", {"allowed": "whsec_"})
        return value


class LogSettings(_Table):
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


class Settings(BaseSettings):
    """All settings; see config.toml for units and meaning."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter=DELIMITER, extra="forbid", frozen=True, case_sensitive=False
    )

    data_dir: Path = Path("data")
    timezone: str = "Asia/Tehran"
    secret: SecretStr = SecretStr("")
    web: WebSettings = WebSettings()
    telegram: TelegramSettings = TelegramSettings()
    storage: StorageSettings = StorageSettings()
    conversation: ConversationSettings = ConversationSettings()
    reminders: ReminderSettings = ReminderSettings()
    surveys: SurveySettings = SurveySettings()
    forwarding: ForwardingSettings = ForwardingSettings()
    log: LogSettings = LogSettings()

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise PydanticCustomError("zone", "not a time zone", {"allowed": "Asia/Tehran"}) from error
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings


def load_settings(file: Path, environment: Mapping[str, str]) -> Settings:
    """Settings from `file` (may be missing) and the process environment; SettingsError with one clear line.

    `environment` is what `os.environ` holds; it is only used to say where a wrong value was read.
    """
    try:
        table = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(load_texts().plain("cli-setting-toml", name=file.name, reason=str(error))) from error
    try:
        settings = Settings(**table)
    except ValidationError as error:
        texts = load_texts()
        raise SettingsError(" ".join(_line(e, file, environment, texts) for e in error.errors())) from None
    unknown = sorted(k for k in environment if k.startswith(PREFIX) and not _known(k.removeprefix(PREFIX)))
    if unknown:
        texts = load_texts()
        where = texts.plain("cli-setting-environment", name=unknown[0])
        reason = texts.plain("cli-setting-reason", kind="unknown", allowed=file.name)
        key = unknown[0].removeprefix(PREFIX).lower().replace(DELIMITER, ".")
        raise SettingsError(texts.plain("cli-setting-line", setting=key, where=where, reason=reason))
    return settings


#: What a value must be, by the beginning of pydantic's error type; bounds and our own types carry their own names.
_KINDS = {
    "int_": "integer",
    "float_": "number",
    "bool_": "switch",
    "string_": "words",
    "model_type": "table",
    "dict_type": "table",
    "literal_error": "choice",
    "extra_forbidden": "unknown",
}
_BOUNDS = {"greater_than_equal": "ge", "less_than_equal": "le", "greater_than": "gt", "less_than": "lt"}


def _line(error: Any, file: Path, environment: Mapping[str, str], texts: Texts) -> str:
    """One sentence: the key, where it was read, what is allowed."""
    key = ".".join(str(part) for part in error["loc"])
    variable = PREFIX + DELIMITER.join(str(part) for part in error["loc"]).upper()
    read_in_file = variable not in environment
    where = texts.plain(
        "cli-setting-file" if read_in_file else "cli-setting-environment", name=file.name if read_in_file else variable
    )
    return texts.plain("cli-setting-line", setting=key, where=where, reason=_reason(error, file, texts))


def _reason(error: Any, file: Path, texts: Texts) -> str:
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind in _BOUNDS:
        bound = _BOUNDS[kind]
        return texts.plain("cli-setting-reason", kind=bound, allowed=f"{context[bound]:g}")
    named = next((name for begun, name in _KINDS.items() if kind.startswith(begun)), kind)
    allowed = {"choice": context.get("expected", "").replace(" or ", ", ").replace("'", ""), "unknown": file.name}
    said = allowed.get(named, str(context.get("allowed", error["msg"])))
    return texts.plain("cli-setting-reason", kind=named, allowed=said)


#: Variables that are not settings of the instance: read by tests and tools.
_OTHERS = ("TEST_", "SCREENSHOTS", "BENCH_")


def _known(name: str) -> bool:
    head, _, tail = name.lower().partition(DELIMITER)
    field = Settings.model_fields.get(head)
    if field is None:
        return name.upper().startswith(_OTHERS)
    table = field.annotation
    if tail and isinstance(table, type) and issubclass(table, BaseModel):
        return tail in table.model_fields
    return not tail
