"""What each prompt is given: one model for each file in `prompts/`, named after it.

Templates use exactly these attributes. Numbers run through a whole prompt, from 1, and are all a model has to
answer with. Every text here is other people's words and stands on one line of the prompt, whatever it holds: line
breaks are flattened on the way in, so that no text can begin a line of its own.
"""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict


def flattened(text: str) -> str:
    """`text` on one line: control characters, line breaks of every kind among them, become spaces."""
    printable = (" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return " ".join("".join(printable).split())


OneLine = Annotated[str, AfterValidator(flattened)]


class Context(BaseModel):
    """What all contexts and their parts share."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CodeLine(Context):
    """A code of the codebook, as a model is told of it."""

    id: OneLine
    definition: OneLine


class Line(Context):
    """A sentence. `number` is None for the interviewer and other voices, who are read and never cited."""

    number: int | None
    text: OneLine


class InterviewLines(Context):
    """One interview, or the notes on one participant."""

    participant: OneLine
    lines: list[Line]


class CodeInterview(Context):
    """code_interview: several interviews, their sentences numbered through."""

    codes: list[CodeLine]
    interviews: list[InterviewLines]


class Gist(Context):
    """A piece of evidence or a claim under the number it is cited by."""

    number: int
    participant: OneLine
    text: OneLine


class CodeEvidence(Context):
    """All evidence of one code."""

    code: OneLine
    definition: OneLine
    evidence: list[Gist]


class NameThemes(Context):
    """name_themes: at most `most` themes are wanted for a code."""

    codes: list[CodeEvidence]
    most: int


class ThemeLine(Context):
    """A theme that `k` of `n` participants voice."""

    number: int
    code: OneLine
    label: OneLine
    k: int
    n: int


class PersonLine(Context):
    """A participant: what is declared of them, and the numbers of the themes they voice."""

    id: OneLine
    attributes: OneLine
    themes: list[int]


class ProposeSegments(Context):
    """propose_segments: `question` is what the study wants to know."""

    question: OneLine
    themes: list[ThemeLine]
    people: list[PersonLine]


class FieldLine(Context):
    """A field of a persona and the themes that may fill it."""

    id: OneLine
    label: OneLine
    themes: list[int]


class PersonaLine(Context):
    """A persona to draft, of `n` participants; `core` is the number of the macro persona it belongs to."""

    number: int
    kind: OneLine
    name: OneLine
    n: int
    core: int | None
    fields: list[FieldLine]


class DraftTheme(Context):
    """A theme as heard in the material, with what some say against it."""

    number: int
    label: OneLine
    evidence: list[Gist]
    against: list[Gist]


class DraftPersona(Context):
    """draft_persona: several personas that may share themes."""

    personas: list[PersonaLine]
    themes: list[DraftTheme]


class ClaimLine(Context):
    """A claim to judge, that `k` of `n` participants are cited for, and the quotes it cites."""

    number: int
    text: OneLine
    k: int
    n: int
    evidence: list[OneLine]


class JudgeClaim(Context):
    """judge_claim."""

    claims: list[ClaimLine]


class AnswerQuestion(Context):
    """answer_question: a question, and the excerpts found for it."""

    question: OneLine
    evidence: list[Gist]


class WriteBrief(Context):
    """write_brief: claims are numbered as evidence is; `sections` are the ids of the sections wanted, in order."""

    audience: OneLine
    stage: OneLine
    intent: OneLine
    industry: OneLine
    format: OneLine
    claims: list[Gist]
    sections: list[OneLine]
