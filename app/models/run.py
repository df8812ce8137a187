"""Run: one execution of the pipeline, with who read, which versions, and how long each step took."""

from collections import Counter
from collections.abc import Sequence

from app.models.base import Model


class Provenance(Model):
    """What a persona was made with. Holds nothing that differs between two equal runs."""

    engine: str
    coder: str
    embeddings: str
    dramatis: str
    prompts: list[str] = []


class StepTiming(Model):
    step: str
    seconds: float


class StepSpending(Model):
    """What one step asked of language models. `cost` is None where a model's price is unknown."""

    step: str
    calls: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    cost: float | None = 0.0

    def __add__(self, other: "StepSpending") -> "StepSpending":
        """What the same step asked in two goes."""
        return StepSpending(
            step=self.step,
            calls=self.calls + other.calls,
            cached=self.cached + other.cached,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            seconds=round(self.seconds + other.seconds, 3),
            cost=None if self.cost is None or other.cost is None else self.cost + other.cost,
        )


class Finding(Model):
    """Where a transcript tries to give orders to its reader; the place and never the words."""

    source_id: str
    start: int
    end: int


class Account(Model):
    """What a run asked of language models, and what of their answers did not count.

    `cached` answers were there already and cost nothing; `seconds` is time spent waiting for answers, summed over
    calls under way at once; `dropped` counts by reason what pointed at nothing that it may point at.
    """

    steps: list[StepSpending] = []
    currency: str = ""
    prompts: list[str] = []
    dropped: dict[str, int] = {}
    findings: list[Finding] = []

    @classmethod
    def of_all(cls, accounts: "Sequence[Account]") -> "Account | None":
        """Several accounts as one; None where there is none."""
        if not accounts:
            return None
        spent: dict[str, StepSpending] = {}
        for one in (step for account in accounts for step in account.steps):
            spent[one.step] = spent[one.step] + one if one.step in spent else one
        found = {(f.source_id, f.start, f.end): f for account in accounts for f in account.findings}
        return cls(
            steps=list(spent.values()),
            currency=accounts[-1].currency,
            prompts=sorted({prompt for account in accounts for prompt in account.prompts}),
            dropped=dict(sorted(sum((Counter(account.dropped) for account in accounts), Counter()).items())),
            findings=[found[key] for key in sorted(found)],
        )

    @property
    def calls(self) -> int:
        return sum(step.calls for step in self.steps)

    @property
    def tokens(self) -> int:
        return sum(step.input_tokens + step.output_tokens for step in self.steps)

    @property
    def cost(self) -> float | None:
        """The sum over all steps; None where one is unknown."""
        costs = [step.cost for step in self.steps]
        return None if None in costs else round(sum(cost for cost in costs if cost is not None), 6)


class Run(Model):
    """`peak_memory_mb` is the process's largest resident size; tokens and cost are 0 for `local`.

    `account` is None for runs that asked no language model.
    """

    id: str
    study_id: str
    provenance: Provenance
    steps: list[StepTiming]
    peak_memory_mb: float
    tokens: int = 0
    cost: float | None = 0.0
    account: Account | None = None
