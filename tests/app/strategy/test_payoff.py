"""Which micro personas pay off: judged from words and differences, silent where nobody spoke."""

from playbook_page import room
from strategy_room import grounds_of, with_attribute

from app.models.payoff import Call, Finding, Judgement, PayoffSpec, load_payoff
from app.strategy.judging import Judge
from app.strategy.payoff import judge_payoffs
from retrieval.embeddings import MiniLM
from retrieval.evidence import sha256

ASK = "Why?"


def judged(embedder: MiniLM, spec: PayoffSpec) -> Judgement:
    grounds = grounds_of(embedder)
    return Judge(grounds, [spec]).judge(spec, grounds.micros[0])


def spec_of(cues: list[str], against: list[str] | None = None) -> PayoffSpec:
    codes = sorted({code for one in room().evidence for code in one.firm})
    return PayoffSpec(id="x", kind="condition", label="X", codes=codes, cues=cues, against=against or [], ask=ASK)


def own_words(people: list[str]) -> list[str]:
    return [next(one.quote.text for one in room().evidence if one.participant_id == person) for person in people]


def test_what_several_members_say_is_met_with_their_words(embedder: MiniLM) -> None:
    people = grounds_of(embedder).micros[0].sample.participants
    found = judged(embedder, spec_of(own_words(people)))
    assert found.finding is Finding.MET and found.support.k == found.support.n == len(people) and not found.ask
    sources = {source.id: source.text for source in room().sources}
    for one in found.citations:
        assert one.participant_id in people and sha256(sources[one.source_id][one.start : one.end]) == one.sha256


def test_what_is_closer_to_a_cue_against_speaks_against(embedder: MiniLM) -> None:
    people = grounds_of(embedder).micros[0].sample.participants
    found = judged(embedder, spec_of(["The moon is made of cheese."], own_words(people)))
    assert found.finding is Finding.NOT_MET and found.citations


def test_silence_is_no_finding_and_says_what_to_ask(embedder: MiniLM) -> None:
    found = judged(embedder, spec_of(["Quantum chromodynamics describes gluons."]))
    assert found.finding is Finding.NOT_EVALUABLE and found.ask == ASK and not found.citations


def test_nobody_else_speaks_for_a_persona(embedder: MiniLM) -> None:
    outside = [
        one.id for one in room().cast.participants if one.id not in grounds_of(embedder).micros[0].sample.participants
    ]
    spoken = [one for one in outside if any(e.participant_id == one for e in room().evidence)]
    found = judged(embedder, spec_of(own_words(spoken)))
    assert not {one.participant_id for one in found.citations} & set(outside)


def test_differences_beyond_luck_are_met_with_their_numbers(embedder: MiniLM) -> None:
    codes = sorted({theme.code for theme in room().cast.themes})
    spec = PayoffSpec(id="d", kind="condition", label="D", by="differences", codes=codes, ask=ASK)
    found = judged(embedder, spec)
    assert found.finding is Finding.MET and "beyond luck" in found.why and found.citations


def test_several_people_of_one_account_make_it_account_based(embedder: MiniLM) -> None:
    micro = grounds_of(embedder).micros[0]
    here, there = micro.sample.participants[0], grounds_of(embedder).rest_of_core(micro)[0]
    people = with_attribute(room().cast, "account", {here: "One", there: "One"})
    grounds = grounds_of(embedder, participants=people)
    specs = load_payoff()
    spec = next(one for one in specs if one.id == "account_based")
    found = Judge(grounds, specs).judge(spec, micro)
    assert found.finding is Finding.MET and found.why == "one of them at 1 account where several people were heard"


def test_every_micro_is_ranked_and_no_more_than_three_start(embedder: MiniLM) -> None:
    grounds = grounds_of(embedder)
    found = judge_payoffs(grounds, load_payoff(), None)
    assert [one.rank for one in found] == list(range(1, len(grounds.micros) + 1))
    assert sum(one.call is Call.START for one in found) <= 3
    assert all(len(one.conditions) == 4 and len(one.scenarios) == 5 for one in found)
    assert all(len(one.met) >= 2 for one in found if one.call is Call.START)
    assert all(one.effort.status == "inferred" for one in found)


def test_the_same_grounds_give_the_same_advice(embedder: MiniLM) -> None:
    assert judge_payoffs(grounds_of(embedder), load_payoff(), None) == judge_payoffs(
        grounds_of(embedder), load_payoff(), None
    )
