"""Alembic's entry: runs over the connection that `storage.schema` (or a developer's command) hands over."""

from __future__ import annotations

from alembic import context

import storage.reminder_models
import storage.survey_models  # noqa: F401
from storage.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters most things only by rebuilding the table
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
