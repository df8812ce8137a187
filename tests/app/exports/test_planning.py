"""Plans and calendars: each brief with its state, each day to look again; read back by other libraries."""

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import jsonschema
import pytest
from icalendar import Calendar
from sample_run import sample_run

from app.access.veil import Veil, runs
from app.access.veiling import said_by_study
from app.briefs.approving import approve_brief
from app.briefs.ground import load_ground
from app.briefs.writing import write_brief
from app.cells import as_said
from app.errors import Conflict, NotFound
from app.exports.calendar import reviews_ics
from app.exports.outgoing import Outgoing, load_outgoing
from app.exports.personas import personas_json
from app.exports.planning import editorial_csv, editorial_json
from app.models.brief import ApprovalState, Brief, BriefRequest, Stage
from app.models.cast import Cast
from app.models.claim import ReviewState
from app.models.editorial import Editorial
from app.playbook.near import ELSEWHERE, near_withheld
from app.schemas import json_schema
from app.synthesis.releasing import publish_persona
from app.synthesis.reviewing import review_claim
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

STUDY, DUE = "flowline", date(2027, 3, 1)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """Two briefs of one persona, which is published with an owner and a day; one brief is approved."""
    with sample_run(tmp_path_factory.mktemp("planned"), embedder) as bench:
        one = load_outgoing(bench, STUDY).cast.macros[0]
        for stage in (Stage.TOP, Stage.MIDDLE):
            write_brief(bench, BriefRequest(study_id=STUDY, persona=one.id, stage=stage))
        publish_persona(bench, STUDY, one.id, by="Ana", owner="=Bo, of sales", review_due=DUE)
        top = load_outgoing(bench, STUDY).briefs[0]
        approve_brief(load_ground(bench, STUDY), top.id, ApprovalState.APPROVED, by="Ana")
        yield bench


@pytest.fixture
def going(planned: Workbench) -> Outgoing:
    return load_outgoing(planned, STUDY)


def plan(out: Outgoing) -> list[dict[str, str]]:
    found = csv.DictReader(StringIO(editorial_csv(out).decode("utf-8-sig"), newline=""), strict=True)
    return [{name: as_said(cell) for name, cell in row.items()} for row in found]


def test_a_plan_has_a_row_for_each_brief(going: Outgoing) -> None:
    rows, briefs = plan(going), going.briefs
    assert [row["Brief ID"] for row in rows] == [one.id for one in briefs] and len(briefs) == 2
    assert [row["Status"] for row in rows] == ["Approved", "Draft"]
    assert rows[0]["Approved By"] == "Ana" and rows[1]["Approved By"] == ""
    for row, one in zip(rows, briefs, strict=True):
        near = any(one.cited[id].rephrase for id in one.key_message.claims)
        assert one.audience.name in row["Name"] and row["Key Message"] == (ELSEWHERE if near else one.key_message.text)
        assert (row["Persona Owner"], row["Persona Review"]) == ("=Bo, of sales", "2027-03-01")
        assert not {"Assignee", "Due Date"} & set(row)
        assert int(row["Proof Points"]) == len(one.proof_points)
        assert row["Tags"].split(", ")[: len(one.keywords.head)] == [word.text for word in one.keywords.head]


def test_what_an_owner_is_called_is_no_formula(going: Outgoing) -> None:
    assert b'"\'=Bo, of sales"' in editorial_csv(going)


def test_json_says_the_same_and_follows_its_schema(going: Outgoing) -> None:
    given = json.loads(editorial_json(going))
    jsonschema.validate(given, json_schema("editorial"))
    found = Editorial.model_validate(given)
    assert [(one.title, one.status) for one in found.items] == [(row["Name"], row["Status"]) for row in plan(going)]


def test_personas_follow_the_schema_of_casts_and_name_who_answers(going: Outgoing) -> None:
    given = json.loads(personas_json(going.cast))
    jsonschema.validate(given, json_schema("cast"))
    one = Cast.model_validate(given).macros[0]
    assert (one.owner, one.review_due) == ("=Bo, of sales", "2027-03-01")


