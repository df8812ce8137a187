"""Hearing: for one segment, which themes its people voice in each field, and who of them disagrees."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.engines.base import MOST_CLAIMS, Audience, FieldBrief, ThemeHeard
from app.engines.meaning import meanings
from app.engines.stance import Sides
from app.models.evidence import Evidence
from app.models.field import FieldSpec
from app.models.segment import Segment
from app.models.theme import Theme
from app.synthesis.material import Material
from app.synthesis.routing import Router
from app.workbench import Workbench
from retrieval.embedder import Embedder, Vectors

# A claim needs two people; a persona never rests on one.
NEEDED = 2


@dataclass(frozen=True)
class StudyHearing:
    """What all segments of a study are heard with, made once. `meanings` holds a row for each piece of evidence."""

    material: Material
    router: Router
    embedder: Embedder
    meanings: Vectors

    @classmethod
    def of(cls, bench: Workbench, material: Material) -> "StudyHearing":
        router = Router(bench.fields, bench.embedder)
        return cls(material, router, bench.embedder, meanings(material.evidence, bench.embedder))

    def of_segment(self, segment: Segment) -> "Hearing":
        return Hearing(segment, self)


@dataclass(frozen=True)
class Hearing:
    """What the people of one segment said, ready to be asked field by field."""

    segment: Segment
    study: StudyHearing

    @property
    def material(self) -> Material:
        return self.study.material

    def brief(self, field: FieldSpec, themes: Sequence[Theme]) -> FieldBrief:
        """The themes heard in the field by two people or more, most widely shared first."""
        fed = [theme for theme in themes if theme.code in field.codes]
        heard = [one for theme in fed if (one := self.heard(theme)) and self._belongs(field, one)]
        ranked = sorted(heard, key=lambda one: (-len(people(one.evidence)), -self._strength(one), one.theme.id))
        return FieldBrief(field=field, audience=self.audience, heard=ranked[:MOST_CLAIMS])

    @property
    def audience(self) -> Audience:
        one = self.segment
        return Audience(id=one.id, kind=one.level, name=one.name, n=len(one.members), core=one.parent_id)

    def heard(self, theme: Theme) -> ThemeHeard | None:
        """The theme as this segment voices it; None where fewer than two do."""
        if theme.id not in self._known:
            self._known[theme.id] = self._listen(theme)
        return self._known[theme.id]

    @cached_property
    def _known(self) -> dict[str, ThemeHeard | None]:
        return {}

    def _listen(self, theme: Theme) -> ThemeHeard | None:
        said = self._said(theme)
        if len(people(said)) < NEEDED:
            return None
        countered = [one for one in self._countered(theme) if one not in said]
        against = list({one.id: one for one in [*countered, *self._sides.against(said)] if one not in said}.values())
        rows = self.study.meanings[[self.material.row_by_id[one.id] for one in said]]
        return ThemeHeard(theme=theme, evidence=said, likeness=(rows @ rows.T).tolist(), against=against,
                          countered=countered)  # fmt: skip

    def _countered(self, theme: Theme) -> list[Evidence]:
        """What members say that takes the opposite stance."""
        return [one for one in self.material.countering(theme.id) if one.participant_id in self._members]

    def voices(self, field: FieldSpec) -> set[str]:
        """Members who said anything at all that feeds the field, shared or not."""
        codes = set(field.codes)
        return people([one for one in self._own if codes & set(one.firm)])

    def _belongs(self, field: FieldSpec, heard: ThemeHeard) -> bool:
        return self.study.router.accepts(field, heard.theme, [one.quote.text for one in heard.evidence])

    @cached_property
    def _own(self) -> list[Evidence]:
        return [one for one in self.material.evidence if one.participant_id in self._members]

    @cached_property
    def _members(self) -> set[str]:
        return set(self.segment.participant_ids)

    def _said(self, theme: Theme) -> list[Evidence]:
        """The clearest evidence of each member who voices the theme; firm evidence before what was only noted.

        What was only noted counts where somebody said the same so that the coder was sure.
        """
        found = [self.material.by_id[one] for one in theme.evidence_ids if one in self.material.by_id]
        if not any(theme.code in one.firm for one in found):
            return []
        own = [one for one in found if one.participant_id in self._members]
        ranked = sorted(own, key=lambda one: theme.code not in one.firm)
        first = {one.participant_id: one for one in reversed(ranked)}
        return [one for one in ranked if first[one.participant_id] is one]

    @cached_property
    def _sides(self) -> Sides:
        """What members gave firm evidence of, to be heard against each theme."""
        return Sides([one for one in self._own if one.firm], self.study.embedder)

    def _strength(self, heard: ThemeHeard) -> float:
        values = [one.codes[heard.theme.code] for one in heard.evidence]
        return round(sum(values) / len(values), 6)


def people(evidence: Sequence[Evidence]) -> set[str]:
    return {one.participant_id for one in evidence}
