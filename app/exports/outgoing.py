"""Outgoing: a study as its files are made of it, loaded once for as many as are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.briefs.ground import Ground, ground_of
from app.briefs.keeping import list_briefs
from app.models.brief import Brief
from app.models.cast import Cast
from app.models.publication import Publication
from app.models.review import without_rejected
from app.models.strategy import Strategy
from app.strategy.advise import advise
from app.synthesis.casting import load_cast
from app.synthesis.material import Material, load_material
from app.synthesis.releasing import publications
from app.workbench import Workbench
from retrieval.evidence import Consent


def going_out(cast: Cast) -> Cast:
    """The cast without the claims that people rejected."""
    return cast.model_copy(update={"personas": [without_rejected(one) for one in cast.personas]})


def tended(cast: Cast, let_out: Mapping[str, Publication]) -> Cast:
    """The cast with who answers for each persona and when it is to be reviewed, where somebody said so."""
    said = {id: {"owner": one.owner or None, "review_due": one.review_due and one.review_due.isoformat()}
            for id, one in let_out.items() if one.owner or one.review_due}  # fmt: skip
    personas = [one.model_copy(update=said[one.id]) if one.id in said else one for one in cast.personas]
    return cast.model_copy(update={"personas": personas})


@dataclass(frozen=True)
class Outgoing:
    """`whole` is the cast with what was rejected; files show `cast`."""

    bench: Workbench
    whole: Cast

    @property
    def study_id(self) -> str:
        return self.whole.study.id

    @cached_property
    def cast(self) -> Cast:
        return tended(going_out(self.whole), self.let_out)

    @cached_property
    def let_out(self) -> dict[str, Publication]:
        """What writers see, by the persona's id: who answers for it, and when it is to be looked at again."""
        return publications(self.bench, self.study_id)

    @cached_property
    def material(self) -> Material:
        """Sources with their text, evidence and themes."""
        return load_material(self.bench, self.study_id)

    @cached_property
    def ground(self) -> Ground:
        """The study as briefs see it."""
        return ground_of(self.bench.for_study(self.study_id), self.material, self.whole)

    @cached_property
    def briefs(self) -> list[Brief]:
        """Those that were written, as they may be shown now."""
        return list_briefs(self.ground)

    @cached_property
    def strategy(self) -> Strategy | None:
        """None while there is no core persona to give advice about."""
        return advise(self.bench, self.study_id) if self.whole.macros else None

    @cached_property
    def withheld(self) -> frozenset[str]:
        """Whose words stay in where a file is for use in marketing."""
        return frozenset(one.id for one in self.material.participants if one.consent is not Consent.MARKETING)


def load_outgoing(bench: Workbench, study_id: str) -> Outgoing:
    """NotFound where there is no such study."""
    return Outgoing(bench, load_cast(bench, study_id))
