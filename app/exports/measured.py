"""Measured: the scores of a study's last measurement, as the method page of a playbook tells them."""

import json
from pathlib import Path
from typing import Any

# Those that are counts, not shares.
COUNTS = ("interviewer_quotes", "lint_findings")


def scores_in(folder: Path) -> list[tuple[str, str]]:
    """(what was measured, value) of the newest report that can be read, what could not be measured last."""
    newest = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    report = next((found for path in newest if (found := _report(path))), None)
    if report is None:
        return []
    told = [(_name(name), _value(name, value)) for name, value in report.get("scores", {}).items()]
    lacking: dict[str, str] = report.get("run", {}).get("not_evaluable", {})
    return told + [(_name(name), f"not evaluable: {why}") for name, why in lacking.items()]


def _report(path: Path) -> dict[str, Any] | None:
    """None for a file that was cut off, or is no report."""
    try:
        found = json.loads(path.read_bytes())
    except ValueError:
        return None
    return found if isinstance(found, dict) and isinstance(found.get("scores"), dict) else None


def _name(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _value(name: str, value: float) -> str:
    return f"{value:.0f}" if name in COUNTS else f"{value:.2f}"
