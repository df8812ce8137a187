"""A negative case: people who are a poor fit for the same reasons, written down as a negative persona."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.models.claim import Citation, Claim, Gap, Stance, Status, Support
from app.models.negative_persona import Disqualifier, Drain, NegativePersona, SuppressionRule
from app.models.persona_base import NoteMention, Sample
from app.models.poor_fit import FitTest, PoorFit
from app.synthesis.beside.note_mentions import mentions
from app.synthesis.beside.passages import CODER, note_passages
from app.synthesis.beside.poor_fit import Fit, Hit, SignReader
from app.synthesis.material import Material
from app.synthesis.portrait import listing
from retrieval.embedder import Embedder
from retrieval.evidence import stable_id

# So many independent disqualifiers make a poor fit; fewer are a single sign or two.
MIN_DISQUALIFIERS = 3
# How many of the strongest disqualifiers are explained with signals, questions and conditions.
EXPLAINED = 5
# How many near misses are named.
MOST_NEAR = 5


@dataclass(frozen=True)
class Case:
    """One group of poor fits, and everybody else of the study to compare it with."""

    group: Sequence[Fit]
    everybody: Sequence[Fit]
    known: PoorFit
    reader: SignReader
    material: Material
    embedder: Embedder

    @property
    def people(self) -> list[str]:
        return [fit.participant_id for fit in self.group]

    @property
    def id(self) -> str:
        return stable_id("pe", "negative", *self.people)

    @cached_property
    def tests(self) -> list[FitTest]:
        """The disqualifiers that somebody of the group shows, strongest first."""
        shown = [test for test in self.known.disqualifiers if self._hits(test)]
        return sorted(shown, key=lambda test: -max(hit.strength for hit in self._hits(test)))

    @property
    def name(self) -> str:
        """What the engagement is like, by its first disqualifiers in the order of the data."""
        called = [test.called for test in self.known.disqualifiers if self._hits(test)]
        return f"Engagement with {listing(called[:3])}"

    @property
    def summary(self) -> str:
        counted = f"{len(self.people)} of {len(self.material.interviewed)} people"
        shown = f"{len(self.tests)} of {len(self.known.disqualifiers)} known disqualifiers in their own words"
        return f"{counted}: {shown}. A poor fit between wishes and what can be delivered, not a kind of person."

    def _hits(self, test: FitTest) -> list[Hit]:
        return [fit.disqualifiers[test.id] for fit in self.group if test.id in fit.disqualifiers]

    def persona(self) -> NegativePersona:
        return NegativePersona(
            id=self.id,
            name=self.name,
            product_area=self.material.study.product_area,
            summary=self.summary,
            segment_id="",
            coverage=round(len(self.people) / len(self.material.interviewed), 4),
            sample=self._sample(),
            provisional=len(self.people) == 1,
            bias_flags=self._flags(),
            why_poor_fit=self._why(),
            drain=self._drains(),
            disqualifiers=[self._disqualifier(test) for test in self.tests],
            early_warning_signals=self._inferred("early_warning_signals", lambda test: test.warning),
            discovery_questions=self._inferred("discovery_questions", lambda test: test.ask),
            false_positive_risks=self._near_misses(),
            requalification=self._inferred("requalification", lambda test: f"{_capital(test.requalify)}."),
            alternative_path=[self._alternative()],
            suppression_rule=self._rule(),
            expected_effect=[self._gap("expected_effect", "Unknown.", self.known.effect_ask)],
            notes=self._notes(),
        )

    def _sample(self) -> Sample:
        people = set(self.people)
        sources = [source.id for source in self.material.sources if people & set(source.participant_ids)]
        return Sample(n=len(people), participants=sorted(people), sources=sources)

    def _flags(self) -> list[str]:
        provisional = ["Provisional: rests on one interview. Check the tests against records before using the rule."]
        tree = self.material.tree
        placed = {one: macro.name for macro in (tree.macros if tree else []) for one in macro.participant_ids}
        where = [
            f"{one} also stands in the segment “{placed[one]}”: read that persona without them."
            if one in placed
            else f"{one} stands in no segment."
            for one in self.people
        ]
        return [*(provisional if len(self.people) == 1 else []), *where]

    def _why(self) -> list[Claim]:
        """One sentence for what is missing to buy, one for what working together would ask of the supplier."""
        sentences = {"means": "There is no ground to deliver on: {}.", "conduct": "Working together has no bounds: {}."}
        claims = []
        for side, sentence in sentences.items():
            tests = [test for test in self.tests if test.side == side]
            text = sentence.format(listing([test.called for test in tests]))
            claims.append(self._claim("why_poor_fit", text, [hit for test in tests for hit in self._hits(test)]))
        return claims

    def _drains(self) -> list[Drain]:
        found = []
        for drain in self.known.drains:
            hits = [fit.drains[drain.id] for fit in self.group if drain.id in fit.drains]
            if hits:
                found.append(Drain(kind=drain.id, claim=self._claim("drain", f"{drain.label}: {drain.costs}", hits)))
        return found

    def _disqualifier(self, test: FitTest) -> Disqualifier:
        claim = self._claim("disqualifiers", f"{test.label}.", self._hits(test))
        return Disqualifier(claim=claim, **test.test.model_dump())

    def _inferred(self, field: str, wording: Callable[[FitTest], str]) -> list[Claim]:
        """A sentence of ours for each of the strongest disqualifiers, resting on the same words."""
        return [self._claim(field, wording(test), self._hits(test), inferred=True) for test in self.tests[:EXPLAINED]]

    def _alternative(self) -> Claim:
        strongest = [hit for test in self.tests[:MIN_DISQUALIFIERS] for hit in self._hits(test)]
        return self._claim("alternative_path", self.known.alternative, strongest, inferred=True)

    def _near_misses(self) -> list[Claim]:
        """Who meets some of the tests and is no poor fit, most tests first, each with what spares them."""
        tests = {test.id for test in self.tests}
        others = [
            fit for fit in self.everybody if fit.participant_id not in self.people and tests & set(fit.disqualifiers)
        ]
        ranked = sorted(others, key=lambda fit: (-len(tests & set(fit.disqualifiers)), fit.participant_id))
        ask = "Which of your good customers would meet some of these tests?"
        nobody = self._gap("false_positive_risks", "Nobody else in this study meets any of the tests.", ask)
        return [self._near_miss(fit) for fit in ranked[:MOST_NEAR]] or [nobody]

    def _near_miss(self, fit: Fit) -> Claim:
        met = [test for test in self.tests if test.id in fit.disqualifiers]
        called = listing([test.called for test in met])
        count = f"{len(met)} of {len(self.tests)} tests ({called}); it takes {self._rule().k}"
        text = f"Words of {fit.participant_id} come near {count}"
        hits = [fit.disqualifiers[test.id] for test in met]
        best = self._what_spares(fit, met)
        if best is None:
            return self._claim("false_positive_risks", f"{text}.", hits, inferred=True)
        spared = f"{text}. What spares them: {best[1].spared}."
        return self._claim("false_positive_risks", spared, [best[0], *hits], inferred=True)

    def _what_spares(self, fit: Fit, met: Sequence[FitTest]) -> tuple[Hit, FitTest] | None:
        """Their words for a fit: on what they meet, else on money and mandate."""
        means = [test for test in self.known.disqualifiers if test.side == "means" and test not in met]
        for tests in (met, means):
            spared = [(hit, test) for test in tests if (hit := self.reader.spared(test).get(fit.participant_id))]
            if spared:
                return max(spared, key=lambda row: (row[0].strength, row[1].id))
        return None

    def _rule(self) -> SuppressionRule:
        """As few tests as spare everybody who is not a poor fit, three at the least."""
        counts = {fit.participant_id: self._met(fit) for fit in self.everybody}
        others = [count for person, count in counts.items() if person not in self.people]
        m = len(self.tests)
        k = min(max([MIN_DISQUALIFIERS, *(count + 1 for count in others)]), m)
        catches = sorted(person for person, count in counts.items() if count >= k)
        text = f"Pause outreach when {k} of the {m} tests hold. In this study that catches {listing(catches)}"
        return SuppressionRule(
            k=k, m=m, catches=catches, text=f"{text}: {len(catches)} of {len(self.material.interviewed)}."
        )

    def _met(self, fit: Fit) -> int:
        return sum(test.id in fit.disqualifiers for test in self.tests)

    def _notes(self) -> list[NoteMention]:
        return [note.model_copy(update={"says": self._says(note)}) for note in mentions(self.people, self.material)]

    def _says(self, note: NoteMention) -> list[str]:
        """What of the poor fit the note speaks of too."""
        reader = SignReader(note_passages(self.material.source_by_id[note.source_id]), self.embedder)
        return [test.called for test in self.known.disqualifiers if reader.said and reader.hits(test)]

    def _claim(self, field: str, text: str, hits: Sequence[Hit], *, inferred: bool = False) -> Claim:
        evidence = {hit.evidence.id: hit.evidence for hit in hits}
        cited = [Citation(**e.quote.model_dump(), evidence_id=e.id, stance=Stance.SUPPORTS) for e in evidence.values()]
        people = {one.participant_id for one in evidence.values()}
        return Claim(
            id=stable_id("cl", self.id, field, text, *evidence),
            field=field,
            text=text,
            status=Status.INFERRED if inferred else Status.OBSERVED,
            citations=cited,
            support=Support(k=len(people), n=len(self.material.interviewed)),
            confidence=round(sum(hit.nearness for hit in hits) / len(hits), 3),
            coder=CODER,
        )

    def _gap(self, field: str, text: str, ask: str) -> Claim:
        return Claim(
            id=stable_id("cl", self.id, field, "gap"),
            field=field,
            text=text,
            status=Status.NO_EVIDENCE,
            support=Support(k=0, n=len(self.material.interviewed)),
            confidence=0.0,
            coder="none",
            gap=Gap(found=0, needed=1, ask_next=f"Ask: “{ask}”"),
        )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
