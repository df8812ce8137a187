"""The table of participants and themes: what its columns mean, and what is refused."""

from pathlib import Path

import pytest
from small_planted import statement, theme, write_study

from app.models.codebook import load_codebook
from evals.theme_matrix import ThemeMatrix, read_matrix
from retrieval.errors import UnreadableSource

TABLE = """Participant,role,macro,micro,stressor: audits,loves tea,team size
P01,Clerk,M1,m1,1,0,4
P02,Nurse,M1,m2,,1,9
P03,,,,0,1,
"""


def matrix(tmp_path: Path, table: str = TABLE) -> ThemeMatrix:
    path = tmp_path / "matrix.csv"
    path.write_text(table, encoding="utf-8")
    return read_matrix(path)


def test_columns_of_flags_are_themes_and_the_others_attributes(tmp_path: Path) -> None:
    read = matrix(tmp_path)
    assert [(one.label, one.voiced_by) for one in read.themes] == [("audits", ["P01"]), ("loves tea", ["P02", "P03"])]
    assert read.people[1].attributes == {"role": "Nurse", "team size": "9"}
    assert read.truth == {"macro": {"P01": "M1", "P02": "M1"}, "micro": {"P01": "m1", "P02": "m2"}}


def test_a_heading_names_its_code_and_without_one_stands_for_every_code(tmp_path: Path) -> None:
    audits, tea = matrix(tmp_path).themes
    assert audits.codes == ["stressor"]
    assert tea.codes == load_codebook().ids


def test_profiles_hold_a_piece_of_evidence_for_each_theme_voiced(tmp_path: Path) -> None:
    read = matrix(tmp_path)
    first, second, third = read.profiles()
    assert [one.quote.text for one in first.evidence] == ["audits"]
    assert first.evidence[0].codes == {"stressor": 1.0}
    ids = {one.id for profile in (first, second, third) for one in profile.evidence}
    assert ids == {key for one in read.found_themes() for key in one.evidence_ids}
    assert [one.participants for one in read.found_themes()] == [["P01"], ["P02", "P03"]]


def test_a_segment_column_stands_for_the_level_that_is_missing(tmp_path: Path) -> None:
    read = matrix(tmp_path, "participant,segment,macro,tea\nP01,a,M1,1\nP02,b,M1,0\n")
    assert read.truth == {"macro": {"P01": "M1", "P02": "M1"}, "micro": {"P01": "a", "P02": "b"}}


def test_a_planted_study_is_a_matrix_without_those_who_withdrew(tmp_path: Path) -> None:
    truth = {
        "macro": [{"id": "M1", "members": ["P01", "P02"]}],
        "themes": [theme("t1", "behavior")],
        "statements": [statement("s1", "P01", "I check every line twice.", "behavior", theme="t1"),
                       statement("s2", "P02", "I check the figures by hand.", "behavior", theme="t1")],
    }  # fmt: skip
    table = "participant,role,consent\nP01,Clerk,research\nP02,Clerk,withdrawn\n"
    read = read_matrix(write_study(tmp_path / "study", truth, table))
    assert [(one.id, one.attributes) for one in read.people] == [("P01", {"role": "Clerk"})]
    assert [one.voiced_by for one in read.themes] == [["P01"]]
    assert read.truth["macro"] == {"P01": "M1"}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        pytest.param("name,tea\nP01,1\n", "no table of participants", id="nobody named"),
        pytest.param("participant,tea\n", "no table of participants", id="no row"),
        pytest.param("participant,tea\nP01,often\n", "no column holds a theme", id="no theme"),
        pytest.param("participant,tea\nP01,1\nP01,0\n", "twice", id="a participant twice"),
        pytest.param("participant,tea\n,1\n", "names no participant", id="a row of nobody"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path: Path, table: str, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        matrix(tmp_path, table)
