"""One person's sentence, turned into one about a group."""

import pytest

from app.engines.voice import third_person


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("I use it for my e-mails.", "They use it for their e-mails."),
        ("Yeah, so I'm wary of that", "They're wary of that."),
        ("We’ve tried it and it cost us a week.", "They've tried it and it cost them a week."),
        ("I'm careful and am good at it.", "They're careful and are good at it."),
        ("Well, I think I was too early.", "They were too early."),
        ("It saves me time, honestly.", "It saves them time, honestly."),
        ("I did it myself; the idea was mine.", "They did it themselves; the idea was theirs."),
        ("I also use it for mails.", "They use it for mails."),
        ("Would you do that?", "Would you do that?"),
        ("We sell to the US and to Italy.", "They sell to the U.S. and to Italy."),
        ("In Immingham my meter is music.", "In Immingham their meter is music."),
    ],
    ids=["I and my", "opening and I'm", "typographic we've", "stray am", "I think", "me", "myself and mine",
         "also", "a question stays", "the country", "look-alikes"],
)  # fmt: skip
def test_third_person(said: str, claim: str) -> None:
    assert third_person(said) == claim


def test_nothing_but_an_opening_stays_as_it_was() -> None:
    assert third_person("Yeah, well.") == "Yeah, well."
