"""Leave one out: do the segments stay the same where one participant had not been interviewed?

Nothing is coded again: the participant's evidence is taken out, of the themes too, and the rest are segmented anew.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from app.engines.base import Engine, Profile
from app.models.segment import Segment, SegmentTree
from app.models.theme import Theme

# More drops say little more and take longer.
MOST_DROPS = 12
SEED = 7


def leave_one_out(
    profiles: Sequence[Profile], themes: Sequence[Theme], engine: Engine, *, most: int = MOST_DROPS, seed: int = SEED
) -> float | None:
    """The mean adjusted Rand index (Hubert & Arabie 1985) of macro and micro segments over the drops, 1 where every one
    leaves all others together as they were. Who is in no segment counts as a group alone. None with fewer than three
    participants, or where the engine finds no segment to begin with."""
    whole = engine.propose_segments(profiles, themes)
    if len(profiles) < 3 or not whole.macros:
        return None
    drawn = np.random.default_rng(seed).permutation(len(profiles))[:most]
    drops = [profiles[int(row)].participant.id for row in sorted(drawn)]
    return float(np.mean([_agreement(whole, profiles, themes, engine, person) for person in drops]))


def _agreement(
    whole: SegmentTree, profiles: Sequence[Profile], themes: Sequence[Theme], engine: Engine, person: str
) -> float:
    """The mean over macro and micro segments of how well the others stay together without the person."""
    # Slow to load, and pages load this file for the reports alone.
    from sklearn.metrics import adjusted_rand_score

    rest = [profile for profile in profiles if profile.participant.id != person]
    found = engine.propose_segments(rest, [_without(theme, person, rest) for theme in themes])
    people = [profile.participant.id for profile in rest]
    pairs = zip(_levels(whole), _levels(found), strict=True)
    return float(np.mean([adjusted_rand_score(_labels(one, people), _labels(other, people)) for one, other in pairs]))


def _without(theme: Theme, person: str, rest: Sequence[Profile]) -> Theme:
    known = {one.id for profile in rest for one in profile.evidence}
    return theme.model_copy(
        update={
            "participants": [one for one in theme.participants if one != person],
            "evidence_ids": [one for one in theme.evidence_ids if one in known],
            "n": len(rest),
        }
    )


def _levels(tree: SegmentTree) -> tuple[Sequence[Segment], Sequence[Segment]]:
    """The macro segments, and the micro segments right below them."""
    return tree.macros, [one for macro in tree.macros for one in tree.children(macro.id)]


def _labels(segments: Sequence[Segment], people: Sequence[str]) -> list[str]:
    homes: Mapping[str, str] = {person: one.id for one in segments for person in one.participant_ids}
    return [homes.get(person, f"alone: {person}") for person in people]
