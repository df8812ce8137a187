"""Prices: what a million tokens of a model cost, by data/prices.yaml and a table of one's own over it."""

import re
from datetime import date
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from app import DATA
from app.errors import BadInput
from app.models.base import Model

TABLE = DATA / "prices.yaml"
DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$")
MILLION = 1_000_000


class Price(Model):
    """In the currency of the table, per million tokens."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)


class PriceTable(Model):
    currency: str
    as_of: date
    models: dict[str, Price]

    def price(self, model: str) -> Price | None:
        """The model's price, None where it is unknown."""
        return self.models.get(model) or self.models.get(DATED.sub("", model))

    def cost(self, model: str, input_tokens: int, output_tokens: int) -> float | None:
        """What the tokens cost, None where the model's price is unknown."""
        if (price := self.price(model)) is None:
            return None
        return (input_tokens * price.input + output_tokens * price.output) / MILLION


def load_prices(own: Path | None = None) -> PriceTable:
    """The committed table with `own` laid over it; BadInput where a file cannot be used."""
    table = _read(TABLE)
    if own is None:
        return table
    over = _read(own)
    # Amounts in two currencies cannot be summed.
    known = table.models if over.currency == table.currency else {}
    return PriceTable(currency=over.currency, as_of=over.as_of, models={**known, **over.models})


def _read(path: Path) -> PriceTable:
    try:
        return PriceTable.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: this price table cannot be read. Correct DRAMATIS_MODEL__PRICES.") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise BadInput(f"{path}: this is no price table. Write it like data/prices.yaml.") from error
