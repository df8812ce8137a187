"""Budget: how much a run may spend, in money or in tokens, and the purse that is asked before each call.

A call is let through where what was spent, what calls under way may still cost and its own input fit in the budget.
What a model will write is not known before, so a budget can be overrun by the answers of the calls under way.
"""

import re
from threading import Lock
from typing import NamedTuple

from app.engines.llm.prices import PriceTable
from app.errors import BadInput, BudgetSpent

# The usual estimate where no tokenizer is at hand.
CHARACTERS_PER_TOKEN = 4
WRITTEN = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(t?)")


def estimated_tokens(*texts: str) -> int:
    """About how many tokens the texts are, at four characters each."""
    return -(-sum(map(len, texts)) // CHARACTERS_PER_TOKEN)


class Budget(NamedTuple):
    """So much, counted in tokens or in the price table's currency."""

    amount: float
    in_tokens: bool

    @classmethod
    def read(cls, written: str) -> "Budget":
        """`2.50` is money, `200000t` tokens; BadInput for anything else."""
        found = WRITTEN.fullmatch(written.strip().replace("_", ""))
        if not found or float(found[1]) <= 0:
            raise BadInput(f"The budget “{written}” is neither an amount (2.50) nor a number of tokens (200000t).")
        return cls(float(found[1]), bool(found[2]))


class Purse:
    """What is left of a budget, asked by several threads. Without a budget everything is let through."""

    def __init__(self, budget: Budget | None, prices: PriceTable):
        self.budget, self.prices = budget, prices
        self.spent = 0.0
        self._promised = 0.0
        self._lock = Lock()

    def need_prices(self, models: list[str]) -> None:
        """BadInput where money is counted and a model's price is unknown: such a budget could not be kept."""
        unknown = [name for name in models if self.prices.price(name) is None]
        if self.budget and not self.budget.in_tokens and unknown:
            raise BadInput(
                f"The price of {', '.join(unknown)} is unknown, so a budget in {self.prices.currency} cannot be kept. "
                "Give a budget in tokens (200000t), or the price in a file that DRAMATIS_MODEL__PRICES names."
            )

    def promise(self, model: str, input_tokens: int) -> float:
        """Set aside what a call's input will cost; BudgetSpent where it does not fit. The amount is given back to
        `settle`."""
        amount = self._amount(model, input_tokens, 0)
        with self._lock:
            if self.budget and self.spent + self._promised + amount > self.budget.amount:
                raise BudgetSpent(self._sentence())
            self._promised += amount
        return amount

    def settle(self, promised: float, model: str, input_tokens: int, output_tokens: int) -> None:
        """Count what a call took instead of what was set aside for it; 0 tokens where it failed."""
        with self._lock:
            self._promised -= promised
            self.spent += self._amount(model, input_tokens, output_tokens)

    def _amount(self, model: str, input_tokens: int, output_tokens: int) -> float:
        if self.budget is None or self.budget.in_tokens:
            return float(input_tokens + output_tokens)
        return self.prices.cost(model, input_tokens, output_tokens) or 0.0

    def _sentence(self) -> str:
        counted = self.budget is None or self.budget.in_tokens
        amount = self.budget.amount if self.budget else 0.0
        left = (
            f"{self.spent:.0f} of {amount:.0f} tokens"
            if counted
            else (f"{self.spent:.2f} of {amount:.2f} {self.prices.currency}")
        )
        return (
            f"The budget is spent ({left}), and the next call does not fit. What was answered is kept: "
            "run again with a larger budget to go on from it."
        )
