"""Stopping before too much is spent."""

from pathlib import Path
from threading import Event

import pytest
from small_client import ScriptedModel, client_of, in_turn, question, said

from app.engines.llm.budget import Budget, Purse, estimated_tokens
from app.engines.llm.prices import load_prices
from app.errors import BadInput, BudgetSpent

GOOD = '{"numbers": []}'
PRICES = load_prices()
MINI = "openai:gpt-4.1-mini"


@pytest.mark.parametrize(
    ("written", "budget"),
    [
        ("2.50", Budget(2.5, False)),
        ("3", Budget(3, False)),
        (" .5 ", Budget(0.5, False)),
        ("200000t", Budget(200_000, True)),
        ("200_000t", Budget(200_000, True)),
    ],
)
def test_what_can_be_written(written: str, budget: Budget) -> None:
    assert Budget.read(written) == budget


@pytest.mark.parametrize("written", ["", "much", "-1", "0", "0t", "2,50", "5 t", "1e3", "nan"])
def test_what_cannot(written: str) -> None:
    with pytest.raises(BadInput, match=r"2\.50"):
        Budget.read(written)


def test_tokens_are_about_four_characters() -> None:
    assert estimated_tokens("a" * 8, "b") == 3
    assert estimated_tokens("") == 0


def test_a_call_that_does_not_fit_is_not_made_and_what_was_answered_is_kept(tmp_path: Path) -> None:
    model = ScriptedModel(lambda user: said(GOOD, tokens=(100, 20)))
    client = client_of(model, tmp_path, concurrency=1, budget="300t")
    questions = [question(f"{number}" * 400) for number in range(5)]
    with pytest.raises(BudgetSpent, match="240 of 300 tokens"):
        client.ask_all(questions)
    assert len(model.asked) == 2
    client.limit(None)
    assert len(client.ask_all(questions)) == 5
    assert len(model.asked) == 5


def test_money() -> None:
    client = client_of(in_turn(said(GOOD, tokens=(1_000_000, 1_000_000))), budget="2.00")
    client.ask(question("a"))
    with pytest.raises(BudgetSpent, match=r"2\.00 of 2\.00 USD"):
        client.ask(question("b"))


def test_kept_answers_cost_nothing(tmp_path: Path) -> None:
    client_of(in_turn(said(GOOD)), tmp_path).ask(question())
    assert client_of(in_turn(), tmp_path, budget="1t").ask(question()).numbers == []


def test_calls_under_way_are_counted_with_what_they_will_cost() -> None:
    purse = Purse(Budget(250, True), PRICES)
    first = purse.promise(MINI, 100)
    second = purse.promise(MINI, 100)
    with pytest.raises(BudgetSpent):
        purse.promise(MINI, 100)
    purse.settle(first, MINI, 0, 0)
    third = purse.promise(MINI, 100)
    purse.settle(second, MINI, 90, 10)
    purse.settle(third, MINI, 140, 10)
    assert purse.spent == 250
    with pytest.raises(BudgetSpent):
        purse.promise(MINI, 1)


def test_a_failed_call_gives_back_what_was_set_aside() -> None:
    client = client_of(in_turn(ValueError("a fault of ours"), said(GOOD)), budget="120t")
    with pytest.raises(ValueError, match="ours"):
        client.ask(question("x" * 388))
    assert client.ask(question("x" * 388), Event()).numbers == []


def test_the_repair_is_weighed_too() -> None:
    model = in_turn(said("no", tokens=(100, 20)), said(GOOD))
    with pytest.raises(BudgetSpent):
        client_of(model, budget="130t").ask(question("x" * 400))
    assert len(model.asked) == 1


@pytest.mark.parametrize("settings", [{"name": "openai:our-own"}, {"steps": {"draft": "openai:our-own"}}])
def test_money_for_a_model_without_a_price_is_refused_at_the_start(settings: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="price of openai:our-own is unknown"):
        client_of(in_turn(), budget="2.50", **settings)
    assert client_of(in_turn(said(GOOD)), budget="500t", **settings).ask(question()).numbers == []
