"""Segments: who belongs together, what sets each group apart, and who fits nowhere.

The engine proposes memberships (or the user gives them in a file); this step holds them to the rules of
the trade and describes each group: definition, what it inherits, what is distinctive, table stakes. Whoever is
a poor fit is left out of what the engine proposes; people may still place them in a segment.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from app.errors import DramatisError, InsufficientEvidence
from app.models.reshaping import Change, Decision
from app.models.segment import Lift, Predicate, Segment, SegmentTree
from app.models.theme import Theme
from app.synthesis.axis import propose_by
from app.synthesis.beside.negatives import poor_fits
from app.synthesis.lift import distinctive, lift_of
from app.synthesis.material import Material, load_coded_material, must_stand
from app.synthesis.regrouping import leave_out
from app.synthesis.reshaping import ABOUT, Wish, carry_out, notes_of, replay, understood
from app.synthesis.segments_file import read_segments
from app.synthesis.staleness import basis_of
from app.synthesis.tails import look_deeper
from app.workbench import Workbench

MIN_PARTICIPANTS = 4
# Table stakes: said by at least this share of everybody …
MOST = 0.6
# … and by no macro segment so much more often that luck is an unlikely reason.
NO_LUCK = 0.10
# What people take for granted is seldom said unasked: that it is said in several macro segments is enough.
SEVERAL = 2
SHARED = 0.8
# What is wished in the place of an axis to have the engine propose again.
NO_AXIS = "auto"


def segment_study(
    bench: Workbench,
    study_id: str,
    override: Path | None = None,
    wishes: Sequence[Wish] = (),
    by: str = "",
    *,
    forget: bool = False,
) -> SegmentTree:
    """Segment the study and save the tree, with all that people decided carried out.

    `override` is a file of segments made by the user, who then decides everything; `wishes` are new decisions of `by`,
    and with `forget` the only ones.
    Raises InsufficientEvidence with fewer than four participants, BadInput where the file is wrong or a wish would
    break a rule, NotFound where a wish names what there is not. Nothing is saved then.
    """
    bench = bench.for_study(study_id)
    material = load_coded_material(bench, study_id)
    with bench.store.transaction() as tx:
        decisions = [] if forget else tx.reshapings.all(study_id, ABOUT)
        about_themes = notes_of(tx.reshapings.all(study_id, "theme"))
    if override:
        tree = read_segments(override, material.interviewed)
    else:
        _enough_people(material)
        tree, decisions = reshape(bench, material, decisions, wishes, by or bench.settings.coder)
        tree = tree.model_copy(update={"notes": notes_of(decisions) + about_themes})
        _enough_said(tree)
    described = describe_tree(tree, material)
    with bench.store.transaction(alone=True) as tx:
        must_stand(tx, study_id, material.source_by_id)
        tx.results.save_tree(study_id, described, basis_of(material))
        tx.results.save_themes(study_id, mark_table_stakes(material.themes, described))
        tx.reshapings.replace(study_id, ABOUT, decisions)
    return described


def reshape(
    bench: Workbench, material: Material, decisions: Sequence[Decision], wishes: Sequence[Wish], by: str
) -> tuple[SegmentTree, list[Decision]]:
    """A fresh proposal with the decisions and wishes carried out, and all of them as decisions."""
    for wish in wishes:
        if wish.change is Change.AXIS:
            decisions = [one for one in decisions if one.change is not Change.AXIS]
            if wish.name != NO_AXIS:
                axis = Decision(about=ABOUT, change=Change.AXIS, name=wish.name, by=by)
                propose_by(bench, wish.name, material)
                decisions = [axis, *decisions]
    proposal, decisions = _proposal(bench, material, decisions)
    tree, kept = replay(proposal, decisions, material.interviewed)
    for wish in wishes:
        if wish.change is not Change.AXIS:
            decision = understood(wish, tree, material.interviewed, by)
            tree, _ = carry_out(decision, tree, material.interviewed)
            kept.append(decision)
    return look_deeper(bench, tree, material), kept


def _proposal(
    bench: Workbench, material: Material, decisions: Sequence[Decision]
) -> tuple[SegmentTree, list[Decision]]:
    """What the engine proposes, or the axis that people chose; that one says so where it no longer parts anybody."""
    for axis in decisions:
        if axis.change is Change.AXIS:
            others = [one for one in decisions if one is not axis]
            try:
                return propose_by(bench, axis.name, material), [axis.model_copy(update={"unmet": ""}), *others]
            except DramatisError as error:
                decisions = [axis.model_copy(update={"unmet": str(error)}), *others]
    return _proposed(bench, material), list(decisions)


def _proposed(bench: Workbench, material: Material) -> SegmentTree:
    """The engine's proposal, without those who are a poor fit; all of it where nothing else would be left."""
    tree = bench.engine.propose_segments(material.profiles(), material.themes, material.study.purpose)
    fitting = leave_out(tree, {one: f"a poor fit: {why}" for one, why in poor_fits(bench, material).items()})
    return fitting if fitting.macros else tree


