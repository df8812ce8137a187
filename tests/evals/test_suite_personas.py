"""Every score of the suite `personas` must fall for a cast that is broken in the way it measures."""

import pytest
from small_cast import QUESTION, SOURCES, cast_of, cite, claim, macro, micro, silent

from app.models.cast import Cast
from app.models.claim import Citation, Claim, Stance, Status, Support
from app.models.persona import ContrastPair
from evals.suites import personas

ALL = list(SOURCES.values())


def scores(cast: Cast, rerun: Cast | None = None) -> dict[str, float]:
    return personas.run(cast, ALL, rerun).scores


def stressed(citation: Citation) -> Cast:
    """The sound cast with one citation exchanged."""
    return cast_of(macro(stressors=[claim("stressors", "t1", citation)]), micro())


def loose(**changes: object) -> Claim:
    """A claim built around its validators."""
    sound = claim("stressors", "t1", cite("P01", "It is my name on the report."))
    return Claim.model_construct(**{**dict(sound), **changes})


def test_a_sound_cast_is_right_in_every_respect() -> None:
    found = scores(cast_of(), rerun=cast_of())
    for name in ("schema_valid", "quote_validity", "cited_claims", "support_counts", "coverage",
                 "one_macro_per_micro", "rerun_identical"):  # fmt: skip
        assert found[name] == 1.0, name
    assert found["interviewer_quotes"] == 0
    assert found["lint_findings"] == 0


GOOD = "It is my name on the report."


@pytest.mark.parametrize(
    ("citation", "fault"),
    [
        pytest.param(cite("P01", GOOD, start=cite("P01", GOOD).start + 1), "not those of the source", id="moved start"),
        pytest.param(cite("P01", GOOD, end=cite("P01", GOOD).end - 1), "not those of the source", id="moved end"),
        pytest.param(cite("P01", GOOD, text="It is her name on the report."), "not those of the source", id="retyped"),
        pytest.param(cite("P01", GOOD, sha256="0" * 64), "hash", id="wrong hash"),
        pytest.param(cite("P01", GOOD, source_id="src_P02"), "not those of the source", id="another source"),
        pytest.param(cite("P01", GOOD, source_id="gone"), "no such source", id="unknown source"),
        pytest.param(cite("P01", GOOD, participant_id="P02"), "somebody else", id="another participant"),
        pytest.param(cite("P01", QUESTION), "interviewer", id="words of the interviewer"),
        pytest.param(cite("P01", "P01: It is"), "not inside one turn", id="speaker label inside"),
        pytest.param(cite("P01", f"about it?\n\nP01: {GOOD}"), "not inside one turn", id="across two turns"),
        pytest.param(cite("P01", ""), "cites no words", id="empty"),
    ],
)
def test_a_broken_citation_lowers_quote_validity(citation: Citation, fault: str) -> None:
    report = personas.run(stressed(citation), ALL)
    assert report.scores["quote_validity"] == pytest.approx(5 / 6)
    (row,) = [row for row in report.wrong() if row["check"] == "quote"]
    assert fault in row["got"]
    assert (row["persona"], row["field"]) == ("m1", "stressors")


def test_interviewer_quotes_are_counted() -> None:
    assert scores(stressed(cite("P01", QUESTION)))["interviewer_quotes"] == 1


def test_a_withdrawn_participant_must_not_be_quoted() -> None:
    found = scores(cast_of(withdrawn="P02"))
    assert found["quote_validity"] == pytest.approx(2 / 6)
    assert found["coverage"] == 1.0, "who has withdrawn is not counted"


