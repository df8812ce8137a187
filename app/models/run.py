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


class Run(Model):
    """`peak_memory_mb` is the process's largest resident size; tokens and cost are 0 for `local`."""

    id: str
    study_id: str
    provenance: Provenance
    steps: list[StepTiming]
    peak_memory_mb: float
    tokens: int = 0
    cost: float = 0.0
