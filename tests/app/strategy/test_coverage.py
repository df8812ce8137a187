"""How many personas, who is left, and which cores are really micros."""

from playbook_page import room
from strategy_room import grounds_of

from app.models.persona import MacroPersona
from app.strategy.coverage import judge_coverage
from app.strategy.merging import propose_merges
from retrieval.embeddings import MiniLM


def copies(n: int) -> list[MacroPersona]:
    first = room().cast.macros[0]
    return [first.model_copy(update={"id": f"pe_{i}", "name": f"Core {i}", "micro_ids": []}) for i in range(n)]


def test_two_cores_are_too_few_and_the_person_left_is_named(embedder: MiniLM) -> None:
    found = judge_coverage(grounds_of(embedder), None)
    assert (found.covered, found.n, found.verdict) == (9, 10, "too few")
    assert [one.participant_id for one in found.uncovered] == ["P18"] and "at sea" in found.uncovered[0].why
    assert "9 of 10 people heard (90 %), above the 80 %" in found.sentences[0]
    assert "One person is left over, too few for another" in " ".join(found.sentences)


def test_below_the_bar_is_said(embedder: MiniLM) -> None:
    found = judge_coverage(grounds_of(embedder, personas=[room().cast.macros[0]]), None)
    assert found.share < found.enough and "below the 80 %" in found.sentences[0]


def test_three_to_five_are_as_usual_and_more_are_too_many(embedder: MiniLM) -> None:
    assert judge_coverage(grounds_of(embedder, personas=copies(4)), None).verdict == "as usual"
    assert judge_coverage(grounds_of(embedder, personas=copies(6)), None).verdict == "too many"


def test_cores_of_the_same_people_are_one(embedder: MiniLM) -> None:
    [merge] = propose_merges(grounds_of(embedder, personas=copies(2)))
    assert merge.shared == merge.themes > 0 and merge.apart == 0 and "(100 %), none tells them apart" in merge.why


def test_cores_that_differ_are_left_alone(embedder: MiniLM) -> None:
    assert propose_merges(grounds_of(embedder)) == []


def test_beyond_eight_the_closest_are_put_together(embedder: MiniLM) -> None:
    everybody = [one.id for one in room().cast.participants]
    first = room().cast.macros[0]
    cores = []
    for i, person in enumerate(everybody):
        sample = first.sample.model_copy(update={"n": 1, "participants": [person]})
        cores.append(first.model_copy(update={"id": f"pe_{i}", "name": f"Core {i}", "micro_ids": [], "sample": sample}))
    found = propose_merges(grounds_of(embedder, personas=cores))
    assert len(cores) - len(found) <= 8
    assert not {one.persona_id for one in found} & {one.into_id for one in found}
