"""Forecast: about what a run will ask of models, before anything is spent.

The coding prompts are known word for word, and so is which of them were answered before. What the other steps will be
asked hangs on what coding finds; it is reckoned from the tokens of the coding prompts, at the shares that the planted
study came to (17 interviews; `tests/cassettes/README.md`).
"""

from typing import NamedTuple

from app.engines.llm.client import Estimate, ModelClient
from app.models.run import Account, StepSpending

# Tokens of output for each token of the coding prompts.
CODING_OUTPUT = 0.42


class Share(NamedTuple):
    """What a step takes for each token of the coding prompts, and its calls for each coding call, at least one."""

    step: str
    tokens_in: float
    tokens_out: float
    calls: float


SHARES = (
    Share("themes", 0.22, 0.09, 0.4),
    Share("segments", 0.10, 0.03, 0.0),
    Share("draft", 0.25, 0.15, 1.3),
    Share("judge", 0.08, 0.03, 0.4),
)


def forecast(coding: Estimate, client: ModelClient) -> Account:
    """The account a run is likely to end with."""
    written = round(CODING_OUTPUT * coding.input_tokens)
    first = _spending("code", coding.calls, coding.input_tokens, written, client)
    later = [_later(one, coding, client) for one in SHARES]
    steps = [first.model_copy(update={"cached": coding.cached}), *later]
    return Account(steps=steps, currency=client.prices.currency)


def _later(share: Share, coding: Estimate, client: ModelClient) -> StepSpending:
    whole = coding.input_tokens + coding.cached_tokens
    calls = max(1, round(share.calls * (coding.calls + coding.cached)))
    return _spending(share.step, calls, round(share.tokens_in * whole), round(share.tokens_out * whole), client)


def _spending(step: str, calls: int, tokens_in: int, tokens_out: int, client: ModelClient) -> StepSpending:
    cost = client.prices.cost(client.name_for(step), tokens_in, tokens_out)
    return StepSpending(step=step, calls=calls, input_tokens=tokens_in, output_tokens=tokens_out, cost=cost)
