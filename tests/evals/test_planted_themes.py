"""Planted themes: when one counts as found, and on which step another was lost."""

import pytest
from small_cast import cite, claim, macro
from small_planted import cast_with, coded, found, places, planted, statement, theme

from app.models.claim import Stance
from app.models.evidence import Evidence
from app.models.theme import Theme
from evals.planted_statements import code_statements
from evals.planted_themes import (
    ThemeMatcher,
    contradiction_rows,
    merged,
    purity,
    shared_themes,
    stake_rows,
    theme_rows,
)

CHECKS = [statement("s1", "P01", "I check every line twice.", "behavior", theme="t1"),
          statement("s2", "P02", "I check the figures by hand.", "behavior", theme="t1")]  # fmt: skip
ONE, TWO = (
    coded("P01", "I check every line twice.", "behavior"),
    coded("P02", "I check the figures by hand.", "behavior"),
)
AWAY = coded("P02", "My boss signs.", "behavior")


def got(evidence: list[Evidence], *themes: Theme) -> str:
    truth = planted(themes=[theme("t1", "behavior")], statements=CHECKS)
    matcher = ThemeMatcher(truth, places(truth), cast_with(themes=list(themes)), evidence)
    (row,) = theme_rows(shared_themes(matcher), code_statements(truth, places(truth), evidence))
    return str(row["got"])


def other(one: Evidence, code: str = "budget") -> Evidence:
    return one.model_copy(update={"codes": {code: 0.8}, "firm": [code]})


@pytest.mark.parametrize(
    ("evidence", "themes", "answer"),
    [
        pytest.param([ONE, TWO], [found("f", "behavior", ONE, TWO)], "found", id="everybody"),
        pytest.param([ONE, TWO, AWAY], [found("f", "behavior", ONE, AWAY)], "found", id="half of its people"),
        pytest.param([ONE, TWO], [found("f", "budget", ONE, TWO)], "firmly coded, in no theme", id="another code"),
        pytest.param([ONE, TWO, AWAY], [found("f", "behavior", AWAY)], "firmly coded, in no theme", id="other words"),
        pytest.param([], [], "its people's statements were not coded", id="nothing coded"),
        pytest.param([other(ONE), other(TWO)], [], "coded otherwise", id="coded with another code"),
        pytest.param([one.model_copy(update={"firm": []}) for one in (ONE, TWO)], [], "coded, not firmly", id="unsure"),
    ],
)  # fmt: skip
def test_a_theme_is_found_by_code_and_people(evidence: list[Evidence], themes: list[Theme], answer: str) -> None:
    assert got(evidence, *themes) == answer


def test_a_theme_that_lies_in_several_found_ones_is_split() -> None:
    people = [statement(f"s{n}", "P01", words, "behavior", theme="t1") for n, words in enumerate(
        ["I check every line twice.", "Nobody else reads it."])]  # fmt: skip
    people += [{**CHECKS[1], "participant": "P02", "id": "s8"}]
    truth = planted(themes=[theme("t1", "behavior")], statements=people)
    matcher = ThemeMatcher(truth, places(truth), cast_with(themes=[found("f", "behavior", ONE)]), [ONE, TWO])
    reached = matcher.reach(truth.themes[0])
    assert reached.people == {"P01", "P02"}
    assert reached.by[0][1] == {"P01"}
    assert reached.enough({"P01"}) and not reached.enough(set())


def test_themes_of_one_person_are_no_themes() -> None:
    truth = planted(themes=[theme("t1", "behavior")], statements=CHECKS[:1])
    assert shared_themes(ThemeMatcher(truth, places(truth), cast_with(), [])) == []


def test_what_contradicts_a_theme_is_not_what_supports_it() -> None:
    against = {**CHECKS[1], "stance": "contradicts"}
    truth = planted(themes=[theme("t1", "behavior")], statements=[CHECKS[0], against])
    assert ThemeMatcher(truth, places(truth), cast_with(), []).reach(truth.themes[0]).people == {"P01"}


