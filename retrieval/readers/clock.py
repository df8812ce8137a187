"""Times as transcripts write them: `00:01:12.500`, `01:12,5`, `[00:04]`, `(1:02:03)`."""

import re

CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,9}))?")


def seconds(stamp: str) -> float | None:
    """Seconds since the start; None where `stamp` is no time (letters, 61 seconds, nothing at all)."""
    found = CLOCK.fullmatch(stamp.strip("[]()\\ \t"))
    if not found:
        return None
    hours, minutes, secs, fraction = found.groups()
    if int(secs) > 59 or (hours and int(minutes) > 59):
        return None
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + float(f"0.{fraction or 0}")
