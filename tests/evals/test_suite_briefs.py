"""Suite `briefs` on the sample study, and on briefs that were spoilt."""

from collections.abc import Iterator

import pytest
from sample_run import sample_run

from app.briefs.ground import Ground, load_ground
from app.models.brief import Brief, Line
from evals.suites import briefs as suite
from retrieval.embeddings import MiniLM
from retrieval.evidence import Consent, Participant


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Ground]:
    with sample_run(tmp_path_factory.mktemp("briefs"), embedder) as bench:
        yield load_ground(bench, "flowline")


@pytest.fixture(scope="module")
def some(ground: Ground) -> list[Brief]:
    return suite.written(ground, [one for one in suite.requests(ground) if not one.industry])


def test_the_sample_study_keeps_to_the_rules(ground: Ground) -> None:
    report = suite.score(ground, "flowline")
    scores = report.scores
    assert (scores["gate_violations"], scores["consent_violations"]) == (0, 0)
    assert (scores["quote_validity"], scores["objection_coverage"], scores["rerun_identical"]) == (1, 1, 1)
    assert scores["written"] == 1
    assert scores["variant_distinctness"] > 0.8
    assert scores["stage_distinctness"] > 0.5


def test_an_uncited_sentence_is_counted(ground: Ground, some: list[Brief]) -> None:
    spoilt = some[0].model_copy(update={"tone": [Line(text="Most buyers are in a hurry.")]})
    assert [row["got"].split(":")[0] for row in suite.rows_of(ground, spoilt) if row["check"] == "gate"] == ["uncited"]


def test_a_quote_without_consent_is_counted(ground: Ground, some: list[Brief]) -> None:
    one = next(brief for brief in some if brief.customer_words)
    people = {id: Participant(id=id, consent=Consent.RESEARCH) for id in ground.people}
    strict = Ground(ground.bench, ground.material, ground.cast, ground.published, ground.rules)
    vars(strict)["people"] = people
    rows = suite.rows_of(strict, one)
    assert {row["got"] for row in rows if row["check"] == "consent"} == {"did not agree"}


def test_equal_briefs_are_not_distinct(some: list[Brief]) -> None:
    from evals.scorers import distinctness

    micro = next(one for one in some if one.level == "micro")
    assert distinctness(suite.by_stage([micro, micro])) == 0


def test_a_left_out_objection_is_counted(ground: Ground, some: list[Brief]) -> None:
    one = next(brief for brief in some if brief.objections_to_answer and brief.level == "micro")
    rows = suite.rows_of(ground, one.model_copy(update={"objections_to_answer": []}))
    assert "left out" in {row["got"] for row in rows if row["check"] == "objection"}
