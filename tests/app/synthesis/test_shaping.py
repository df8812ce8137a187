"""Segments and themes shaped by people on the invented sample study: kept on re-runs, and what becomes stale."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_run import sample_run

from app.errors import BadInput, Conflict, NotFound
from app.exports.personas import personas_json
from app.models.reshaping import Change
from app.models.segment import SegmentTree, Tail
from app.synthesis.casting import load_cast, run_study
from app.synthesis.reshaping import Wish
from app.synthesis.segments import ABOUT, segment_study
from app.synthesis.shaping import decisions_about, shape_segments, take_back_segments
from app.synthesis.theme_shaping import ThemeWish, list_themes, shape_themes
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

STUDY = "flowline"


@pytest.fixture
def shaped(tmp_path: Path, embedder: MiniLM) -> Iterator[Workbench]:
    """A bench of the test's own, without decisions of an earlier one."""
    with sample_run(tmp_path / "shaped", embedder) as bench:
        yield bench


def home(tree: SegmentTree, person: str) -> list[str]:
    return [one.name for one in tree.drafted if person in one.participant_ids]


def test_decisions_survive_a_run_and_two_runs_are_the_same_byte_for_byte(shaped: Workbench) -> None:
    before = segment_study(shaped, STUDY)
    micros = [one for one in before.segments if one.tail is Tail.MID]
    donor = next(one for one in micros if len(one.members) > 2)
    target = next(one for one in micros if one.id != donor.id)
    person = donor.participant_ids[0]
    wishes = [Wish(Change.MOVE, [target.name], [person]), Wish(Change.RENAME, [donor.name], name="Renamed by hand")]
    segment_study(shaped, STUDY, wishes=wishes, by="ana")
    casts = []
    for _ in range(2):
        run_study(shaped, STUDY)
        casts.append(load_cast(shaped, STUDY))
    tree = casts[0].segments
    assert personas_json(casts[0]) == personas_json(casts[1])
    assert home(tree, person)[-1] == target.name and "Renamed by hand" in [one.name for one in tree.segments]
    assert tree.notes == []
    assert min(len(one.members) for one in tree.segments) >= 2


def test_an_attribute_parts_the_macro_segments_and_pools_what_is_small(shaped: Workbench) -> None:
    tree = segment_study(shaped, STUDY, wishes=[Wish(Change.AXIS, name="Region")])
    assert len(tree.macros) >= 2 and all(len(one.members) >= 3 for one in tree.macros)
    assert any("others" in one.name for one in tree.macros)
    assert all(one.definition[0].name == "region" for one in tree.macros)
    assert segment_study(shaped, STUDY).macros == tree.macros, "the axis is kept"
    assert not tree.demographic


def test_a_code_parts_those_who_speak_of_it_from_those_who_do_not(shaped: Workbench) -> None:
    speaking_of: dict[str, set[str]] = {}
    for one in list_themes(shaped, STUDY):
        speaking_of.setdefault(one.code, set()).update(one.participants)
    code, speaking = next((code, who) for code, who in speaking_of.items() if 3 <= len(who) <= 14)
    told, silent = segment_study(shaped, STUDY, wishes=[Wish(Change.AXIS, name=code)]).macros
    assert set(told.participant_ids) <= speaking and not set(silent.participant_ids) & speaking


def test_a_figure_nobody_shares_parts_people_at_its_median(shaped: Workbench) -> None:
    tree = segment_study(shaped, STUDY, wishes=[Wish(Change.AXIS, name="organisation_size")])
    assert [one.definition[0].operator for one in tree.macros] == ["up to", "over"]


