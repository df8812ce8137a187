"""Worth: what a micro persona may bring, and what it would take to serve it.

Value is the CRM's median of won accounts where the persona's own accounts, or sales' label most of them bear, have
one; else the number of people and how much they have to say. Effort is inferred, from counts that are listed.
"""

from collections.abc import Mapping, Sequence

from app.models.claim import Claim, Status
from app.models.crm import CrmPatterns, Pattern
from app.models.field import FieldSpec, Level
from app.models.payoff import Effort, Worth
from app.models.persona import MicroPersona
from app.strategy.estimates import TOO_FEW
from app.strategy.grounds import Grounds
from app.strategy.words import count, figure
from app.synthesis.portrait import SMALL

# What has to be answered, proven or served before they buy.
DEMANDING = ("objections", "deal_breakers", "trust_builders", "service_expectations", "relationship_expectations")
MANY_DEMANDS = 4
# Of a label, this part of a persona's accounts must bear it, two at least, for its figures to speak for the persona.
HALF = 0.5
MIN_ACCOUNTS = 2


def worth_of(micro: MicroPersona, grounds: Grounds, crm: CrmPatterns | None) -> Worth:
    said = grounds.said_by(micro.sample.participants)
    plain = Worth(
        people=micro.sample.n,
        intensity=round(len(said) / micro.sample.n, 1),
        basis=f"no CRM figures for them: {count(micro.sample.n, 'person', 'people')} heard, "
        f"{len(said) / micro.sample.n:.1f} pieces of evidence each",
    )
    if crm is None:
        return plain
    pattern, basis = _figures(micro, crm)
    if pattern is None or pattern.value is None:
        return plain
    days = pattern.days_to_close.value if pattern.days_to_close else None
    return plain.model_copy(update={"amount": pattern.value.value, "days_to_close": days, "basis": basis})


def _figures(micro: MicroPersona, crm: CrmPatterns) -> tuple[Pattern | None, str]:
    """The pattern that speaks for the persona, and why it does."""
    own = next((one for one in crm.by_segment if one.segment_id == micro.segment_id), None)
    if own is None:
        return None, ""
    if own.value and own.value.n >= TOO_FEW:
        return own, f"CRM median of {own.value.n} won accounts of its own"
    label = _label_of(own)
    found = next((one for one in crm.by_label if one.name == label), None)
    if found is None or found.value is None:
        return None, ""
    won = count(found.value.n, "won account")
    which = f"{own.labels[found.name]} of its {count(own.accounts, 'account')} bear it"
    care = f"; {found.caution}" if found.caution else ""
    return found, f"CRM median of {won} that sales calls “{found.name}” ({which}), so indicative{care}"


def _label_of(own: Pattern) -> str:
    """The one label that half of the accounts, and two at least, bear; empty where there is none, or a tie."""
    ranked = sorted(own.labels.items(), key=lambda one: (-one[1], one[0]))
    if not ranked or ranked[0][1] < max(MIN_ACCOUNTS, HALF * own.accounts):
        return ""
    return "" if len(ranked) > 1 and ranked[1][1] == ranked[0][1] else ranked[0][0]


def effort_of(micro: MicroPersona, fields: Sequence[FieldSpec], worth: Worth, crm: CrmPatterns | None) -> Effort:
    """One reason is low effort, two medium, three or more high."""
    reasons = [
        *_few_heard(micro),
        *_silent_fields(micro, fields),
        *_demands(micro, {field.id: field for field in fields}),
        *_slow(worth, crm),
    ]
    level = "low" if len(reasons) < 2 else "medium" if len(reasons) == 2 else "high"
    return Effort.model_validate({"level": level, "reasons": reasons})


def _few_heard(micro: MicroPersona) -> list[str]:
    n = micro.sample.n
    return [f"only {count(n, 'person', 'people')} heard, {SMALL - n} more to interview first"] if n < SMALL else []


def _silent_fields(micro: MicroPersona, fields: Sequence[FieldSpec]) -> list[str]:
    own = [field for field in fields if Level.MICRO in field.levels]
    silent = sum(not _grounded(micro.field(field.id)) for field in own)
    return [f"{silent} of {len(own)} fields without evidence"] if 2 * silent > len(own) else []


def _demands(micro: MicroPersona, fields: Mapping[str, FieldSpec]) -> list[str]:
    demands = sum(len(_grounded(micro.field(one))) for one in DEMANDING if one in fields)
    return [f"{demands} objections and expectations to answer"] if demands >= MANY_DEMANDS else []


def _slow(worth: Worth, crm: CrmPatterns | None) -> list[str]:
    """Whether its accounts close more slowly than those of most labels."""
    paces = sorted(one.days_to_close.value for one in crm.by_label if one.days_to_close) if crm else []
    if worth.days_to_close is None or not paces or worth.days_to_close <= paces[len(paces) // 2]:
        return []
    return [f"{figure(worth.days_to_close)} days to close, slower than most labels"]


def _grounded(claims: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.status is not Status.NO_EVIDENCE]
