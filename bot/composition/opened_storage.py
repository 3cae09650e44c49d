"""Opens the database of an instance with its secret."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.composition.errors import CommandError
from bot.composition.places import data_dir, texts
from bot.settings import Settings
from storage.database import Database
from storage.errors import StorageError
from storage.secrets import Secret, load_secret
from storage.unit_of_work import Repositories


@dataclass(frozen=True)
class Kept:
    """The open database with its repositories, and the instance's secret."""

    database: Database
    repositories: Repositories
    secret: Secret


@asynccontextmanager
async def opened_storage(settings: Settings) -> AsyncIterator[Kept]:
    """The database, open and up to date; CommandError with one line when it cannot be."""

    directory = data_dir(settings)
    try:
        secret = load_secret(os.environ, directory)
        database = Database(settings.storage.url or f"sqlite+aiosqlite:///{directory / 'rahyar.sqlite3'}")
        await database.open()
    except StorageError as error:
        raise CommandError(texts().plain(error.message_key, **error.details)) from error
    try:
        yield Kept(database, Repositories(database, asker_key=secret.asker_key), secret)
    finally:
        await database.close()
