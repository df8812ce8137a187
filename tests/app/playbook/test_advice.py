"""The advice in the playbook: steps, judgements with their quotes, and nothing that hostile words could use."""

from playbook_page import Page, room
from strategy_room import figures, grounds_of

from app.models.payoff import load_payoff
from app.models.strategy import Strategy
from app.playbook import render_playbook
from app.strategy.coverage import judge_coverage
from app.strategy.crm_patterns import find_patterns
from app.strategy.payoff import judge_payoffs
from app.strategy.readiness import check_readiness
from app.strategy.saturation import measure_saturation
from retrieval.embeddings import MiniLM


def strategy_of(embedder: MiniLM, label: str = "Careful") -> Strategy:
    grounds = grounds_of(embedder)
    crm = find_patterns(grounds, [figures(f"a{i}", label, 10) for i in range(7)])
    coverage, saturation = judge_coverage(grounds, crm), measure_saturation(grounds)
    return Strategy(
        study_id="flowline", study="Flowline", first_steps=["Start with one."], coverage=coverage, merges=[],
        payoffs=judge_payoffs(grounds, load_payoff(), crm), crm=crm, signals=[], questions=[], saturation=saturation,
        diversity=[], readiness=check_readiness(grounds, coverage, saturation),
    )  # fmt: skip


def page_of(strategy: Strategy | None) -> Page:
    return Page(render_playbook(room().cast, room().sources, evidence=room().evidence, strategy=strategy))


def test_each_micro_persona_comes_with_its_call_and_conditions(embedder: MiniLM) -> None:
    strategy = strategy_of(embedder)
    told = page_of(strategy).id("advice").text
    assert "Start with one." in told
    for payoff in strategy.payoffs:
        assert payoff.name in told and payoff.why in told
        assert all(f"{one.label} {one.finding}" in told for one in payoff.conditions)


def test_every_quote_of_a_judgement_leads_to_its_place(embedder: MiniLM) -> None:
    page = page_of(strategy_of(embedder))
    anchors = set(page.ids)
    links = [node.attrs["href"] for node in page.all("a") if node.under(page.id("advice"))]
    assert any(link.startswith("#q-") for link in links) and all(link[1:] in anchors for link in links)


def test_labels_of_a_crm_are_shown_as_plain_text(embedder: MiniLM) -> None:
    page = page_of(strategy_of(embedder, label="<script>alert(1)</script>"))
    assert not page.all("script") and "<script>alert(1)</script>" in page.id("advice").text


def test_without_advice_the_page_has_no_such_section() -> None:
    assert "advice" not in page_of(None).ids
