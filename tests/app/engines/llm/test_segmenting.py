"""Segments of a model, held to the rules of the trade: whatever breaks one is left out and counted."""

import pytest

from app.engines.base import Profile
from app.engines.llm.account_book import AccountBook
from app.engines.llm.answers import MacroAnswer, MicroAnswer, PoorFitAnswer, ProposedSegments, UnplacedAnswer
from app.engines.llm.segmenting import as_tree, segments_ask
from app.models.segment import SegmentTree
from app.models.theme import Theme
from prompts.library import PromptLibrary
from retrieval.evidence import Participant

PEOPLE = ["P01", "P02", "P03", "P04", "P05", "P06"]
ABOUT = {"role": "Clerk", "file": "P01.txt", "name": "Anna", "team_size": "9", "sector": ""}
PROFILES = [Profile(participant=Participant(id=one, attributes=ABOUT), evidence=[]) for one in PEOPLE]
TAKEN = "participant unknown or placed already"
NO_MICRO = "a micro segment of one person or of everybody"


def macro(name: str, *members: str, micro: tuple[MicroAnswer, ...] = ()) -> MacroAnswer:
    return MacroAnswer(name=name, why=f"{name} together.", members=list(members), micro=list(micro))


def micro(name: str, *members: str) -> MicroAnswer:
    return MicroAnswer(name=name, differentiator=f"{name} apart", members=list(members))


def answer(*macros: MacroAnswer, unplaced: tuple[str, ...] = (), poor: tuple[str, ...] = ()) -> ProposedSegments:
    return ProposedSegments(
        macro=list(macros),
        unplaced=[UnplacedAnswer(participant=one, why="Odd.") for one in unplaced],
        poor_fits=[PoorFitAnswer(participant=one, why="No money.", evidence=[1]) for one in poor],
    )


def held(given: ProposedSegments) -> tuple[SegmentTree, dict[str, int]]:
    book = AccountBook()
    return as_tree(given, PROFILES, "scripted:test", book), book.read().dropped


def members(tree: SegmentTree) -> dict[str, list[str]]:
    return {one.name: one.participant_ids for one in tree.segments}


def test_a_sound_answer_is_kept_whole() -> None:
    inner = (micro("Quick", "P01", "P02"), micro("Slow", "P03", "P04"))
    tree, dropped = held(
        answer(macro(" Clerks ", "P01", "P02", "P03", "P04", micro=inner), macro("Bosses", "P05", "P06"))
    )
    assert members(tree) == {"Clerks": PEOPLE[:4], "Quick": PEOPLE[:2], "Slow": PEOPLE[2:4], "Bosses": PEOPLE[4:]}
    assert [one.parent_id for one in tree.segments] == [None, tree.segments[0].id, tree.segments[0].id, None]
    assert (tree.uncovered, dropped) == ([], {})
    assert tree.segments[1].members[0].why == "Quick apart"
    assert tree.method.startswith("scripted:test")


@pytest.mark.parametrize("nobody", ["P99", "p01", "", "Interviewer"])
def test_nobody_of_the_study_is_left_out(nobody: str) -> None:
    tree, dropped = held(answer(macro("Clerks", nobody, "P01", "P02")))
    assert members(tree) == {"Clerks": ["P01", "P02"]}
    assert dropped == {TAKEN: 1}


def test_who_is_placed_twice_stays_where_they_were_placed_first() -> None:
    tree, dropped = held(answer(macro("Clerks", "P01", "P02"), macro("Bosses", "P02", "P03", "P04")))
    assert members(tree) == {"Clerks": ["P01", "P02"], "Bosses": ["P03", "P04"]}
    assert dropped == {TAKEN: 1}


def test_a_segment_of_one_is_none_and_its_member_is_uncovered() -> None:
    tree, _ = held(answer(macro("Clerks", "P01", "P02"), macro("Loner", "P03")))
    assert members(tree) == {"Clerks": ["P01", "P02"]}
    assert {one.participant_id: one.why for one in tree.uncovered}["P03"] == "placed in no segment of two or more"


def test_whom_only_a_micro_segment_names_belongs_to_its_macro() -> None:
    inner = (micro("Quick", "P02", "P03"),)
    tree, dropped = held(answer(macro("Clerks", "P01", micro=inner)))
    assert members(tree) == {"Clerks": ["P01", "P02", "P03"], "Quick": ["P02", "P03"]}
    assert dropped == {}


def test_a_micro_segment_takes_nobody_from_another_macro_even_one_named_later() -> None:
    inner = (micro("Quick", "P01", "P02", "P04"),)
    tree, dropped = held(answer(macro("Clerks", "P01", "P02", "P03", micro=inner), macro("Bosses", "P04", "P05")))
    assert members(tree) == {"Clerks": PEOPLE[:3], "Quick": PEOPLE[:2], "Bosses": ["P04", "P05"]}
    assert dropped == {TAKEN: 2}, "once for the macro, once for the micro segment"


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param(micro("One", "P01"), id="one person"),
        pytest.param(micro("All", "P01", "P02", "P03"), id="everybody of the macro"),
        pytest.param(micro("None"), id="nobody"),
    ],
)
def test_a_micro_segment_is_more_than_one_and_less_than_its_macro(inner: MicroAnswer) -> None:
    tree, dropped = held(answer(macro("Clerks", "P01", "P02", "P03", micro=(inner,))))
    assert members(tree) == {"Clerks": ["P01", "P02", "P03"]}
    assert dropped == {NO_MICRO: 1}


