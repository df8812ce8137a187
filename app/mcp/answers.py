"""Answers: what tools give back, told in as few words as an assistant needs to quote truly."""

from pydantic import Field

from app.audit.report import AuditVerdict
from app.models.base import Model
from app.models.brief import Format, Intent, Stage
from app.models.claim import Status
from app.models.field import Level

WORD_FOR_WORD = "What was said, letter for letter. Quote it as it is or not at all."
MAY = (
    "Whether the speaker agreed to be quoted in marketing. Where false, do not repeat the words in anything published."
)


class QuoteAnswer(Model):
    """Words of one participant, or of a note, which is nobody's."""

    text: str = Field(description=WORD_FOR_WORD)
    participant_id: str | None = Field(description="Name it beside the quote. None for notes.")
    source: str = Field(description="The interview or note it stands in.")
    may_be_published: bool = Field(description=MAY)
    against: bool = Field(False, description="It speaks against the claim it stands with.")


class StudyAnswer(Model):
    id: str
    name: str
    product_area: str
    personas: int = Field(description="How many personas you may read in it.")


class Studies(Model):
    studies: list[StudyAnswer]


class PersonaLine(Model):
    id: str
    name: str
    kind: Level = Field(
        description="`micro` is a smaller group within a `macro`; `negative` is a poor fit to leave out."
    )
    summary: str
    participants: int = Field(description="How many people it stands for.")
    core: str | None = Field(None, description="Of a micro persona, the id of its core persona.")


class Personas(Model):
    personas: list[PersonaLine]


class ClaimAnswer(Model):
    """A sentence of a persona with the quotes it rests on."""

    id: str
    field: str
    text: str
    status: Status = Field(description="`inferred` was concluded, not said in so many words.")
    k: int = Field(description="So many of the `n` participants said it.")
    n: int
    quotes: list[QuoteAnswer]


class Unknown(Model):
    """What nobody was asked or said yet. Do not fill it in."""

    field: str
    ask_next: str


class PersonaAnswer(PersonaLine):
    study: str
    version: int
    cautions: list[str] = Field(description="Assumptions and marks of bias to keep in mind.")
    leave_out: str = Field("", description="Of a negative persona, the rule that tells whom not to address.")
    claims: list[ClaimAnswer]
    unknown: list[Unknown] = Field(description="What the persona says nothing about, and the question that would tell.")


class FoundQuote(QuoteAnswer):
    question: str = Field(description="What they had been asked.")
    theme: str = Field(description="The theme most of it belongs to; empty for none.")


class Found(Model):
    quotes: list[FoundQuote] = Field(description="Best first.")


class Checked(Model):
    """A sentence of the claim. `supported`: people say so. `contradicted`: they say otherwise. `no_evidence`: nobody
    speaks of it. Of words between quotation marks: `supported` or `near` (said a little differently), `wrong_speaker`,
    `invented`. `stereotype`: it judges people by what they are. `not_checkable`: it states nothing."""

    text: str
    verdict: AuditVerdict
    k: int = Field(description="So many of the `n` participants said what the verdict rests on.")
    n: int
    why: str
    quotes: list[QuoteAnswer]


class Verdicts(Model):
    checked: list[Checked] = Field(description="Each sentence by itself.")
    caution: str


class BriefLine(Model):
    id: str
    persona_id: str
    audience: str
    stage: Stage
    intent: Intent
    industry: str = Field(description="Empty for all.")
    format: Format
    stale: str = Field(description="Why it no longer says what is known; empty where it does.")
    measured: str = Field(
        description="How what was written for it did, and its place; empty where nothing was measured."
    )


class Briefs(Model):
    briefs: list[BriefLine]


class BriefAnswer(BriefLine):
    text: str = Field(description="The brief, as Markdown.")
    quotes: list[QuoteAnswer] = Field(description="The customers' words in it, without Markdown's escapes.")
