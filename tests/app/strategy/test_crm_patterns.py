"""CRM patterns by label and by segment, with their cautions."""

from playbook_page import room
from strategy_room import figures, grounds_of, with_attribute

from app.strategy.crm_patterns import find_patterns
from app.strategy.worth import worth_of
from retrieval.embeddings import MiniLM


def test_labels_are_told_apart_where_their_ranges_part(embedder: MiniLM) -> None:
    rich = [figures(f"r{i}", "Rich", 1000 + i, 200 + i) for i in range(8)]
    poor = [figures(f"p{i}", "Poor", 10 + i, 20 + i) for i in range(8)]
    found = find_patterns(grounds_of(embedder), [*rich, *poor])
    assert found and found.accounts == 16
    assert [one.name for one in found.by_label] == ["Poor", "Rich"] and found.by_label[1].value
    assert found.by_label[1].value.value == 1003.5 and not found.by_label[1].caution
    assert any(one.startswith("“Rich” brings the most: 1,004 (1,000 to 1,007)") for one in found.sentences)


def test_a_few_accounts_are_said_to_be_too_few(embedder: MiniLM) -> None:
    found = find_patterns(grounds_of(embedder), [figures(f"a{i}", "Tiny", 5, 9) for i in range(4)])
    assert found and found.by_label[0].caution == "n = 4: too few to conclude" and found.sentences == []


def test_overlapping_ranges_are_no_finding(embedder: MiniLM) -> None:
    one = [figures(f"o{i}", "One", 100 + 10 * i) for i in range(7)]
    two = [figures(f"t{i}", "Two", 105 + 10 * i) for i in range(7)]
    found = find_patterns(grounds_of(embedder), [*one, *two])
    assert found and any("its range overlaps" in sentence for sentence in found.sentences)


def test_lost_accounts_bring_no_value_but_count_for_conversion(embedder: MiniLM) -> None:
    rows = [figures(f"w{i}", "L", 50) for i in range(3)] + [figures(f"l{i}", "L", 0, won=False) for i in range(1)]
    found = find_patterns(grounds_of(embedder), rows)
    assert found and found.by_label[0].value and found.by_label[0].conversion
    assert (found.by_label[0].value.n, found.by_label[0].conversion.value) == (3, 0.75)


def test_a_persona_is_valued_by_the_label_most_of_its_accounts_bear(embedder: MiniLM) -> None:
    grounds = grounds_of(embedder)
    micro = grounds.micros[0]
    mine = {person: f"Co {person}" for person in micro.sample.participants}
    grounds = grounds_of(embedder, participants=with_attribute(room().cast, "account", mine))
    rows = [figures(name, "Careful", 300) for name in mine.values()]
    rows += [figures(f"x{i}", "Careful", 300) for i in range(6)] + [figures("y", "Unheard", 7)]
    crm = find_patterns(grounds, rows)
    assert crm and crm.unheard == ["Unheard"]
    worth = worth_of(micro, grounds, crm)
    assert worth.amount == 300 and "“Careful”" in worth.basis and "indicative" in worth.basis


def test_without_a_crm_value_is_people_and_what_they_have_to_say(embedder: MiniLM) -> None:
    grounds = grounds_of(embedder)
    worth = worth_of(grounds.micros[0], grounds, None)
    assert worth.amount is None and worth.people == grounds.micros[0].sample.n and worth.intensity > 0
    assert find_patterns(grounds, []) is None
