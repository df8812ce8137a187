"""Buying centres in the playbook: both sides of a conflict, what is open, and that it is internal."""

import pytest
from playbook_page import Page, changed, render, room

from app.errors import BadInput
from app.models.buying_centre import BuyingCentre, BuyingRole, CentreMember, Conflict, Leaning, MissingRole
from app.models.claim import Citation, Claim, Gap, Status, Support

OPEN = Claim(
    id="cl_open", field="veto", text="No evidence yet.", status=Status.NO_EVIDENCE, support=Support(k=0, n=1),
    confidence=0, coder="none", gap=Gap(found=0, needed=1, ask_next="Ask P01: “Could you stop it?”"),
)  # fmt: skip


def said_by_two() -> list[Citation]:
    """Quotes of two people of the study, one each."""
    quotes = [one for persona in room().cast.personas for claim in persona.claims() for one in claim.supporting]
    first = {one.participant_id: one for one in quotes}
    return [first[person] for person in sorted(first)[:2]]


def centre(quotes: list[Citation]) -> BuyingCentre:
    people = [quote.participant_id for quote in quotes]
    members = [
        CentreMember(participant_id=one, role=BuyingRole.USER, why="a reason", leaning=Leaning.FOR, influence=[OPEN],
                     stance=[OPEN], pains=[OPEN], objections=[OPEN], success_criteria=[OPEN], veto=[OPEN])
        for one in people
    ]  # fmt: skip
    conflict = Conflict(between=(people[0], people[1]), issue="They pull apart over pace.", strength=0.5,
                        quotes=(quotes[0], quotes[1]), why=["a sign"])  # fmt: skip
    return BuyingCentre(
        id="bc_1", account="Acme <b>Ltd</b>", decision="Whether to buy it.", members=members, conflicts=[conflict],
        missing_roles=[MissingRole(role=BuyingRole.PROCUREMENT, ask_next="Who buys?")], missing_note="2 were heard.",
        common_ground=[OPEN], consensus_plan=[],
    )  # fmt: skip


def test_a_conflict_shows_both_sides_linked_to_their_place() -> None:
    quotes = said_by_two()
    found = Page(render(changed(buying_centres=[centre(quotes)])))
    told = found.id("b-k1-1")
    assert "They pull apart over pace." in told.text and "a sign" in told.text
    assert all(" ".join(quote.text.split()) in told.text for quote in quotes)


def test_it_says_that_it_is_internal_what_is_open_and_who_is_missing() -> None:
    told = Page(render(changed(buying_centres=[centre(said_by_two())]))).id("b-k1").text
    assert "internal" in told and "Acme <b>Ltd</b>" in told
    assert "Could you stop it?" in told and "Who buys?" in told and "procurement" in told


def test_a_study_without_accounts_has_no_such_section() -> None:
    assert not [
        node for node in Page(render(changed(buying_centres=[]))).nodes if node.attrs.get("id", "").startswith("b-")
    ]


def test_a_quote_that_is_not_word_for_word_is_refused() -> None:
    first, second = said_by_two()
    wrong = first.model_copy(update={"start": first.start + 1})
    with pytest.raises(BadInput, match="Draft the personas anew"):
        render(changed(buying_centres=[centre([wrong, second])]))
