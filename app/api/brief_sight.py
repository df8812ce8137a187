"""A brief as whoever asks may see it. Its quotes are cleared for everybody; but claims, too, are often somebody's
sentence turned into ours, and not all files pass the veil that lies over pages. So it is laid over the brief itself."""

from functools import cache

from app import DATA
from app.access.principal import Sight
from app.access.veil import Veil, runs
from app.briefs.ground import Ground
from app.models.brief import Brief


def as_seen(ground: Ground, brief: Brief, sight: Sight) -> Brief:
    """The brief itself for whoever sees everybody's words; for others without what was not given for marketing."""
    if sight is Sight.ALL:
        return brief
    study = ground.cast.study
    named = runs(f"{study.name}\n{study.product_area}\n{study.research_question}\n{study.product}")
    veil = Veil.of(ground.material.sources, ground.material.participants, _ours() | frozenset(named))
    return Brief.model_validate(veil.json(brief.model_dump(mode="json")))


@cache
def _ours() -> frozenset[int]:
    """Runs of what we write ourselves."""
    return frozenset(run for path in sorted(DATA.glob("*.yaml")) for run in runs(path.read_text(encoding="utf-8")))
