"""One table of exit codes for both families."""

import pytest

from app.errors import (
    EXPECTED,
    BadInput,
    DramatisError,
    Forbidden,
    InsufficientEvidence,
    ModelError,
    NotFound,
    exit_code,
)
from retrieval.errors import IndexUnavailable, UnreadableSource, WeightsMissing


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound("study", "x", "Make it"), 3),
        (InsufficientEvidence("x", 0, 1, "Ask."), 4),
        (ModelError("x"), 5),
        (WeightsMissing("x"), 5),
        (BadInput("x"), 6),
        (UnreadableSource("f.txt", "r", "m"), 6),
        (Forbidden("x"), 7),
        (IndexUnavailable("x"), 1),
        (DramatisError("x"), 1),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_exit_codes(error: Exception, code: int) -> None:
    assert isinstance(error, EXPECTED)
    assert exit_code(error) == code


def test_an_unreadable_source_says_what_where_and_what_to_do() -> None:
    error = UnreadableSource("P01.vtt", "the cue time is broken", "Write it as 00:00:01.000", 7)
    assert str(error) == "P01.vtt, line 7: the cue time is broken. Write it as 00:00:01.000."
