"""Asides: small talk scores above what is said to the matter."""

import pytest

from app.engines.asides import aside_scores, matters, small_talk
from retrieval.embeddings import MiniLM


@pytest.mark.parametrize(
    "aside",
    [
        "Sorry, my parrot is singing again.",
        "The soup they serve downstairs is terrible.",
        "It has been foggy for days.",
    ],
)
def test_small_talk_is_an_aside(aside: str, embedder: MiniLM) -> None:
    assert aside_scores([aside], ["P1"], embedder)[0] > 0.05


@pytest.mark.parametrize(
    "said",
    [
        "Our budget for this year is already spent.",
        "My manager has to sign every contract above ten thousand.",
        "I check each report twice before it goes to the client.",
    ],
)
def test_what_is_said_to_the_matter_is_none(said: str, embedder: MiniLM) -> None:
    assert aside_scores([said], ["P1"], embedder)[0] < 0.0


def test_no_sentences_no_scores(embedder: MiniLM) -> None:
    assert aside_scores([], [], embedder).shape == (0,)


def test_no_sentence_is_of_both_kinds() -> None:
    assert not set(small_talk()) & set(matters())


def test_what_is_usual_for_a_speaker_is_no_aside(embedder: MiniLM) -> None:
    cook = ["The soup must be hot.", "We bake the bread at five.", "Tea and cake are at three."] * 4
    alone = aside_scores([cook[0]], ["P1"], embedder)[0]
    assert aside_scores(cook, ["P1"] * len(cook), embedder)[0] < alone
