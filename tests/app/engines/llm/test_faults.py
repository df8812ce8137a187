"""Waiting times in headers, to the second."""

from datetime import UTC, datetime

import pytest

from app.engines.llm.faults import retry_after

NOON = datetime(2026, 1, 5, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("20", 20.0),
        ("1.5", 1.5),
        (" 3 ", 3.0),
        ("Mon, 05 Jan 2026 12:01:30 GMT", 90.0),
        ("Mon, 05 Jan 2026 14:00:10 +0200", 10.0),
        ("Mon, 05 Jan 2026 11:00:00 GMT", 0.0),
        ("Mon, 05 Jan 2026 12:00:05 -0000", 5.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_retry_after(given: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": given}, NOON) == seconds


def test_no_header() -> None:
    assert retry_after({}, NOON) is None
