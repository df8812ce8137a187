"""Negation and opposites are told where sentences share words, and nowhere else."""

import pytest

from app.support.polarity import opposed, polarities, turned_round, unlike


@pytest.mark.parametrize(
    ("claim", "evidence", "words"),
    [
        pytest.param("They want a portal.", "We don't want a portal.", ["want", "portal"], id="denied"),
        pytest.param("They never read reports.", "We read reports.", ["read", "report"], id="denied by the claim"),
        pytest.param("They never read reports.", "We don't read reports.", [], id="denied by both"),
        pytest.param("They want a portal.", "We want a portal, not a call.", [], id="something else is denied"),
        pytest.param("They want a portal.", "Not only sales want a portal.", [], id="not only"),
        pytest.param("They want a portal.", "It never rains here.", [], id="nothing shared"),
    ],
)
def test_a_denial_turns_a_sentence_round(claim: str, evidence: str, words: list[str]) -> None:
    assert turned_round(claim, evidence) == words


@pytest.mark.parametrize(
    ("claim", "evidence", "found"),
    [
        pytest.param("The budget grows.", "The budget fell.", ("grow", "fell"), id="opposites"),
        pytest.param("The budget grows.", "The budget never fell.", None, id="the opposite is denied"),
        pytest.param("Slow or fast, they wait.", "It is fast.", None, id="the claim says both"),
        pytest.param("The budget grows.", "The budget is green.", None, id="no opposite"),
    ],
)
def test_opposites_are_found(claim: str, evidence: str, found: tuple[str, str] | None) -> None:
    assert opposed(claim, evidence) == found


def test_a_word_affirmed_and_denied_is_neither() -> None:
    assert polarities("They like price, but no price")["pric"] == 0


@pytest.mark.parametrize(
    ("claim", "evidence", "found"),
    [
        pytest.param(
            "Not once, they say, and not even then did they wait for forms.", "We wait for forms.", True, id="far"
        ),
        pytest.param("They wait for forms.", "In all that time nobody did wait for forms.", True, id="the other way"),
        pytest.param("They wait for forms.", "We wait for forms that I don't want.", False, id="behind what is shared"),
        pytest.param(
            "They do not wait for forms.", "We wait for forms rather than go without one.", True, id="without"
        ),
        pytest.param("They never wait for forms.", "I don't wait for forms.", False, id="both deny"),
        pytest.param("They never wait for forms.", "The boss signs on Mondays.", False, id="nothing shared"),
        pytest.param("They never wait for forms.", "", False, id="nothing said"),
    ],
)
def test_clauses_of_unlike_sign_are_looked_at_again(claim: str, evidence: str, found: bool) -> None:
    assert unlike(claim, [evidence]) is found
