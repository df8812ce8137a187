"""Statements and distractors: found by half of their characters, right by their codes."""

import pytest
from small_planted import coded, places, planted, statement

from app.models.evidence import Evidence
from evals.planted_statements import NOT_CODED, code_statements, distractor_rows, statement_rows, statement_scores

TWICE = statement("s1", "P01", "I check every line twice. Nobody else reads it.", "behavior")
BOSS = statement("s2", "P02", "My boss signs.", "influence", "decision_logic")
LINE = coded("P01", "I check every line twice.", "behavior")


def scores(*evidence: Evidence, withdrawn: str = "") -> dict[str, float | None]:
    truth = planted(statements=[TWICE, BOSS], withdrawn=[withdrawn] if withdrawn else [])
    return statement_scores(code_statements(truth, places(truth), evidence))


@pytest.mark.parametrize(
    ("evidence", "recall", "right"),
    [
        pytest.param([], 0.0, None, id="nothing coded"),
        pytest.param([LINE], 0.5, 1.0, id="one of two, by its code"),
        pytest.param([coded("P01", "I check every line twice.", "budget")], 0.5, 0.0, id="by another code"),
        pytest.param([coded("P01", "Nobody else reads it.", "behavior")], 0.0, None, id="less than half of it"),
        pytest.param([coded("P01", "I check every line", "budget"), coded("P01", "reads it.", "behavior")], 0.0, None,
                     id="half of it only by two pieces together"),
        pytest.param([LINE, coded("P02", "My boss signs.", "decision_logic")], 1.0, 1.0, id="any of the planted codes"),
        pytest.param([LINE, coded("P02", "We pay by the month.", "influence")], 0.5, 1.0, id="other words"),
    ],
)  # fmt: skip
def test_recall_and_codes_follow_what_was_coded(evidence: list[Evidence], recall: float, right: float | None) -> None:
    found = scores(*evidence)
    assert (found["statement_recall"], found["right_code"]) == (recall, right)


def test_a_piece_reaches_as_far_as_its_passage() -> None:
    short = coded("P01", "Nobody else reads it.", "behavior")
    whole = coded("P01", "I check every line twice. Nobody else reads it.", "behavior").quote
    assert scores(short.model_copy(update={"passage": whole}))["statement_recall"] == 0.5


def test_who_has_withdrawn_is_not_asked_for() -> None:
    assert scores(LINE, withdrawn="P02")["statement_recall"] == 1.0


def test_without_statements_there_is_no_score() -> None:
    assert set(statement_scores([]).values()) == {None}


def test_rows_tell_what_was_expected_and_got_without_the_words() -> None:
    lost = statement("s3", "P01", "Our cows have wings and pay rent.", "budget")
    truth = planted(statements=[TWICE, BOSS, lost])
    evidence = [LINE, coded("P02", "My boss signs.", "budget")]
    rows = statement_rows(code_statements(truth, places(truth), evidence))
    assert [(row["expected"], row["got"]) for row in rows] == [
        ("behavior", "behavior"),
        ("influence, decision_logic", "budget"),
        ("budget", "not in the stored text"),
    ]
    assert "boss" not in str(rows)


def test_a_distractor_is_coded_where_anybodys_evidence_covers_half_of_it() -> None:
    words = [
        {"file": "P02.txt", "text": "The best tool is the dull one."},
        {"file": "P01.txt", "text": "We decide in June."},
    ]
    truth = planted(distractors=words)
    rows = distractor_rows(truth, places(truth), [coded("P02", "tool is the dull one.", "aptitude").quote])
    assert [(row["id"], row["got"]) for row in rows] == [("distractor 1", "coded"), ("distractor 2", NOT_CODED)]
