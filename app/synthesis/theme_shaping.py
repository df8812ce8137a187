"""Theme shaping: themes that people merged, split or named, on this run and on every later one.

A decision remembers the evidence of the themes it was made about; a run carries it out on the theme of the same
code that shares most of that. The themes of a study change at once; its personas, drafted from the earlier ones,
become stale.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.engines.base import Engine
from app.errors import BadInput, DramatisError, InsufficientEvidence, NotFound
from app.models.evidence import Evidence
from app.models.reshaping import Anchor, Change, Decision, nearest
from app.models.theme import Theme
from app.store.store import Transaction
from app.synthesis.material import Material, load_coded_material, must_stand
from app.synthesis.segments import describe_tree, mark_table_stakes
from app.workbench import Workbench
from retrieval.evidence import stable_id

ABOUT = "theme"
FEWEST = 2


class ThemeWish(NamedTuple):
    """What somebody asks for: themes by their ids or labels, evidence to split off by id, and a label."""

    change: Change
    themes: Sequence[str]
    evidence: Sequence[str] = ()
    label: str = ""


def shape_themes(bench: Workbench, study_id: str, wishes: Sequence[ThemeWish], by: str = "") -> list[Theme]:
    """Carry out the wishes, remember them and save the themes; returns them all.

    Raises NotFound where a theme or piece of evidence is unknown, BadInput where a theme would be of one person or
    of two codes. Nothing is saved then.
    """
    bench = bench.for_study(study_id)
    material = load_coded_material(bench, study_id)
    themes, made = list(material.themes), list[Decision]()
    for wish in wishes:
        made.append(understood(wish, themes, by or bench.settings.coder))
        themes = carry_out(made[-1], themes, material.by_id, bench.engine)
    themes = in_order(themes)
    with bench.store.transaction(alone=True) as tx:
        tx.reshapings.replace(study_id, ABOUT, [*tx.reshapings.all(study_id, ABOUT), *made])
        return save_themes(tx, material, themes)


def save_themes(tx: Transaction, material: Material, themes: Sequence[Theme]) -> list[Theme]:
    """Save them, and what they say of the segments there are; returns them with their table stakes marked. Conflict
    where their sources are gone."""
    must_stand(tx, material.study.id, material.source_by_id)
    found = list(themes)
    if material.tree:
        found = mark_table_stakes(found, material.tree)
        tx.results.redescribe(material.study.id, describe_tree(material.tree, material.with_themes(found)))
    tx.results.save_themes(material.study.id, found)
    return found


def list_themes(bench: Workbench, study_id: str) -> list[Theme]:
    """The study's themes, most widely shared first; InsufficientEvidence where none were looked for yet."""
    bench.study(study_id)
    with bench.store.transaction() as tx:
        found = tx.results.themes(study_id)
    if not found:
        raise InsufficientEvidence("themes", 0, 1, f"Find some first: dramatis segment {study_id}")
    return found


def evidence_of(bench: Workbench, study_id: str, theme: Theme) -> list[Evidence]:
    """What the theme is made of, clearest first."""
    with bench.store.transaction() as tx:
        known = {one.id: one for one in tx.evidence.all(study_id)}
    return [known[one] for one in theme.evidence_ids if one in known]


def replay(
    themes: Sequence[Theme], decisions: Sequence[Decision], evidence: dict[str, Evidence], engine: Engine
) -> tuple[list[Theme], list[Decision]]:
    """The themes with the decisions carried out in their order, and the decisions with what could not be."""
    found, kept = list(themes), list[Decision]()
    for one in decisions:
        unmet = ""
        try:
            found = carry_out(one, found, evidence, engine)
        except DramatisError as error:
            unmet = str(error)
        kept.append(one.model_copy(update={"unmet": unmet}))
    return in_order(found), kept


def understood(wish: ThemeWish, themes: Sequence[Theme], by: str) -> Decision:
    """The wish as a decision; NotFound for an unknown theme or evidence, BadInput where it says too little."""
    meant = [find_theme(one, themes) for one in wish.themes]
    if wish.change is Change.MERGE and len({one.id for one in meant}) < FEWEST:
        raise BadInput("Give two different themes to merge.")
    if wish.change is Change.RENAME and not wish.label.strip():
        raise BadInput("A theme needs a label. Write it after the theme's id.")
    for one in wish.evidence:
        if one not in meant[0].evidence_ids:
            known = ", ".join(meant[0].evidence_ids)
            raise NotFound("piece of evidence in this theme", one, f"It holds {known}")
    anchors = [Anchor(name=one.label, place=one.code, members=one.evidence_ids) for one in meant]
    return Decision(
        about=ABOUT, change=wish.change, anchors=anchors, members=list(wish.evidence), name=wish.label.strip(), by=by
    )


