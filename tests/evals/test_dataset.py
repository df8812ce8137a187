"""Datasets are read into checked rows, or refused with file and line."""

import json
from pathlib import Path

import pytest

from app.errors import BadInput
from evals.dataset import CodingRow, GroundingRow, digest, find_dataset, find_source, read_coding, read_rows
from retrieval.errors import UnreadableSource

CODES = ["stressor", "context"]


def write(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def coded(**changes: object) -> dict[str, object]:
    return {"id": "1", "text": "I worry.", "codes": ["stressor"], **changes}


def test_both_shapes_of_a_coding_row_are_read(tmp_path: Path) -> None:
    rows = read_coding(write(tmp_path / "a.jsonl", coded(context="Before."), "", coded(id="2", previous="Before.",
                             question="Why?", source="P01")), CODES)  # fmt: skip
    assert [row.before for row in rows] == ["Before.", "Before."]
    assert [row.group for row in rows] == ["1", "P01"]


def test_notes_of_ones_own_are_passed_over(tmp_path: Path) -> None:
    (row,) = read_coding(write(tmp_path / "a.jsonl", coded(id=7, difficulty="hard")), CODES)
    assert row.id == "7"


def test_line_separators_inside_a_text_do_not_end_the_line(tmp_path: Path) -> None:
    text = "one\u2028two\u0085three"
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(coded(text=text), ensure_ascii=False), encoding="utf-8")
    assert read_coding(path, CODES)[0].text == text


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        pytest.param("{", "not JSON", id="broken JSON"),
        pytest.param("[]", "row", id="not an object"),
        pytest.param({"id": "1", "codes": []}, "`text`", id="no text"),
        pytest.param(coded(text=""), "`text`", id="empty text"),
        pytest.param(coded(codes="stressor"), "`codes`", id="codes not a list"),
        pytest.param(coded(context="a", previous="b"), "not both", id="two contexts"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, bad: object, says: str) -> None:
    with pytest.raises(UnreadableSource, match=r"a\.jsonl, line 2: ") as caught:
        read_rows(write(tmp_path / "a.jsonl", coded(), bad), CodingRow)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        pytest.param([], "empty", id="empty file"),
        pytest.param([coded(codes=["worry"])], "unknown code “worry”", id="unknown code"),
        pytest.param([coded(), coded()], "two rows have the id “1”", id="id twice"),
    ],
)
def test_an_unfit_dataset_is_refused(tmp_path: Path, rows: list[object], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_coding(write(tmp_path / "a.jsonl", *rows), CODES)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableSource, match="not UTF-8"):
        read_rows(path, CodingRow)
    with pytest.raises(UnreadableSource, match="cannot be opened"):
        read_rows(tmp_path / "none.jsonl", CodingRow)


def test_a_grounding_row_knows_four_answers(tmp_path: Path) -> None:
    row = {"source": "P01", "speaker": "P01", "quote": "I worry.", "expected": "sometimes"}
    with pytest.raises(UnreadableSource, match="`expected`"):
        read_rows(write(tmp_path / "a.jsonl", row), GroundingRow)


def test_the_dataset_of_a_folder_is_its_only_jsonl(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds 0"):
        find_dataset(tmp_path)
    path = write(tmp_path / "a.jsonl", coded())
    assert find_dataset(tmp_path) == find_dataset(path) == path
    write(tmp_path / "b.jsonl", coded())
    with pytest.raises(BadInput, match="holds 2"):
        find_dataset(tmp_path)
    with pytest.raises(BadInput, match="no such dataset"):
        find_dataset(tmp_path / "none")


@pytest.mark.parametrize("name", ["P01.txt", "P01", "sources/P01.txt"])
def test_a_source_is_found_beside_the_dataset(tmp_path: Path, name: str) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "P01.txt").write_text("P01: I worry.", encoding="utf-8")
    assert find_source(tmp_path / "a.jsonl", name).name == "P01.txt"


@pytest.mark.parametrize("name", ["P02.txt", "../secret.txt", ""])
def test_a_source_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "secret.txt").write_text("hush", encoding="utf-8")
    with pytest.raises(BadInput, match="names the source"):
        find_source(tmp_path / "a.jsonl", name)


def test_the_digest_follows_the_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", coded())
    before = digest(path)
    assert digest(path) == before
    assert digest(write(path, coded(id="2"))) != before
