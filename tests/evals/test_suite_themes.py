"""The suite `themes` on a matrix whose groups are plain, and on the invented sample study's truth."""

import shutil
from pathlib import Path

from app.engines.local import LocalEngine
from evals.suites import themes
from retrieval.embeddings import MiniLM

TRUTH = Path(__file__).parents[1] / "data" / "flowline_truth.json"
APART = """participant,role,macro,motivation: wants to grow fast,context: runs the servers,behavior: writes scripts,\
motivation: wants calm days,context: runs the shop floor,behavior: works on paper
A1,IT manager,M1,1,1,1,0,0,0
A2,IT manager,M1,1,1,1,0,0,0
A3,IT manager,M1,1,1,1,0,0,0
A4,IT manager,M1,1,1,1,0,0,0
B1,Plant manager,M2,0,0,0,1,1,1
B2,Plant manager,M2,0,0,0,1,1,1
B3,Plant manager,M2,0,0,0,1,1,1
B4,Plant manager,M2,0,0,0,1,1,1
"""


def test_plain_groups_are_found_and_a_level_without_truth_is_not_evaluable(tmp_path: Path, embedder: MiniLM) -> None:
    path = tmp_path / "apart.csv"
    path.write_text(APART, encoding="utf-8")
    report = themes.run(path, LocalEngine(embedder))
    assert report.scores == {"macro_ari": 1.0}
    assert "micro" in report.not_evaluable["micro_ari"]
    assert report.wrong() == []
    assert (report.run["participants"], report.run["themes"], report.run["engine"]) == (8, 6, "local")


def test_wrong_truth_lowers_the_score(tmp_path: Path, embedder: MiniLM) -> None:
    path = tmp_path / "crossed.csv"
    path.write_text(APART.replace("A1,IT manager,M1", "A1,IT manager,M2"), encoding="utf-8")
    report = themes.run(path, LocalEngine(embedder))
    assert report.scores["macro_ari"] < 0.6
    assert [row["id"] for row in report.wrong()] == ["A1"]


def test_true_themes_of_the_sample_study_give_its_macro_segments(
    tmp_path: Path, flowline: Path, embedder: MiniLM
) -> None:
    folder = Path(shutil.copytree(flowline, tmp_path / "flowline"))
    shutil.copy(TRUTH, folder / "truth.json")
    report = themes.run(folder, LocalEngine(embedder))
    assert report.scores["macro_ari"] == 1.0
    assert set(report.scores) == {"macro_ari", "micro_ari"}
    assert "P15" not in {row["id"] for row in report.rows}, "who has withdrawn"
