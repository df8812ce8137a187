"""The suite `agreement`: two coders of a real store, what counts as read, and what cannot be judged."""

from pathlib import Path

import numpy as np
import pytest

from app.errors import BadInput, NotFound
from app.intake.ingest import ingest
from app.synthesis.agreement import SharedReading, coders, shared_reading
from app.synthesis.human_coding import Wanted, decide
from app.workbench import Workbench
from evals.suites import agreement

LINES = ["I count every pallet.", "The scanner loses them.", "I go home by bus.", "My boss signs it."]


@pytest.fixture
def talked(bench: Workbench, study: str, tmp_path: Path) -> str:
    folder = tmp_path / "in"
    folder.mkdir()
    for person in ("P01", "P02", "P03"):
        words = " ".join(line.replace("I ", f"I, {person}, ") for line in LINES)
        (folder / f"{person}.txt").write_text(f"Interviewer: And?\n\n{person}: {words}\n", encoding="utf-8")
    ingest(bench, study, [folder])
    return study


def test_both_have_read_the_sources_in_which_both_decided(bench: Workbench, talked: str) -> None:
    decide(bench, talked, Wanted("The scanner loses them.", source="P01"), "ana", add=["pain_point"])
    decide(bench, talked, Wanted("My boss signs it.", source="P02"), "ana", add=["influence"])
    decide(bench, talked, Wanted("scanner loses them", source="P01"), "ben", add=["pain_point"])
    decide(bench, talked, Wanted("My boss signs it.", source="P01"), "ben", add=["influence"])
    decide(bench, talked, Wanted("My boss signs it.", source="P01"), "ben", remove=["influence"])
    found = shared_reading(bench, talked, "ana", "ben")
    assert set(found.sources) == {"P01.txt"}
    assert len(found.texts) == 4
    pain, influence = found.codes.index("pain_point"), found.codes.index("influence")
    assert found.first[:, pain].tolist() == found.second[:, pain].tolist() == [False, True, False, False]
    assert not found.second[:, influence].any()
    assert coders(bench, talked) == ["ana", "ben"]


def test_unknown_coders_and_one_coder_twice(bench: Workbench, talked: str) -> None:
    with pytest.raises(NotFound, match="coder"):
        shared_reading(bench, talked, "ana", "ben")
    with pytest.raises(BadInput, match="two coders"):
        shared_reading(bench, talked, "ana", "ana")


def reading(both: int, one: int, other: int, neither: int, unknown: dict[str, str] | None = None) -> SharedReading:
    first = np.array([True] * (both + one) + [False] * (other + neither))[:, None]
    second = np.array([True] * both + [False] * one + [True] * other + [False] * neither)[:, None]
    names = ["P01.txt"] * len(first)
    return SharedReading(["intent"], names, names, first, second, unknown or {})


def test_figures_of_a_published_table() -> None:
    """Feinstein & Cicchetti (1990), "High agreement but low kappa": 80, 10, 5, 5 gives kappa 0.32."""
    report = agreement.run(reading(80, 10, 5, 5), "ana", "ben", "s")
    assert report.scores["kappa.intent"] == pytest.approx(0.32, abs=0.005)
    assert report.scores["kappa"] == report.scores["kappa_pooled"] == report.scores["kappa.intent"]
    [row] = report.per_class
    assert (row["n"], row["both"], row["only ana"], row["only ben"]) == (100, 80, 10, 5)
    assert row["prevalence"] == pytest.approx(0.875)
    assert len(report.rows) == 95


@pytest.mark.parametrize(
    ("found", "name", "reason"),
    [
        (reading(3, 1, 1, 4), "alpha", "9 sentences"),
        (reading(2, 1, 1, 40), "alpha.intent", "given 4×"),
        (reading(0, 9, 0, 40, {"intent": "local"}), "alpha.intent", "local gives it nowhere"),
        (reading(0, 0, 0, 40), "kappa", "no code was given"),
    ],
    ids=["few sentences", "rare code", "a code the engine does not know", "nothing coded"],
)
def test_what_cannot_be_judged_says_why(found: SharedReading, name: str, reason: str) -> None:
    report = agreement.run(found, "ana", "local", "s")
    assert name not in report.scores
    assert reason in report.not_evaluable[name]
