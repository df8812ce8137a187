"""The account book: what calls, tokens and time each step took, written by several threads, read as an Account."""

import logging
from collections import Counter
from threading import Lock

from app.engines.llm.model import Reply
from app.models.run import Account, Finding, StepSpending

log = logging.getLogger("dramatis.llm")


class AccountBook:
    """Collects until `take`."""

    def __init__(self, currency: str = ""):
        self.currency = currency
        self._lock = Lock()
        self._clear()

    def called(self, step: str, prompt: str, reply: Reply, seconds: float, cost: float | None) -> None:
        """A call that was answered, whatever the answer was worth; `cost` None where the price is unknown."""
        with self._lock:
            self._prompts.add(prompt)
            self._add(step, calls=1, tokens=(reply.input_tokens, reply.output_tokens), seconds=seconds, cost=cost)
        # Names and numbers only: nothing that anybody said, nor what the model made of it.
        log.info(
            "model call: step=%s prompt=%s model=%s in=%d out=%d finish=%s seconds=%.2f",
            *(step, prompt, reply.model, reply.input_tokens, reply.output_tokens, reply.finish, seconds),
        )

    def remembered(self, step: str, prompt: str) -> None:
        """An answer that was there already."""
        with self._lock:
            self._prompts.add(prompt)
            self._add(step, cached=1)

    def drop(self, reason: str, count: int = 1) -> None:
        """Something an answer pointed at does not count; `reason` is a fixed phrase, never what was said."""
        with self._lock:
            self._dropped[reason] += count

    def found(self, finding: Finding) -> None:
        """A place where a transcript gives orders to its reader."""
        with self._lock:
            if finding not in self._findings:
                self._findings.append(finding)

    def read(self) -> Account:
        """The account so far."""
        with self._lock:
            return self._read()

    def take(self) -> Account:
        """The account so far, and a clean page."""
        with self._lock:
            account = self._read()
            self._clear()
        return account

    def _read(self) -> Account:
        return Account(
            steps=list(self._steps.values()),
            currency=self.currency,
            prompts=sorted(self._prompts),
            dropped=dict(sorted(self._dropped.items())),
            findings=sorted(self._findings, key=lambda one: (one.source_id, one.start, one.end)),
        )

    def _add(
        self,
        step: str,
        *,
        calls: int = 0,
        cached: int = 0,
        tokens: tuple[int, int] = (0, 0),
        seconds: float = 0.0,
        cost: float | None = 0.0,
    ) -> None:
        old = self._steps.get(step, StepSpending(step=step))
        self._steps[step] = StepSpending(
            step=step,
            calls=old.calls + calls,
            cached=old.cached + cached,
            input_tokens=old.input_tokens + tokens[0],
            output_tokens=old.output_tokens + tokens[1],
            seconds=round(old.seconds + seconds, 3),
            cost=None if old.cost is None or cost is None else old.cost + cost,
        )

    def _clear(self) -> None:
        self._steps: dict[str, StepSpending] = {}
        self._prompts: set[str] = set()
        self._dropped: Counter[str] = Counter()
        self._findings: list[Finding] = []
