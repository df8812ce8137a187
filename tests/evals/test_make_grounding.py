"""The committed grounding dataset is what the script makes, and its labels are true."""

import re

import pytest

from evals.dataset import EXPECTED, GroundingRow, find_source, read_rows
from evals.make_grounding import FILES, FLOWLINE, TARGET, make_rows
from retrieval.evidence import Role, Source
from retrieval.readers import read_source

DATASET = TARGET / "quotes.jsonl"
ROWS = read_rows(DATASET, GroundingRow)
SOURCES = {name: read_source(find_source(DATASET, name)) for name in FILES}


def spoken(source: Source, role: Role) -> list[str]:
    return [turn.of(source.text) for turn in source.turns if source.role_of(turn) is role]


def made(how: str) -> list[GroundingRow]:
    return [row for row in ROWS if row.how == how]


def test_the_script_makes_the_committed_rows() -> None:
    assert make_rows() == ROWS


def test_the_sources_are_those_of_the_sample() -> None:
    for name in FILES:
        assert (TARGET / "sources" / name).read_bytes() == (FLOWLINE / name).read_bytes()


def test_every_answer_is_expected_often_enough() -> None:
    assert {row.expected for row in ROWS} == set(EXPECTED)
    assert min(sum(row.expected == name for row in ROWS) for name in EXPECTED) >= 18
    assert len({row.id for row in ROWS}) == len(ROWS) >= 120


def test_verbatim_rows_stand_in_one_turn_of_the_participant() -> None:
    for row in made("verbatim"):
        assert any(row.quote in turn for turn in spoken(SOURCES[row.source], Role.PARTICIPANT)), row.id


def test_interviewer_rows_were_said_by_the_interviewer_alone() -> None:
    for row in made("interviewer"):
        assert any(row.quote in turn for turn in spoken(SOURCES[row.source], Role.INTERVIEWER)), row.id
        assert not any(row.quote in turn for turn in spoken(SOURCES[row.source], Role.PARTICIPANT)), row.id


def test_no_absent_or_near_row_was_said_in_these_words() -> None:
    for row in ROWS:
        if row.expected in ("absent", "near"):
            assert row.quote not in re.sub(r"\s+", " ", SOURCES[row.source].text), row.id


@pytest.mark.parametrize("how", ["cleaned", "ellipsis"])
def test_dressed_rows_keep_the_words_in_their_order(how: str) -> None:
    for row in made(how):
        said = " ".join(re.findall(r"[\w'’]+", SOURCES[row.source].text.lower())).replace("’", "'")
        parts = [" ".join(re.findall(r"[\w'’]+", part.lower())).replace("’", "'") for part in row.quote.split("…")]
        assert re.search(".{1,60}".join(map(re.escape, parts)), said), row.id


def test_no_row_holds_a_figure_or_an_address() -> None:
    assert not any(re.search(r"[\d@]", row.quote) for row in ROWS)
