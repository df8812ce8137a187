"""Merging: core personas that are really micros of another, by the themes they share and those that part them.

Two core personas hardly differ where most themes are voiced by both and fewer than three tell them apart. Beyond
eight of them, the closest are put together until eight are left (average linkage on shares of voices).
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from app.models.persona import MacroPersona
from app.models.strategy import Merge
from app.models.theme import Theme
from app.strategy.coverage import FAR_TOO_MANY
from app.strategy.grounds import Grounds
from app.strategy.words import count, percent
from app.synthesis.differences import MIN_DIFFERENCES
from app.synthesis.lift import distinctive

# Of the themes voiced by either, so many are voiced by both: then they speak of the same things.
MOSTLY_SHARED = 0.6
# A difference counts where luck alone would bring it up less often than this.
NO_LUCK = 0.10


def propose_merges(grounds: Grounds) -> list[Merge]:
    """The core personas to put under another, smallest first; each is proposed once."""
    cores = grounds.cast.macros
    themes = [theme for theme in grounds.cast.themes if not theme.table_stakes]
    pairs = [_merge(*pair, themes, grounds) for pair in combinations(_by_size(cores), 2)]
    close = {one.persona_id: one for one in pairs if _hardly_differ(one)}
    if len(cores) > FAR_TOO_MANY:
        for core, into in _clusters(cores, themes):
            close.setdefault(core.id, _merge(into, core, themes, grounds))
    # After a merge the numbers are others: a core persona that goes itself takes in nobody.
    return [one for one in close.values() if one.into_id not in close]


def _by_size(cores: Sequence[MacroPersona]) -> list[MacroPersona]:
    return sorted(cores, key=lambda one: (-one.sample.n, one.id))


def _merge(into: MacroPersona, core: MacroPersona, themes: Sequence[Theme], grounds: Grounds) -> Merge:
    ours, theirs = core.sample.participants, into.sample.participants
    here, there = _voiced(themes, ours), _voiced(themes, theirs)
    # A voice in a group of few is no proof of absence elsewhere, so one voice is enough to share a theme.
    both = [theme for theme in here | there if _any(themes, theme, ours) and _any(themes, theme, theirs)]
    lifts = [*distinctive(themes, ours, theirs), *distinctive(themes, theirs, ours)]
    apart = sum(lift.by_luck <= NO_LUCK for lift in lifts)
    shared, either = len(both), len(here | there)
    figures = f"{shared} of {count(either, 'theme')} are voiced by both ({percent(shared / max(either, 1))})"
    tell = "none tells them apart" if not apart else f"{apart} {'tells' if apart == 1 else 'tell'} them apart"
    return Merge(
        persona_id=core.id, name=core.name, into_id=into.id, into_name=into.name,
        shared=shared, themes=either, apart=apart, why=f"{figures}, {tell} beyond luck.",
    )  # fmt: skip


def _voiced(themes: Sequence[Theme], people: Sequence[str]) -> set[str]:
    """Themes that two or more of the people voice."""
    return {theme.id for theme in themes if len(set(theme.participants) & set(people)) > 1}


def _any(themes: Sequence[Theme], theme_id: str, people: Sequence[str]) -> bool:
    return any(theme.id == theme_id and set(theme.participants) & set(people) for theme in themes)


def _hardly_differ(merge: Merge) -> bool:
    return merge.themes > 0 and merge.shared >= MOSTLY_SHARED * merge.themes and merge.apart < MIN_DIFFERENCES


def _clusters(cores: Sequence[MacroPersona], themes: Sequence[Theme]) -> list[tuple[MacroPersona, MacroPersona]]:
    """(core, the larger one it is closest to) until no more than eight stand alone."""
    shares = np.array([
        [len(set(theme.participants) & set(core.sample.participants)) / core.sample.n for theme in themes] or [0.0]
        for core in cores
    ])  # fmt: skip
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import pdist

    groups = fcluster(linkage(pdist(shares), "average"), FAR_TOO_MANY, "maxclust")
    found = []
    for group in sorted(set(groups)):
        head, *others = _by_size([core for core, own in zip(cores, groups, strict=True) if own == group])
        found += [(other, head) for other in others]
    return found
