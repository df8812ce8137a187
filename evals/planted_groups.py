"""Planted groups against found ones: segments, negative personas, conflicts in buying centres.

Segments are compared by the adjusted Rand index (Hubert & Arabie 1985) over the participants that were planted in
one and take part. Whoever was put in no segment counts as a group of their own.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from app.models.cast import Cast
from app.models.field import Level
from app.models.segment import Segment, SegmentTree
from evals.places import Places
from evals.planted import Group, Planted
from evals.scorers import share

NOWHERE = "in no segment"
Pair = frozenset[str]


def levels(tree: SegmentTree) -> dict[str, list[Segment]]:
    """The macro segments of a tree, and the micro segments below them."""
    return {"macro": tree.macros, "micro": [one for macro in tree.macros for one in tree.children(macro.id)]}


def planted_members(groups: Sequence[Group], planted: Planted) -> dict[str, str]:
    """Participant → planted group, for those who take part."""
    return {who: group.id for group in groups for who in group.members if who not in planted.withdrawn}


def found_members(
    truth: Mapping[str, str], segments: Sequence[Segment], id_of: Callable[[str], str]
) -> dict[str, str | None]:
    """Planted participant → id of the first segment that holds them (by the product's id); None for none."""
    homes = {who: one.id for one in reversed(segments) for who in one.participant_ids}
    return {who: homes.get(id_of(who)) for who in truth}


def rand_index(truth: Mapping[str, str], found: Mapping[str, str | None]) -> float | None:
    """The adjusted Rand index; None with fewer than two participants to compare."""
    from sklearn.metrics import adjusted_rand_score

    if len(truth) < 2:
        return None
    people = sorted(truth)
    guessed = [found[who] or f"{NOWHERE}: {who}" for who in people]
    return float(adjusted_rand_score([truth[who] for who in people], guessed))


def member_rows(level: str, truth: Mapping[str, str], found: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """One row a participant; right is who shares their found segment with most of their planted group."""
    homes = _homes(truth, found)
    return [
        {"check": level, "id": who, "segment": found[who] or "", "expected": truth[who],
         "got": homes.get(found[who] or "", NOWHERE)}
        for who in sorted(truth)
    ]  # fmt: skip


def _homes(truth: Mapping[str, str], found: Mapping[str, str | None]) -> dict[str, str]:
    """Found segment → the planted group most of its members are of."""
    inside: dict[str, list[str]] = {}
    for who in sorted(truth):
        if home := found[who]:
            inside.setdefault(home, []).append(truth[who])
    return {home: max(sorted(set(groups)), key=groups.count) for home, groups in inside.items()}


def negative_share(planted: Planted, named: Collection[str], places: Places) -> float | None:
    """The share of planted negative members among those `named` in a negative persona; None without any."""
    members = planted_members(planted.negative, planted)
    return share(places.id_of(who) in named for who in members)


def negatives_of(cast: Cast) -> set[str]:
    """The participants whom negative personas stand for."""
    return {who for persona in cast.personas if persona.kind is Level.NEGATIVE for who in persona.sample.participants}


def conflicts_of(cast: Cast) -> set[Pair]:
    """The pairs whom buying centres list as in conflict."""
    return {frozenset(one.between) for centre in cast.buying_centres for one in centre.conflicts}


def planted_conflicts(planted: Planted) -> set[Pair]:
    """Pairs of a buying centre who conflict, both taking part."""
    pairs = {
        frozenset((member.participant, other))
        for centre in planted.buying_centre
        for member in centre.members
        for other in member.conflicts_with
    }
    return {pair for pair in pairs if len(pair) == 2 and not pair & set(planted.withdrawn)}


def conflict_share(planted: Planted, listed: Collection[Pair], places: Places) -> float | None:
    """The share of planted conflicts among the pairs `listed`; None where none was planted."""
    return share(frozenset(map(places.id_of, pair)) in listed for pair in planted_conflicts(planted))
