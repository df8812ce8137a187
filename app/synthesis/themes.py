"""Themes: evidence of one code, from several participants, that means the same. The engine finds them; people shape
them."""

from collections.abc import Sequence

from app.engines.base import ThemeDraft, both_ways
from app.models.theme import Theme
from app.progress import Progress, Silent
from app.synthesis.material import Material, load_coded_material, must_stand
from app.synthesis.theme_shaping import ABOUT, replay, theme_id
from app.workbench import Workbench


def find_themes(bench: Workbench, study_id: str, progress: Progress | None = None) -> list[Theme]:
    """Find the study's themes, as people shaped them, and save them, most widely shared first."""
    bench = bench.for_study(study_id)
    material = load_coded_material(bench, study_id)
    progress = progress or Silent()
    progress.start("Themes", 1)
    themes = themes_of(bench.engine.find_themes(material.evidence, bench.codebook), material)
    progress.advance()
    with bench.store.transaction() as tx:
        themes, decisions = replay(themes, tx.reshapings.all(study_id, ABOUT), material.by_id, bench.engine)
        tx.reshapings.replace(study_id, ABOUT, decisions)
        tx.results.save_themes(study_id, themes)
        must_stand(tx, study_id, material.source_by_id)
    return themes


def themes_of(drafts: Sequence[ThemeDraft], material: Material) -> list[Theme]:
    """The drafts as themes of the study."""
    ids = [theme_id(one.code, one.evidence_ids) for one in drafts]
    counters = both_ways((place, other) for place, one in enumerate(drafts) for other in one.opposes)
    return [
        Theme(
            id=ids[place],
            code=one.code,
            label=one.label,
            evidence_ids=one.evidence_ids,
            participants=sorted({material.by_id[id].participant_id for id in one.evidence_ids}),
            n=len(material.interviewed),
            granted=one.granted,
            dissent=one.dissent,
            counter_ids=sorted(ids[other] for other in counters[place]),
        )
        for place, one in enumerate(drafts)
    ]
