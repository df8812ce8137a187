"""Excerpts by place, time and kind: what a search can be limited to without reading their words."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PLACES = {"start": sa.Integer, "end": sa.Integer, "time": sa.Float}
# Excerpts stored before this know their turn but not when it was spoken; their source does.
FILL = (
    """UPDATE excerpt SET start = json_extract(document, '$.start'), "end" = json_extract(document, '$.end'),
    time = (
        SELECT json_extract(source.document, '$.turns[' || json_extract(excerpt.document, '$.turn') || '].time_start')
        FROM source WHERE source.study_id = excerpt.study_id AND source.id = excerpt.source_id
    )""",
    "UPDATE excerpt SET document = json_set(document, '$.time', time) WHERE time IS NOT NULL",
)


def upgrade() -> None:
    for name, kind in PLACES.items():
        op.add_column("excerpt", sa.Column(name, kind))
    for statement in FILL:
        op.execute(statement)
    op.drop_index("excerpt_by_source", "excerpt")
    op.create_index("excerpt_by_place", "excerpt", ["study_id", "source_id", "start", "end", "time", "kind", "id"])


def downgrade() -> None:
    op.drop_index("excerpt_by_place", "excerpt")
    op.create_index("excerpt_by_source", "excerpt", ["study_id", "source_id"])
    for name in PLACES:
        op.drop_column("excerpt", name)
