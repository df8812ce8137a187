"""Failure: what of an error may stand in a job's record: its kind and a sentence that is safe to show."""

import logging
import traceback

from app.errors import EXPECTED, BudgetSpent, ModelError, RefusedAnswer, TruncatedAnswer
from app.models.job import JobProblem
from retrieval.errors import EmbeddingFailed

log = logging.getLogger("dramatis.jobs")

# What another try may mend: somebody else's machine was away. What it would only repeat is not among them.
TRANSIENT = (ModelError, EmbeddingFailed)
FINAL = (BudgetSpent, RefusedAnswer, TruncatedAnswer)


class JobFailed(Exception):
    """A step could not be done. Stands for the error that says why: that one goes no further, it may hold words."""

    def __init__(self, problem: JobProblem, *, transient: bool = False):
        self.problem, self.transient = problem, transient
        super().__init__(problem.text)

    @classmethod
    def because(cls, error: Exception, step: str) -> "JobFailed":
        """The failure of `step`. Expected errors say what to do; of others the kind and the place are logged."""
        if isinstance(error, EXPECTED):
            transient = isinstance(error, TRANSIENT) and not isinstance(error, FINAL)
            return cls(JobProblem(kind=type(error).__name__, text=str(error)), transient=transient)
        last = traceback.extract_tb(error.__traceback__)[-1]
        log.error("step %s: %s in %s, line %s", step, type(error).__name__, last.name, last.lineno)
        text = f"The step “{step}” failed ({type(error).__name__}). The log says where. Try once more."
        return cls(JobProblem(kind="Unexpected", text=text))


def problem_of(error: BaseException | None) -> JobProblem | None:
    """What a record says of an error; where several tries failed, of the last."""
    tries = getattr(error, "errors", None)
    if isinstance(tries, list) and tries:
        return problem_of(tries[-1])
    if error is None or isinstance(error, JobFailed):
        return error.problem if error else None
    return JobProblem(kind="Unexpected", text=f"The job failed ({type(error).__name__}). Try once more.")
