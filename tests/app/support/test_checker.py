"""The checker's verdict falls with every fault, and says what is wrong."""

import pytest

from app.support.checker import Check, SupportChecker, load_rule
from app.support.names import missing, names
from app.support.verdict import FaultKind
from retrieval.embeddings import MiniLM

EVIDENCE = ["Marta signs every contract above 5,000 euros herself.", "We do not want a sales call before the trial."]


@pytest.fixture
def checker(embedder: MiniLM) -> SupportChecker:
    return SupportChecker(embedder)


def test_what_is_said_is_carried(checker: SupportChecker) -> None:
    verdict = checker.check("Marta signs contracts above 5,000 euros.", EVIDENCE)
    assert verdict.carried
    assert verdict.faults == []


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        pytest.param("Marta signs contracts above 9,000 euros.", FaultKind.NUMBER, id="another number"),
        pytest.param("Every contract above 5,000 euros is signed by Tobias.", FaultKind.NAME, id="another name"),
        pytest.param("They want a sales call before the trial.", FaultKind.NEGATION, id="the denial lost"),
        pytest.param("They do not want a sales call after the trial.", FaultKind.OPPOSITE, id="an opposite"),
        pytest.param("The office garden needs watering in August.", FaultKind.CONTENT, id="something else"),
    ],
)
def test_each_fault_is_named_and_costs(checker: SupportChecker, claim: str, kind: FaultKind) -> None:
    right = checker.check("Marta signs contracts above 5,000 euros.", EVIDENCE)
    wrong = checker.check(claim, EVIDENCE)
    assert wrong.has(kind)
    assert wrong.score < right.score


def test_quantifiers_are_held_against_k_of_n(checker: SupportChecker) -> None:
    checks = [Check("Most users do not want a sales call before the trial.", EVIDENCE, k, 9) for k in (8, 2)]
    right, wrong = checker.check_all(checks)
    assert wrong.has(FaultKind.QUANTIFIER) and not right.has(FaultKind.QUANTIFIER)
    assert wrong.score < right.score


def test_without_evidence_nothing_is_carried(checker: SupportChecker) -> None:
    for evidence in ([], ["  "]):
        verdict = checker.check("They pay.", evidence)
        assert verdict.score == 0
        assert verdict.has(FaultKind.CONTENT)


def test_a_clause_finds_its_sentence_in_a_long_page(checker: SupportChecker) -> None:
    page = [f"Paragraph {number} is about the weather in town {number}." for number in range(300)]
    assert checker.check("Marta signs contracts above 5,000 euros.", [*page, *EVIDENCE]).carried


def test_the_same_input_gives_the_same_verdict(checker: SupportChecker) -> None:
    claim = "Tobias wants a sales call for 9,000 euros."
    assert checker.check(claim, EVIDENCE) == checker.check(claim, EVIDENCE)


def test_every_measure_only_raises_and_every_fault_only_lowers() -> None:
    weights = load_rule().weights
    assert {name for name, weight in weights.items() if weight > 0} == {"coverage", "likeness"}


def test_names_are_capitals_inside_a_sentence() -> None:
    assert names("Yesterday Marta met Jean-Luc. Then I left.") == ["Marta", "Jean-Luc"]
    assert missing("They met Jean-Luc and Marta.", ["jean was there"]) == ["Marta"]
