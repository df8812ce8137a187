"""Tone is told by words and by what negates them."""

import pytest

from app.support.tone import tone


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        pytest.param("They are happy and confident.", 1, id="well"),
        pytest.param("It broke and they were angry.", -1, id="not well"),
        pytest.param("I wouldn't trust it.", -1, id="trust denied"),
        pytest.param("There is no problem at all.", 1, id="trouble denied"),
        pytest.param("They lose nothing by it.", 1, id="no loss"),
        pytest.param("There was no e-mail.", -1, id="a bare negation"),
        pytest.param("The depot is in Leeds.", 0, id="neither"),
    ],
)
def test_tone(text: str, sign: int) -> None:
    value = tone(text)
    assert (value > 0) - (value < 0) == sign
