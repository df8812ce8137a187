"""The llm bench: rounds, critical path and shares from what was asked."""

from app.models.run import Account, StepSpending
from evals.bench.llm import Figures, report


def figures(wall: float, tokens: int) -> Figures:
    code = StepSpending(step="code", calls=9, input_tokens=tokens)
    themes = StepSpending(step="themes", calls=1, input_tokens=100)
    return Figures("tea", 1000, bare=1.0, wall=wall, account=Account(steps=[code, themes]))


def test_calls_of_a_step_wait_for_each_other_eight_at_once() -> None:
    one = figures(3.0, 1000)
    assert (one.rounds, one.path, one.wait) == (3, 2.5, 1.2)
    assert (one.read, one.share) == (1100, 1.1)


def test_goals_are_met_or_not() -> None:
    assert "**not met**" not in report([figures(3.0, 1000)]).markdown()
    assert report([figures(4.0, 1600)]).markdown().count("**not met**") == 2


def test_every_step_has_a_row() -> None:
    text = report([figures(3.0, 1000)]).markdown()
    assert "| code | 9 | 1,000 | 0 |" in text
    assert "| all | 10 | 1,100 |" in text
