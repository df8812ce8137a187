"""Studies: made, described, deleted with everything in them."""

from pathlib import Path

import pytest

from app.errors import BadInput, NotFound
from app.intake.ingest import ingest
from app.intake.studies import create_study, delete_study, describe_study, list_studies, slug, study_status
from app.workbench import Workbench


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Spring Study: Köln", "spring-study-koln"), ("ai_at_work", "ai_at_work"), ("  A  B ", "a-b")],
    ids=["accents and signs", "underscores stay", "spaces"],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize("name", ["", "研究", "..", "-x"])
def test_names_without_letters_need_an_id(name: str) -> None:
    if slug(name):
        assert describe_study(name).id == slug(name)
        return
    with pytest.raises(BadInput, match="--id"):
        describe_study(name)
    assert describe_study(name, study_id="mine").id == "mine"


@pytest.mark.parametrize("id", ["../up", "a/b", "Über", "x" * 64, ".hidden"])
def test_ids_that_could_leave_the_home_are_refused(id: str) -> None:
    with pytest.raises(BadInput):
        describe_study("Name", study_id=id)


def test_a_study_file_fills_what_the_user_did_not_say(tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_text("name: From file\nproduct: Flow\nproduct_area: Software\n", encoding="utf-8")
    study = describe_study("", study_id="s", from_file=path, product="Mine")
    assert (study.name, study.product, study.product_area) == ("From file", "Mine", "Software")


@pytest.mark.parametrize("text", ["- a list", "name: [", "colour: blue"], ids=["a list", "not YAML", "unknown field"])
def test_a_bad_study_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "study.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"study\.yaml"):
        describe_study("S", from_file=path)


def test_an_id_is_given_once(bench: Workbench, study: str) -> None:
    with pytest.raises(BadInput, match="already"):
        create_study(bench, describe_study("Other", study_id=study))


def test_deleting_removes_rows_vectors_and_files(bench: Workbench, study: str, flowline: Path) -> None:
    ingest(bench, study, [flowline / "transcripts" / "P01.txt"])
    assert study_status(bench, study).sources == 1
    delete_study(bench, study)
    assert list_studies(bench) == []
    assert bench.index.count(study) == 0
    assert not (bench.settings.files / study).exists()
    with pytest.raises(NotFound):
        study_status(bench, study)
