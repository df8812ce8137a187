"""Run: one execution of the pipeline, with who read, which versions, and how long each step took."""

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
