"""The suite `support` scores supported claims against the rest, and names what it cannot read."""

import json
from pathlib import Path

import pytest

from app.errors import BadInput
from evals.report import EvalReport
from evals.suites import support
from retrieval.embeddings import MiniLM
from retrieval.errors import UnreadableSource

EVIDENCE = ["Marta signs every contract above 5,000 euros.", "The depot closes at noon on Fridays."]
GOOD = {"claim": "Marta signs contracts above 5,000 euros.", "evidence": EVIDENCE, "label": "supported"}
PART = {"claim": "Marta signs contracts and paints her own boats blue.", "evidence": EVIDENCE, "label": "partial"}
BAD = {"claim": "Lions sleep near the river.", "evidence": EVIDENCE, "label": "unsupported"}


def run(folder: Path, embedder: MiniLM, *rows: object) -> EvalReport:
    path = folder / "claims.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return support.run(path, embedder)


def test_supported_is_scored_against_the_rest(tmp_path: Path, embedder: MiniLM) -> None:
    report = run(tmp_path, embedder, GOOD, PART, BAD)
    assert report.scores == {"auc": 1.0, "balanced_accuracy": 1.0, "word_overlap_auc": 1.0}
    assert [row["expected"] for row in report.rows] == ["supported", "not supported", "not supported"]
    assert {row["class"]: row["n"] for row in report.per_class} == {"supported": 1, "partial": 1, "unsupported": 1}


def test_a_wrong_label_costs(tmp_path: Path, embedder: MiniLM) -> None:
    report = run(tmp_path, embedder, {**GOOD, "label": "unsupported"}, {**BAD, "label": "supported"})
    assert report.scores["auc"] == 0.0
    assert report.scores["balanced_accuracy"] == 0.0
    assert len(report.wrong()) == 2


def test_labels_of_wice_and_other_keys_are_taken(tmp_path: Path, embedder: MiniLM) -> None:
    rows = [{**PART, "label": "partially_supported", "meta": {"id": "x"}}, {**BAD, "label": "not_supported"}]
    assert [row["label"] for row in run(tmp_path, embedder, *rows).rows] == ["partial", "unsupported"]


def test_one_class_alone_is_not_evaluable(tmp_path: Path, embedder: MiniLM) -> None:
    report = run(tmp_path, embedder, GOOD)
    assert report.scores == {}
    assert set(report.not_evaluable) == {"auc", "balanced_accuracy", "word_overlap_auc"}


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        pytest.param({"claim": "A.", "evidence": EVIDENCE}, "`label`", id="no label"),
        pytest.param({**GOOD, "label": "maybe"}, "`label`", id="unknown label"),
        pytest.param({**GOOD, "label": 1}, "`label`", id="label of another type"),
        pytest.param({**GOOD, "evidence": "one string"}, "`evidence`", id="evidence no list"),
        pytest.param({**GOOD, "evidence": []}, "`evidence`", id="no evidence"),
        pytest.param({**GOOD, "claim": ""}, "`claim`", id="empty claim"),
        pytest.param(["claim"], "row", id="not an object"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, embedder: MiniLM, bad: object, says: str) -> None:
    with pytest.raises(UnreadableSource, match=r"claims\.jsonl, line 2: ") as caught:
        run(tmp_path, embedder, GOOD, bad)
    assert says in str(caught.value)


def test_an_empty_dataset_is_refused(tmp_path: Path, embedder: MiniLM) -> None:
    with pytest.raises(BadInput, match="empty"):
        run(tmp_path, embedder)
