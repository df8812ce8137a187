"""What tokens cost, by the committed table and one's own."""

from pathlib import Path

import pytest

from app.engines.llm.prices import load_prices
from app.errors import BadInput
from app.model_settings import DEFAULT_NAME


def own(folder: Path, text: str) -> Path:
    path = folder / "prices.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_input_and_output_have_prices_of_their_own() -> None:
    assert load_prices().cost("openai:gpt-4.1", 500_000, 100_000) == pytest.approx(1.00 + 0.80)


def test_the_model_used_unasked_has_a_price() -> None:
    assert load_prices().price(DEFAULT_NAME)


def test_a_dated_version_has_the_price_of_the_plain_name() -> None:
    prices = load_prices()
    assert prices.price("openai:gpt-4.1-2025-04-14") == prices.price("openai:gpt-4.1")


@pytest.mark.parametrize("name", ["openai:gpt-99", "azure_openai:gpt-4.1", "openai:gpt-4.1-preview", ""])
def test_what_is_not_in_the_table_is_unknown(name: str) -> None:
    assert load_prices().cost(name, 10, 10) is None


def test_ones_own_table_goes_over_the_committed_one(tmp_path: Path) -> None:
    path = own(tmp_path, "{currency: USD, as_of: 2026-11-01, models: {'openai:llama': {input: 0, output: 0}}}")
    prices = load_prices(path)
    assert prices.cost("openai:llama", 9, 9) == 0
    assert prices.price("openai:gpt-4.1") == load_prices().price("openai:gpt-4.1")


def test_a_table_in_another_currency_stands_alone(tmp_path: Path) -> None:
    path = own(tmp_path, "{currency: EUR, as_of: 2026-11-01, models: {'openai:gpt-4.1': {input: 1, output: 1}}}")
    prices = load_prices(path)
    assert (prices.currency, prices.cost("openai:gpt-4.1", 10**6, 0)) == ("EUR", 1)
    assert prices.price("openai:gpt-4o") is None


@pytest.mark.parametrize(
    "text", ["[", "currency: USD", "{currency: USD, as_of: 2026-01-01, models: {a: {input: -1, output: 1}}}"]
)
def test_a_table_that_is_none(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match=r"prices\.yaml"):
        load_prices(own(tmp_path, text))


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="DRAMATIS_MODEL__PRICES"):
        load_prices(tmp_path / "none.yaml")