def find_theme(wanted: str, themes: Sequence[Theme]) -> Theme:
    """The theme with this id or label; else NotFound."""
    said = wanted.strip().casefold()
    found = [one for one in themes if said == one.id] or [one for one in themes if said == one.label.casefold()]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(one.id for one in found)
    remedy = f"Its themes are {listed}" if found else "List them with: dramatis themes STUDY"
    raise NotFound("single theme" if found else "theme", wanted, remedy)


def carry_out(
    decision: Decision, themes: Sequence[Theme], evidence: dict[str, Evidence], engine: Engine
) -> list[Theme]:
    """The themes as decided; raises where it cannot be done."""
    meant = [_meant(anchor, themes) for anchor in decision.anchors]
    made = {Change.RENAME: _renamed, Change.MERGE: _merged, Change.SPLIT: _split}[decision.change](
        decision, meant, evidence, engine
    )
    return _relinked([one for one in themes if one not in meant], meant, made)


def _relinked(others: Sequence[Theme], gone: Sequence[Theme], made: Sequence[Theme]) -> list[Theme]:
    """All themes, with those made countered by whatever countered those they were made of."""
    old, new = {one.id for one in gone}, [one.id for one in made]
    opposite = {id for one in gone for id in one.counter_ids} - old
    kept = [
        one.model_copy(update={"counter_ids": sorted({*one.counter_ids, *new} - (old - set(new)))})
        if one.id in opposite else one
        for one in others
    ]  # fmt: skip
    return kept + [one.model_copy(update={"counter_ids": sorted(opposite)}) for one in made]


def in_order(themes: Sequence[Theme]) -> list[Theme]:
    """Most widely shared first."""
    return sorted(themes, key=lambda theme: (-theme.k, -len(theme.evidence_ids), theme.id))


def theme_id(code: str, evidence_ids: Sequence[str]) -> str:
    return stable_id("th", code, *sorted(evidence_ids))


def _meant(anchor: Anchor, themes: Sequence[Theme]) -> Theme:
    here = {one.id: one for one in themes if one.code == anchor.place}
    found = nearest(anchor, [(id, set(one.evidence_ids)) for id, one in here.items()])
    if found is None:
        raise BadInput(f"no theme holds any evidence of “{anchor.name}” any more")
    return here[found]


def _renamed(decision: Decision, meant: list[Theme], evidence: dict[str, Evidence], engine: Engine) -> list[Theme]:
    return [meant[0].model_copy(update={"label": decision.name})]


def _merged(decision: Decision, meant: list[Theme], evidence: dict[str, Evidence], engine: Engine) -> list[Theme]:
    codes = sorted({one.code for one in meant})
    if len(codes) > 1:
        raise BadInput(f"These themes are of different codes ({', '.join(codes)}); a theme is evidence of one code.")
    ids = list(dict.fromkeys(id for one in meant for id in one.evidence_ids))
    largest = max(meant, key=lambda one: one.k)
    return [_with_evidence(largest, ids, decision.name or largest.label, evidence)]


def _split(decision: Decision, meant: list[Theme], evidence: dict[str, Evidence], engine: Engine) -> list[Theme]:
    """The evidence named as a theme of its own, and the rest; labels are made anew where none was given."""
    whole = meant[0]
    there = [one for one in whole.evidence_ids if one in evidence]
    leaving = [one for one in there if one in decision.members]
    staying = [one for one in there if one not in decision.members]
    if not staying:
        return meant
    for ids in (leaving, staying):
        if len({evidence[one].participant_id for one in ids}) < FEWEST:
            raise BadInput(f"“{whole.label}” cannot be split so: evidence of one person alone is an anecdote, not a "
                           "theme. Each part needs two people.")  # fmt: skip
    label = decision.name or engine.label_theme([evidence[one] for one in leaving])
    rest = engine.label_theme([evidence[one] for one in staying])
    return [_with_evidence(whole, leaving, label, evidence), _with_evidence(whole, staying, rest, evidence)]


def _with_evidence(theme: Theme, ids: Sequence[str], label: str, evidence: dict[str, Evidence]) -> Theme:
    people = sorted({evidence[one].participant_id for one in ids if one in evidence})
    update = {"id": theme_id(theme.code, ids), "evidence_ids": list(ids), "participants": people, "label": label}
    return theme.model_copy(update=update)
