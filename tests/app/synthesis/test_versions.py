"""Versions: when a redraft is a new one, what changed, and which personas are stale."""

from dataclasses import replace

import pytest
from small_cast import cite, claim, macro
from small_study import evidence_in, material_of, segment_of, tree_of

from app.errors import NotFound
from app.models.claim import Claim
from app.models.field import Level
from app.models.persona import MacroPersona, MicroPersona
from app.models.segment import SegmentTree
from app.synthesis.material import Material
from app.synthesis.staleness import basis_of, stale_personas
from app.synthesis.versions import delta, numbered, versions_of
from app.workbench import Workbench

NAME, TWICE, HAND = cite("P01", "It is my name on the report."), cite("P01", "I check every line twice."), cite(
    "P02", "I check the figures by hand.")  # fmt: skip


def with_stressors(*claims: Claim) -> MacroPersona:
    return macro(stressors=list(claims), decision_logic=[])


def test_a_redraft_that_says_the_same_keeps_its_version() -> None:
    kept = [macro(version=1), macro(version=2)]
    [same] = numbered([macro()], kept)
    assert same.version == 2
    [other] = numbered([macro(name="Hurried report writer")], kept)
    assert other.version == 3
    [new] = numbered([macro("m9")], kept)
    assert new.version == 1


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        ([claim("stressors", "t1", NAME)], (0, 0, 0, 0, 0)),
        ([], (0, 1, 0, 0, 1)),
        ([claim("stressors", "t1", NAME), claim("stressors", "t2", HAND)], (1, 0, 0, 1, 0)),
        ([claim("stressors", "t9", NAME, HAND)], (0, 0, 1, 1, 0)),
        ([claim("stressors", "t9", HAND, text="They work by hand.")], (1, 1, 0, 1, 1)),
    ],
    ids=["the same", "a claim less", "a claim more", "a quote more", "another claim"],
)
def test_delta_counts_claims_and_quotes(after: list[Claim], counts: tuple[int, ...]) -> None:
    found = delta(with_stressors(claim("stressors", "t1", NAME)), with_stressors(*after))
    lists = (found.added, found.removed, found.changed, found.gained, found.lost)
    assert tuple(map(len, lists)) == counts


def test_versions_of_somebody_unknown(bench: Workbench, study: str) -> None:
    with pytest.raises(NotFound, match="persona"):
        versions_of(bench, study, "pe_0")


SAID = {
    "P01": [("I retype every figure.", "behavior")],
    "P02": [("I copy it by hand.", "behavior")],
    "P03": [("I call them instead.", "behavior")],
}
TREE = tree_of(
    segment_of("P01", "P02"), segment_of("P03"), segment_of("P01", level=Level.MICRO, parent="seg_P01P02")
)  # fmt: skip


def study_of(said: dict[str, list[tuple[str, str]]] = SAID) -> Material:
    material = material_of(said)
    return Material(material.study, material.participants, material.sources, material.evidence, [], TREE)


def people(*ids: str, micro: bool = False) -> MacroPersona | MicroPersona:
    kind = MicroPersona if micro else MacroPersona
    sample = macro().sample.model_copy(update={"participants": list(ids)})
    return kind.model_construct(
        id="".join(ids), name="Group", segment_id=f"seg_{''.join(ids)}", sample=sample, parent_macro_id="P01P02"
    )


def stale_ids(now: Material, before: Material) -> dict[str, str]:
    personas = [people("P01", "P02"), people("P03"), people("P01", micro=True)]
    return {one.persona_id: one.why for one in stale_personas(personas, now, basis_of(before))}


def test_nothing_changed_nothing_is_stale() -> None:
    assert stale_ids(study_of(), study_of()) == {}


def test_recoding_makes_those_stale_who_rest_on_it_and_those_compared_with_them() -> None:
    now = study_of()
    now.evidence[1] = evidence_in(now.sources[1], "I copy it by hand.", "pain_point")
    assert stale_ids(now, study_of()) == {"P01P02": "1 quote coded anew", "P01": "1 quote coded anew"}


def test_evidence_that_is_not_firm_makes_nobody_stale() -> None:
    before, now = study_of(), study_of()
    before.evidence.pop(2)
    now.evidence[2] = evidence_in(now.sources[2], "I call them instead.", "pain_point", firm=False)
    assert stale_ids(now, before) == {}


def test_a_new_interview_makes_all_stale() -> None:
    found = stale_ids(study_of({**SAID, "P04": [("I wait.", "behavior")]}), study_of())
    assert found == dict.fromkeys(["P01P02", "P03", "P01"], "P04 interviewed since")


@pytest.mark.parametrize(
    ("tree", "stale"),
    [
        (tree_of(segment_of("P01"), segment_of("P02", "P03")), {"P01P02": "its people are grouped anew"}),
        (TREE.model_copy(update={"segments": [segment_of("P01", "P02", name="Scribes"), *TREE.segments[1:]]}),
         {"P01P02": "its segment is called “Scribes” now"}),
        (tree_of(segment_of("P01", "P02"), segment_of("P01", level=Level.MICRO, parent="seg_P03")),
         {"P01": "its core is grouped anew"}),
    ],
    ids=["people moved", "a name changed", "another core"],
)  # fmt: skip
def test_another_segment_makes_stale(tree: SegmentTree, stale: dict[str, str]) -> None:
    shaped = replace(study_of(), tree=tree)
    assert stale.items() <= stale_ids(shaped, study_of()).items()


def test_without_a_basis_nothing_is_said() -> None:
    assert stale_personas([people("P03")], study_of(), None) == []
