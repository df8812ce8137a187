"""The sample studies are complete, read as they should, and hold what their papers say."""

import csv
import json
import re
from pathlib import Path

import pytest
import yaml

from app import DATA
from retrieval.evidence import Consent, Role, Source
from retrieval.readers import read_source

STUDIES = [DATA / "sample" / "ai_at_work", DATA / "sample" / "flowline"]
AT_WORK, FLOWLINE = STUDIES
TRUTH = json.loads((Path(__file__).parent / "flowline_truth.json").read_text(encoding="utf-8"))


def people(study: Path) -> list[dict[str, str]]:
    with (study / "participants.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def speech(source: Source, role: Role) -> list[str]:
    return [re.sub(r"\s+", " ", turn.of(source.text)) for turn in source.turns if source.role_of(turn) is role]


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.name)
def test_a_study_says_what_it_is_and_where_it_comes_from(study: Path) -> None:
    facts = yaml.safe_load((study / "study.yaml").read_text(encoding="utf-8"))
    assert set(facts) == {"name", "product", "research_question", "product_area", "note"}
    assert (study / "README.md").stat().st_size > 500


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.name)
def test_every_participant_has_a_file_and_every_file_a_participant(study: Path) -> None:
    rows = people(study)
    assert {row["file"] for row in rows} == {f"transcripts/{path.name}" for path in (study / "transcripts").iterdir()}
    assert len({row["participant"] for row in rows}) == len(rows)
    assert {row["consent"] for row in rows} <= set(Consent)


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.name)
def test_every_interview_has_one_interviewer_and_the_participant_of_its_name(study: Path) -> None:
    for row in people(study):
        source = read_source(study / row["file"])
        assert source.participant_ids == [row["participant"]]
        assert [speaker.role for speaker in source.speakers].count(Role.INTERVIEWER) == 1
        assert [repair for repair in source.repairs if not repair.startswith("comments")] == []


def test_each_chosen_interview_holds_enough_of_the_participants_own_words() -> None:
    rows = people(AT_WORK)
    assert len(rows) == 24
    for row in rows:
        words = " ".join(speech(read_source(AT_WORK / row["file"]), Role.PARTICIPANT)).split()
        assert len(words) >= 400, row["participant"]


def test_the_chosen_interviews_are_spread_over_three_kinds_of_work() -> None:
    families = [row["role_family"] for row in people(AT_WORK)]
    assert {name: families.count(name) for name in families} == {"Sales": 8, "Marketing": 8, "Management": 8}
    assert all(row["role"] and row["industry"] for row in people(AT_WORK))


def test_no_address_or_telephone_number_stands_in_a_chosen_interview() -> None:
    for path in (AT_WORK / "transcripts").iterdir():
        found = re.findall(r"\S+@\S+\.\w+|https?://\S+|www\.\S+|\+?\d[\d ()-]{7,}\d", path.read_text(encoding="utf-8"))
        assert found == [], path.name


def test_licence_and_attribution_stand_beside_the_real_interviews() -> None:
    for name in ("LICENSE.md", "README.md", "study.yaml"):
        text = (AT_WORK / name).read_text(encoding="utf-8")
        assert "CC-BY 4.0" in text and "Handa et al. 2025" in text, name


def test_the_truth_of_the_invented_study_is_no_input() -> None:
    assert list(DATA.rglob("truth*")) == []


def test_what_was_planted_stands_in_the_participants_speech() -> None:
    spoken = {row["file"]: speech(read_source(FLOWLINE / row["file"]), Role.PARTICIPANT) for row in people(FLOWLINE)}
    planted = [*TRUTH["statements"], *({**row, "quote": row["text"]} for row in TRUTH["distractors"])]
    lost = [row["quote"] for row in planted if not any(row["quote"] in turn for turn in spoken[row["file"]])]
    assert lost == []
