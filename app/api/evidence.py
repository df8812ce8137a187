"""Evidence and themes: what quotes are evidence of, by whom; people's codes; and questions to the study."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field, StringConstraints

from app.access.action import Action
from app.access.permission import You, may
from app.api.context import Bench, OpenPeople, Study
from app.api.etags import answer
from app.api.paging import Page, Wanted
from app.api.problems import responses
from app.asking import Answer, ask, write
from app.engines.base import WrittenSentence
from app.errors import BadInput, NotFound
from app.models.base import Model
from app.models.codebook import Codebook
from app.models.coding import HumanCode
from app.models.evidence import Evidence
from app.models.theme import Theme
from app.searching import scope_of
from app.synthesis.human_coding import Wanted as WantedQuote
from app.synthesis.human_coding import decide
from app.synthesis.theme_shaping import evidence_of, find_theme, list_themes
from retrieval.evidence import Consent, Span

router = APIRouter(prefix="/studies/{study}", tags=["evidence"])
Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
EvidenceId = Annotated[str, Path(alias="evidence", description="Its id.", max_length=64)]


class CodeChange(Model):
    """Codes given to a quote and taken from it."""

    add: list[Name] = Field([], max_length=20, examples=[["pain_point"]])
    remove: list[Name] = Field([], max_length=20)


class NewCode(CodeChange):
    """Codes for words that stand in a transcript, letter for letter."""

    quote: Words = Field(examples=["I count every pallet twice"])
    source: Name | None = Field(None, description="Name or id of the source, where the words stand in several.")
    participant: Name | None = None
    start: int | None = Field(
        None, ge=0, le=10**9,
        description="Where the quote starts in the source's text, in code points: for words that stand there twice.",
    )  # fmt: skip


class Question(Model):
    """A question in plain words, and what to look at."""

    question: Annotated[str, StringConstraints(min_length=1, max_length=1000)] = Field(
        examples=["What makes them hesitate?"]
    )
    limit: int = Field(8, ge=1, le=50)
    participants: list[Name] | None = Field(None, max_length=500)
    segment: Name | None = None
    codes: list[Name] | None = Field(None, max_length=50)
    kind: Name | None = None
    consent: Name | None = None


class Answered(Model):
    """What was said that bears on the question; sentences where the engine writes any, each with what it cites."""

    sentences: list[WrittenSentence]
    quotes: list[Answer]


class ThemeWithEvidence(Model):
    theme: Theme
    evidence: list[Evidence]


@router.get(
    "/evidence",
    dependencies=[may(Action.READ_EVIDENCE)],
    summary="Search and filter the evidence",
    responses=responses(404),
)
def evidence(
    bench: Bench,
    study: Study,
    piece: Wanted,
    open_people: OpenPeople,
    words: Annotated[str, Query(description="Words that the quote holds, all of them.", max_length=200)] = "",
    code: Annotated[str | None, Query(max_length=100)] = None,
    participant: Annotated[str | None, Query(max_length=100)] = None,
    source: Annotated[str | None, Query(description="A source's id.", max_length=100)] = None,
    coder: Annotated[
        str | None, Query(description="Who gave a code: `local`, a model, a person.", max_length=100)
    ] = None,
    firm: Annotated[bool, Query(description="Only what is sure enough for a persona.")] = False,
) -> Page[Evidence]:
    with bench.store.transaction() as tx:
        coded = tx.evidence.all(study)
    wanted = words.casefold().split()
    found = [
        one
        for one in coded
        if code in (None, *(one.firm if firm else one.codes))
        and participant in (None, one.participant_id)
        and source in (None, one.quote.source_id)
        and coder in (None, *(one.coder_of(given) for given in one.codes))
        and (one.firm or not firm)
        and all(word in one.quote.text.casefold() for word in wanted)
        # That words are found tells what was said.
        and (not wanted or open_people is None or one.participant_id in open_people)
    ]
    return piece.of(found, lambda one: one.id, lambda one: one)


@router.get(
    "/evidence/{evidence}",
    dependencies=[may(Action.READ_EVIDENCE)],
    summary="One piece of evidence",
    responses=responses(404),
    response_model=Evidence,
)
def one_evidence(request: Request, bench: Bench, study: Study, evidence_id: EvidenceId) -> Response:
    return answer(request, _evidence(bench, study, evidence_id))


@router.post(
    "/evidence",
    dependencies=[may(Action.CODE)],
    status_code=201,
    summary="Code words by hand",
    responses=responses(400, 404),
)
def code_words(bench: Bench, study: Study, new: NewCode, you: You) -> list[HumanCode]:
    """The words are looked up in what participants said. The same decision again is the same decision."""
    span = Span(start=new.start, end=new.start + len(new.quote)) if new.start is not None else None
    if span and new.source is None:
        raise BadInput("A place needs its source. Give `source` beside `start`.")
    return _decide(bench, study, WantedQuote(new.quote, new.source, new.participant, span=span), new, you.name)


@router.post(
    "/evidence/{evidence}/codes",
    dependencies=[may(Action.CODE)],
    summary="Change the codes of a quote",
    responses=responses(400, 404),
)
def change_codes(bench: Bench, study: Study, evidence_id: EvidenceId, change: CodeChange, you: You) -> list[HumanCode]:
    """What people decide goes before what an engine says and stays when it reads again."""
    return _decide(bench, study, WantedQuote(evidence_id=evidence_id), change, you.name)


@router.get(
    "/codebook",
    dependencies=[may(Action.READ_STUDY)],
    summary="What quotes can be evidence of",
    responses=responses(404),
    response_model=Codebook,
)
def codebook(request: Request, bench: Bench, study: Study) -> Response:
    return answer(request, bench.for_study(study).codebook)


@router.get(
    "/themes",
    dependencies=[may(Action.READ_EVIDENCE)],
    summary="List the themes",
    tags=["themes"],
    responses=responses(404),
)
def themes(
    bench: Bench, study: Study, piece: Wanted, code: Annotated[str | None, Query(max_length=100)] = None
) -> Page[Theme]:
    with bench.store.transaction() as tx:
        found = [one for one in tx.results.themes(study) if code in (None, one.code)]
    return piece.of(found, lambda one: one.id, lambda one: one)


@router.get(
    "/themes/{theme}", dependencies=[may(Action.READ_EVIDENCE)],
    summary="A theme and its evidence", tags=["themes"], responses=responses(404, 409),
    response_model=ThemeWithEvidence,
)  # fmt: skip
def theme(
    request: Request, bench: Bench, study: Study, theme: Annotated[str, Path(description="Its id.", max_length=64)]
) -> Response:
    found = find_theme(theme, list_themes(bench, study))
    return answer(request, ThemeWithEvidence(theme=found, evidence=evidence_of(bench, study, found)))


@router.post(
    "/ask",
    dependencies=[may(Action.READ_EVIDENCE)],
    summary="Ask the study a question",
    tags=["ask"],
    responses=responses(404, 409, 502, 503),
)
def ask_study(bench: Bench, study: Study, asked: Question, open_people: OpenPeople) -> Answered:
    """Quotes that bear on it, best first. Changes nothing. Nothing bears on it: 409 with what to try."""
    consent = asked.consent if open_people is None else Consent.MARKETING
    scope = scope_of(
        bench, study, people=asked.participants, segment=asked.segment, codes=asked.codes, kind=asked.kind,
        consent=consent,
    )  # fmt: skip
    sentences, quotes = write(bench, asked.question, ask(bench, study, asked.question, limit=asked.limit, scope=scope))
    return Answered(sentences=sentences, quotes=quotes)


def _evidence(bench: Bench, study: str, wanted: str) -> Evidence:
    with bench.store.transaction() as tx:
        found = next((one for one in tx.evidence.all(study) if one.id == wanted), None)
    if found is None:
        raise NotFound("piece of evidence", wanted, f"List it at /api/v1/studies/{study}/evidence")
    return found


def _decide(bench: Bench, study: str, wanted: WantedQuote, change: CodeChange, by: str) -> list[HumanCode]:
    if not (change.add or change.remove):
        raise BadInput("No code is named. Give `add`, `remove` or both.")
    return decide(bench, study, wanted, by, add=change.add, remove=change.remove)
