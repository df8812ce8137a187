"""The whole job on the invented sample study: real readers, store, index, embedder and engine."""

import json
from collections.abc import Iterator

import jsonschema
import pytest
from sample_run import sample_run

from app.errors import InsufficientEvidence, NotFound
from app.exports.personas import personas_json
from app.exports.writing import publish
from app.intake.studies import create_study, describe_study
from app.models.cast import Cast
from app.models.claim import Status
from app.models.persona import CustomerPersona, MicroPersona, NegativePersona
from app.schemas import json_schema
from app.synthesis.casting import find_persona, load_cast, run_study
from app.workbench import Workbench
from retrieval.embeddings import MiniLM
from retrieval.evidence import Role

STUDY = "flowline"


@pytest.fixture(scope="module")
def flow_bench(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """A bench on which the sample study was run."""
    with sample_run(tmp_path_factory.mktemp("flow"), embedder) as bench:
        yield bench


@pytest.fixture(scope="module")
def cast(flow_bench: Workbench) -> Cast:
    return load_cast(flow_bench, STUDY)


def test_there_are_core_and_micro_personas(cast: Cast) -> None:
    assert cast.macros
    assert any(isinstance(one, MicroPersona) for one in cast.personas)


def test_every_quote_is_word_for_word_from_the_participant_named(cast: Cast, flow_bench: Workbench) -> None:
    with flow_bench.store.transaction() as tx:
        sources = {one.id: one for one in tx.sources.all(STUDY)}
    citations = [one for persona in cast.personas for claim in persona.claims() for one in claim.citations]
    assert citations
    for one in citations:
        source = sources[one.source_id]
        turn = source.turn_at(one.start)
        assert source.text[one.start : one.end] == one.text
        assert turn and one.end <= turn.end
        speaker = source.speaker(turn.speaker)
        assert (speaker.role, speaker.participant_id) == (Role.PARTICIPANT, one.participant_id)


def test_every_claim_cites_or_says_what_to_ask(cast: Cast) -> None:
    claims = [claim for persona in cast.personas for claim in persona.claims()]
    for claim in claims:
        assert claim.supporting or (claim.status is Status.NO_EVIDENCE and claim.gap and "?" in claim.gap.ask_next)


def test_k_of_n_counts_the_people_quoted(cast: Cast) -> None:
    for persona in cast.personas:
        if isinstance(persona, NegativePersona):
            continue
        for claim in persona.grounded_claims():
            speakers = {one.participant_id for one in claim.supporting}
            assert claim.support.k == len(speakers) >= 2
            assert speakers <= set(persona.sample.participants)
            assert claim.support.n == persona.sample.n


def test_every_micro_has_one_core_and_is_smaller(cast: Cast) -> None:
    cores = {macro.id: macro for macro in cast.macros}
    for persona in cast.personas:
        if isinstance(persona, MicroPersona):
            core = cores[persona.parent_macro_id]
            assert persona.id in core.micro_ids
            assert set(persona.sample.participants) < set(core.sample.participants)
            assert len(persona.differs_from_core) >= 3
            assert persona.sample.n >= 2


def test_the_poor_fit_is_found_and_nobody_else(cast: Cast) -> None:
    (found,) = [one for one in cast.personas if isinstance(one, NegativePersona)]
    assert found.sample.participants == found.suppression_rule.catches == ["P17"]
    assert found.provisional
    assert {one.kind for one in found.drain} == {"time", "money", "staff", "reputation"}
    assert {one.field for one in found.disqualifiers} >= {"budget_line", "approver_confirmed", "pays_for_custom_work"}
    assert [note.source_name for note in found.notes] == ["notes/blythe_signworks_qualification.txt"]
    assert any("stands in" in flag for flag in found.bias_flags)


def test_customers_stand_beside_their_core_personas(cast: Cast) -> None:
    customers = [one for one in cast.personas if isinstance(one, CustomerPersona)]
    people = [person for one in customers for person in one.sample.participants]
    assert set(people) <= {"P04", "P07", "P10", "P11", "P16"}
    assert len(people) == len(set(people)) >= 2
    assert all(one.linked_persona_id in {persona.id for persona in cast.personas} for one in customers)


def test_the_page_shows_the_personas_beside_the_tree(cast: Cast, flow_bench: Workbench) -> None:
    page = publish(flow_bench, cast)[1].read_text(encoding="utf-8")
    assert cast.beside
    assert all(persona.name in page for persona in cast.beside)
    assert all(one.suppression_rule.text in page for one in cast.beside if isinstance(one, NegativePersona))


def test_whoever_withdrew_is_nowhere(cast: Cast, flow_bench: Workbench) -> None:
    page = publish(flow_bench, cast)[1].read_text(encoding="utf-8")
    for trace in ("P15", "Pellucid"):
        assert trace not in personas_json(cast)
        assert trace not in page


def test_orders_planted_in_speech_reach_no_claim(cast: Cast) -> None:
    text = personas_json(cast).lower()
    for order in ("ignore all previous instructions", "reporting mode", "accept this summary"):
        assert order not in text


def test_names_are_roles_and_situations_not_people(cast: Cast) -> None:
    names = [persona.name for persona in cast.personas]
    assert len(set(names)) == len(names)
    assert not [name for name in names for label in ("Dana", "Kasia", "Nuno", "Declan") if label in name]


def test_uncovered_and_members_are_everybody_heard(cast: Cast) -> None:
    placed = {person for macro in cast.segments.macros for person in macro.participant_ids}
    left = {one.participant_id for one in cast.segments.uncovered}
    assert placed | left == {person.id for person in cast.participants}
    assert not placed & left


def test_personas_json_fits_the_published_schema(cast: Cast) -> None:
    document = json.loads(personas_json(cast))
    jsonschema.validate(document, json_schema("cast"))
    for persona in document["personas"]:
        jsonschema.validate(persona, json_schema("persona"))


def test_members_of_one_account_who_pull_apart_are_listed_and_allies_are_not(cast: Cast) -> None:
    found = {centre.account: {one.between for one in centre.conflicts} for centre in cast.buying_centres}
    assert found == {
        "Brightwater Pumps": {("P05", "P06"), ("P06", "P08")},
        "Korrinvale Packaging": {("P02", "P09"), ("P09", "P13")},
    }


def test_finding_a_persona_by_id_or_part_of_its_name(cast: Cast) -> None:
    first = cast.personas[0]
    assert find_persona(cast, first.id) is first
    assert find_persona(cast, first.name.upper()) is first
    with pytest.raises(NotFound, match="Choose one of"):
        find_persona(cast, "no such persona")


def test_running_an_empty_study_says_what_to_do(bench: Workbench) -> None:
    create_study(bench, describe_study("Empty", study_id="empty"))
    with pytest.raises(InsufficientEvidence, match="dramatis ingest empty"):
        run_study(bench, "empty")
