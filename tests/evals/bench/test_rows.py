"""Tables of many rows take no more memory than short ones."""

from pathlib import Path

from evals.bench.rows import read_apart, run, write_csv


def test_memory_is_that_of_a_short_table(tmp_path: Path) -> None:
    few, many = (read_apart(write_csv(tmp_path / f"{rows}.csv", rows)) for rows in (1_000, 40_000))
    assert (few["rows"], many["rows"]) == (1_000, 40_000)
    # 40,000 rows kept would be 40 MB.
    assert many["memory"] - few["memory"] < 10


def test_the_section_tells_both_sizes() -> None:
    text = run((10, 2_000)).markdown()
    assert "| 10 |" in text and "| 2,000 |" in text and "- met: memory for 2,000 rows" in text
