"""Tails: what large micro segments fall into, where people made them large and the engine has not looked yet."""

from collections.abc import Sequence

from app.engines.local_segments import FEWEST_TO_PART, propose_parts
from app.models.segment import Segment, SegmentTree, Tail
from app.synthesis.material import Material
from app.workbench import Workbench


def look_deeper(bench: Workbench, tree: SegmentTree, material: Material) -> SegmentTree:
    """The tree with parts below every micro segment of six people or more, where it falls apart."""
    segments: list[Segment] = []
    for one in tree.segments:
        segments.append(one)
        if one.tail is Tail.MID and len(one.members) >= FEWEST_TO_PART and not tree.children(one.id):
            segments += _parts(bench, one, material, [other.name for other in [*tree.segments, *segments]])
    return tree.model_copy(update={"segments": segments})


def _parts(bench: Workbench, one: Segment, material: Material, taken: Sequence[str]) -> list[Segment]:
    return propose_parts(one, material.profiles(), bench.embedder, bench.settings.seed, taken)
