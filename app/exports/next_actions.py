"""next-actions.csv: what to do next for each persona at each intent: the asset, the claims it follows from, and the
briefs that are written. Claims are named by id: what they say may be near to words of people who did not agree."""

from app.briefs.rules import load_rules
from app.cells import to_csv
from app.exports.outgoing import Outgoing
from app.models.brief import Intent
from app.models.persona import MacroPersona, MicroPersona

HEADER = [
    "segment_id", "persona_id", "persona", "level", "intent", "next_action", "call_to_action", "because_claims",
    "briefs",
]  # fmt: skip
# What people say they would do next decides first; then what proves a point at this intent.
NEXT_STEP = "implied_next_step"
MOST_CLAIMS = 5


def next_actions(out: Outgoing) -> bytes:
    personas = [one for one in out.cast.personas if isinstance(one, MacroPersona | MicroPersona)]
    rules = load_rules().intents
    rows = [
        (one.segment_id, one.id, one.name, one.kind.value, intent.value, rules[intent].asset,
         rules[intent].call_to_action, " ".join(because(one, intent)), " ".join(_briefs(out, one.id, intent)))
        for one in personas
        for intent in Intent
    ]  # fmt: skip
    return to_csv(HEADER, rows)


def because(persona: MacroPersona | MicroPersona, intent: Intent) -> list[str]:
    """The ids of the claims that the step follows from, best first."""
    grounded = {one.id for one in persona.grounded_claims()}
    fields = [NEXT_STEP, *load_rules().intents[intent].proof]
    found = [claim.id for field in fields for claim in persona.field(field) if claim.id in grounded]
    return list(dict.fromkeys(found))[:MOST_CLAIMS]


def _briefs(out: Outgoing, persona_id: str, intent: Intent) -> list[str]:
    return [one.id for one in out.briefs if (one.persona_id, one.buyer_intent) == (persona_id, intent)]
