"""Action: everything one can do here, and the one table of who may.

Every route names its action (`app.access.permission.may`); a route that names none is not served.
"""

from enum import StrEnum

from app.models.job import JobKind
from app.models.user import Role


class Action(StrEnum):
    """Named for what is done. All but the last group happen inside a study."""

    READ_STUDY = "read study"
    READ_SOURCES = "read sources"
    READ_EVIDENCE = "read evidence"
    READ_PERSONAS = "read personas"
    READ_BRIEFS = "read briefs"
    READ_QUALITY = "read quality"
    FOLLOW_JOBS = "follow jobs"

    IMPORT = "import"
    CODE = "code"
    SHAPE = "shape"
    RUN = "run"
    MEASURE = "measure"
    EXPORT = "export"
    ERASE = "erase"
    DELETE_STUDY = "delete study"

    AUDIT = "audit"
    DRAFT = "draft"
    REVIEW = "review"
    PUBLISH = "publish"
    WRITE_BRIEF = "write brief"
    TAKE_AWAY = "take away"
    ASSIGN = "assign contacts"
    RECORD_OUTCOMES = "record outcomes"

    SEE_STUDIES = "see studies"
    MAKE_STUDY = "make study"
    OWN_TOKENS = "own tokens"
    MANAGE_PEOPLE = "manage people"
    READ_SETTINGS = "read settings"
    READ_LOG = "read log"


# What is sent to these changes nothing that is kept; and people, tokens and sessions write their own entries.
LOOKING = frozenset(
    {
        Action.READ_STUDY,
        Action.READ_SOURCES,
        Action.READ_EVIDENCE,
        Action.READ_PERSONAS,
        Action.READ_BRIEFS,
        Action.READ_QUALITY,
        Action.FOLLOW_JOBS,
        Action.AUDIT,
        Action.TAKE_AWAY,
        Action.ASSIGN,
        Action.SEE_STUDIES,
        Action.READ_SETTINGS,
        Action.READ_LOG,
        Action.MANAGE_PEOPLE,
        Action.OWN_TOKENS,
    }
)

_HOUSE = {Action.MANAGE_PEOPLE, Action.READ_SETTINGS, Action.READ_LOG}
_MARKETER = {
    Action.SEE_STUDIES,
    Action.OWN_TOKENS,
    Action.READ_STUDY,
    Action.READ_SOURCES,
    Action.READ_EVIDENCE,
    Action.READ_PERSONAS,
    Action.READ_BRIEFS,
    Action.READ_QUALITY,
    Action.FOLLOW_JOBS,
    Action.AUDIT,
    Action.DRAFT,
    Action.REVIEW,
    Action.PUBLISH,
    Action.WRITE_BRIEF,
    Action.TAKE_AWAY,
    Action.ASSIGN,
    Action.RECORD_OUTCOMES,
}
_WRITER = {Action.SEE_STUDIES, Action.OWN_TOKENS, Action.READ_PERSONAS, Action.READ_BRIEFS, Action.WRITE_BRIEF}

ALLOWED: dict[Role, frozenset[Action]] = {
    Role.ADMIN: frozenset(Action),
    Role.RESEARCHER: frozenset(set(Action) - _HOUSE),
    Role.MARKETER: frozenset(_MARKETER),
    Role.WRITER: frozenset(_WRITER),
}

# Starting, stopping and retrying a job takes the right to do what the job does.
OF_JOB: dict[JobKind, Action] = {
    JobKind.INGEST: Action.IMPORT,
    JobKind.CODE: Action.RUN,
    JobKind.SEGMENT: Action.RUN,
    JobKind.RUN: Action.RUN,
    JobKind.DRAFT: Action.DRAFT,
    JobKind.EVAL: Action.MEASURE,
    JobKind.EXPORT: Action.EXPORT,
    JobKind.BRIEF: Action.WRITE_BRIEF,
}
