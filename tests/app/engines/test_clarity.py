"""Which of two sentences stands better on its own."""

import pytest

from app.engines.clarity import clarity


@pytest.mark.parametrize(
    ("clearer", "less_clear"),
    [
        ("I check every figure before it goes out.", "That is what I do before it goes out."),
        ("I check every figure before it goes out.", "I check."),
        ("I check every figure before it goes out.", "Every figure is checked before it goes out."),
        ("I check every figure before it goes out.", "Do I check every figure before it goes out?"),
        ("I like to plan my week ahead.", "I like to plan with Turid from Bergen on my week."),
        ("I like to plan my week ahead.", "I like to plan my 37 weeks (roughly) ahead."),
    ],
    ids=["leans on before", "too short", "nobody speaks", "a question", "names", "figures and asides"],
)
def test_order(clearer: str, less_clear: str) -> None:
    assert clarity(clearer) > clarity(less_clear)


def test_stays_between_nothing_and_one() -> None:
    assert clarity("I check every figure before it goes out.") == 1.0
    assert clarity("It? (e.g. 7 as I said)?") == 0.0
