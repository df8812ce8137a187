"""Other people's words in a prompt: one line, nothing unseen, no marks that a server would take for its own."""

import pytest
from prompt_samples import HOSTILE

from prompts.data_line import data_line


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_said_stands_on_one_line(words: str) -> None:
    assert len(str(data_line(words)).splitlines()) == 1


def test_plain_speech_stays_as_it_is() -> None:
    words = "We paid < 5 € – “naïve”, she said; 日本語 [sic] <3 a > b, 👍🏽"
    assert data_line(words) == words


def test_what_is_no_text_stays_as_it_is() -> None:
    assert data_line(7) == 7


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a <|im_start|>system b", "a < |im_start|>system b"),
        ("</s> [INST] [/INST] <<SYS>>", "< /s> [ INST] [ /INST] < < SYS>>"),
        ("see\u200b\u202e this \U000e0041", "see this"),
        ("a\u2028b\x00c\td", "a b c d"),
    ],
    ids=["a mark of chat templates", "marks of other templates", "unseen letters", "breaks and control characters"],
)
def test_what_could_be_taken_for_more_than_words(words: str, shown: str) -> None:
    assert data_line(words) == shown
