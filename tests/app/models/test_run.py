"""Runs with accounts, and runs of before there were any."""

from app.models.run import Account, Run, StepSpending

OLD = """{"id": "run_1", "study_id": "s", "provenance": {"engine": "local", "coder": "c", "embeddings": "e",
"dramatis": "0.1.0", "prompts": []}, "steps": [{"step": "code", "seconds": 1.5}], "peak_memory_mb": 100.0,
"tokens": 0, "cost": 0.0}"""


def test_a_run_of_before_is_read() -> None:
    run = Run.model_validate_json(OLD)
    assert (run.account, run.cost) == (None, 0.0)


def test_a_run_with_its_account_is_read_again_as_it_was() -> None:
    steps = [StepSpending(step="code", calls=2, input_tokens=10, output_tokens=5, cost=None)]
    run = Run.model_validate_json(OLD).model_copy(
        update={"account": Account(steps=steps, dropped={"unknown id": 1}), "cost": None}
    )
    assert Run.model_validate_json(run.model_dump_json()) == run


def test_sums_over_steps() -> None:
    code = StepSpending(step="code", calls=2, input_tokens=10, output_tokens=5, cost=0.25)
    draft = StepSpending(step="draft", calls=1, cached=3, input_tokens=1, output_tokens=1, cost=0.5)
    account = Account(steps=[code, draft])
    assert (account.calls, account.tokens, account.cost) == (3, 17, 0.75)
    assert Account(steps=[code, draft.model_copy(update={"cost": None})]).cost is None
    assert Account().cost == 0