@pytest.mark.parametrize(
    ("name", "error"),
    [("shoe size", NotFound), ("objection", BadInput)],
    ids=["neither attribute nor code", "all but one speak of it"],
)
def test_an_axis_that_parts_nobody_is_refused(shaped: Workbench, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        segment_study(shaped, STUDY, wishes=[Wish(Change.AXIS, name=name)])
    assert len(segment_study(shaped, STUDY).macros) >= 2, "and not remembered"


def test_a_demographic_axis_is_possible_and_flagged_on_every_persona(shaped: Workbench) -> None:
    with shaped.store.transaction() as tx:
        for number, person in enumerate(tx.participants.all(STUDY)):
            attributes = person.attributes | {"age_group": "under 40" if number % 2 else "40 and over"}
            tx.participants.save(STUDY, [person.model_copy(update={"attributes": attributes})])
    segment_study(shaped, STUDY, wishes=[Wish(Change.AXIS, name="age group")])
    run_study(shaped, STUDY)
    cast = load_cast(shaped, STUDY)
    assert cast.segments.demographic == "age group"
    for macro in cast.macros:
        assert any("demographic attribute at the user's wish" in flag for flag in macro.bias_flags)
        assert "40" not in macro.name


def test_themes_shaped_by_people_are_kept_and_make_personas_stale(shaped: Workbench) -> None:
    run_study(shaped, STUDY)
    assert load_cast(shaped, STUDY).stale == []
    by_code: dict[str, list[str]] = {}
    for one in list_themes(shaped, STUDY):
        by_code.setdefault(one.code, []).append(one.id)
    first, second, third = next(ids for ids in by_code.values() if len(ids) > 2)[:3]
    wishes = [ThemeWish(Change.MERGE, [first, second]), ThemeWish(Change.RENAME, [third], label="Named by hand")]
    shape_themes(shaped, STUDY, wishes, "ana")
    ids = {one.id for one in list_themes(shaped, STUDY)}
    assert not {first, second} & ids
    assert any("themes shaped anew" in one.why for one in load_cast(shaped, STUDY).stale)
    run_study(shaped, STUDY)
    assert {one.id for one in list_themes(shaped, STUDY)} == ids
    assert "Named by hand" in [one.label for one in list_themes(shaped, STUDY)]
    assert load_cast(shaped, STUDY).stale == []


def test_a_theme_is_split_where_each_part_has_two_people(shaped: Workbench) -> None:
    with shaped.store.transaction() as tx:
        who = {one.id: one.participant_id for one in tx.evidence.all(STUDY)}
    theme = next(one for one in list_themes(shaped, STUDY) if one.k >= 4)
    one_each = list({who[one]: one for one in theme.evidence_ids}.values())
    with pytest.raises(BadInput, match="anecdote"):
        shape_themes(shaped, STUDY, [ThemeWish(Change.SPLIT, [theme.id], one_each[:1])])
    themes = shape_themes(shaped, STUDY, [ThemeWish(Change.SPLIT, [theme.id], one_each[:2])])
    parts = [one for one in themes if one.code == theme.code and set(one.evidence_ids) & set(theme.evidence_ids)]
    assert sorted(len(one.evidence_ids) for one in parts) == sorted([2, len(theme.evidence_ids) - 2])


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (ThemeWish(Change.RENAME, ["th_none"], label="x"), NotFound),
        (ThemeWish(Change.MERGE, ["0", "0"]), BadInput),
        (ThemeWish(Change.SPLIT, ["0"], ["ev_none"]), NotFound),
    ],
    ids=["unknown theme", "merged with itself", "unknown evidence"],
)
def test_bad_wishes_about_themes_change_nothing(shaped: Workbench, wish: ThemeWish, error: type[Exception]) -> None:
    before = list_themes(shaped, STUDY)
    named = [before[int(one)].id if one.isdigit() else one for one in wish.themes]
    with pytest.raises(error):
        shape_themes(shaped, STUDY, [wish._replace(themes=named)])
    assert list_themes(shaped, STUDY) == before


def test_a_bad_wish_forgets_no_earlier_decision(shaped: Workbench) -> None:
    person = segment_study(shaped, STUDY).macros[0].participant_ids[0]
    segment_study(shaped, STUDY, wishes=[Wish(Change.LOCK, people=[person])])
    with pytest.raises(NotFound):
        segment_study(shaped, STUDY, wishes=[Wish(Change.LOCK, people=["nobody"])], forget=True)
    with shaped.store.transaction() as tx:
        assert len(tx.reshapings.all(STUDY, ABOUT)) == 1
    segment_study(shaped, STUDY, forget=True)
    with shaped.store.transaction() as tx:
        assert tx.reshapings.all(STUDY, ABOUT) == []


def test_what_is_shaped_between_runs_is_what_the_next_run_makes(shaped: Workbench) -> None:
    before = segment_study(shaped, STUDY)
    donor = max((one for one in before.segments if one.tail is Tail.MID), key=lambda one: len(one.members))
    other = next(one for one in before.children(donor.parent_id or "") if one.id != donor.id)
    wishes = [
        Wish(Change.MOVE, [other.id], donor.participant_ids[:1]),
        Wish(Change.RENAME, [other.name], name="Called by us"),
    ]
    tree = shape_segments(shaped, STUDY, wishes, "ana")
    again = segment_study(shaped, STUDY)
    assert [(one.name, one.participant_ids) for one in again.segments] == [
        (one.name, one.participant_ids) for one in tree.segments
    ]
    for one in reversed(decisions_about(shaped, STUDY, ABOUT)):
        take_back_segments(shaped, STUDY, one.number)
    with shaped.store.transaction() as tx:
        assert tx.results.tree(STUDY) == before


def test_segments_of_a_file_are_not_proposed_anew(shaped: Workbench, tmp_path: Path) -> None:
    [first, second, *_] = segment_study(shaped, STUDY).macros
    rows = [f"- {{name: {one.name}, members: [{', '.join(one.participant_ids)}]}}" for one in (first, second)]
    (given := tmp_path / "segments.yaml").write_text("\n".join(rows), encoding="utf-8")
    segment_study(shaped, STUDY, given)
    shape_segments(shaped, STUDY, [Wish(Change.RENAME, [first.name], name="Called by us")], "ana")
    [decision] = decisions_about(shaped, STUDY, ABOUT)
    with pytest.raises(Conflict, match="given in a file"):
        take_back_segments(shaped, STUDY, decision.number)
