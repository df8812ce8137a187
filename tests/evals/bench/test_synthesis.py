"""The synthesis bench on few interviews: the answers are the sample's, and growth is told from a standstill."""

import csv
from pathlib import Path

import pytest

from evals.bench.synthesis import FROM, SIZES, TO, Measured, growth, report
from evals.bench.synthesis_corpus import STUDIES, answered, write_interviews
from evals.bench.synthesis_run import STEPS
from evals.bench.texts import SAMPLE
from retrieval.readers import read_source


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthesis") / "interviews"
    write_interviews(folder, 45)
    return folder


def test_everybody_answers_in_the_words_of_the_sample(folder: Path) -> None:
    own = {pair for study in STUDIES for file in (SAMPLE / study / "transcripts").iterdir()
           for pair in answered(read_source(file))}  # fmt: skip
    transcripts = sorted(folder.glob("*.txt"))
    assert [file.stem for file in transcripts] == [f"P{number:03}" for number in range(1, 46)]
    for file in transcripts:
        source = read_source(file)
        assert set(source.participant_ids) == {file.stem}
        assert answered(source) and set(answered(source)) <= own


def test_everybody_is_in_the_table_of_participants(folder: Path) -> None:
    with (folder / "participants.csv").open(encoding="utf-8", newline="") as rows:
        people = list(csv.DictReader(rows))
    assert len(people) == len({person["participant"] for person in people}) == 45
    assert all(person["role"] and person["consent"] != "withdrawn" for person in people)


def test_the_same_size_makes_the_same_interviews(folder: Path, tmp_path: Path) -> None:
    write_interviews(tmp_path / "again", 45)
    assert all((tmp_path / "again" / file.name).read_bytes() == file.read_bytes() for file in folder.iterdir())


def figures(power: float) -> Measured:
    """Every step takes size ** power / 10,000 seconds."""
    kinds = ("", " processor", " memory")
    counts = {"evidence": 9, "themes found": 4, "personas": 2}
    return {
        size: {f"{step}{kind}": size**power / 10_000 for step in STEPS for kind in kinds} | counts for size in SIZES
    }


@pytest.mark.parametrize(("power", "held"), [(1.0, True), (2.0, False)], ids=["linear", "quadratic"])
def test_what_grows_too_fast_is_told(tmp_path: Path, power: float, held: bool) -> None:
    text = report(figures(power), tmp_path / "chart.svg").markdown()
    line = next(line for line in text.splitlines() if "n log n" in line)
    assert line.startswith("- met" if held else "- **not met**")
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8").startswith("<svg")


def test_n_log_n_is_a_little_more_than_n() -> None:
    assert TO / FROM < growth(FROM, TO) < 1.5 * TO / FROM