def describe_tree(tree: SegmentTree, material: Material) -> SegmentTree:
    return tree.model_copy(update={"segments": [describe(one, tree, material) for one in tree.segments]})


def _enough_people(material: Material) -> None:
    heard = len(material.interviewed)
    if heard < MIN_PARTICIPANTS:
        remedy = f"Interview at least {MIN_PARTICIPANTS - heard} more people, or give your own with --segments FILE."
        raise InsufficientEvidence("segments", heard, MIN_PARTICIPANTS, remedy)


def _enough_said(tree: SegmentTree) -> None:
    if not tree.macros:
        silent = ", ".join(one.participant_id for one in tree.uncovered)
        raise InsufficientEvidence("segments", 0, 1, f"Too little was said to group anybody. Ask {silent} for more.")


def describe(segment: Segment, tree: SegmentTree, material: Material) -> Segment:
    """The segment with its definition, distinctive and inherited needs."""
    parent = tree.get(segment.parent_id) if segment.parent_id else None
    among = parent.participant_ids if parent else material.interviewed
    rest = [one for one in among if one not in segment.participant_ids]
    needs = distinctive(material.themes, segment.participant_ids, rest)
    own = {need.theme_id for need in needs}
    inherited = [theme.id for theme in material.themes if parent and _common(theme, parent) and theme.id not in own]
    update = {
        "distinctive_needs": needs,
        "inherited_needs": inherited,
        "definition": _definition(segment, needs[:3], material),
    }
    return segment.model_copy(update=update)


def _common(theme: Theme, parent: Segment) -> bool:
    """Whether at least half of the parent's people said it."""
    return 2 * len(set(theme.participants) & set(parent.participant_ids)) >= len(parent.participant_ids)


def _definition(segment: Segment, needs: Sequence[Lift], material: Material) -> list[Predicate]:
    """What nearly all members have in common, and the themes that set them apart most."""
    labels = {theme.id: theme.label for theme in material.themes}
    said = [
        Predicate(kind="theme", name=labels[need.theme_id], operator="said by", value=f"{need.k} of {need.n}")
        for need in needs
    ]
    given = [one for one in segment.definition if one.kind != "theme"]
    known = {(one.kind, one.name) for one in given}
    shared = [one for one in _shared_attributes(segment, material) if (one.kind, one.name) not in known]
    return given + shared + said


def _shared_attributes(segment: Segment, material: Material) -> list[Predicate]:
    people = [material.person_by_id[one] for one in segment.participant_ids]
    shared = []
    for name in sorted({name for person in people for name in person.attributes}):
        value, count = Counter(person.attributes.get(name, "") for person in people).most_common(1)[0]
        if value and count >= SHARED * len(people):
            shared.append(Predicate(kind="attribute", name=name, operator="is", value=value))
    return shared


def mark_table_stakes(themes: Sequence[Theme], tree: SegmentTree) -> list[Theme]:
    """Flag the themes that most people share and that no macro segment says more than the others.

    With fewer than two macro segments there are no others, and so no table stakes.
    """
    if len(tree.macros) < 2:
        return list(themes)
    return [theme.model_copy(update={"table_stakes": _is_table_stake(theme, tree)}) for theme in themes]


def _is_table_stake(theme: Theme, tree: SegmentTree) -> bool:
    said = set(theme.participants)
    heard_in = sum(bool(said & set(macro.participant_ids)) for macro in tree.macros)
    if theme.k < MOST * theme.n and not (theme.granted and heard_in >= SEVERAL):
        return False
    everybody = {person for macro in tree.macros for person in macro.participant_ids}
    lifts = [lift_of(theme, macro.participant_ids, everybody - set(macro.participant_ids)) for macro in tree.macros]
    return all(one.by_luck > NO_LUCK for one in lifts)
