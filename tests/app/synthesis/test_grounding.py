"""Grounding: a claim stands on words that exist, or not at all."""

import pytest

from app.engines.base import DraftClaim
from app.models.claim import Stance
from app.models.evidence import Evidence
from app.models.field import Level
from app.models.segment import Member, Segment
from app.models.study import Study
from app.models.theme import Theme
from app.synthesis.grounding import ground_claims, stands
from app.synthesis.material import Material
from retrieval.evidence import Participant, Quote, Role, Source, SourceKind, Speaker, Turn, sha256

TEXT = "Q: What worries you?\nP01: The audit worries me.\nP02: Nothing worries me.\nP03: I fear the audit too."
SPOKEN = {
    "Q": "What worries you?",
    "P01": "The audit worries me.",
    "P02": "Nothing worries me.",
    "P03": "I fear the audit too.",
}


def source() -> Source:
    turns, speakers = [], []
    for index, (label, words) in enumerate(SPOKEN.items()):
        start = TEXT.index(words)
        turns.append(Turn(start=start, end=start + len(words), index=index, speaker=label))
        role = Role.INTERVIEWER if label == "Q" else Role.PARTICIPANT
        speakers.append(Speaker(label=label, role=role, participant_id=None if label == "Q" else label))
    return Source(id="src", name="talk.txt", kind=SourceKind.INTERVIEW, text=TEXT, content_sha256="0", turns=turns,
                  speakers=speakers)  # fmt: skip


def evidence(label: str, credited: str | None = None) -> Evidence:
    start = TEXT.index(SPOKEN[label])
    quote = Quote.cut(source(), start, start + len(SPOKEN[label]), credited or label)
    return Evidence.of(quote, {"stressor": 0.8}, ["stressor"], "local")


def material(*found: Evidence) -> Material:
    people = [Participant(id=one) for one in ("P01", "P02", "P03")]
    return Material(Study(id="s", name="S"), people, [source()], list(found), [], None)


SEGMENT = Segment(
    id="seg", parent_id=None, level=Level.MACRO, name="Worried", definition=[],
    members=[Member(participant_id=one, weight=1, why="") for one in ("P01", "P02")],
)  # fmt: skip


def ground(draft: DraftClaim, *found: Evidence) -> list[str]:
    return [claim.text for claim in ground_claims([draft], "stressors", SEGMENT, material(*found))]


def theme(id: str, *found: Evidence, against: str) -> Theme:
    people = [one.participant_id for one in found]
    return Theme(id=id, code="stressor", label=id, evidence_ids=[one.id for one in found], participants=people, n=3,
                 counter_ids=[against])  # fmt: skip


def test_members_who_voice_a_counter_theme_are_cited_against_the_claim() -> None:
    first, second, outside = evidence("P01"), evidence("P02"), evidence("P03")
    themes = [theme("worried", first, against="calm"), theme("calm", outside, second, against="worried")]
    draft = DraftClaim(text="Audits worry them.", evidence_ids=[first.id], theme_id="worried")
    [claim] = ground_claims([draft], "stressors", SEGMENT, material(first, second, outside).with_themes(themes))
    assert [one.evidence_id for one in claim.supporting] == [first.id]
    assert [one.evidence_id for one in claim.contradicting] == [second.id]


def test_a_good_claim_counts_people_and_keeps_dissent() -> None:
    first, second = evidence("P01"), evidence("P02")
    draft = DraftClaim(text="Audits worry them.", evidence_ids=[first.id], against_ids=[second.id, first.id])
    [claim] = ground_claims([draft], "stressors", SEGMENT, material(first, second))
    assert (claim.support.k, claim.support.n) == (1, 2)
    assert [(one.participant_id, one.stance) for one in claim.citations] == [
        ("P01", Stance.SUPPORTS),
        ("P02", Stance.CONTRADICTS),
    ]
    assert claim.citations[0].text == "The audit worries me."


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (["ev_nobody"], evidence("P01")),
        ([evidence("P03").id], evidence("P03")),
        ([evidence("Q", credited="P01").id], evidence("Q", credited="P01")),
        ([evidence("P02", credited="P01").id], evidence("P02", credited="P01")),
    ],
    ids=["unknown id", "outside the segment", "the interviewer's words", "another person's words"],
)
def test_what_does_not_hold_is_dropped(ids: list[str], found: Evidence) -> None:
    assert ground(DraftClaim(text="Audits worry them.", evidence_ids=ids), found) == []


def test_a_quote_moved_by_one_letter_does_not_stand() -> None:
    good = evidence("P01")
    moved = good.model_copy(update={"quote": good.quote.model_copy(update={"start": good.quote.start + 1})})
    assert stands(good, material(good))
    assert not stands(moved, material(moved))


def test_a_quote_with_another_digest_does_not_stand() -> None:
    good = evidence("P01")
    forged = good.model_copy(update={"quote": good.quote.model_copy(update={"sha256": sha256("other words")})})
    assert not stands(forged, material(forged))


def test_good_citations_beside_bad_ones_are_kept() -> None:
    good = evidence("P01")
    draft = DraftClaim(text="Audits worry them.", evidence_ids=["ev_nobody", good.id])
    assert ground(draft, good) == ["Audits worry them."]
