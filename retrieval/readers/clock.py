"""Times as transcripts write them: `00:01:12.500`, `01:12,5`, `[00:04]`, `(1:02:03)`."""

import re

# Old Teams exports write 0:0:5.31; without the hours a single digit of seconds is no clock time.
CLOCK = re.compile(
    r"(?:(?P<h>\d{1,3}):(?P<m>\d{1,2}):(?P<s>\d{1,2})|(?P<minutes>\d{1,3}):(?P<seconds>\d{2}))(?:[.,](?P<f>\d{1,9}))?"
)


def seconds(stamp: str) -> float | None:
    """Seconds since the start; None where `stamp` is no time (letters, 61 seconds, nothing at all)."""
    found = CLOCK.fullmatch(stamp.strip("[]()\\ \t"))
    if not found:
        return None
    hours, fraction = found["h"], found["f"]
    minutes, secs = (found["m"], found["s"]) if hours else (found["minutes"], found["seconds"])
    if int(secs) > 59 or (hours and int(minutes) > 59):
        return None
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + float(f"0.{fraction or 0}")
