"""Request parameters: JSON, URL-encoded form, multipart and query string (Bot API, "Making requests")."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from tests.support.botapi.catalog import LEGACY, METHODS, UNMODELLED
from tests.support.botapi.errors import bad_request

MAX_UPLOAD = 50 * 1024 * 1024
_TRUE = ("true", "yes", "1")
_FALSE = ("false", "no", "0", "")


@dataclass(frozen=True)
class Upload:
    """A file inside a multipart request."""

    name: str
    content: bytes
    content_type: str


@dataclass
class Params:
    """The parameters of one call; values are strings (forms) or JSON values."""

    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string, "" when absent; numbers come as their text."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """An integer; what is absent or no integer counts as the default."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def boolean(self, name: str) -> bool:
        """True for true, yes and 1."""
        return self.text(name).lower() in _TRUE

    def json(self, name: str, what: str) -> Any:
        """A JSON-serialized value, None when absent; ``what`` names it in the refusal."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def shown(self) -> dict[str, Any]:
        """What the log keeps: JSON parsed, files as their name and size."""
        files = {name: f"<{file.name}, {len(file.content)} bytes>" for name, file in self.files.items()}
        return {name: _parsed(value) for name, value in self.values.items()} | files

    def breaches(self, method: str) -> list[str]:
        """Parameters that the method does not know, or whose value does not have the documented type."""
        known = METHODS[method]
        found = [f"unknown parameter {name!r}" for name in self.values if name not in known]
        found += [f"parameter {name!r} is not modelled by the double" for name in self.values if name in UNMODELLED]
        found += [f"parameter {name!r} was replaced in the Bot API long ago" for name in self.values if name in LEGACY]
        return found + [
            f"parameter {name!r} must be {known[name]}, got {value!r:.80}"
            for name, value in self.values.items()
            if name in known and not _fits(known[name], value)
        ]


def _parsed(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _fits(kind: str, value: Any) -> bool:
    if kind == "int":
        return not isinstance(value, bool) and str(value).removeprefix("-").isdecimal()
    if kind == "bool":
        return isinstance(value, bool) or str(value).lower() in _TRUE + _FALSE
    if kind == "chat":
        return isinstance(value, int | str)
    return kind != "str" or isinstance(value, str | int)


async def read_params(request: web.Request) -> Params:
    """All parameters of a request; the query string counts too. Raises ApiError for an unreadable body."""
    params = Params(dict(request.query))
    if request.content_type == "application/json":
        params.values.update(_json_body(await request.read()))
    elif request.content_type == "application/x-www-form-urlencoded":
        params.values.update({name: str(value) for name, value in (await request.post()).items()})
    elif request.content_type.startswith("multipart/"):
        await _read_parts(request, params)
    _check_unicode(params)
    return params


def _json_body(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body) if body else {}
    except ValueError:
        raise bad_request("can't parse request body as JSON") from None
    if not isinstance(value, dict):
        raise bad_request("request body must be a JSON object")
    return {name: item for name, item in value.items() if item is not None}


async def _read_parts(request: web.Request, params: Params) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            params.values[part.name] = content.decode("utf-8", "surrogateescape")
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            params.files[part.name] = Upload(part.filename, content, kind)


def _check_unicode(params: Params) -> None:
    for value in params.values.values():
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