def test_claims_inside_contrast_pairs_are_checked_too() -> None:
    bad = claim("decision_logic", "t9", cite("P01", QUESTION))
    pair = ContrastPair.model_construct(role="Clerk", ours=bad, theirs=bad, their_persona_id="m1.2")
    assert scores(cast_of(macro(), micro(contrast=[pair])))["interviewer_quotes"] == 2


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(loose(citations=[]), id="no citation"),
        pytest.param(loose(citations=[cite("P01", GOOD, stance=Stance.CONTRADICTS)]), id="only a contradiction"),
        pytest.param(loose(status=Status.NO_EVIDENCE), id="no evidence, yet cites"),
        pytest.param(loose(status=Status.NO_EVIDENCE, citations=[]), id="no evidence and no gap"),
    ],
)
def test_an_uncited_claim_lowers_cited_claims(bad: Claim) -> None:
    assert scores(cast_of(macro(stressors=[bad]), micro()))["cited_claims"] == pytest.approx(5 / 6)


@pytest.mark.parametrize(
    "support",
    [
        pytest.param(Support(k=3, n=2), id="more than were asked"),
        pytest.param(Support(k=0, n=2), id="fewer than cited"),
    ],
)
def test_a_wrong_count_lowers_support_counts(support: Support) -> None:
    assert scores(cast_of(macro(stressors=[loose(support=support)]), micro()))["support_counts"] == pytest.approx(4 / 5)


def test_a_cast_that_breaks_its_schema_is_seen() -> None:
    assert scores(cast_of(macro(coverage=1.5), micro()))["schema_valid"] == 0.0
    assert scores(cast_of(macro(), micro(differs_from_core=[])))["schema_valid"] == 0.0


def test_coverage_counts_who_is_left_out() -> None:
    alone = macro(sample=macro().sample.model_copy(update={"participants": ["P01"]}))
    assert scores(cast_of(alone, micro()))["coverage"] == 0.5


@pytest.mark.parametrize(
    "cast",
    [
        pytest.param(cast_of(macro(), micro(parent_macro_id="m9")), id="no such macro"),
        pytest.param(cast_of(macro(micro_ids=[]), micro()), id="not listed by its macro"),
        pytest.param(cast_of(macro(), macro("m2"), micro()), id="listed by two macros"),
    ],
)
def test_a_micro_persona_has_exactly_one_macro(cast: Cast) -> None:
    assert scores(cast)["one_macro_per_micro"] == 0.0


def test_distinctness_falls_with_what_two_personas_share() -> None:
    assert scores(cast_of(macro(), macro("m2")))["distinctness"] == 0.0
    other = macro("m2", stressors=[claim("stressors", "t8", cite("P02", "My boss signs."))])
    assert scores(cast_of(macro(), other))["distinctness"] == pytest.approx(1 - 1 / 3)


def test_table_stakes_do_not_make_personas_alike() -> None:
    stakes = claim("table_stakes", "t7", cite("P01", GOOD))
    apart = macro(
        "m2", stressors=[stakes.model_copy(update={"theme_id": "t8", "field": "stressors"})], decision_logic=[]
    )
    left, right = macro(table_stakes=[stakes]), apart.model_copy(update={"table_stakes": [stakes]})
    assert scores(cast_of(left, right))["distinctness"] == 1.0


def test_another_rerun_is_not_identical_and_the_same_object_is_no_rerun() -> None:
    cast = cast_of()
    assert scores(cast, rerun=cast_of(macro(summary="Another."), micro()))["rerun_identical"] == 0.0
    for report in (personas.run(cast, ALL, cast), personas.run(cast, ALL)):
        assert "rerun_identical" not in report.scores
        assert report.not_evaluable["rerun_identical"]


def test_what_cannot_be_measured_is_absent_and_said() -> None:
    empty = Cast.model_construct(**{**dict(cast_of()), "personas": [], "participants": []})
    report = personas.run(empty, ALL)
    assert set(report.scores) == {"schema_valid", "lint_findings"}
    assert set(report.not_evaluable) == set(personas.EMPTY)


def test_lints_are_counted() -> None:
    assert scores(cast_of(macro(name="Marketing Mary"), micro()))["lint_findings"] == 1


def test_no_row_repeats_interview_text() -> None:
    report = personas.run(cast_of(macro(budget_and_price_acceptance=[silent("budget_and_price_acceptance")])), ALL)
    assert GOOD not in report.to_json()
