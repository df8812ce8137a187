"""Briefs in the order in which what is known says they do well."""

from app.models.brief import Stage
from app.outcomes.ranking import rank_briefs

from .invented import brief, outcome

BRIEFS = [brief("br_1", "pe_1"), brief("br_2", "pe_2"), brief("br_3", "pe_3"), brief("br_4", "pe_1", Stage.BOTTOM)]


def order(*outcomes: object) -> list[str]:
    ranks = rank_briefs(BRIEFS, list(outcomes))  # type: ignore[arg-type]
    return sorted(ranks, key=lambda id: ranks[id].place)


def test_without_outcomes_there_is_no_rank() -> None:
    assert rank_briefs(BRIEFS, []) == {}
    assert rank_briefs(BRIEFS, [outcome("pe_1", 0, 0)]) == {}


def test_briefs_are_ranked_by_persona_and_stage_and_what_is_unknown_stands_with_the_study() -> None:
    assert order(outcome("pe_1", 10, 1000), outcome("pe_2", 90, 1000)) == ["br_2", "br_3", "br_4", "br_1"]


def test_it_says_why_in_words() -> None:
    ranks = rank_briefs(BRIEFS, [outcome("pe_1", 10, 1000), outcome("pe_2", 90, 1000)])
    assert ranks["br_2"].why == "9.0 % of 1,000, best of 4"
    assert ranks["br_3"].why == "no outcome yet, taken for the study’s 5.0 %, 2nd of 4, level with 1 other"
    assert ranks["br_4"].place == 2, "equals share a place"
    assert ranks["br_1"].why == "1.0 % of 1,000, 4th of 4"


def test_few_impressions_put_nothing_first_and_the_interval_says_so() -> None:
    known = [outcome("pe_1", 900, 10_000), outcome("pe_3", 100, 10_000), outcome("pe_2", 1, 4)]
    ranks = rank_briefs(BRIEFS, known)
    assert ranks["br_1"].place == 1 and ranks["br_2"].measured and ranks["br_2"].measured.value == 0.25
    assert "not told from the study’s 5.0 %" in ranks["br_2"].why


def test_what_was_written_from_the_very_brief_counts_more_than_its_persona_and_stage() -> None:
    twins = [brief("br_1", "pe_1"), brief("br_5", "pe_1")]
    known = [outcome("pe_1", 5, 1000, asset="A", brief_id="br_1"), outcome("pe_2", 400, 1000)]
    known.append(outcome("pe_1", 80, 1000, asset="B", brief_id="br_5"))
    ranks = rank_briefs(twins, known)
    assert [ranks[id].place for id in ("br_1", "br_5")] == [2, 1]
    assert ranks["br_5"].why == "8.0 % of 1,000, best of 2"


def test_what_little_says_is_told_with_its_interval() -> None:
    ranks = rank_briefs(BRIEFS, [outcome("pe_1", 38, 1240), outcome("pe_2", 4, 980), outcome("pe_3", 3, 20)])
    assert ranks["br_1"].why == "3.1 % of 1,240, best of 4"
    assert ranks["br_3"].why == "15.0 % of 20 (5.2 % to 36.0 %: few, so it counts for little), 2nd of 4"


def test_equals_are_said_to_be_equal() -> None:
    alike = [brief(f"br_{n}", "pe_1") for n in range(12)]
    ranks = rank_briefs(alike, [outcome("pe_1", 31, 1000)])
    assert {one.why for one in ranks.values()} == {
        "3.1 % of 1,000 (2.2 % to 4.4 %: not told from the study’s 3.1 %), level with 11 others"
    }


def test_equals_stay_in_their_order() -> None:
    assert order(outcome("pe_9", 10, 1000)) == ["br_1", "br_2", "br_3", "br_4"]
