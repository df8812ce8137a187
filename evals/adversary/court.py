"""The court: a study's honest run, and what becomes of it with models that are not honest."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from app.engines.llm.model import ChatModel
from app.synthesis.casting import load_cast, run_study
from app.workbench import Workbench
from evals.adversary.model import BROKEN, Adversary, Breaker, Everything
from evals.adversary.spoiling import Kind
from evals.adversary.study import STEPS, Asked, Items, engine_on, honest_run, redone
from evals.pipeline import STUDY
from evals.scripted.model import ScriptedModel
from evals.suites import personas

Rows = list[dict[str, Any]]


class Tried(NamedTuple):
    """A kind of bad citations and what became of them: of `bad` ones `reached` the result, of `good` ones `kept`."""

    name: str
    bad: int
    reached: int
    good: int
    kept: int
    fell: int

    @property
    def caught(self) -> int:
        return max(self.bad - self.reached, 0)

    @property
    def line(self) -> dict[str, Any]:
        """For the table of kinds."""
        return {"kind": self.name, "bad": self.bad, "caught": self.caught, "good": self.good, "kept": self.kept,
                "fell": self.fell}  # fmt: skip

    @property
    def row(self) -> dict[str, Any]:
        return {
            "kind": self.name,
            "expected": f"{self.bad} caught, {self.good} kept", "got": f"{self.caught} caught, {self.kept} kept",
            "bad": self.bad, "reached": self.reached, "good": self.good, "lost": self.good - self.kept,
            "fell": self.fell,
        }  # fmt: skip


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

    def whole_job(self, kinds: Sequence[Kind]) -> Rows:
        """Every citation of the personas that come of answers which are all bad, with what is wrong about it."""
        model = Everything(self.honest, kinds, self.seed)
        run_study(replace(self.bench, engine=engine_on(model, self.bench.settings, self.bench.embedder)), STUDY)
        with self.bench.store.transaction() as tx:
            sources = tx.sources.all(STUDY)
        return personas.citation_rows(load_cast(self.bench, STUDY), sources)

    def _items(self, asked: Sequence[Asked], model: ChatModel) -> Items:
        return redone(asked, engine_on(model, self.bench.settings, self.bench.embedder))


def _compared(name: str, bad: int, got: Items, left: Items, honest: Items) -> Tried:
    good = left & honest
    return Tried(name, bad, len(got - left), len(good), len(got & good), len(honest - left))
