"""Personas that come in: counted anew, decided about by nobody, and of people who are heard here."""

from typing import Any

import pytest
from small_talk import talk

from app.models.claim import Citation, Claim, Review, ReviewState, Stance, Status, Support
from app.models.evidence import Evidence
from app.models.persona import MacroPersona
from app.models.persona_base import Sample
from app.models.review import ClaimReview
from app.refi.results_in import Arriving, not_taken_over
from retrieval.evidence import Quote

WORDS = "The scanner loses them."
SOURCES = [talk(person, WORDS) for person in ("P01", "P02", "P03")]


def cited(number: int, **more: Any) -> Citation:
    source, person = SOURCES[number], f"P0{number + 1}"
    start = source.text.index(WORDS)
    quote = Quote.cut(source, start, start + len(WORDS), person)
    return Citation(**quote.model_dump(), evidence_id=Evidence.of(quote, {}, [], "local").id, **more)


def claimed(*citations: Citation) -> Claim:
    accepted = Review(state=ReviewState.ACCEPTED, by="Ana")
    return Claim(
        id="c", field="pain_points", text="Everybody loves it.", status=Status.OBSERVED, citations=list(citations),
        support=Support(k=9, n=9), confidence=1.0, coder="local", review=accepted,
    )  # fmt: skip


def persona(claim: Claim, *people: str) -> MacroPersona:
    return MacroPersona(
        id="p", name="N", product_area="A", summary="S", segment_id="s", coverage=1.0, owner="Ana",
        sample=Sample(n=9, participants=list(people), sources=[]), pain_points=[claim],
    )  # fmt: skip


def arriving(claim: Claim, *people: str) -> Arriving:
    return Arriving.of([persona(claim, *people)], SOURCES, [])


def test_people_are_counted_from_citations_once_each_and_only_those_who_support() -> None:
    claim = claimed(cited(0), cited(0), cited(1, stance=Stance.CONTRADICTS))
    found = arriving(claim, "P01", "P02")
    assert found.counts()
    [one] = found.proposed()
    assert one.claims()[0].support == Support(k=1, n=2)
    assert one.claims()[0].review == Review()
    assert one.owner is None


@pytest.mark.parametrize(
    ("people", "why"), [(("P01", "P02"), "said by another"), ((), "nobody"), (("P01", "P02", "P03", "P09"), "not here")]
)
def test_nobody_counts_whom_the_persona_did_not_listen_to_or_who_is_not_here(people: tuple[str, ...], why: str) -> None:
    assert not arriving(claimed(cited(0), cited(2)), *people).counts(), why


def test_a_citation_names_only_those_who_coded_the_words_here() -> None:
    quote = Quote.model_validate(cited(0).model_dump(include=set(Quote.model_fields)))
    known = Evidence.of(quote, {"budget": 1.0, "influence": 1.0}, [], "local")
    known = known.model_copy(update={"people": {"budget": "Ben", "influence": "Ana"}})
    signed = [cited(0, coded_by=by) for by in ("Ana", "Ana, Ben", "Eve", "Ana, Eve", "")]
    found = Arriving.of([persona(claimed(*signed), "P01")], SOURCES, [known])
    named = [one.coded_by for one in found.proposed()[0].claims()[0].citations]
    assert named == ["Ana", "Ana, Ben", "", "", ""]


def test_whose_decisions_are_to_be_made_anew_is_told() -> None:
    by = ("Ben", "Ana", "Ben", None)
    reviews = [ClaimReview(persona_id="p", claim_id="c", review=Review(by=one)) for one in by]
    told = "decisions about claims, which are to be made here anew: 4, by Ana (1), Ben (2), nobody named (1)"
    assert not_taken_over(reviews) == [told]
    assert not_taken_over([]) == []
