"""Personas as the playbook shows them: the core first, then each micro persona as what differs from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.models.cast import Cast
from app.models.field import FieldSpec, Level, fields_of
from app.models.persona import ContrastPair, Difference, MacroPersona, MicroPersona, Portrait
from app.models.segment import Predicate
from app.models.theme import Theme
from app.playbook.claims import ClaimWriter, gaps
from app.playbook.compare import Column, compare
from app.playbook.order import STAKES, Order, beside_order, core_order, grounded, keys, micro_order, shown
from app.playbook.quotes import QuoteDesk
from app.playbook.view import ContrastView, DifferenceView, MacroView, MicroView
from app.playbook.words import interval, luck, percent

# How personas beside the tree are called, each with its number.
BESIDE = {Level.CUSTOMER: "CU", Level.CANDIDATE: "CA", Level.NEGATIVE: "N"}


@dataclass(frozen=True)
class PersonaDesk:
    """What persona views are built with. Every persona has one running order and one writer. For those who review,
    the order is `whole`: rejected claims keep their places."""

    cast: Cast
    quotes: QuoteDesk
    specs: Sequence[FieldSpec]
    whole: bool = False

    def fields(self, level: Level) -> list[FieldSpec]:
        return [spec for spec in self.specs if level in spec.levels and spec.id != STAKES.id]

    @cached_property
    def themes(self) -> dict[str, Theme]:
        return {theme.id: theme for theme in self.cast.themes}

    @cached_property
    def orders(self) -> dict[str, Order]:
        """Persona id → what of it is shown, in which order."""
        chosen = grounded if self.whole else shown
        found = {macro.id: core_order(macro, self.fields(Level.MACRO), chosen) for macro in self.cast.macros}
        for macro in self.cast.macros:
            for micro in self.cast.micros_of(macro):
                found[micro.id] = micro_order(micro, macro, self.fields(Level.MICRO), chosen)
        return found | {one.id: beside_order(one, self.fields_beside(one.kind), chosen) for one in self.cast.beside}

    def fields_beside(self, kind: Level) -> list[FieldSpec]:
        """The fields of a kind that stands beside the tree; a candidate's own come before those of a core."""
        return sorted(fields_of(kind), key=lambda spec: Level.MACRO in spec.levels or Level.MICRO in spec.levels)

    @cached_property
    def writers(self) -> dict[str, ClaimWriter]:
        beside = [spec for kind in Level for spec in fields_of(kind)]
        specs = {spec.id: spec for spec in [STAKES, *beside, *self.specs]}
        return {
            persona_id: ClaimWriter(ref, self.orders[persona_id].numbers, self.quotes, self.themes, specs)
            for persona_id, ref in refs_of(self.cast).items()
        }


def refs_of(cast: Cast) -> dict[str, str]:
    """Short names people can say aloud: cores M1, M2 …; micro personas A, B … through the whole cast."""
    micros = [micro for macro in cast.macros for micro in cast.micros_of(macro)]
    return (
        {macro.id: f"M{i}" for i, macro in enumerate(cast.macros, 1)}
        | {micro.id: letters(i) for i, micro in enumerate(micros)}
        | _refs_beside(cast)
    )


def _refs_beside(cast: Cast) -> dict[str, str]:
    """Customer personas CU1, CU2 …, candidates CA1 …, negative personas N1 … with a hyphen: micros use letters."""
    found: dict[str, str] = {}
    for kind, short in BESIDE.items():
        here = [one.id for one in cast.beside if one.kind is kind]
        found |= {persona_id: f"{short}-{i}" for i, persona_id in enumerate(here, 1)}
    return found


def letters(index: int) -> str:
    """0 → A … 25 → Z, 26 → AA. M is followed by a point or nothing, so it is never taken for a core's M1."""
    head, tail = divmod(index, 26)
    return (letters(head - 1) if head else "") + chr(ord("A") + tail)


