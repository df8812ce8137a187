"""Forecasts: coding as it is known, the other steps by their shares, and prices where they are known."""

import pytest
from small_client import MODEL, client_of, in_turn

from app.engines.llm.client import Estimate
from app.engines.llm.forecast import CODING_OUTPUT, SHARES, forecast
from app.models.run import Account, StepSpending

CODING = Estimate(calls=3, cached=0, input_tokens=10_000, cached_tokens=0)


def steps(coding: Estimate, **settings: object) -> dict[str, StepSpending]:
    return {step.step: step for step in told(coding, **settings).steps}


def told(coding: Estimate, **settings: object) -> Account:
    return forecast(coding, client_of(in_turn(), **settings))


def test_coding_is_what_was_counted() -> None:
    code = steps(CODING)["code"]
    assert (code.calls, code.cached, code.input_tokens) == (3, 0, 10_000)
    assert code.output_tokens == round(CODING_OUTPUT * 10_000)


def test_every_later_step_has_its_share_of_the_coding_prompts() -> None:
    found = steps(CODING)
    assert list(found) == ["code", *(share.step for share in SHARES)]
    for share in SHARES:
        own = found[share.step]
        assert own.input_tokens == round(share.tokens_in * 10_000)
        assert own.output_tokens == round(share.tokens_out * 10_000)
        assert own.calls == max(1, round(share.calls * 3))


def test_what_was_coded_before_costs_nothing_again_and_still_tells_of_the_rest() -> None:
    kept, fresh = steps(Estimate(0, 3, 0, 10_000)), steps(CODING)
    code = kept.pop("code")
    assert (code.calls, code.cached, code.input_tokens, code.output_tokens, code.cost) == (0, 3, 0, 0, 0)
    assert kept == {step: one for step, one in fresh.items() if step != "code"}


def test_cost_is_by_the_price_of_the_model_of_each_step() -> None:
    account = told(CODING, steps={"draft": "openai:gpt-4.1"})
    found = {step.step: step for step in account.steps}
    assert MODEL == "openai:gpt-4.1-mini" and account.currency == "USD"
    code, draft = found["code"], found["draft"]
    assert code.cost == pytest.approx((code.input_tokens * 0.4 + code.output_tokens * 1.6) / 1e6)
    assert draft.cost == pytest.approx((draft.input_tokens * 2.0 + draft.output_tokens * 8.0) / 1e6)
    assert account.cost == pytest.approx(sum(one.cost or 0 for one in account.steps), abs=1e-6)


def test_an_unknown_price_is_unknown() -> None:
    account = told(CODING, steps={"judge": "openai:nobody-knows"})
    assert [step.step for step in account.steps if step.cost is None] == ["judge"]
    assert account.cost is None
