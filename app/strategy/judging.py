"""Judging: whether a condition or scenario is met for a group, from what its people said and how they differ.

    met             two people or more, and a third of the group, speak for it, and more than speak against it;
                    or a theme sets the group apart beyond luck, or three do that may each be luck
    not met         more speak against it; or both sides spoke and nothing sets the group apart
    not evaluable   too few spoke of it, or the groups are too small to tell from luck: silence is no finding

A piece of evidence speaks for a condition when it is close to one of its cues, or less close and under a code that is
telling; and never when it is closer to a cue against.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.intake.crm import ACCOUNT
from app.models.claim import Citation, Stance, Support
from app.models.evidence import Evidence
from app.models.payoff import Finding, Judgement, PayoffSpec
from app.models.persona import Difference, MicroPersona
from app.strategy.grounds import Grounds
from app.strategy.words import count
from app.synthesis.differences import MIN_DIFFERENCES
from app.synthesis.grounding import cite, stands
from app.synthesis.hearing import people
from retrieval.embedder import Vectors

# Cosine to a cue from which evidence of any of the codes is about the matter. At .35, which parts kindred fields,
# most of what was found on the two sample studies was about something else.
NEAR = 0.45
# Under a telling code the code says what it is about; the cue only weeds out what is far off.
NEAR_TELLING = 0.25
NEEDED = 2
# The part of a group that must speak for a condition.
PART = 1 / 3
# A difference that luck alone would bring up more often than this proves nothing.
NO_LUCK = 0.10
MOST_QUOTES = 3


@dataclass(frozen=True)
class Judge:
    """Holds the vectors of all firm evidence and of the cues, made once."""

    grounds: Grounds
    specs: Sequence[PayoffSpec]

    def judge(self, spec: PayoffSpec, micro: MicroPersona) -> Judgement:
        if spec.by == "differences":
            return self._by_differences(spec, micro)
        if spec.by == "accounts":
            return self._by_accounts(spec, micro)
        return self._by_words(spec, micro)

    def _by_words(self, spec: PayoffSpec, micro: MicroPersona) -> Judgement:
        supporting, against = self._heard(spec, micro.sample.participants)
        k, no, n = len(people(supporting)), len(people(against)), micro.sample.n
        if k >= NEEDED and k >= PART * n and k > no:
            why = f"{k} of {n} speak of it" + (f", {no} against it" if no else "")
            return self._found(spec, Finding.MET, why, (k, n), supporting, against)
        if no >= NEEDED and no >= k:
            return self._found(spec, Finding.NOT_MET, f"{no} of {n} speak against it, {k} for it", (k, n), [], against)
        needed = max(NEEDED, int(np.ceil(PART * n)))
        why = f"{k} of {n} speak of it, {needed} needed"
        return self._found(spec, Finding.NOT_EVALUABLE, why, (k, n), supporting, against)

    def _by_differences(self, spec: PayoffSpec, micro: MicroPersona) -> Judgement:
        """Met where a difference under the codes is beyond luck, or there are as many as a persona of its own needs;
        fewer that may each be luck are no finding either way."""
        own = [one for one in micro.differs_from_core if self._code(one) in spec.codes]
        beyond = [one for one in own if one.lift.by_luck <= NO_LUCK]
        n = micro.sample.n
        cited = [citation for one in own for citation in one.claim.supporting]
        k = len({citation.participant_id for citation in cited})
        if own:
            finding = Finding.MET if beyond or len(own) >= MIN_DIFFERENCES else Finding.NOT_EVALUABLE
            return self._judged(spec, finding, _told(own, len(beyond)), (k, n), _one_each(cited))
        if self._both_heard(spec, micro):
            why = "nothing sets them apart from the rest of their core, though both spoke of it"
            return self._judged(spec, Finding.NOT_MET, why, (k, n), [])
        why = "too few of them, or of the rest of their core, spoke of it to compare"
        return self._judged(spec, Finding.NOT_EVALUABLE, why, (k, n), _one_each(cited))

    def _by_accounts(self, spec: PayoffSpec, micro: MicroPersona) -> Judgement:
        """Met where several people of one account were heard, one of them here; else by what they say."""
        shared = self._shared_accounts(micro)
        judged = self._by_words(spec, micro)
        if not shared:
            return judged
        of_them = "one of them" if sum(shared) == 1 else f"{sum(shared)} of them"
        why = f"{of_them} at {count(len(shared), 'account')} where several people were heard"
        return judged.model_copy(update={"finding": Finding.MET, "why": why, "ask": ""})

    def _shared_accounts(self, micro: MicroPersona) -> list[int]:
        """For each account with several people heard, of whom some are here: how many are here."""
        at: dict[str, list[str]] = {}
        for person in self.grounds.cast.participants:
            if name := person.attributes.get(ACCOUNT, ""):
                at.setdefault(name, []).append(person.id)
        here = set(micro.sample.participants)
        return [len(here & set(ids)) for _, ids in sorted(at.items()) if len(ids) > 1 and here & set(ids)]

    def _heard(self, spec: PayoffSpec, group: Sequence[str]) -> tuple[list[Evidence], list[Evidence]]:
        """What the group's people say for and against, nearest first, one piece a person."""
        rows = [row for row, one in enumerate(self._firm)
                if one.participant_id in group and set(one.firm) & set(spec.codes)]  # fmt: skip
        near, far = self._nearness[spec.id]
        pro, con = [], []
        for row in rows:
            telling = set(self._firm[row].firm) & set(spec.telling)
            if near[row] >= (NEAR_TELLING if telling else NEAR) and near[row] > far[row]:
                pro.append((-round(float(near[row]), 6), self._firm[row].id, row))
            elif far[row] >= NEAR and far[row] >= near[row]:
                con.append((-round(float(far[row]), 6), self._firm[row].id, row))
        return self._one_each(pro), self._one_each(con)

    def _one_each(self, ranked: Sequence[tuple[float, str, int]]) -> list[Evidence]:
        first: dict[str, Evidence] = {}
        for _, _, row in sorted(ranked):
            first.setdefault(self._firm[row].participant_id, self._firm[row])
        return list(first.values())

    def _both_heard(self, spec: PayoffSpec, micro: MicroPersona) -> bool:
        here = self.grounds.said_by(micro.sample.participants, spec.codes)
        there = self.grounds.said_by(self.grounds.rest_of_core(micro), spec.codes)
        return len(people(here)) >= NEEDED and len(people(there)) >= NEEDED

    def _code(self, difference: Difference) -> str:
        theme = self.grounds.themes.get(difference.claim.theme_id or "")
        return theme.code if theme else ""

    def _found(
        self, spec: PayoffSpec, finding: Finding, why: str, support: tuple[int, int],
        supporting: Sequence[Evidence], against: Sequence[Evidence],
    ) -> Judgement:  # fmt: skip
        cited = [cite(one, Stance.SUPPORTS) for one in supporting[:MOST_QUOTES]]
        cited += [cite(one, Stance.CONTRADICTS) for one in against[:MOST_QUOTES]]
        return self._judged(spec, finding, why, support, cited)

    def _judged(
        self, spec: PayoffSpec, finding: Finding, why: str, support: tuple[int, int], cited: list[Citation]
    ) -> Judgement:
        return Judgement(
            spec_id=spec.id, kind=spec.kind, label=spec.label, finding=finding, why=why,
            support=Support(k=support[0], n=support[1]), citations=cited,
            ask=spec.ask if finding is Finding.NOT_EVALUABLE else "",
        )  # fmt: skip

    @cached_property
    def _firm(self) -> list[Evidence]:
        """All that may be cited: firm, and word for word in the participant's own speech."""
        material = self.grounds.material
        return [one for one in material.evidence if one.firm and stands(one, material)]

    @cached_property
    def _nearness(self) -> dict[str, tuple[Vectors, Vectors]]:
        """Spec id → each piece's cosine to the nearest cue for, and to the nearest against."""
        said = self.grounds.embedder.encode([one.quote.text for one in self._firm])
        return {one.id: (self._nearest(said, one.cues), self._nearest(said, one.against)) for one in self.specs}

    def _nearest(self, said: Vectors, cues: Sequence[str]) -> Vectors:
        if not cues or not len(said):
            return np.zeros(len(said), dtype=np.float32)
        nearest: Vectors = (said @ self.grounds.embedder.encode(list(cues)).T).max(axis=1)
        return nearest


def _told(own: Sequence[Difference], beyond: int) -> str:
    """How many differences there are, and the clearest of them in numbers."""
    best = min(own, key=lambda one: (one.lift.by_luck, -one.lift.lift)).lift
    each = ", each of which" if len(own) > 1 else ", which"
    sure = f", {beyond} beyond luck" if beyond else f"{each} may be luck in groups so small"
    clearest = f"{best.k} of {best.n} here against {best.rest_k} of {best.rest_n} in the rest of the core"
    verb = "sets" if len(own) == 1 else "set"
    return f"{count(len(own), 'theme')} {verb} them apart{sure}; the clearest {clearest}"


def _one_each(citations: Sequence[Citation]) -> list[Citation]:
    """The first words of each person, three at most."""
    first: dict[str, Citation] = {}
    for one in citations:
        first.setdefault(one.participant_id, one)
    return list(first.values())[:MOST_QUOTES]
