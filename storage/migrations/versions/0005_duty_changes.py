"""Every word that was said of a duty, so that its history shows what was undone"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0005"
down_revision = "0004"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "duty_changes",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("agency_id", sa.String(100), nullable=False),
        sa.Column("obligation_id", sa.String(100), nullable=False),
        sa.Column("occurrence", sa.String(100), nullable=False),
        sa.Column("state", sa.String(100), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_duty_changes_agency_id_obligation_id_occurrence",
        "duty_changes",
        ["agency_id", "obligation_id", "occurrence"],
    )
