"""Whole: everything of a study that goes into a project, and how its words are coded."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.models.cast import Cast
from app.models.codebook import Codebook
from app.models.coding import HumanCode, last_word
from app.models.evidence import Evidence
from app.refi.beside import Beside, load_beside
from app.refi.names import engine_user, guid
from app.synthesis.material import Material
from app.workbench import Workbench
from retrieval.evidence import Source


class Coded(NamedTuple):
    """A code that somebody gave to a stretch of a source."""

    start: int
    end: int
    code: str
    user: str


@dataclass(frozen=True)
class Whole:
    """`cast` is the study's as it goes out, without what people rejected; `codings` stand by source, and by place."""

    material: Material
    cast: Cast
    codebook: Codebook
    codings: Mapping[str, list[Coded]]
    beside: Beside

    @property
    def sources(self) -> list[Source]:
        return self.material.sources

    @property
    def users(self) -> list[str]:
        """Everybody who coded, engines and people, by name."""
        return sorted({one.user for coded in self.codings.values() for one in coded})

    def guid(self, kind: str, *parts: object) -> str:
        """The GUID of something of this study."""
        return guid(kind, self.material.study.id, *parts)


def load_whole(bench: Workbench, material: Material, cast: Cast) -> Whole:
    """What goes out of a study; `material` and `cast` are its own, as files are made of them."""
    study_id = material.study.id
    with bench.store.transaction() as tx:
        decisions = tx.codings.all(study_id)
        beside = load_beside(tx, study_id, cast.personas)
    coded = codings_of(material.evidence, decisions)
    return Whole(material, cast, bench.for_study(study_id).codebook, coded, beside)


def codings_of(evidence: Sequence[Evidence], decisions: Sequence[HumanCode]) -> dict[str, list[Coded]]:
    """What holds of the coding, by source: an engine's codes as people left them, and each person's own."""
    found: dict[str, set[Coded]] = defaultdict(set)
    for one in evidence:
        quote = one.quote
        for code in one.codes.keys() - one.people.keys():
            user = engine_user(one.coder, sure=code in one.firm)
            found[quote.source_id].add(Coded(quote.start, quote.end, code, user))
    by_source: dict[str, list[HumanCode]] = defaultdict(list)
    for decision in decisions:
        by_source[decision.quote.source_id].append(decision)
    for source_id, own in by_source.items():
        found[source_id] |= {Coded(one.quote.start, one.quote.end, one.code, one.by) for one in own if _holds(one, own)}
    return {source_id: sorted(coded) for source_id, coded in found.items()}


def _holds(one: HumanCode, decisions: Sequence[HumanCode]) -> bool:
    """Whether the code was given, and not taken off the same words later."""
    last = last_word(decisions, one.code, one.quote.source_id, one.quote) if one.given else None
    return last is not None and last.given
