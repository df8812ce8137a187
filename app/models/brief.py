"""Brief: what somebody who writes for a persona has to know, say and leave out.

Every sentence about the audience cites claims by id; `claims` tells once what each of them says, with the words that
may be published. A sentence that cites nothing tells the writer what to do, and says nothing about the audience.
`app.briefs.gate` holds a finished brief to that, whoever wrote it.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from app.models.base import Model
from app.models.run import Provenance
from retrieval.evidence import Quote, stable_id


class Stage(StrEnum):
    """Where in the funnel the reader stands."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Intent(StrEnum):
    """How near they are to buying."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"


class Format(StrEnum):
    """What is to be written."""

    BLOG = "blog"
    EMAIL = "email"
    CASE_STUDY = "case-study"
    LANDING = "landing"
    ONE_PAGER = "one-pager"
    AD = "ad"
    TALK_TRACK = "talk-track"
    JOB_AD = "job-ad"


class BriefRequest(Model):
    """What a door asks for. `persona` is an id or a part of a name; the account of a buying centre asks for a brief to
    the whole group. Intent and format that are not said follow from the stage and the kind of persona. `published`:
    only from the version of the persona that was published."""

    study_id: str
    persona: str
    stage: Stage = Stage.TOP
    intent: Intent | None = None
    industry: str = ""
    format: Format | None = None
    published: bool = False


class Line(Model):
    """A sentence and the ids of the claims it follows from; none where it tells the writer what to do."""

    text: str
    claims: list[str] = []


class CustomerWords(Quote):
    """A quote that may be published. `names` are proper names in it, to be looked at before it is."""

    evidence_id: str
    claims: list[str]
    names: list[str] = []


class CitedClaim(Model):
    """A claim that the brief rests on. `words` are the quotes whose speakers agreed to marketing; `withheld` counts the
    people who said it and did not. `rephrase`: the claim's wording is near to words that are withheld. `of` names the
    persona where it is another than the brief's own."""

    id: str
    field: str
    label: str
    text: str
    k: int
    n: int
    inferred: bool
    of: str = ""
    words: list[CustomerWords] = []
    withheld: int = 0
    rephrase: bool = False


class Audience(Model):
    """Whom it is for: the persona, what its people do for a living, and what they want to get done."""

    name: str
    kind: str
    people: int
    roles: list[str] = []
    industries: list[str] = []
    job: Line | None = None


class Answered(Model):
    """An objection with what the evidence answers, or whom to ask for an answer."""

    objection: Line
    answers: list[Line] = []
    ask: str = ""


class Section(Model):
    """A part of what is to be written: its task, and the claims that carry it; `ask` where nothing does."""

    title: str
    task: str
    claims: list[str] = []
    ask: str = ""


class Keyword(Model):
    """Words of participants, said by `k` of those who agreed to marketing."""

    text: str
    k: int


class Keywords(Model):
    """From one word to a stretch of a sentence."""

    head: list[Keyword] = []
    mid: list[Keyword] = []
    long_tail: list[Keyword] = []


class Missing(Model):
    """What the brief cannot say, and the question that would tell."""

    about: str
    ask: str


class ApprovalState(StrEnum):
    """Whether a brief may be worked from."""

    DRAFT = "draft"
    APPROVED = "approved"


class Approval(Model):
    """What somebody decided about a brief; nobody did where there is no name."""

    state: ApprovalState = ApprovalState.DRAFT
    by: str | None = None
    at: datetime | None = None


class Brief(Model):
    """`basis` is what each cited claim was when it was written: a brief whose claims say something else is stale.
    `level` is macro, micro or group; `flags` are choices worth a second look."""

    id: str
    study_id: str
    persona_id: str
    persona_version: int
    published: bool = False
    audience: Audience
    level: str
    funnel_stage: Stage
    buyer_intent: Intent
    industry_variant: str = Field("", description="The industry it is written for; empty for all.")
    industry_note: str = ""
    format: Format
    objective: Line
    reader_question: Line | None = None
    angle: Line
    key_message: Line
    proof_points: list[str] = Field(min_length=1, description="Ids of claims.")
    objections_to_answer: list[Answered] = []
    customer_words: list[CustomerWords] = []
    words_to_avoid: list[Line] = []
    table_stakes_not_to_sell: list[Line] = []
    regulation_notes: list[Line] = []
    tone: list[Line] = []
    channel: list[Line] = []
    outline: list[Section]
    keywords: Keywords = Keywords()
    call_to_action: list[Line]
    asset_type: str
    length: str
    success_metric: str
    forwardable_summary: list[Line]
    missing: list[Missing] = []
    flags: list[str] = []
    claims: list[CitedClaim]
    basis: dict[str, str]
    made_with: Provenance
    approval: Approval = Approval()

    @property
    def cited(self) -> dict[str, CitedClaim]:
        return {one.id: one for one in self.claims}

    def lines(self) -> Iterator[tuple[str, Line]]:
        """Every sentence with the section it stands in."""
        single = {"objective": self.objective, "reader_question": self.reader_question, "angle": self.angle}
        single |= {"audience": self.audience.job, "key_message": self.key_message}
        yield from ((name, line) for name, line in single.items() if line)
        for one in self.objections_to_answer:
            yield "objections_to_answer", one.objection
            yield from (("objections_to_answer", line) for line in one.answers)
        for name in MANY:
            yield from ((name, line) for line in getattr(self, name))
        for part in self.outline:
            yield "outline", Line(text=part.task)


MANY = (
    "words_to_avoid", "table_stakes_not_to_sell", "regulation_notes", "tone", "channel", "call_to_action",
    "forwardable_summary",
)  # fmt: skip


class StaleBrief(Model):
    """A brief that no longer says what is known; `why` in words."""

    brief_id: str
    why: str


def brief_id(
    study_id: str, persona_id: str, stage: Stage, intent: Intent, industry: str, format: Format, version: int = 0
) -> str:
    """There is one brief for each choice: writing it again puts it in the place of the earlier one. `version` is that
    of a published persona which is not the current one: writers and editors do not overwrite each other's."""
    choice = [study_id, persona_id, stage, intent, industry.strip().lower(), format]
    return stable_id("br", *choice, *([version] if version else []))
