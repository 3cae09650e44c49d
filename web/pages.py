"""HTML pages from templates, and the files that they load.

Files have a digest of all of them in their address, so browsers keep them for ever and still get the new ones after
an update.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.fluent_texts import Texts

__all__ = ["Pages", "StaticAssets"]

HERE = Path(__file__).resolve().parent
STATIC, TEMPLATES = HERE / "static", HERE / "templates"


class StaticAssets(StaticFiles):
    """The folder web/static below an address that changes with its content."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)
        self.version = _digest(STATIC)
        self.url = f"/static/{self.version}"

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


class Pages:
    """Renders templates with the texts, Persian digits and the address of the static files at hand."""

    def __init__(self, texts: Texts, assets: StaticAssets, *, public_url: str) -> None:
        """`public_url` without a slash at its end; empty: pages name no absolute address."""
        self._texts, self._assets, self._public_url = texts, assets, public_url
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(t=texts.plain, static=assets.url, public_url=public_url)
        self._environment.filters["listed"] = texts.plain("web-list-comma").join

    def page(self, request: Request, template: str, values: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
        """The rendered page. Never stored by caches between us and the reader."""
        html = self._environment.get_template(template).render(path=request.url.path, **values)
        return HTMLResponse(html, status_code=status, headers={"cache-control": "no-cache"})


def _digest(folder: Path) -> str:
    digest = hashlib.blake2b(digest_size=6)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