def test_nobody_is_in_two_micro_segments() -> None:
    inner = (micro("Quick", "P01", "P02"), micro("Slow", "P02", "P03"))
    tree, dropped = held(answer(macro("Clerks", "P01", "P02", "P03", "P04", micro=inner)))
    assert members(tree) == {"Clerks": PEOPLE[:4], "Quick": ["P01", "P02"]}
    assert dropped == {TAKEN: 1, NO_MICRO: 1}


def test_a_poor_fit_is_in_no_segment_and_everybody_left_has_a_reason() -> None:
    tree, dropped = held(answer(macro("Clerks", "P01", "P02", "P03"), unplaced=("P04",), poor=("P03",)))
    assert members(tree) == {"Clerks": ["P01", "P02"]}
    assert {one.participant_id: one.why for one in tree.uncovered} == {
        "P03": "a poor fit: No money.",
        "P04": "Odd.",
        "P05": "placed in no segment of two or more",
        "P06": "placed in no segment of two or more",
    }
    assert dropped == {TAKEN: 1}


THEMES = [
    Theme(id="t1", code="budget", label="Has no money", evidence_ids=[], participants=["P02"], n=6),
    Theme(id="t2", code="intent", label="Wants to buy", evidence_ids=[], participants=["P01", "P02"], n=6),
]


def profile(person: str, **told: str) -> Profile:
    return Profile(participant=Participant(id=person, attributes=told), evidence=[])


def prompt(*profiles: Profile) -> list[str]:
    return segments_ask(profiles, THEMES, "Who buys?", PromptLibrary()).prompt.user.splitlines()


def test_the_prompt_names_attributes_once_and_who_voices_each_theme() -> None:
    lines = prompt(profile("P01", role="Clerk", team_size="9"), profile("P02", role="Boss", team_size="40"))
    assert "? Who buys?" in lines
    assert lines[lines.index("# budget") + 1] == "1 Has no money: P02"
    assert lines[lines.index("# intent") + 1] == "2 Wants to buy: P01 P02"
    first = lines.index("# participant | role | team size")
    assert lines[first + 1 : first + 3] == ["- P01 | Clerk | 9", "- P02 | Boss | 40"]


def test_what_is_not_declared_of_somebody_leaves_their_place_empty() -> None:
    lines = prompt(
        profile("P01", role="Clerk", sector="Tea"), profile("P02", sector="Rice"), profile("P03", role="Boss")
    )
    first = lines.index("# participant | role | sector")
    assert [[cell.strip() for cell in line.split("|")] for line in lines[first + 1 : first + 4]] == [
        ["- P01", "Clerk", "Tea"],
        ["- P02", "", "Rice"],
        ["- P03", "Boss", ""],
    ]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        pytest.param("sector", ("Tea", "Tea"), id="the same of all"),
        pytest.param("sector", ("Tea", ""), id="declared of one"),
        pytest.param("file", ("a.txt", "b.txt"), id="a file"),
        pytest.param("Name", ("Anna", "Bert"), id="a name, however it is written"),
        pytest.param("stage", ("won", "lost"), id="a measure of a CRM"),
    ],
)
def test_what_tells_nobody_apart_is_not_told(name: str, values: tuple[str, str]) -> None:
    people = [profile(f"P0{row}", role=f"Role {row}", **{name: value}) for row, value in enumerate(values)]
    lines = prompt(*people)
    assert "# participant | role" in lines
    assert not any(value and value in line for line in lines for value in values)


def test_themes_of_a_code_stand_together_under_the_numbers_that_they_are_cited_by() -> None:
    late = Theme(id="t3", code="budget", label="Pays anything", evidence_ids=[], participants=["P01"], n=6)
    asked = segments_ask([profile("P01"), profile("P02")], [*THEMES, late], "", PromptLibrary())
    lines = asked.prompt.user.splitlines()
    first = lines.index("# budget")
    assert lines[first : first + 5] == [
        "# budget", "1 Has no money: P02", "2 Pays anything: P01", "# intent", "3 Wants to buy: P01 P02",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        pytest.param(answer(), "no macro segment", id="empty"),
        pytest.param(answer(macro("A", "P01"), macro(" a", "P02")), "a name of its own", id="one name twice"),
        pytest.param(answer(macro("A", "P01", micro=(micro(" ", "P01"),))), "a name of its own", id="no name"),
    ],
)
def test_an_answer_without_segments_or_names_is_sent_back(given: ProposedSegments, fault: str) -> None:
    check = segments_ask(PROFILES, THEMES, "", PromptLibrary()).check
    assert fault in check(given)
    assert check(answer(macro("A", "P01", "P02"))) == ""
