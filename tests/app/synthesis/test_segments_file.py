"""Segments of the user's own: read, and held to the rules."""

from pathlib import Path

import pytest

from app.errors import BadInput
from app.synthesis.segments_file import read_segments

PEOPLE = ["P01", "P02", "P03", "P04", "P05"]
GOOD = """
- name: Managers
  members: [P01, P02, P03, P04]
  micro:
    - name: Careful managers
      members: [P01, P02]
"""


def put(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_gives_the_tree_and_the_uncovered(tmp_path: Path) -> None:
    tree = read_segments(put(tmp_path, GOOD), PEOPLE)
    macro, micro = tree.segments
    assert (macro.name, macro.participant_ids) == ("Managers", ["P01", "P02", "P03", "P04"])
    assert micro.parent_id == macro.id
    assert [one.participant_id for one in tree.uncovered] == ["P05"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- name: X\n  members: [P01, P77]\n", "P77 took no part"),
        ("- name: X\n  members: [P01]\n", "fewer than two"),
        ("- name: X\n  members: [P01, P02]\n- name: Y\n  members: [P02, P03]\n", "P02 stands in two"),
        (GOOD.replace("[P01, P02]\n", "[P01, P05]\n"), "P05 is in “Careful managers” but not"),
        (GOOD.replace("[P01, P02]\n", "[P01]\n"), "never stands for one person"),
        (GOOD.replace("[P01, P02]\n", "[P01, P02, P03, P04]\n"), "as large as"),
        ("- name: X\n", "needs `name` and `members`"),
        (GOOD.replace("Careful managers", "Managers"), "two segments are called “Managers”"),
        ("just words", "list"),
        ("- name: X\n  members: [", "line"),
    ],
    ids=["unknown person", "one person", "in two macros", "outside its macro", "micro of one", "micro as large",
         "members missing", "one name twice", "not a list", "not YAML"],
)  # fmt: skip
def test_rules(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_segments(put(tmp_path, text), PEOPLE)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_segments(tmp_path / "none.yaml", PEOPLE)