def test_one_found_theme_for_two_planted_ones_is_told_as_merged() -> None:
    hands = [{**one, "id": f"{one['id']}b", "theme": "t2"} for one in CHECKS]
    truth = planted(themes=[theme("t1", "behavior"), theme("t2", "behavior")], statements=CHECKS + hands)
    cast = cast_with(themes=[found("f", "behavior", ONE, TWO)])
    assert merged(shared_themes(ThemeMatcher(truth, places(truth), cast, [ONE, TWO]))) == 1


@pytest.mark.parametrize(
    ("themes", "value"),
    [
        pytest.param([found("f", "behavior", ONE), found("g", "behavior", TWO)], 1.0, id="each of one"),
        pytest.param([found("f", "behavior", ONE, TWO)], 0.5, id="two in one"),
        pytest.param([found("f", "behavior", ONE, AWAY)], 1.0, id="what is in no statement does not count"),
        pytest.param([], None, id="no theme"),
    ],
)
def test_purity_falls_where_subjects_are_merged(themes: list[Theme], value: float | None) -> None:
    truth = planted(statements=[CHECKS[0], {**CHECKS[1], "theme": "t2"}])
    assert purity(ThemeMatcher(truth, places(truth), cast_with(themes=themes), [ONE, TWO, AWAY])) == value


@pytest.mark.parametrize(
    ("themes", "answer"),
    [
        pytest.param([found("f", "behavior", ONE, TWO, stakes=True)], "found", id="named"),
        pytest.param([found("f", "behavior", ONE, TWO)], "theme not named a table stake", id="found, not named"),
        pytest.param([found("f", "budget", ONE, TWO, stakes=True)], "no such theme", id="another is named"),
    ],
)
def test_a_table_stake_is_found_where_the_matching_theme_is_named_one(themes: list[Theme], answer: str) -> None:
    truth = planted(themes=[theme("t1", "behavior", kind="table_stakes")], statements=CHECKS)
    (row,) = stake_rows(ThemeMatcher(truth, places(truth), cast_with(themes=themes), [ONE, TWO]))
    assert row["got"] == answer


@pytest.mark.parametrize(
    ("stance", "answer"),
    [
        pytest.param(Stance.CONTRADICTS, "linked", id="held against each other"),
        pytest.param(Stance.SUPPORTS, "not linked", id="both in support"),
    ],
)
def test_a_pair_is_linked_by_a_claim_that_has_both_sides(stance: Stance, answer: str) -> None:
    said = [CHECKS[0], {**CHECKS[1], "theme": "t2"}]
    truth = planted(themes=[theme("t1", "behavior", "t2"), theme("t2", "behavior", "t1")], statements=said)
    both = claim("usage_pattern", "t9", cite("P02", "I check the figures by hand."),
                 cite("P01", "I check every line twice.", stance=stance))  # fmt: skip
    cast = cast_with(macro(usage_pattern=[both]))
    (row,) = contradiction_rows(ThemeMatcher(truth, places(truth), cast, []))
    assert row["got"] == answer


@pytest.mark.parametrize(
    ("counter", "code", "answer"),
    [
        pytest.param(["g"], "behavior", "linked", id="counter-themes"),
        pytest.param([], "behavior", "not linked", id="themes alone"),
        pytest.param(["g"], "budget", "not linked", id="a counter-theme that does not match"),
    ],
)
def test_a_pair_is_linked_by_themes_that_counter_each_other(counter: list[str], code: str, answer: str) -> None:
    said = [CHECKS[0], {**CHECKS[1], "theme": "t2"}]
    truth = planted(themes=[theme("t1", "behavior", "t2"), theme("t2", "behavior", "t1")], statements=said)
    first = found("f", "behavior", ONE).model_copy(update={"counter_ids": counter})
    cast = cast_with(themes=[first, found("g", code, TWO)])
    (row,) = contradiction_rows(ThemeMatcher(truth, places(truth), cast, [ONE, TWO]))
    assert row["got"] == answer
