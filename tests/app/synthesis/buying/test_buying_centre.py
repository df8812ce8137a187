"""Buying centres of small invented accounts, with real readers, store, coder and embedder."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from accounts_bench import CONFLICTS, cast_of

from app.errors import InsufficientEvidence, NotFound
from app.models.buying_centre import BuyingCentre, BuyingRole, Leaning
from app.models.cast import Cast
from app.models.claim import Status
from app.settings import Settings
from app.synthesis.buying.buying_centre import find_buying_centre, need_accounts
from app.synthesis.casting import load_cast
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embeddings import MiniLM
from retrieval.evidence import Role


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    settings = Settings(home=tmp_path_factory.mktemp("accounts"), threads=1, engine="local")
    bench = build_workbench(settings, embedder=embedder)
    yield bench
    bench.store.close()


@pytest.fixture(scope="module")
def casts(accounts: Workbench) -> dict[str, Cast]:
    return {name: cast_of(accounts, name) for name in CONFLICTS}


@pytest.fixture(scope="module")
def tallow(casts: dict[str, Cast]) -> BuyingCentre:
    return find_buying_centre(casts["tallow"], "Tallow Lane Bakeries")


@pytest.mark.parametrize("name", CONFLICTS)
def test_the_pairs_that_pull_apart_are_listed_and_no_other(casts: dict[str, Cast], name: str) -> None:
    found = {one.between for centre in casts[name].buying_centres for one in centre.conflicts}
    assert found == CONFLICTS[name]


def test_every_quote_is_word_for_word_from_the_person_named(casts: dict[str, Cast], accounts: Workbench) -> None:
    for name, cast in casts.items():
        with accounts.store.transaction() as tx:
            sources = {one.id: one for one in tx.sources.all(name)}
        quotes = [quote for centre in cast.buying_centres for quote in centre.citations()]
        assert quotes
        for quote in quotes:
            source = sources[quote.source_id]
            turn = source.turn_at(quote.start)
            assert turn and quote.end <= turn.end and quote.of(source.text) == quote.text
            speaker = source.speaker(turn.speaker)
            assert (speaker.role, speaker.participant_id) == (Role.PARTICIPANT, quote.participant_id)


def test_a_conflict_quotes_both_sides_and_says_why(casts: dict[str, Cast]) -> None:
    for conflict in (one for cast in casts.values() for centre in cast.buying_centres for one in centre.conflicts):
        assert tuple(quote.participant_id for quote in conflict.quotes) == conflict.between
        assert all(person in conflict.issue for person in conflict.between)
        assert conflict.why and 0 < conflict.strength <= 1


def test_every_claim_cites_or_says_what_to_ask(casts: dict[str, Cast]) -> None:
    for cast in casts.values():
        for claim in (one for centre in cast.buying_centres for one in centre.claims()):
            assert bool(claim.supporting) != bool(claim.gap and "?" in claim.gap.ask_next)


def test_members_speak_for_themselves_only(tallow: BuyingCentre) -> None:
    for member in tallow.members:
        own = [member.influence, member.stance, member.pains, member.objections, member.success_criteria, member.veto]
        said = {quote.participant_id for claims in own for claim in claims for quote in claim.citations}
        assert said <= {member.participant_id}


@pytest.mark.parametrize(
    ("person", "role"),
    [("Q1", BuyingRole.ECONOMIC), ("Q2", BuyingRole.CHAMPION), ("Q3", BuyingRole.GATEKEEPER), ("Q4", BuyingRole.USER)],
    ids=["finance director", "the one who has pushed for it", "counsel", "baker"],
)
def test_parts_are_told_from_declared_role_and_own_words(tallow: BuyingCentre, person: str, role: BuyingRole) -> None:
    member = next(one for one in tallow.members if one.participant_id == person)
    assert member.role is role and member.why


def test_a_willing_member_is_for_it(tallow: BuyingCentre) -> None:
    baker = next(one for one in tallow.members if one.participant_id == "Q4")
    assert baker.leaning is Leaning.FOR and "happy to try it" in baker.stance[0].citations[0].text


def test_common_ground_is_what_two_say_alike(tallow: BuyingCentre) -> None:
    shared = [claim for claim in tallow.common_ground if "spreadsheets" in claim.text]
    assert [sorted(quote.participant_id for quote in claim.citations) for claim in shared] == [["Q1", "Q2"]]
    assert all(claim.support.k >= 2 for claim in tallow.common_ground)


def test_parts_nobody_plays_come_with_a_question(tallow: BuyingCentre) -> None:
    missing = {one.role for one in tallow.missing_roles}
    assert {BuyingRole.PROCUREMENT, BuyingRole.TECHNICAL} <= missing
    assert not missing & {member.role for member in tallow.members}
    assert all(one.ask_next.endswith("?") for one in tallow.missing_roles)
    assert "4 people were heard; 6 to 10" in tallow.missing_note


def test_the_plan_is_inferred_and_holds_every_conflict(casts: dict[str, Cast]) -> None:
    for centre in (one for cast in casts.values() for one in cast.buying_centres):
        assert all(step.status is Status.INFERRED and step.supporting for step in centre.consensus_plan)
        talks = [step for step in centre.consensus_plan if len({q.participant_id for q in step.citations}) == 2]
        assert len(talks) == len(centre.conflicts)


def test_spellings_of_an_account_are_one(casts: dict[str, Cast]) -> None:
    [centre] = casts["tallow"].buying_centres
    assert centre.participant_ids == ["Q1", "Q2", "Q3", "Q4"]
    assert find_buying_centre(casts["tallow"], "  TALLOW lane   bakeries") is centre


def test_an_unknown_account_names_the_known_ones(casts: dict[str, Cast]) -> None:
    with pytest.raises(NotFound, match="Pemberley Pies, Tallow Lane Bakeries"):
        find_buying_centre(casts["tallow"], "Nobody Ltd")


def test_one_person_is_no_centre(casts: dict[str, Cast]) -> None:
    with pytest.raises(InsufficientEvidence, match=r"have 1, need 2\. .*who could stop it"):
        find_buying_centre(casts["tallow"], "Pemberley Pies")


def test_a_study_without_accounts_says_how_to_name_them(casts: dict[str, Cast]) -> None:
    people = [one.model_copy(update={"attributes": {}}) for one in casts["tallow"].participants]
    bare = casts["tallow"].model_copy(update={"participants": people, "buying_centres": []})
    with pytest.raises(InsufficientEvidence, match="column `account`"):
        need_accounts(bare)
    with pytest.raises(NotFound, match="column `account`"):
        find_buying_centre(bare, "Tallow Lane Bakeries")


def test_reading_it_again_gives_the_same(casts: dict[str, Cast], accounts: Workbench) -> None:
    for name, cast in casts.items():
        assert load_cast(accounts, name).model_dump_json() == cast.model_dump_json()


def test_kind_words_make_no_conflict(casts: dict[str, Cast]) -> None:
    lumen = find_buying_centre(casts["ferrow"], "Lumen Dental")
    assert not lumen.conflicts and len(list(combinations(lumen.participant_ids, 2))) == 1