def macro_view(desk: PersonaDesk, macro: MacroPersona) -> MacroView:
    """A core persona with its micro personas beside it."""
    writer, order = desk.writers[macro.id], desk.orders[macro.id]
    micros = desk.cast.micros_of(macro)
    columns: list[Column] = [(micro, desk.writers[micro.id]) for micro in micros]
    return MacroView(
        anchor=writer.persona_anchor,
        ref=writer.ref,
        name=macro.name,
        summary=macro.summary,
        n=macro.sample.n,
        share=percent(macro.coverage),
        defined_by=[definition(desk, predicate) for predicate in macro.definition],
        people=[desk.quotes.person(person) for person in macro.sample.participants],
        cautions=cautions(macro, desk.cast),
        fields=writer.fields(order.fields),
        stakes=[writer.claim(claim) for claim in order.stakes],
        gaps=gaps(macro, desk.fields(Level.MACRO)),
        compare=compare((macro, writer), columns, desk.fields(Level.MICRO)),
        micros=[micro_view(desk, macro, micro) for micro in micros],
    )


def micro_view(desk: PersonaDesk, macro: MacroPersona, micro: MicroPersona) -> MicroView:
    """A micro persona: its differences first, then what the core does not say, then what nobody said."""
    writer, order = desk.writers[micro.id], desk.orders[micro.id]
    specs = desk.fields(Level.MICRO)
    told = {item.claim.theme_id for item in order.differences}
    core_gaps = {gap.label for gap in gaps(macro, [spec for spec in specs if Level.MACRO in spec.levels])}
    return MicroView(
        anchor=writer.persona_anchor,
        ref=writer.ref,
        name=micro.name,
        summary=micro.summary,
        differentiator=differentiator(micro),
        n=micro.sample.n,
        share=percent(micro.estimated_share),
        funnel=micro.funnel_use,
        people=[desk.quotes.person(person) for person in micro.sample.participants],
        cautions=cautions(micro, desk.cast),
        differences=[difference_view(writer, item) for item in order.differences],
        contrast=[contrast_view(desk, micro, pair) for pair in micro.contrast if shown([pair.ours, pair.theirs])[1:]],
        further=writer.fields(order.fields),
        gaps=[gap for gap in gaps(micro, specs) if gap.label not in core_gaps],
        inherited=len(keys(micro.claims()) & keys(macro.claims()) - told),
        core_gaps=len(core_gaps),
    )


def differentiator(micro: MicroPersona) -> str:
    """The axis it differs on; empty where the summary or a difference below says the same words."""
    told = [micro.summary] + [item.claim.text for item in micro.differs_from_core]
    said = any(micro.differentiator in text or text in micro.differentiator for text in told if text)
    return "" if said else micro.differentiator


def difference_view(writer: ClaimWriter, difference: Difference) -> DifferenceView:
    lift = difference.lift
    return DifferenceView(
        claim=writer.claim(difference.claim),
        k=lift.k,
        n=lift.n,
        rest_k=lift.rest_k,
        rest_n=lift.rest_n,
        lift=f"× {lift.lift:.1f}",
        luck=luck(lift.by_luck),
        interval=interval(lift.low, lift.high),
        may_be_luck=lift.may_be_luck,
    )


def contrast_view(desk: PersonaDesk, micro: MicroPersona, pair: ContrastPair) -> ContrastView:
    """Two claims of two people with one title, under the names of their personas."""
    names = {persona.id: persona.name for persona in desk.cast.personas}
    ours = desk.writers[micro.id]
    theirs = desk.writers.get(pair.their_persona_id, ours)
    return ContrastView(
        role=pair.role,
        ours=ours.claim(pair.ours),
        our_name=micro.name,
        theirs=theirs.claim(pair.theirs),
        their_name=names.get(pair.their_persona_id, "Another persona"),
        their_href="#" + theirs.persona_anchor,
    )


def definition(desk: PersonaDesk, predicate: Predicate) -> str:
    """A predicate in words; a theme by its label."""
    theme = desk.themes.get(predicate.name)
    name = theme.label if theme else predicate.name.replace("_", " ")
    return " ".join(part for part in (name, predicate.operator, predicate.value) if part)


def cautions(persona: Portrait, cast: Cast) -> list[str]:
    """What to keep in mind while reading: what changed since, flags, holes in the sample, assumptions."""
    stale = [f"Stale, to be drafted anew: {one.why}." for one in cast.stale if one.persona_id == persona.id]
    return [*stale, *persona.bias_flags, *persona.sample.gaps, *(f"Assumed: {text}" for text in persona.assumptions)]
