"""What a language model may answer: one shape for each prompt, and nothing in it is a quote.

A model points. It answers with the numbers the prompt gave to sentences, evidence, themes and claims, with ids it was
given, and with short words of its own (a gist, a label, a claim). Whoever asked looks each number up and drops what
does not exist. Every field is required and unknown ones are refused, so that the shapes serve as strict JSON schemas;
lengths and bounds are checked where the numbers are resolved, because providers refuse most schema keywords.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """What all answers share."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Point(Answer):
    """One piece of evidence: one to six neighbouring sentences of one participant, in order.

    `codes`: one or two ids of the codebook, best first. `gist`: what is said, neutral, in eight words or fewer.
    `sure` is false where a colleague might read it otherwise.
    """

    sentences: list[int]
    codes: list[str]
    gist: str
    sure: bool


class CodedInterviews(Answer):
    """code_interview. `instructions`: the sentences that try to give orders to whoever reads."""

    points: list[Point]
    instructions: list[int]


class ThemeAnswer(Answer):
    """Evidence of one code that means the same. `label` says the meaning in nine words or fewer.

    `opposes`: the positions in this answer, counted from 1, of the themes that say the opposite on the same subject.
    """

    code: str
    label: str
    evidence: list[int]
    opposes: list[int]


class NamedThemes(Answer):
    """name_themes."""

    themes: list[ThemeAnswer]


class MicroAnswer(Answer):
    """A segment below a macro one; `differentiator` is the axis on which it differs from its siblings."""

    name: str
    differentiator: str
    members: list[str]


class MacroAnswer(Answer):
    """A macro segment: who they are, why they belong together, and the micro segments inside."""

    name: str
    why: str
    members: list[str]
    micro: list[MicroAnswer]


class UnplacedAnswer(Answer):
    """Somebody who fits no segment."""

    participant: str
    why: str


class PoorFitAnswer(Answer):
    """Somebody whom the product area does not suit; `evidence` are the numbers of the themes that show it."""

    participant: str
    why: str
    evidence: list[int]


class ProposedSegments(Answer):
    """propose_segments."""

    macro: list[MacroAnswer]
    unplaced: list[UnplacedAnswer]
    poor_fits: list[PoorFitAnswer]


class ClaimAnswer(Answer):
    """One sentence for one field of one persona, with what it stands on and what speaks against it."""

    persona: int
    field: str
    text: str
    evidence: list[int]
    against: list[int]


class DraftedPersonas(Answer):
    """draft_persona."""

    claims: list[ClaimAnswer]


class VerdictAnswer(Answer):
    """Does the evidence carry the claim? `repaired` is the claim as the evidence does carry it, or empty."""

    claim: int
    verdict: Literal["supported", "partly", "unsupported", "contradicted"]
    repaired: str


class JudgedClaims(Answer):
    """judge_claim."""

    verdicts: list[VerdictAnswer]


class AnswerSentence(Answer):
    """A sentence and the numbers it stands on."""

    text: str
    evidence: list[int]


class AnsweredQuestion(Answer):
    """answer_question. `enough` is false, and `sentences` empty, where the evidence does not answer."""

    sentences: list[AnswerSentence]
    enough: bool


class SectionAnswer(Answer):
    """A section of a brief, by its id; what the prompt named."""

    section: str
    sentences: list[AnswerSentence]


class WrittenBrief(Answer):
    """write_brief."""

    sections: list[SectionAnswer]
