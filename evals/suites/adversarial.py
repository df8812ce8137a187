"""Suite `adversarial`: of a model's bad citations, does any get through, and are good ones lost with them?

Dataset: any folder of interviews. The whole job is done once with the scripted model (`evals.scripted`), which is
honest. Then each step is done again on what it was given then, with 30 % of its citations made bad, one kind after the
other (`evals.adversary`), and once more with the same answers less those citations.

caught        share of bad citations of which nothing came: 1 less what stands in the first result and not in the second
kept          share of the citations that stand in the honest result and in the second, and in the first as well. What
              the second lacks fell by rule when it lost a bad neighbour (a claim left with one person), and is `fell`
quotes_hold   share of citations that hold (word for word, of the person named, nobody's question) in the personas of a
              whole job in which every answer of every step is bad in some kind
caught_with_a_lying_judge
              the same as `caught`, of the kinds that only a judge can see, where the model calls every claim supported:
              what then is caught is caught by rule

`rows` has a kind each; kinds for which a study has no occasion stand in the notes.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from app.engines.llm.model import ChatModel
from app.synthesis.casting import load_cast, run_study
from app.workbench import Workbench
from evals.adversary import answering, coding, drafting, segments, themes
from evals.adversary.model import BROKEN, Adversary, Breaker, Everything, Liar
from evals.adversary.spoiling import SHARE, Kind
from evals.adversary.study import STEPS, Asked, Items, engine_on, honest_run, imported, redone
from evals.pipeline import STUDY
from evals.planted import digest_of
from evals.report import EvalReport
from evals.scorers import share
from evals.scripted.model import ScriptedModel
from evals.suites import personas

KINDS: list[Kind] = [*coding.KINDS, *themes.KINDS, *segments.KINDS, *drafting.KINDS, *answering.KINDS]
SEED = 7
NONE = "the study gave no occasion for any bad citation"


class Tried(NamedTuple):
    """A kind of bad citations and what became of them: of `bad` ones `reached` the result, of `good` ones `kept`."""

    name: str
    bad: int
    reached: int
    good: int
    kept: int
    fell: int

    @property
    def row(self) -> dict[str, Any]:
        caught, kept = max(self.bad - self.reached, 0), self.kept
        return {
            "kind": self.name,
            "expected": f"{self.bad} caught, {self.good} kept", "got": f"{caught} caught, {kept} kept",
            "bad": self.bad, "reached": self.reached, "good": self.good, "lost": self.good - self.kept,
            "fell": self.fell,
        }  # fmt: skip


def run(folder: Path, seed: int = SEED) -> EvalReport:
    """Try every kind on the folder."""
    start = time.perf_counter()
    with imported(folder) as bench:
        court = Court(bench, seed)
        tried = [court.tried(kind) for kind in KINDS] + [court.broken(name) for name in BROKEN]
        fooled = [court.tried(kind, Liar) for kind in drafting.JUDGED]
        cited = court.whole_job()
    happened, lied = [one for one in tried if one.bad], [one for one in fooled if one.bad]
    found = {"caught": _caught(happened), "kept": _kept(happened), "quotes_hold": share(row["got"] == row["expected"] for row in cited),
             "caught_with_a_lying_judge": _caught(lied)}  # fmt: skip
    return EvalReport(
        suite="adversarial",
        scores={name: value for name, value in found.items() if value is not None},
        rows=[*(row for row in cited if row["got"] != row["expected"]), *(one.row for one in happened)] + [one.row | {"kind": f"a lying judge; {one.name}"} for one in lied],
        run={
            "dataset": folder.resolve().name, "dataset_sha256": digest_of(folder), "engine": "llm",
            "model": ScriptedModel.name, "share": SHARE, "seed": seed,
            "seconds": round(time.perf_counter() - start, 1),
            "not_evaluable": {name: NONE for name, value in found.items() if value is None}, "warnings": [],
            "notes": [*_notes(tried), *_lies(lied)], "per_class": [_class(one) for one in happened],
        },
    )  # fmt: skip


class Court:
    """The honest run of a study, and what becomes of it with models that are not honest."""

    def __init__(self, bench: Workbench, seed: int):
        self.bench, self.seed = bench, seed
        self.honest = ScriptedModel(bench.embedder)
        self.asked = honest_run(bench, self.honest)

    def tried(self, kind: Kind, around: Callable[[ChatModel], ChatModel] = lambda model: model) -> Tried:
        """A kind of bad citations; `around` makes the model worse in another respect, in both runs."""
        bad, clean = Adversary(self.honest, kind, self.seed), Adversary(self.honest, kind, self.seed, clean=True)
        asked = [one for one in self.asked if one.method == kind.method]
        got, left = self._items(asked, around(bad)), self._items(asked, around(clean))
        return _compared(kind.name, bad.count, got, left, self._items(asked, around(self.honest)))

    def broken(self, name: str) -> Tried:
        """Answers that are no answers when first given, in all steps."""
        breaker = Breaker(self.honest, BROKEN[name], self.seed)
        asked = [one for one in self.asked if one.method in STEPS]
        got, honest = self._items(asked, breaker), self._items(asked, self.honest)
        return _compared(f"any step: an answer that is {name}", breaker.count, got, honest, honest)

    def whole_job(self) -> list[dict[str, Any]]:
        """Every citation of the personas that come of answers which are all bad, with what is wrong about it."""
        model = Everything(self.honest, KINDS, self.seed)
        run_study(replace(self.bench, engine=engine_on(model, self.bench.settings, self.bench.embedder)), STUDY)
        with self.bench.store.transaction() as tx:
            sources = tx.sources.all(STUDY)
        return personas.citation_rows(load_cast(self.bench, STUDY), sources)

    def _items(self, asked: Sequence[Asked], model: ChatModel) -> Items:
        return redone(asked, engine_on(model, self.bench.settings, self.bench.embedder))


def _compared(name: str, bad: int, got: Items, left: Items, honest: Items) -> Tried:
    good = left & honest
    return Tried(name, bad, len(got - left), len(good), len(got & good), len(honest - left))


def _caught(tried: Sequence[Tried]) -> float | None:
    bad = sum(one.bad for one in tried)
    return sum(max(one.bad - one.reached, 0) for one in tried) / bad if bad else None


def _kept(tried: Sequence[Tried]) -> float | None:
    good = sum(one.good for one in tried)
    return sum(one.kept for one in tried) / good if good else None


def _class(one: Tried) -> dict[str, Any]:
    return {"kind": one.name, "bad": one.bad, "caught": max(one.bad - one.reached, 0), "good": one.good,
            "kept": one.kept, "fell": one.fell}  # fmt: skip


def _notes(tried: Sequence[Tried]) -> list[str]:
    return [f"{one.name}: {NONE.removeprefix('the ')}." for one in tried if not one.bad]


def _lies(lied: Sequence[Tried]) -> list[str]:
    told = [(one.name.removeprefix("draft: "), min(one.reached, one.bad), one.bad) for one in lied if one.reached]
    passed = [f"{name} {reached} of {bad}" for name, reached, bad in told]
    return [f"What a judge who calls everything supported lets through: {'; '.join(passed)}."] if passed else []
