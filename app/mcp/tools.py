"""Tools: what an assistant may call. The descriptions are written for it: when to call, what comes back, what to do
with it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from app.access.action import Action
from app.mcp.answers import BriefAnswer, Briefs, Found, PersonaAnswer, Personas, Studies, Verdicts

# What tools read with takes a second to load, and is loaded at the first call.
if TYPE_CHECKING:
    from app.mcp.door import Door

StudyId = Annotated[str, Field(description="The study's id, as list_studies gives it.", min_length=1, max_length=64)]
PersonaName = Annotated[
    str, Field(description="The persona's id, or a part of its name that no other has.", min_length=1, max_length=200)
]
BriefId = Annotated[str, Field(description="The brief's id, as list_briefs gives it.", min_length=1, max_length=64)]
Asking = Annotated[
    str,
    Field(description="A question in plain words: “What makes them hesitate to buy?”", min_length=1, max_length=1000),
]
Limit = Annotated[int, Field(description="How many quotes at most.", ge=1, le=20)]
Claim = Annotated[
    str,
    Field(
        description="One sentence, or a few, about what these people think, say or do. Set words that somebody is said "
        "to have spoken between quotation marks, and name who behind a dash.",
        min_length=1,
        max_length=2000,
    ),
]


class Tools:
    """`open_door` is asked at each call and opens the workbench at the first, so that a start waits for nothing."""

    def __init__(self, open_door: "Callable[[], Door]"):
        self._open = open_door

    @property
    def all(self) -> list[Callable[..., object]]:
        return [
            self.list_studies, self.list_personas, self.get_persona, self.search_evidence, self.check_claim,
            self.list_briefs, self.get_brief,
        ]  # fmt: skip

    def list_studies(self) -> Studies:
        """List the studies you may read. Call it first: every other tool takes a study's id."""
        from app.mcp import personas

        return personas.list_studies(self._open())

    def list_personas(self, study: StudyId) -> Personas:
        """List the personas of a study, each with a summary. Call it before you write about an audience, to choose whom
        for. Never make up a persona: if none fits, say so."""
        from app.mcp import personas

        return self._open().ask(study, Action.READ_PERSONAS, personas.list_personas)

    def get_persona(self, study: StudyId, persona: PersonaName) -> PersonaAnswer:
        """Read one persona: its claims, each with how many of how many participants said it and with their words; and
        what is not known. Call it before you write for that persona or describe it. Say no more of it than its claims
        do. Quotes are to be used word for word, with their participant id, and only where may_be_published is true."""
        from app.mcp import personas

        return self._open().ask(study, Action.READ_PERSONAS, partial(personas.get_persona, wanted=persona))

    def search_evidence(self, study: StudyId, question: Asking, limit: Limit = 8) -> Found:
        """Search what participants said, for quotes that bear on a question, best first. Call it when you need a proof
        point, an objection or customers' own words that the persona does not have. Quotes are to be used word for word,
        with their participant id, and only where may_be_published is true. If nothing is found, do not invent any."""
        from app.mcp import evidence

        return self._open().ask(
            study, Action.READ_PERSONAS, partial(evidence.search_evidence, question=question, limit=limit)
        )

    def check_claim(self, study: StudyId, claim: Claim) -> Verdicts:
        """Check whether what you are about to say of the audience is in the evidence: supported, contradicted, or no
        evidence; and whether a quotation was said, and by whom. Call it for each sentence on them that is no claim of
        a persona or brief. Leave out or correct what is not supported. The quotes say why; they are to be used word
        for word, with their participant id, and only where may_be_published is true."""
        from app.mcp import evidence

        return self._open().ask(study, Action.READ_PERSONAS, partial(evidence.check_claim, claim=claim), veiled=False)

    def list_briefs(self, study: StudyId) -> Briefs:
        """List the content briefs of a study: for whom, funnel stage, format, and which are stale. Call it before you
        write something, to see whether there is a brief for it."""
        from app.mcp import briefs

        return self._open().ask(study, Action.READ_BRIEFS, briefs.list_briefs)

    def get_brief(self, study: StudyId, brief: BriefId) -> BriefAnswer:
        """Read one brief: what to say, prove, answer and leave out, and customers' words that may be published. Call it
        before you write what it is for, and keep to it. Quotes are to be used word for word, with their participant
        id."""
        from app.mcp import briefs

        return self._open().ask(study, Action.READ_BRIEFS, partial(briefs.get_brief, wanted=brief))
