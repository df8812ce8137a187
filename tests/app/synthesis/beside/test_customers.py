"""Customer personas: who counts as a customer, how they are grouped, and what is said where there is too little."""

from dataclasses import replace

import pytest
from small_study import material_of, segment_of, source_of, tree_of

from app.models.cast import Refusal
from app.models.claim import Status
from app.models.persona import CustomerPersona
from app.synthesis.beside.customers import draft_customers, plan_customers, stage_of
from app.synthesis.filling import Drafts
from app.synthesis.hearing import StudyHearing
from app.synthesis.material import Material
from app.workbench import Workbench
from retrieval.evidence import Participant, SourceKind

TICKET = "My ticket was open for three weeks and nobody solved it."
SLOW = "My ticket stayed open for a month before somebody solved it."
SAID = {"P1": [(TICKET, "experience")], "P2": [(SLOW, "experience")], "P3": [("I look around.", "context")]}


def study_of(statuses: dict[str, str], *groups: tuple[str, ...], note: str = "") -> Material:
    material = material_of({person: SAID.get(person, [("I look around.", "context")]) for person in statuses})
    people = [Participant(id=one, attributes={"customer_status": status, "account": f"{one} Ltd"})
              for one, status in statuses.items()]  # fmt: skip
    sources = list(material.sources)
    if note:
        sources.append(
            source_of("P1", note).model_copy(update={"kind": SourceKind.NOTE, "name": "n.md", "id": "n", "text": note})
        )
    return replace(material, participants=people, sources=sources, tree=tree_of(*(segment_of(*one) for one in groups)))


def customers_of(bench: Workbench, material: Material) -> tuple[list[CustomerPersona], list[Refusal]]:
    plans = plan_customers(bench, StudyHearing.of(bench, material))
    return draft_customers(plans, Drafts(bench.engine, [brief for plan in plans for brief in plan.briefs]), [])


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        ("customer", "current"), ("Existing client", "current"), ("active", "current"), ("closed won", "current"),
        ("churned", "lapsed"), ("former customer", "lapsed"), ("ex-client", "lapsed"),
        ("prospect", ""), ("non-customer", ""), ("not a customer", ""), ("closed lost", ""), ("", ""),
    ],
)  # fmt: skip
def test_spellings_of_a_customers_status(status: str, stage: str) -> None:
    assert stage_of(Participant(id="P1", attributes={"customer_status": status})) == stage


def test_two_customers_of_one_segment_make_a_persona(bench: Workbench) -> None:
    material = study_of({"P1": "customer", "P2": "churned", "P3": "prospect"}, ("P1", "P2", "P3"))
    (found,), refused = customers_of(bench, material)
    assert found.sample.participants == ["P1", "P2"]
    assert found.lifecycle_stage == "1 current and 1 lapsed"
    assert refused == []
    told = found.grounded_claims()
    assert [(claim.field, claim.support.k, claim.support.n) for claim in told] == [("support_issues", 2, 2)]
    assert all(claim.gap for claim in found.claims() if claim.status is Status.NO_EVIDENCE)


def test_a_single_customer_of_a_segment_is_refused_with_the_reason(bench: Workbench) -> None:
    material = study_of({"P1": "customer", "P2": "customer", "P3": "customer"}, ("P1", "P2"), ("P3",))
    drafted, (refused,) = customers_of(bench, material)
    assert [one.sample.participants for one in drafted] == [["P1", "P2"]]
    assert "have 1, need 2" in refused.reason
    assert "P3" in refused.ask_next


def test_without_customers_nothing_is_drafted_or_refused(bench: Workbench) -> None:
    material = study_of({"P1": "prospect", "P2": ""}, ("P1", "P2"))
    assert customers_of(bench, material) == ([], [])


def test_a_note_about_a_customers_account_is_context_and_never_quoted(bench: Workbench) -> None:
    material = study_of({"P1": "customer", "P2": "customer"}, ("P1", "P2"), note="P2 Ltd had a ticket open for weeks.")
    (found,), _ = customers_of(bench, material)
    assert [(note.source_name, note.participants) for note in found.notes] == [("n.md", ["P2"])]
    assert all(one.source_id != "n" for claim in found.claims() for one in claim.citations)
