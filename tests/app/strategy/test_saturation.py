"""The saturation curve, against counts made by hand."""

import numpy as np
from playbook_page import room
from strategy_room import grounds_of

from app.strategy.saturation import _reached, _sentences, _voices, measure_saturation
from retrieval.embeddings import MiniLM


def test_first_and_second_voices_are_counted_in_order() -> None:
    heard = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 1], [1, 0, 1]], dtype=bool)
    new, confirmed = _voices(heard)
    assert new.tolist() == [1, 1, 1, 0] and confirmed.tolist() == [0, 1, 1, 1]


def test_saturation_is_reached_by_the_first_run_within_five_percent() -> None:
    assert _reached(np.array([10, 5, 3, 2, 4, 1, 1, 0, 3])) == 6
    assert _reached(np.array([10, 5, 3, 2, 4, 1, 3, 2])) is None
    assert _reached(np.array([10, 5, 3, 2, 0])) is None


def test_the_plain_sentence_names_the_last_four() -> None:
    new = np.array([10, 9, 8, 4, 1, 0, 0, 0])
    told = _sentences(new, np.array([0, 0, 0, 0, 0, 9, 0, 0]), 4, None)
    assert told[0] == "The last 4 interviews added 1 new theme to 31."
    assert "random orders most do not" in told[2] and "9 of 32 themes" in told[3]


def test_the_curve_ends_at_all_themes_and_does_not_depend_on_luck(embedder: MiniLM) -> None:
    found = measure_saturation(grounds_of(embedder))
    assert found.steps[-1].total == len(room().cast.themes) and len(found.steps) == len(room().sources)
    assert abs(sum(step.average_new for step in found.steps) - found.steps[-1].total) < 0.2
    assert found == measure_saturation(grounds_of(embedder))


def test_too_few_interviews_are_not_judged(embedder: MiniLM) -> None:
    grounds = grounds_of(embedder)
    few = type(grounds)(grounds.cast, grounds.material, grounds.fields, embedder, grounds.import_order[:5])
    found = measure_saturation(few)
    assert found.last_run_share is None and found.sentences == ["5 interviews: saturation can be judged from 6 on."]
