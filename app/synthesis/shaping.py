"""Shaping: what people decide about segments and themes between two runs, and take back.

A decision is carried out on the segments as they stand, so that nothing else moves; on later runs it is carried out on
what is proposed then. Personas stay as they were drafted, and are stale where their segment is another now. Taking a
decision back needs what the engine proposes without it, and carries out all others on that.
"""

from collections.abc import Sequence

from app.errors import Conflict, NotFound
from app.models.reshaping import Change, Decision
from app.models.segment import SegmentTree
from app.synthesis import reshaping, theme_shaping
from app.synthesis.material import Material, load_coded_material, must_stand
from app.synthesis.personas import tree_of
from app.synthesis.reshaping import Wish, carry_out, notes_of, understood
from app.synthesis.segments import describe_tree, mark_table_stakes, reshape
from app.synthesis.segments_file import METHOD as BY_FILE
from app.synthesis.tails import look_deeper
from app.synthesis.themes import themes_of
from app.workbench import Workbench

SEGMENTS, THEMES = reshaping.ABOUT, theme_shaping.ABOUT


def decisions_about(bench: Workbench, study_id: str, about: str) -> list[Decision]:
    """What people decided about `segment` or `theme`, in the order they are carried out; NotFound for no study."""
    bench.study(study_id)
    with bench.store.transaction() as tx:
        return tx.reshapings.all(study_id, about)


def shape_segments(bench: Workbench, study_id: str, wishes: Sequence[Wish], by: str) -> SegmentTree:
    """Carry out the wishes, remember them, and save the segments.

    InsufficientEvidence where there are none yet, NotFound where a wish names what there is not, BadInput where it
    would break a rule. Nothing is saved then.
    """
    bench = bench.for_study(study_id)
    material = load_coded_material(bench, study_id)
    tree, decisions = tree_of(material), decisions_about(bench, study_id, SEGMENTS)
    if any(wish.change is Change.AXIS for wish in wishes):
        tree, decisions = reshape(bench, material, decisions, wishes, by)
    else:
        for wish in wishes:
            decisions.append(understood(wish, tree, material.interviewed, by))
            tree, _ = carry_out(decisions[-1], tree, material.interviewed)
        tree = look_deeper(bench, tree, material)
    return _save_tree(bench, material, tree, decisions)


def take_back_segments(bench: Workbench, study_id: str, number: int) -> Decision:
    """Forget a decision about segments; returns it. NotFound where there is none of that number, Conflict where the
    segments came from a file, which then would have to be read again."""
    bench = bench.for_study(study_id)
    material = load_coded_material(bench, study_id)
    if tree_of(material).method.startswith(BY_FILE):
        raise Conflict("These segments were given in a file. Change the file, and give it again with --segments.")
    gone, left = _without(decisions_about(bench, study_id, SEGMENTS), number, "segments")
    tree, left = reshape(bench, material, left, (), gone.by)
    _save_tree(bench, material, tree, left)
    return gone


def take_back_themes(bench: Workbench, study_id: str, number: int) -> Decision:
    """Forget a decision about themes; returns it. NotFound where there is none of that number."""
    bench = bench.for_study(study_id)
    material = load_coded_material(bench, study_id)
    gone, left = _without(decisions_about(bench, study_id, THEMES), number, "themes")
    found = themes_of(bench.engine.find_themes(material.evidence, bench.codebook), material)
    themes, left = theme_shaping.replay(found, left, material.by_id, bench.engine)
    with bench.store.transaction(alone=True) as tx:
        tx.reshapings.replace(study_id, THEMES, left)
        theme_shaping.save_themes(tx, material, themes)
    return gone


def _save_tree(bench: Workbench, material: Material, tree: SegmentTree, decisions: list[Decision]) -> SegmentTree:
    study_id = material.study.id
    with bench.store.transaction(alone=True) as tx:
        must_stand(tx, study_id, material.source_by_id)
        notes = notes_of(decisions) + notes_of(tx.reshapings.all(study_id, THEMES))
        described = describe_tree(tree.model_copy(update={"notes": notes}), material)
        tx.reshapings.replace(study_id, SEGMENTS, decisions)
        tx.results.redescribe(study_id, described)
        tx.results.save_themes(study_id, mark_table_stakes(material.themes, described))
    return described


def _without(decisions: Sequence[Decision], number: int, what: str) -> tuple[Decision, list[Decision]]:
    gone = next((one for one in decisions if one.number == number), None)
    if gone is None:
        raise NotFound(f"decision about {what}", str(number), "It may have been taken back already")
    return gone, [one for one in decisions if one is not gone]
