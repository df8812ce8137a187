"""Segments described: what sets them apart, what everybody wants, what is shared."""

from dataclasses import replace

from small_study import material_of, segment_of, tree_of

from app.models.field import Level
from app.models.theme import Theme
from app.synthesis.material import Material
from app.synthesis.segments import describe, mark_table_stakes

PEOPLE = [f"P{number:02}" for number in range(1, 13)]
CLERKS, NURSES = PEOPLE[:6], PEOPLE[6:]
LEFT, RIGHT = segment_of(*CLERKS), segment_of(*NURSES)
TREE = tree_of(LEFT, RIGHT)


def theme(id: str, *people: str) -> Theme:
    return Theme(
        id=id, code="motivation", label=f"about {id}", evidence_ids=[], participants=list(people), n=len(PEOPLE)
    )


def material(*themes: Theme) -> Material:
    said = {one: [(f"I am {one} and I work here.", "context")] for one in PEOPLE}
    roles = dict.fromkeys(CLERKS, "Clerk") | dict.fromkeys(NURSES, "Nurse")
    return replace(material_of(said, roles), themes=list(themes))


def test_what_most_say_alike_is_a_table_stake_and_what_one_group_says_is_not() -> None:
    themes = [theme("all", *PEOPLE), theme("left", *CLERKS, "P07", "P08"), theme("few", "P01", "P07")]
    marked = mark_table_stakes(themes, TREE)
    assert {one.id: one.table_stakes for one in marked} == {"all": True, "left": False, "few": False}


def test_what_people_take_for_granted_in_several_segments_is_a_table_stake_however_few_say_so() -> None:
    themes = [theme("both", "P01", "P02", "P07"), theme("one", "P01", "P02"), theme("most", *CLERKS, "P07")]
    marked = mark_table_stakes([one.model_copy(update={"granted": True}) for one in themes], TREE)
    assert {one.id: one.table_stakes for one in marked} == {"both": True, "one": False, "most": False}


def test_a_segment_is_described_by_shared_attributes_and_distinctive_themes() -> None:
    described = describe(LEFT, TREE, material(theme("left", *CLERKS), theme("all", *PEOPLE)))
    assert [(one.kind, one.name, one.value) for one in described.definition] == [
        ("attribute", "role", "Clerk"),
        ("theme", "about left", "6 of 6"),
    ]
    assert [one.theme_id for one in described.distinctive_needs] == ["left"]


def test_a_micro_inherits_what_half_of_its_core_says() -> None:
    micro = segment_of("P01", "P02", level=Level.MICRO, parent=LEFT.id)
    described = describe(micro, tree_of(LEFT, micro), material(theme("core", *CLERKS), theme("own", "P01", "P02")))
    assert described.inherited_needs == ["core"]
    assert [one.theme_id for one in described.distinctive_needs] == ["own"]


def test_with_one_segment_there_is_nobody_to_compare_with_and_no_table_stake() -> None:
    everybody = tree_of(segment_of(*PEOPLE))
    assert not mark_table_stakes([theme("all", *PEOPLE)], everybody)[0].table_stakes
