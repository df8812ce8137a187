"""Bench `llm`: what the llm engine asks of a model, and how well it waits for several answers at once.

    python -m evals.bench.llm                      the sample studies
    python -m evals.bench.llm --study FOLDER       another

The model is the scripted one, whose answers to these prompts were worked out before: an answer takes half a second,
and nothing else of it is measured. The critical path is the time of the same run where answers take no time, and half a
second for each round of calls that wait for one another: a step's calls, eight at once.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import Annotated

import typer

from app.models.run import Account, StepSpending
from app.synthesis.casting import run_study
from app.workbench import Workbench
from evals.adversary.study import engine_on, imported
from evals.bench.section import Section, met, table
from evals.bench.texts import SAMPLE
from evals.pipeline import STUDY
from evals.scripted.model import ScriptedModel
from retrieval.evidence import SourceKind

TITLE = "The llm engine"
STUDIES = (SAMPLE / "ai_at_work", SAMPLE / "flowline")
LATENCY = 0.5
AT_ONCE = 8
MOST_WAIT, MOST_TOKENS = 1.3, 1.6
CHARACTERS_PER_TOKEN = 4


@dataclass(frozen=True)
class Figures:
    """Of one study: `speech` in tokens, seconds of a run without latency and with it, and what was asked."""

    study: str
    speech: int
    bare: float
    wall: float
    account: Account

    @property
    def rounds(self) -> int:
        return sum(ceil(step.calls / AT_ONCE) for step in self.account.steps)

    @property
    def path(self) -> float:
        return self.bare + LATENCY * self.rounds

    @property
    def wait(self) -> float:
        return self.wall / self.path

    @property
    def read(self) -> int:
        return sum(step.input_tokens for step in self.account.steps)

    @property
    def share(self) -> float:
        return self.read / self.speech


def run(studies: Sequence[Path] = STUDIES) -> Section:
    return report([measure(folder) for folder in studies])


def measure(folder: Path) -> Figures:
    """The whole job three times: to work out the answers, without latency, with it."""
    with imported(folder) as bench:
        model = ScriptedModel(bench.embedder)
        _run(bench, model)
        _, bare = _run(bench, model)
        model.latency = LATENCY
        account, wall = _run(bench, model)
        return Figures(folder.resolve().name, _speech(bench), bare, wall, account)


def _run(bench: Workbench, model: ScriptedModel) -> tuple[Account, float]:
    engine = engine_on(model, bench.settings, bench.embedder)
    began = time.perf_counter()
    done = run_study(replace(bench, engine=engine), STUDY)
    return done.account or Account(), time.perf_counter() - began


def _speech(bench: Workbench) -> int:
    """Tokens of what participants and interviewers said in interviews."""
    with bench.store.transaction() as tx:
        interviews = [one for one in tx.sources.all(STUDY) if one.kind is SourceKind.INTERVIEW]
    return sum(turn.end - turn.start for one in interviews for turn in one.turns) // CHARACTERS_PER_TOKEN


def report(figures: Sequence[Figures]) -> Section:
    section = Section(TITLE, "python -m evals.bench.llm")
    for one in figures:
        section.say(_asked(one))
    section.say(_times(figures), "\n".join(line for one in figures for line in _goals(one)))
    return section


def _asked(one: Figures) -> str:
    heads = ["step", "calls", "tokens in", "tokens out", "in, of the speech"]
    rows = [[step.step, *_row(step, one.speech)] for step in one.account.steps]
    rows.append(["all", one.account.calls, one.read, one.account.tokens - one.read, round(one.share, 2)])
    return f"{one.study}, {one.speech:,} tokens of speech (4 characters each):\n\n{table(heads, rows)}"


def _row(step: StepSpending, speech: int) -> list[object]:
    return [step.calls, step.input_tokens, step.output_tokens, round(step.input_tokens / speech, 2)]


def _times(figures: Sequence[Figures]) -> str:
    heads = ["study", "without latency, s", "rounds", "critical path, s", "wall time, s", "wall ÷ path"]
    rows = [[one.study, one.bare, one.rounds, one.path, one.wall, one.wait] for one in figures]
    return f"Answers after {LATENCY} s, {AT_ONCE} at once:\n\n{table(heads, rows)}"


def _goals(one: Figures) -> list[str]:
    return [
        met(f"{one.study}: wall time at most {MOST_WAIT} × the critical path", one.wait, one.wait <= MOST_WAIT),
        met(f"{one.study}: input at most {MOST_TOKENS} × the speech", one.share, one.share <= MOST_TOKENS),
    ]


def main(
    study: Annotated[list[Path] | None, typer.Option(help="A folder of interviews; may be repeated.")] = None,
) -> None:
    """Print the section."""
    print(run(study or STUDIES).markdown())


if __name__ == "__main__":
    typer.run(main)
