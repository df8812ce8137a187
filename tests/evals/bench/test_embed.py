"""The embedding bench: what it draws, and how it judges."""

import numpy as np

from evals.bench.embed import Result, _goals, draw, least_cosine, original


def result(rate: float, turned: float = 0.0) -> Result:
    vectors = np.array([[1.0, 0.0], [np.cos(turned), np.sin(turned)]], dtype=np.float32)
    return Result(rate=rate, load=0.1, memory=100.0, vectors=vectors)


def test_the_same_texts_are_drawn_each_time() -> None:
    assert draw(20) == draw(20)
    assert len(set(draw(20))) == 20


def test_the_text_that_fares_worst_counts() -> None:
    assert least_cosine(result(1, 0.3).vectors, result(1).vectors) < 0.96


def test_without_rivals_nothing_is_compared() -> None:
    assert original({"dramatis": result(100)}) is None
    assert "times as fast" not in _goals({"dramatis": result(100)})


def test_goals_are_judged_by_ratio_and_cosine() -> None:
    goals = _goals({"dramatis": result(100, 0.3), "chroma": result(5), "sentence-transformers": result(50)})
    met, missed, cosine = goals.splitlines()[:3]
    assert met.startswith("- met: 12 times") and missed.startswith("- **not met**: 2.5 times")
    assert cosine.startswith("- **not met**: cosine")
