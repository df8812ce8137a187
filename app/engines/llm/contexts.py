"""What each prompt is given: one model for each file in `prompts/`, named after it.

Templates use exactly these attributes. Numbers run through a whole prompt, from 1, and are all a model has to
answer with. Every text here is other people's words, as they are; the prompt library puts each on one line of the
prompt, so that no text can begin a line of its own (`prompts.data_line`).
"""

from pydantic import BaseModel, ConfigDict


class Context(BaseModel):
    """What all contexts and their parts share."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CodeLine(Context):
    """A code of the codebook, as a model is told of it."""

    id: str
    definition: str


class Line(Context):
    """A sentence. `number` is None for the interviewer and other voices, who are read and never cited."""

    number: int | None
    text: str


class InterviewLines(Context):
    """One interview, or the notes on one participant."""

    participant: str
    lines: list[Line]


class CodeInterview(Context):
    """code_interview: several interviews, their sentences numbered through; `about` says what is studied."""

    about: str
    codes: list[CodeLine]
    interviews: list[InterviewLines]


class Gist(Context):
    """A piece of evidence or a claim under the number it is cited by."""

    number: int
    participant: str
    text: str


class CodeEvidence(Context):
    """All evidence of one code."""

    code: str
    evidence: list[Gist]


class NameThemes(Context):
    """name_themes: at most `most` themes are wanted for a code."""

    codes: list[CodeEvidence]
    most: int


class ThemeLine(Context):
    """A theme and the participants who voice it."""

    number: int
    code: str
    label: str
    people: list[str]


class PersonLine(Context):
    """A participant and what is declared of them, in the order of the attributes' names."""

    id: str
    told: list[str]


class ProposeSegments(Context):
    """propose_segments: `question` is what the study wants to know; themes of one code stand together."""

    question: str
    attributes: list[str]
    themes: list[ThemeLine]
    people: list[PersonLine]


class FieldLine(Context):
    """A field of a persona and the themes that may fill it."""

    id: str
    themes: list[int]


class PersonaLine(Context):
    """A persona to draft for its `members`; `core` is the number of the macro persona it belongs to."""

    number: int
    kind: str
    name: str
    members: list[str]
    core: int | None
    fields: list[FieldLine]


class DraftTheme(Context):
    """A theme with a few lines of it, by number alone where the label says what they say, and what takes the opposite
    stance."""

    number: int
    label: str
    evidence: list[Gist]
    against: list[Gist]


class DraftPersona(Context):
    """draft_persona: several personas that may share themes."""

    personas: list[PersonaLine]
    themes: list[DraftTheme]


class ClaimLine(Context):
    """A claim to judge, that `k` of `n` participants are cited for, and the quotes it cites."""

    number: int
    text: str
    k: int
    n: int
    evidence: list[str]


class JudgeClaim(Context):
    """judge_claim."""

    claims: list[ClaimLine]


class AnswerQuestion(Context):
    """answer_question: a question, and the excerpts found for it."""

    question: str
    evidence: list[Gist]


class WriteBrief(Context):
    """write_brief: claims are numbered as evidence is; `sections` are the ids of the sections wanted, in order."""

    audience: str
    stage: str
    intent: str
    industry: str
    format: str
    claims: list[Gist]
    sections: list[str]