def test_a_day_to_look_again_is_an_event_of_that_day(going: Outgoing) -> None:
    file = reviews_ics(going)
    (event,) = Calendar.from_ical(file).events
    assert (event.start, event.end) == (DUE, DUE + timedelta(days=1))
    assert going.cast.macros[0].name in event.summary and "=Bo, of sales" in event.description
    assert reviews_ics(load_outgoing(going.bench, STUDY)) == file


def test_nothing_in_a_plan_is_withheld_from_those_who_publish(going: Outgoing) -> None:
    with going.bench.store.transaction() as tx:
        ours = frozenset(run for text in said_by_study(tx, STUDY) for run in runs(text))
    veil = Veil.of(going.material.sources, going.material.participants, ours)
    given = json.loads(editorial_json(going))
    assert veil.json(given) == given
    claims = {one.id: one for persona in going.cast.personas for one in persona.claims()}
    for row, brief in zip(given["items"], going.briefs, strict=True):
        near = any(near_withheld(claims[id], veil.open) for id in brief.key_message.claims)
        assert (row["key_message"] == ELSEWHERE) == near


def test_a_key_message_near_to_withheld_words_is_left_to_the_brief(going: Outgoing) -> None:
    near, other = (_led_by(one, rephrase) for one, rephrase in zip(going.briefs, (True, False), strict=True))
    out = load_outgoing(going.bench, STUDY)
    out.__dict__["briefs"] = [near, other]
    for told in (plan(out), [{"Key Message": one["key_message"]} for one in json.loads(editorial_json(out))["items"]]):
        assert [row["Key Message"] for row in told] == [ELSEWHERE, other.key_message.text]


def _led_by(brief: Brief, rephrase: bool) -> Brief:
    """The brief with all its claims near to withheld words, or none."""
    claims = [one.model_copy(update={"rephrase": rephrase}) for one in brief.claims]
    return Brief.model_validate(brief.model_dump() | {"claims": claims})


def test_written_again_with_the_same_content_it_stays_approved(planned: Workbench, going: Outgoing) -> None:
    top = going.briefs[0]
    made = write_brief(planned, BriefRequest(study_id=STUDY, persona=top.persona_id, stage=Stage.TOP))
    assert (made.id, made.approval) == (top.id, top.approval)


def test_who_approved_stays_until_it_is_taken_back(planned: Workbench, going: Outgoing) -> None:
    ground, bottom = load_ground(planned, STUDY), going.briefs[1]
    first = approve_brief(ground, bottom.id, ApprovalState.APPROVED, by="Ana")
    assert approve_brief(ground, bottom.id, ApprovalState.APPROVED, by="Bo").approval == first.approval
    back = approve_brief(ground, bottom.id, ApprovalState.DRAFT, by="Bo")
    assert (back.approval.state, back.approval.by) == (ApprovalState.DRAFT, "Bo")
    with pytest.raises(NotFound, match="brief"):
        approve_brief(ground, "br_none", ApprovalState.APPROVED, by="Ana")


def test_a_stale_brief_is_stale_whatever_was_approved(planned: Workbench, going: Outgoing) -> None:
    top = going.briefs[0]
    of = going.cast.macros[0]
    review_claim(planned, STUDY, of.id, top.proof_points[0], state=ReviewState.REJECTED, by="Ana")
    after = load_outgoing(planned, STUDY)
    rows = plan(after)
    assert rows[0]["Status"] == "Stale" and "no longer stand" in rows[0]["Stale"] and rows[0]["Approved By"] == "Ana"
    tasks = Calendar.from_ical(reviews_ics(after)).todos
    assert f"{STUDY}-{top.id}@dramatis" in {str(task.uid) for task in tasks}
    approve_brief(after.ground, top.id, ApprovalState.DRAFT, by="Bo")
    with pytest.raises(Conflict, match="Write it anew"):
        approve_brief(after.ground, top.id, ApprovalState.APPROVED, by="Bo")
