"""Discord: two wills in one passage, words of quarrel, and kind words that are none."""

import pytest
from small_directory import directory

from app.models.buying_cues import load_buying_cues
from app.synthesis.buying.discord import Ear
from app.synthesis.buying.mentions import passages
from retrieval.embeddings import MiniLM


def points(embedder: MiniLM, *said: str) -> int:
    account, known = directory(embedder, *said)
    ear = Ear(account, known, load_buying_cues())
    return sum(ear.hear(one).points for one in passages(account, known))


@pytest.mark.parametrize(
    "said",
    [
        ("Yuki wants it in every branch by May.", "I told her not this year."),
        ("Yuki blocked it, and we argued about it for a week.",),
        ("Yuki thinks I am in the way.", "She went over my head and we fell out over it."),
    ],
    ids=["two wills", "words of quarrel", "a quarrel told"],
)
def test_discord_is_heard(embedder: MiniLM, said: tuple[str, ...]) -> None:
    assert points(embedder, *said) >= 2


@pytest.mark.parametrize(
    "said",
    [
        ("Yuki is a great colleague and I trust her.",),
        ("Yuki counts the pallets on Mondays.",),
        ("Yuki showed me how it works and she was patient.",),
    ],
    ids=["praise", "a fact", "help"],
)
def test_kind_and_neutral_words_are_no_discord(embedder: MiniLM, said: tuple[str, ...]) -> None:
    assert points(embedder, *said) == 0


def test_somebody_else_s_quarrel_is_not_the_speaker_s(embedder: MiniLM) -> None:
    assert points(embedder, "Yuki wants to block what procurement wants, and I won't take part.") == 0
