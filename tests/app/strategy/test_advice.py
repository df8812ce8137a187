"""Signals, next questions, diversity, readiness, and the advice as a whole on a real bench."""

import pytest
from playbook_page import room
from strategy_room import grounds_of, with_attribute

from app.errors import InsufficientEvidence, NotFound
from app.models.payoff import load_payoff
from app.strategy.advise import advise
from app.strategy.coverage import judge_coverage
from app.strategy.diversity import measure_diversity
from app.strategy.next_questions import plan_questions
from app.strategy.payoff import judge_payoffs
from app.strategy.readiness import check_readiness
from app.strategy.saturation import measure_saturation
from app.strategy.signals import find_signals
from app.synthesis.segments import describe
from app.workbench import Workbench
from retrieval.embeddings import MiniLM
from retrieval.evidence import Consent


def test_signals_ask_for_the_theme_that_parts_a_segment(embedder: MiniLM) -> None:
    grounds = grounds_of(embedder)
    tree = room().cast.segments
    segments = [describe(one, tree, grounds.material) for one in tree.segments]
    found = find_signals(grounds_of(embedder, segments=tree.model_copy(update={"segments": segments})))
    asks = {field.ask for field in grounds.fields}
    assert found and all(one.question in asks and one.k * one.rest_n > one.rest_k * one.n for one in found)
    assert all(2 * one.k >= one.n and one.by_luck <= 0.2 for one in found)
    assert len({one.theme_id for one in found}) == len(found)


def test_next_questions_go_to_who_has_not_spoken_of_it(embedder: MiniLM) -> None:
    grounds = grounds_of(embedder)
    found = plan_questions(grounds, judge_payoffs(grounds, load_payoff(), None), load_payoff())
    assert [len(one.serves) for one in found if one.serves] == sorted(
        (len(one.serves) for one in found if one.serves), reverse=True
    )
    codes = {field.label: field.codes for field in grounds.fields}
    for one in found:
        if one.about in codes and not one.why.endswith("no two alike"):
            assert not grounds.said_by(one.ask, codes[one.about])
    assert any(one.about.startswith("The segment") for one in found) == bool(room().cast.refused)


def test_diversity_names_what_is_lopsided_and_never_accounts(embedder: MiniLM) -> None:
    people = with_attribute(room().cast, "account", {one.id: "Secret Ltd" for one in room().cast.participants})
    people = [one.model_copy(update={"attributes": {**one.attributes, "team": "9", "country": "NO"}}) for one in people]
    found = {one.name: one for one in measure_diversity(grounds_of(embedder, participants=people))}
    assert "account" not in found and "Secret" not in str(found)
    assert found["country"].attention == "all are “NO”: nothing can be said of others"
    assert found["team"].range == "9 to 9" and found["role"].n == len(people)


def test_readiness_tells_each_figure_and_what_to_do(embedder: MiniLM) -> None:
    people = [one.model_copy(update={"consent": Consent.RESEARCH}) for one in room().cast.participants]
    grounds = grounds_of(embedder, participants=people)
    checks = check_readiness(grounds, judge_coverage(grounds, None), measure_saturation(grounds))
    found = {one.what: one for one in checks}
    assert found["Coverage"].ok and found["Coverage"].figure == "9 of 10 (90 %)"
    assert not found["Consent for marketing"].ok and found["Consent for marketing"].figure.startswith("0 of 10")
    assert all(one.ok or one.remedy for one in checks) and all(any(c.isdigit() for c in one.figure) for one in checks)


def test_without_personas_it_says_which_command_to_run(bench: Workbench, study: str) -> None:
    with pytest.raises(InsufficientEvidence, match="dramatis run test"):
        advise(bench, study)
    with pytest.raises(NotFound):
        advise(bench, "nowhere")
