"""Following: a job in words, with how far it is, what it made and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.access.action import OF_JOB, Action
from app.models.job import Job, JobKind, JobState
from app.playbook.words import count

TITLES = {
    JobKind.INGEST: "Import files",
    JobKind.CODE: "Code the interviews",
    JobKind.SEGMENT: "Find themes and segments",
    JobKind.RUN: "Run the study",
    JobKind.DRAFT: "Draft the personas",
    JobKind.EVAL: "Measure the personas",
    JobKind.EXPORT: "Export",
    JobKind.BRIEF: "Write briefs",
}
STATES = {
    JobState.WAITING: "Waiting",
    JobState.RUNNING: "Under way",
    JobState.DONE: "Done",
    JobState.FAILED: "Failed",
    JobState.CANCELLED: "Stopped",
}
# How each state is drawn: never by colour alone.
SHAPES = {
    JobState.WAITING: "non",
    JobState.RUNNING: "inf",
    JobState.DONE: "obs",
    JobState.FAILED: "off",
    JobState.CANCELLED: "off",
}
# What a step reports → what it does, in words, and one of its parts.
STEPS = {
    "Reading": ("Reading the files", "file"),
    "Coding": ("Coding what people said", "interview"),
    "Themes": ("Finding themes", ""),
    "Segments": ("Finding segments", ""),
    "Drafting": ("Drafting", "persona"),
    "Measuring": ("Measuring", ""),
    "Writing": ("Writing the files", ""),
    "Briefs": ("Writing briefs", "brief"),
}
# The steps of the kinds that have several, as they report themselves.
PARTS = {JobKind.RUN: ("Coding", "Themes", "Segments", "Drafting"), JobKind.SEGMENT: ("Themes", "Segments")}
# What is counted in a result → a singular of ours (None: a word that has no plural), and the page that shows it.
MADE: dict[str, tuple[str | None, str]] = {
    "imported": (None, "/sources"),
    "replaced": (None, "/sources"),
    "unchanged": (None, "/sources"),
    "withheld": (None, ""),
    "refused": (None, ""),
    "evidence": ("piece", "/evidence"),
    "themes": ("theme", "/themes"),
    "segments": ("segment", "/segments"),
    "personas": ("persona", "/personas"),
    "scores": ("score", "/quality"),
    "files": ("file", "/exports"),
    "briefs": ("brief", "/briefs"),
}
# Where one goes when a job is done: what the link says, and where it leads.
NEXT = {
    JobKind.INGEST: ("Run the study", "/run"),
    JobKind.CODE: ("Search what people said", "/evidence"),
    JobKind.SEGMENT: ("Look at the segments", "/segments"),
    JobKind.RUN: ("Read the personas", "/personas"),
    JobKind.DRAFT: ("Read the personas", "/personas"),
    JobKind.EVAL: ("See the scores", "/quality"),
    JobKind.EXPORT: ("Take the files away", "/exports"),
    JobKind.BRIEF: ("Read the briefs", "/briefs"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A step of a job that has several; `state` is done, now or later."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Followed:
    """`share` is how much is done, in percent; `made` holds (words, path); `next` (words, path) where it is done."""

    job: Job
    title: str
    state: str
    shape: str
    text: str
    share: int
    parts: list[Part]
    made: list[tuple[str, str]]
    next: tuple[str, str] | None
    took: str
    rule: Action

    @property
    def can_stop(self) -> bool:
        return not self.job.state.ended

    @property
    def can_retry(self) -> bool:
        return self.job.state in (JobState.FAILED, JobState.CANCELLED)


def follow(job: Job, now: datetime, ahead: int = 0) -> Followed:
    """The job at `now`; `ahead` is how many of its study come before it."""
    return Followed(
        job=job,
        title=TITLES[job.kind],
        state=STATES[job.state],
        shape=SHAPES[job.state],
        text=_text(job, ahead),
        share=_share(job),
        parts=_parts(job),
        made=_made(job),
        next=NEXT[job.kind] if _has_made(job) else None,
        took=lasted((job.ended or now) - job.started),
        rule=OF_JOB[job.kind],
    )


def follow_all(jobs: Sequence[Job], now: datetime) -> list[Followed]:
    """Jobs of one study that are under way, in their order."""
    return [follow(job, now, place) for place, job in enumerate(jobs)]


def _text(job: Job, ahead: int) -> str:
    """Where it is, in a sentence."""
    if job.state is JobState.FAILED:
        return job.error.text if job.error else "It failed, and its record does not say why. Try once more."
    if job.state is JobState.CANCELLED:
        return "It was stopped. What it had done by then was kept."
    if job.state is JobState.DONE:
        return "Done."
    if job.state is JobState.WAITING:
        return f"Waits for {count(ahead, 'job')} before it" if ahead else "Waits for a worker"
    return step_in_words(job)


def step_in_words(job: Job) -> str:
    """“Coding what people said, 7 of 24 interviews”."""
    words, part = STEPS.get(job.step, (job.step or "Getting ready", ""))
    return f"{words}, {job.done} of {count(job.total, part)}" if part and job.total else words


def _share(job: Job) -> int:
    """Of a job of several steps each is an equal part: nobody knows beforehand how long they take."""
    if job.state is JobState.DONE:
        return 100
    steps = PARTS.get(job.kind, (job.step,))
    place = steps.index(job.step) if job.step in steps else 0
    within = job.done / job.total if job.total else 0.0
    return int(100 * (place + within) / len(steps))


def _parts(job: Job) -> list[Part]:
    steps = PARTS.get(job.kind, ())
    here = len(steps) if job.state is JobState.DONE else steps.index(job.step) if job.step in steps else -1
    states = ["done" if place < here else "now" if place == here else "later" for place in range(len(steps))]
    return [Part(STEPS[step][0], state) for step, state in zip(steps, states, strict=True)]


def _made(job: Job) -> list[tuple[str, str]]:
    found = ((name, value) for name, value in job.result.items() if name in MADE and isinstance(value, int) and value)
    return [(_figure(name, value), MADE[name][1]) for name, value in found]


def _figure(name: str, value: int) -> str:
    one = MADE[name][0]
    if name == "evidence":
        return f"{value:,} {'piece' if value == 1 else 'pieces'} of evidence"
    return count(value, one) if one else f"{value:,} {name}"


def _has_made(job: Job) -> bool:
    """Whether there is something to go on to: files that were all refused lead nowhere."""
    return job.state is JobState.DONE and (job.kind is not JobKind.INGEST or any(path for _, path in _made(job)))


def lasted(time: timedelta) -> str:
    """“48 s”, “3 min 20 s”, “2 h 5 min”."""
    seconds = max(int(time.total_seconds()), 0)
    if seconds < 60:
        return f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
