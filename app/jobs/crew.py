"""Crew: what the steps of jobs work with. DBOS starts workflows by name, also those of an earlier process, so they
cannot be handed their bench: they find it here."""

from collections.abc import Callable
from dataclasses import dataclass

from app.workbench import Workbench

# What a job says of what it made: ids and counts.
Result = dict[str, str | int]
# Measures a study by a suite and keeps the report under the job's id. Evals stand above jobs: a door hands this over.
Measure = Callable[[Workbench, str, str, str], Result]


@dataclass(frozen=True)
class Crew:
    bench: Workbench
    measure: Measure | None = None


_at_work: list[Crew] = []


def set_to_work(crew: Crew | None) -> None:
    """Make this the crew of the process, or send it home."""
    _at_work[:] = [crew] if crew else []


def crew() -> Crew:
    """Whoever is at work; there is nobody before the desk is open."""
    return _at_work[0]
