"""What of a persona is shown, in which order: so a claim has one number, wherever it is spoken of."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.models.claim import Claim, Status
from app.models.field import FieldSpec
from app.models.persona import Difference, MacroPersona, MicroPersona, Portrait
from app.playbook.quotes import is_shown

STAKES = FieldSpec(id="table_stakes", label="Table stakes", codes=[], ask="")

Part = tuple[FieldSpec, list[Claim]]
Choice = Callable[[Iterable[Claim]], list[Claim]]


@dataclass(frozen=True)
class Order:
    """A persona's running order. A micro persona has differences and no stakes of its own."""

    differences: list[Difference]
    fields: list[Part]
    stakes: list[Claim]

    @property
    def numbers(self) -> dict[str, int]:
        """Claim id → its number, counting from 1 down the page."""
        told = [item.claim for item in self.differences]
        told += [claim for _, claims in self.fields for claim in claims]
        return {claim.id: number for number, claim in enumerate([*told, *self.stakes], 1)}


def key(claim: Claim) -> str:
    """What makes two claims the same thing said: their theme, or themselves where they have none."""
    return claim.theme_id or claim.id


def shown(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if is_shown(claim)]


def grounded(claims: Iterable[Claim]) -> list[Claim]:
    """What was drafted, also what was rejected since: for those who review it."""
    return [claim for claim in claims if claim.status is not Status.NO_EVIDENCE]


def keys(claims: Iterable[Claim], chosen: Choice = shown) -> set[str]:
    return {key(claim) for claim in chosen(claims)}


def core_order(macro: MacroPersona, specs: Sequence[FieldSpec], chosen: Choice = shown) -> Order:
    """A core persona: every field that says something, then the table stakes."""
    parts = [(spec, chosen(macro.field(spec.id))) for spec in specs]
    return Order([], [part for part in parts if part[1]], chosen(macro.table_stakes))


def beside_order(persona: Portrait, specs: Sequence[FieldSpec], chosen: Choice = shown) -> Order:
    """A persona beside the tree: its fields, each claim once."""
    parts = [(spec, chosen(persona.field(spec.id))) for spec in specs]
    return Order([], [part for part in parts if part[1]], [])


def micro_order(micro: MicroPersona, macro: MacroPersona, specs: Sequence[FieldSpec], chosen: Choice = shown) -> Order:
    """A micro persona: its differences, then what neither they nor the core have said.

    Several fields may draw on one theme; it is told once, in the first of them.
    """
    differences = [item for item in micro.differs_from_core if chosen([item.claim])]
    told = keys(macro.claims(), chosen) | {key(item.claim) for item in differences}
    parts: list[Part] = []
    for spec in [*specs, STAKES]:
        fresh = {key(claim): claim for claim in reversed(chosen(micro.field(spec.id))) if key(claim) not in told}
        told |= set(fresh)
        if fresh:
            parts.append((spec, list(reversed(fresh.values()))))
    return Order(differences, parts, [])
