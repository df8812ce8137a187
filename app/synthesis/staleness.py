"""Staleness: whether a persona still rests on what is known of its people.

The basis of a study's segments is kept with them: a digest of every piece of firm evidence and of every theme, and
who was heard. A persona is stale while the evidence or the themes of its people differ from that (for a micro
persona, of its core's people, whom it is compared with), or somebody was interviewed since. It is stale as well while
the segment it stands for is another: people moved, a name changed.
"""

from collections.abc import Mapping, Sequence

from app.models.evidence import Evidence
from app.models.field import Level
from app.models.job import JobKind
from app.models.persona import MicroPersona, Persona
from app.models.segment import SegmentTree
from app.models.version import Basis, Stale
from app.synthesis.material import Material, load_material
from app.workbench import Workbench
from retrieval.evidence import sha256


def basis_of(material: Material) -> Basis:
    """What the study could be segmented from now. Only firm evidence reaches a persona."""
    firm: dict[str, dict[str, str]] = {}
    for one in material.evidence:
        if one.firm:
            firm.setdefault(one.participant_id, {})[one.id] = _digest(one)
    told = {one.id: "/".join([one.id, one.label, *one.counter_ids]) for one in material.themes}
    themes = {sha256(told[one.id])[:16]: one.participants for one in material.themes}
    return Basis(evidence=firm, heard=material.interviewed, themes=themes)


def stale_personas(personas: Sequence[Persona], material: Material, basis: Basis | None) -> list[Stale]:
    """Which personas are stale and why; none where the basis was not kept."""
    if material.tree is None:
        return []
    now = basis_of(material)
    known = basis or now
    new = [person for person in now.heard if person not in known.heard]
    parents = {one.id: one.segment_id for one in personas}
    found = [(one, [_regrouped(one, material.tree, parents), _why(_people(one, material.tree), known, now, new)])
             for one in personas]  # fmt: skip
    return [Stale(persona_id=one.id, why=", ".join(filter(None, why))) for one, why in found if any(why)]


def drafted_anew(basis: Basis, material: Material) -> Basis:
    """The basis after a draft from the themes as they are. What was coded or said since is not in them yet."""
    return basis.model_copy(update={"themes": basis_of(material).themes})


def jobs_to_redraft(bench: Workbench, study_id: str) -> list[JobKind]:
    """What has to be done, in this order, for personas to rest on what is known now; NotFound for an unknown study."""
    material = load_material(bench, study_id)
    with bench.store.transaction() as tx:
        basis = tx.results.basis(study_id)
    now = basis_of(material)
    if material.tree is None or (basis and basis.heard != now.heard):
        return [JobKind.RUN]
    if basis and basis.evidence != now.evidence:
        return [JobKind.SEGMENT, JobKind.DRAFT]
    return [JobKind.DRAFT]


def _regrouped(persona: Persona, tree: SegmentTree, parents: Mapping[str, str]) -> str:
    """What became of the segment it stands for; empty where it is the same."""
    if not persona.segment_id or persona.kind not in (Level.MACRO, Level.MICRO):
        return ""
    own = tree.get(persona.segment_id)
    if own is None:
        return "its people are grouped anew"
    if isinstance(persona, MicroPersona) and own.parent_id != parents.get(persona.parent_macro_id, own.parent_id):
        return "its core is grouped anew"
    return "" if own.name == persona.name else f"its segment is called “{own.name}” now"


def _people(persona: Persona, tree: SegmentTree) -> set[str]:
    """Whose words the persona was made from."""
    core = tree.get((own.parent_id or "") if (own := tree.get(persona.segment_id)) else "")
    compared = core.participant_ids if core and isinstance(persona, MicroPersona) else []
    return {*persona.sample.participants, *compared}


def _why(people: set[str], basis: Basis, now: Basis, new: Sequence[str]) -> str:
    """“2 quotes coded anew, P25 interviewed since”; empty where nothing changed."""
    changed = sum(_changed(basis.evidence.get(one, {}), now.evidence.get(one, {})) for one in people)
    facts = [f"{changed} {'quote' if changed == 1 else 'quotes'} coded anew"] if changed else []
    if shaped := _themes_shaped(people, basis, now):
        facts.append(f"{shaped} {'theme' if shaped == 1 else 'themes'} shaped anew")
    return ", ".join(facts + ([f"{', '.join(new)} interviewed since"] if new else []))


def _themes_shaped(people: set[str], basis: Basis, now: Basis) -> int:
    """How many themes that these people take part in are not as they were."""
    if basis.themes is None or now.themes is None:
        return 0
    gone = [who for one, who in basis.themes.items() if one not in now.themes]
    new = [who for one, who in now.themes.items() if one not in basis.themes]
    return max(sum(bool(people & set(who)) for who in some) for some in (gone, new))


def _changed(before: dict[str, str], after: dict[str, str]) -> int:
    return sum(before.get(one) != after.get(one) for one in before.keys() | after.keys())


def _digest(one: Evidence) -> str:
    """Of the firm codes with their confidence and who gave them."""
    return sha256(";".join(f"{code}={one.codes[code]}:{one.coder_of(code)}" for code in sorted(one.firm)))[:16]
