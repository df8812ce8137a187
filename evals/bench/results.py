"""RESULTS.md: a section for each bench, in the order of the benches; one that is measured again takes its place."""

import re
from collections.abc import Sequence
from pathlib import Path

HEAD = """# What the benches measured

Written by `make bench`; `python -m evals.bench NAME` measures the section of one bench again. Times are of the
machine below with whatever else ran on it: ratios say more than seconds.
"""
GOAL = re.compile(r"^- (met|\*\*not met\*\*|\*\*not measured\*\*): ")


def write_results(file: Path, titles: Sequence[str], sections: dict[str, str], facts: str) -> None:
    """Write `sections` (title → markdown) over those of the same title in `file`; the others stay as they are."""
    kept = read_sections(file.read_text(encoding="utf-8")) if file.is_file() else {}
    known = {**kept, **sections}
    ordered = [known[title] for title in titles if title in known]
    file.write_text("\n".join([HEAD, facts, "", summary(ordered), "", *ordered]), encoding="utf-8")


def read_sections(text: str) -> dict[str, str]:
    """The sections of a RESULTS.md by their titles."""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0].removeprefix("## "): part.strip() + "\n" for part in parts}


def summary(sections: Sequence[str]) -> str:
    """How many goals are met, and which are not."""
    lines = [line for section in sections for line in section.splitlines() if GOAL.match(line)]
    missed = [line for line in lines if not line.startswith("- met")]
    count = f"{len(lines) - len(missed)} of {len(lines)} goals are met"
    return "\n".join([f"{count}; the others:", "", *missed]) if missed else f"{count}."
