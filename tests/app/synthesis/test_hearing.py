"""Hearing: the themes a segment voices, by two people or more, and who speaks against them."""

from small_study import material_of, segment_of, theme_of

from app.engines.meaning import meanings
from app.models.field import FieldSpec
from app.synthesis.hearing import Hearing, StudyHearing
from app.synthesis.routing import Router
from retrieval.embeddings import MiniLM

TRUST = [("I trust the monthly reports.", "experience"), ("I really trust the monthly reports.", "experience")]
SAID = {
    "P1": [TRUST[0]],
    "P2": [TRUST[1]],
    "P3": [("I don't trust the monthly reports.", "experience"), ("We print on Mondays.", "behavior")],
    "P4": [("We always print on a Monday.", "behavior")],
}
MATERIAL = material_of(SAID)
REPORTS = theme_of(MATERIAL, "reports", "experience", TRUST[0][0], TRUST[1][0])
PRINTING = theme_of(MATERIAL, "printing", "behavior", "We print on Mondays.", "We always print on a Monday.")
FIELD = FieldSpec(id="experience", label="Experience", codes=["experience"], ask="How was it?")


def hearing(embedder: MiniLM, *people: str) -> Hearing:
    study = StudyHearing(MATERIAL, Router([FIELD], embedder), embedder, meanings(MATERIAL.evidence, embedder))
    return study.of_segment(segment_of(*people))


def test_a_theme_two_members_voice_is_heard_with_its_dissent(embedder: MiniLM) -> None:
    heard = hearing(embedder, "P1", "P2", "P3").heard(REPORTS)
    assert heard
    assert [one.participant_id for one in heard.evidence] == ["P1", "P2"]
    assert [one.participant_id for one in heard.against] == ["P3"]
    assert heard.countered == [], "what only sounds like the opposite is a guess"
    assert heard.likeness[0][1] > 0.5


def countered(embedder: MiniLM, *people: str) -> Hearing:
    """The same study, with printing on Mondays held against the reports."""
    themes = [REPORTS.model_copy(update={"counter_ids": ["printing"]}), PRINTING]
    material = MATERIAL.with_themes(themes)
    study = StudyHearing(material, Router([FIELD], embedder), embedder, meanings(material.evidence, embedder))
    return study.of_segment(segment_of(*people))


def test_who_voices_a_counter_theme_is_heard_against_before_other_dissent(embedder: MiniLM) -> None:
    heard = countered(embedder, "P1", "P2", "P3", "P4").heard(REPORTS)
    assert heard
    assert [one.quote.text for one in heard.against] == [
        *(one[0] for one in SAID["P3"][1:] + SAID["P4"]),
        SAID["P3"][0][0],
    ]
    assert heard.countered == heard.against[:2]


def test_a_counter_theme_is_heard_among_members_only(embedder: MiniLM) -> None:
    heard = countered(embedder, "P1", "P2").heard(REPORTS)
    assert heard and heard.against == heard.countered == []


def test_one_member_alone_is_not_heard(embedder: MiniLM) -> None:
    assert hearing(embedder, "P1", "P3", "P4").heard(REPORTS) is None


def test_a_field_gets_the_themes_of_its_codes_only(embedder: MiniLM) -> None:
    brief = hearing(embedder, "P1", "P2", "P3", "P4").brief(FIELD, [PRINTING, REPORTS])
    assert [heard.theme.id for heard in brief.heard] == ["reports"]
    assert brief.audience.n == 4


def test_who_said_anything_at_all_for_a_field(embedder: MiniLM) -> None:
    assert hearing(embedder, "P1", "P4").voices(FIELD) == {"P1"}


def test_everybody_who_voices_a_theme_counts_however_many(embedder: MiniLM) -> None:
    many = material_of({f"P{i:02}": [("I trust the monthly reports.", "experience")] for i in range(20)})
    reports = theme_of(many, "reports", "experience", "I trust the monthly reports.")
    study = StudyHearing(many, Router([FIELD], embedder), embedder, meanings(many.evidence, embedder))
    heard = study.of_segment(segment_of(*many.interviewed)).heard(reports)
    assert heard and len(heard.evidence) == 20
