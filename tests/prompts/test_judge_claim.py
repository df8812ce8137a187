"""judge_claim: one verdict a claim, and a repair where part of the claim holds."""

from prompt_samples import LIBRARY, example_context, tokens

from app.engines.llm.answers import JudgedClaims
from app.engines.llm.contexts import ClaimLine, JudgeClaim

NAME = "judge_claim"
CONTEXT = example_context(NAME)
VERDICTS = JudgedClaims.model_validate(LIBRARY.file(NAME).examples[0]["answer"]).verdicts


def test_it_is_short() -> None:
    assert tokens(LIBRARY.render(NAME, CONTEXT).system) <= 450


def test_each_claim_of_the_example_has_one_verdict_in_order() -> None:
    assert isinstance(CONTEXT, JudgeClaim)
    assert [verdict.claim for verdict in VERDICTS] == [claim.number for claim in CONTEXT.claims]


def test_the_example_shows_every_verdict_and_repairs_no_claim_that_holds() -> None:
    assert {verdict.verdict for verdict in VERDICTS} == {"supported", "partly", "contradicted", "unsupported"}
    assert {verdict.verdict for verdict in VERDICTS if verdict.repaired} == {"partly", "contradicted"}


def test_a_claim_stands_above_its_quotes_with_how_many_are_cited() -> None:
    lines = LIBRARY.render(NAME, CONTEXT).user.splitlines()
    place = lines.index("3 [1 of 4] They want a yearly contract.")
    assert lines[place + 1] == "- I would never sign for a whole year."


def test_a_claim_nobody_is_counted_for_stands_without_figures() -> None:
    claim = ClaimLine(number=1, text="They wait.", k=0, n=0, evidence=["I wait."])
    lines = LIBRARY.render(NAME, JudgeClaim(claims=[claim])).user.splitlines()
    assert "1 They wait." in lines
