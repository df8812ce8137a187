"""Briefs that were written: when they are stale, what of them is shown later, and when they go."""

from pathlib import Path

import pytest

from app.briefs.ground import load_ground
from app.briefs.keeping import delete_brief, get_brief, list_briefs, stale_briefs
from app.briefs.writing import keep, write_brief
from app.errors import Conflict, NotFound
from app.intake.ingest import ingest
from app.models.brief import Brief, BriefRequest
from app.models.claim import ReviewState
from app.models.publication import Publication
from app.synthesis.reviewing import review_claim
from app.workbench import Workbench
from retrieval.evidence import Consent

STUDY = "flowline"


def written(bench: Workbench, persona: str = "Wait-and-see", stage: str = "middle", **more: object) -> Brief:
    return write_brief(bench, BriefRequest.model_validate(
        {"study_id": STUDY, "persona": persona, "stage": stage, **more}))  # fmt: skip


def why(bench: Workbench, brief: Brief) -> str:
    found = stale_briefs(load_ground(bench, STUDY), [brief]).get(brief.id)
    return found.why if found else ""


def publish(bench: Workbench, micro_id: str) -> None:
    """A micro persona and its core."""
    cores = load_ground(bench, STUDY).cast.macros
    core = next(one for one in cores if micro_id in one.micro_ids)
    with bench.store.transaction() as tx:
        for id in (core.id, micro_id):
            tx.publications.save(STUDY, Publication(persona_id=id, version=1, by="ana", at=0.0))


def test_a_brief_is_as_known_until_a_claim_changes(own: Workbench) -> None:
    brief = written(own)
    assert why(own, brief) == ""
    first, second = brief.proof_points[:2]
    review_claim(own, STUDY, brief.persona_id, first, ReviewState.ACCEPTED, by="ana")
    assert why(own, brief) == "", "a yes changes nothing"
    review_claim(own, STUDY, brief.persona_id, first, ReviewState.EDITED, by="ana", text="They clicked twice.")
    review_claim(own, STUDY, brief.persona_id, second, ReviewState.REJECTED, by="ana")
    assert why(own, brief) == "1 of its claims no longer stand, 1 of its claims say something else"
    assert why(own, written(own)) == ""


def test_a_brief_of_an_earlier_version_is_stale(own: Workbench) -> None:
    brief = written(own)
    with own.store.transaction() as tx:
        personas = [
            one.model_copy(update={"version": 2}) if one.id == brief.persona_id else one
            for one in tx.results.personas(STUDY)
        ]
        made_with = tx.results.provenance(STUDY)
        assert made_with is not None
        tx.results.save_personas(STUDY, personas, [], made_with)
    assert why(own, brief) == "its persona is at version 2, not 1"


def test_a_brief_without_its_persona_is_stale(own: Workbench) -> None:
    brief = written(own)
    with own.store.transaction() as tx:
        tx.results.retire(STUDY)
    assert why(own, brief) == "its persona is no more"


def test_words_are_not_shown_once_their_speaker_agrees_no_longer(own: Workbench) -> None:
    brief = written(own)
    speakers = {one.participant_id for one in brief.customer_words}
    assert speakers == {"P16"}
    with own.store.transaction() as tx:
        person = next(one for one in tx.participants.all(STUDY) if one.id == "P16")
        tx.participants.save(STUDY, [person.model_copy(update={"consent": Consent.RESEARCH})])
    shown = get_brief(load_ground(own, STUDY), brief.id)
    assert not shown.customer_words
    assert "P16" not in {words.participant_id for one in shown.claims for words in one.words}
    assert "P16 may no longer be quoted" in why(own, brief)


def test_whoever_withdraws_takes_all_briefs_along(own: Workbench, tmp_path: Path) -> None:
    written(own)
    table = tmp_path / "participants.csv"
    table.write_text("participant,consent\nP16,withdrawn\n", encoding="utf-8")
    ingest(own, STUDY, [table])
    with own.store.transaction() as tx:
        assert tx.briefs.all(STUDY) == []


def test_a_brief_is_not_kept_where_the_study_changed_meanwhile(own: Workbench) -> None:
    ground, brief = load_ground(own, STUDY), written(own)
    with own.store.transaction() as tx:
        tx.results.clear(STUDY)
    with pytest.raises(Conflict, match="changed while"):
        keep(ground, brief)


def test_a_deleted_brief_is_gone(own: Workbench) -> None:
    brief = written(own)
    delete_brief(own, STUDY, brief.id)
    with pytest.raises(NotFound):
        get_brief(load_ground(own, STUDY), brief.id)
    with pytest.raises(NotFound):
        delete_brief(own, STUDY, brief.id)


def test_writers_meet_published_personas_only(own: Workbench) -> None:
    brief = written(own)
    assert list_briefs(load_ground(own, STUDY), published=True) == []
    with pytest.raises(NotFound):
        written(own, published=True)
    publish(own, brief.persona_id)
    assert [one.id for one in list_briefs(load_ground(own, STUDY), published=True)] == [brief.id]
    theirs = written(own, published=True)
    assert (theirs.id, theirs.published) == (brief.id, True)


def test_with_a_persona_that_stands_no_more_writers_lose_its_briefs(own: Workbench) -> None:
    brief = written(own)
    publish(own, brief.persona_id)
    with own.store.transaction() as tx:
        tx.results.retire(STUDY)
    ground = load_ground(own, STUDY)
    assert ground.personas(published=True) == [] and list_briefs(ground, published=True) == []


def test_a_published_version_has_a_brief_of_its_own_once_the_persona_moved_on(own: Workbench) -> None:
    first = written(own)
    publish(own, first.persona_id)
    with own.store.transaction() as tx:
        now = [one.model_copy(update={"version": 2}) if one.id == first.persona_id else one
               for one in tx.results.personas(STUDY)]  # fmt: skip
        made_with = tx.results.provenance(STUDY)
        assert made_with is not None
        tx.results.save_personas(STUDY, now, [], made_with)
    theirs, ours = written(own, published=True), written(own)
    assert (theirs.persona_version, ours.persona_version) == (1, 2)
    assert theirs.id != ours.id
    assert why(own, theirs) == ""
