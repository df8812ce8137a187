"""The schema. Rows of one study hang on `study.id` and go with it (ON DELETE CASCADE).

Nouns that are only ever read and written whole (turns, themes, the segment tree, personas) are kept as
their JSON document; what is searched or joined has columns of its own.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    true,
)

metadata = MetaData()


def _study() -> Column[str]:
    return Column("study_id", String, ForeignKey("study.id", ondelete="CASCADE"), primary_key=True)


study = Table(
    "study",
    metadata,
    Column("id", String, primary_key=True),
    Column("document", Text, nullable=False),
)

participant = Table(
    "participant",
    metadata,
    _study(),
    Column("id", String, primary_key=True),
    Column("document", Text, nullable=False),
)

withdrawal = Table("withdrawal", metadata, _study(), Column("digest", String, primary_key=True))

source = Table(
    "source",
    metadata,
    _study(),
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("content_sha256", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("added", Float),
    Index("source_by_name", "study_id", "name", unique=True),
)

excerpt = Table(
    "excerpt",
    metadata,
    _study(),
    Column("id", String, primary_key=True),
    Column("source_id", String, nullable=False),
    Column("participant_id", String),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("time", Float),
    ForeignKeyConstraint(["study_id", "source_id"], ["source.study_id", "source.id"], ondelete="CASCADE"),
    Index("excerpt_by_place", "study_id", "source_id", "start", "end", "time", "kind", "id"),
    Index("excerpt_by_participant", "study_id", "participant_id", "id"),
)

account = Table(
    "account",
    metadata,
    _study(),
    Column("table_name", String, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("account_id", String, nullable=False),
    Column("label", String, nullable=False),
    Column("value", Float),
    Column("days", Float),
    Column("outcome", String),
    Column("assets", Text, nullable=False),
    Column("visits", Float),
    Column("demo", Boolean),
    Column("rfp", Boolean),
)

evidence = Table(
    "evidence",
    metadata,
    _study(),
    Column("id", String, primary_key=True),
    Column("source_id", String, nullable=False),
    Column("participant_id", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("document", Text, nullable=False),
    ForeignKeyConstraint(["study_id", "source_id"], ["source.study_id", "source.id"], ondelete="CASCADE"),
    Index("evidence_by_place", "study_id", "source_id", "start"),
)

theme = Table(
    "theme",
    metadata,
    _study(),
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("document", Text, nullable=False),
)

# A person's decisions outlive the source they were made in: a changed file gets them back where its words still stand.
coding = Table(
    "coding",
    metadata,
    _study(),
    Column("id", String, primary_key=True),
    Column("source_id", String, nullable=False),
    Column("participant_id", String, nullable=False),
    Column("code", String, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Index("coding_by_place", "study_id", "source_id", "code", "start"),
)

# What people decided about segments and themes: carried out anew on everything a run proposes.
reshaping = Table(
    "reshaping",
    metadata,
    _study(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("about", String, nullable=False),
    Column("document", Text, nullable=False),
)

codebook = Table("codebook", metadata, _study(), Column("document", Text, nullable=False))

segment_tree = Table(
    "segment_tree", metadata, _study(), Column("document", Text, nullable=False), Column("basis", Text)
)

persona = Table(
    "persona",
    metadata,
    _study(),
    Column("id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("current", Boolean, nullable=False, server_default=true()),
    Column("document", Text, nullable=False),
)

refusal = Table(
    "refusal",
    metadata,
    _study(),
    Column("segment_id", String, primary_key=True),
    Column("document", Text, nullable=False),
)

provenance = Table("provenance", metadata, _study(), Column("document", Text, nullable=False))

# A person's decisions about claims outlive the draft they were made on: a redraft that makes the same claim has them.
review = Table(
    "review",
    metadata,
    _study(),
    Column("persona_id", String, primary_key=True),
    Column("claim_id", String, primary_key=True),
    Column("document", Text, nullable=False),
)

run = Table(
    "run",
    metadata,
    _study(),
    Column("id", String, primary_key=True),
    Column("started", Float, nullable=False),
    Column("document", Text, nullable=False),
)

# Who may log in. `password` is an argon2 hash.
user = Table(
    "user",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("password", String, nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
)

membership = Table(
    "membership",
    metadata,
    _study(),
    Column("user_id", String, ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
)

# Sessions and tokens are known by the digest of their secret; times are seconds since 1970.
session = Table(
    "session",
    metadata,
    Column("digest", String, primary_key=True),
    Column("user_id", String, ForeignKey("user.id", ondelete="CASCADE"), nullable=False),
    Column("started", Float, nullable=False),
    Column("expires", Float, nullable=False),
)

token = Table(
    "token",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("user_id", String, ForeignKey("user.id", ondelete="CASCADE"), nullable=False),
    Column("name", String, nullable=False),
    Column("scope", Text, nullable=False),
    Column("made", Float, nullable=False),
    Column("expires", Float, nullable=False),
)

# Who did what when: only ever added to, each entry sealed with the digest of the one before. Outlives studies.
audit_log = Table(
    "audit_log",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", Float, nullable=False),
    Column("who", String, nullable=False),
    Column("action", String, nullable=False),
    Column("study_id", String),
    Column("about", String, nullable=False),
    Column("digest", String, nullable=False),
    Index("audit_log_by_study", "study_id", "number"),
)

# Which version of a persona writers see.
publication = Table(
    "publication",
    metadata,
    _study(),
    Column("persona_id", String, primary_key=True),
    Column("document", Text, nullable=False),
)

brief = Table(
    "brief",
    metadata,
    _study(),
    Column("id", String, primary_key=True),
    Column("persona_id", String, nullable=False),
    Column("document", Text, nullable=False),
)

# What became of what was written; holds nobody's words.
outcome = Table(
    "outcome",
    metadata,
    _study(),
    Column("id", String, primary_key=True),
    Column("document", Text, nullable=False),
)
