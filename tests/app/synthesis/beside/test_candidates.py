"""Candidate personas: in studies of kind recruiting, from a small invented study, and in no other."""

from pathlib import Path

import jsonschema
import pytest

from app.errors import BadInput
from app.exports.writing import publish
from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.models.cast import Cast
from app.models.field import Level, fields_of
from app.models.persona import CandidatePersona
from app.schemas import json_schema
from app.synthesis.casting import load_cast, run_study
from app.workbench import Workbench

FOLDER = Path(__file__).parent / "recruiting"
SEGMENTS = """
- {name: Roster-led night nurse, members: [P1, P2, P5]}
- {name: Learning ward nurse, members: [P3, P4, P6]}
"""


def cast_of_kind(bench: Workbench, tmp_path: Path, kind: str) -> Cast:
    study = describe_study("", study_id="jobs", from_file=FOLDER / "study.yaml").model_copy(update={"kind": kind})
    create_study(bench, study)
    ingest(bench, "jobs", [FOLDER])
    own = tmp_path / "segments.yaml"
    own.write_text(SEGMENTS, encoding="utf-8")
    run_study(bench, "jobs", segments=own)
    return load_cast(bench, "jobs")


def test_a_recruiting_study_gets_candidate_personas(bench: Workbench, tmp_path: Path) -> None:
    cast = cast_of_kind(bench, tmp_path, "recruiting")
    found = [one for one in cast.personas if isinstance(one, CandidatePersona)]
    assert found
    own = {field.id for field in fields_of(Level.CANDIDATE) if Level.MICRO not in field.levels}
    for persona in found:
        told = [claim for claim in persona.grounded_claims() if claim.field in own]
        assert len(told) >= 2
        assert all(2 <= claim.support.k <= claim.support.n == 3 for claim in told)
        jsonschema.validate(persona.model_dump(mode="json"), json_schema("persona"))
    page = publish(bench, cast, tmp_path)[1].read_text(encoding="utf-8")
    assert all(persona.name in page for persona in found)


def test_any_other_study_gets_none(bench: Workbench, tmp_path: Path) -> None:
    assert not [one for one in cast_of_kind(bench, tmp_path, "customers").personas if one.kind is Level.CANDIDATE]


def test_an_unknown_kind_of_study_is_refused_with_the_file_named(tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_text("name: N\nkind: voters\n", encoding="utf-8")
    with pytest.raises(BadInput, match="kind"):
        describe_study("N", from_file=path)
