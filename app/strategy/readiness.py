"""Readiness: what to check before personas go to work, each ok or in need of attention, with the number."""

from collections import Counter

from app.models.claim import ReviewState, Status
from app.models.saturation import Saturation
from app.models.strategy import Check, Coverage
from app.strategy.grounds import Grounds
from app.strategy.saturation import THRESHOLD
from app.strategy.words import count, listed, percent
from app.synthesis.portrait import SMALL
from retrieval.evidence import Consent

# A persona with more empty fields than this describes its gaps.
ENOUGH_FIELDS = 0.5
DATES = ("date", "interview_date", "interviewed", "interviewed_on", "recorded", "recorded_at")


def check_readiness(grounds: Grounds, coverage: Coverage, saturation: Saturation) -> list[Check]:
    return [
        _people(grounds),
        _coverage(coverage),
        _saturation(saturation),
        _fields(grounds),
        _consent(grounds),
        _dates(grounds),
        _review(grounds),
    ]


def _people(grounds: Grounds) -> Check:
    small = [one for one in grounds.cast.personas if one.sample.n < SMALL]
    least = min(one.sample.n for one in grounds.cast.personas)
    named = listed([f"“{one.name}” ({one.sample.n})" for one in small], most=6)
    personas = count(len(grounds.cast.personas), "persona")
    return Check(
        what="People in each segment", ok=not small,
        figure=f"{len(small)} of {personas} rest on fewer than {SMALL}; the smallest on {least}",
        remedy=f"Interview more like {named}" if small else "",
    )  # fmt: skip


def _coverage(coverage: Coverage) -> Check:
    return Check(
        what="Coverage", ok=coverage.share >= coverage.enough,
        figure=f"{coverage.covered} of {coverage.n} ({percent(coverage.share)})",
        remedy="" if coverage.share >= coverage.enough else "Interview more people like those left uncovered",
    )  # fmt: skip


def _saturation(saturation: Saturation) -> Check:
    last = saturation.last_run_share
    themes = saturation.steps[-1].total if saturation.steps else 0
    settled = saturation.late_voices <= THRESHOLD * themes
    ok = last is not None and last <= THRESHOLD and saturation.usual is not None and settled
    figure = "too few interviews to judge" if last is None else (
        f"the last {saturation.run_length} interviews added {percent(last)} of the base, bar {percent(THRESHOLD)}; "
        f"{saturation.late_voices} of {count(themes, 'theme')} had their second voice in the last four"
    )  # fmt: skip
    return Check(what="Saturation", ok=ok, figure=figure, remedy="" if ok else "Go on interviewing")


def _fields(grounds: Grounds) -> Check:
    filled = total = 0
    for persona in grounds.cast.personas:
        own = [persona.field(field.id) for field in grounds.fields if persona.kind in field.levels]
        total += len(own)
        filled += sum(any(claim.status is not Status.NO_EVIDENCE for claim in claims) for claims in own)
    ok = filled >= ENOUGH_FIELDS * total
    return Check(
        what="Fields with evidence", ok=ok, figure=f"{filled} of {total} ({percent(filled / max(total, 1))})",
        remedy="" if ok else "Ask the next questions below",
    )  # fmt: skip


def _consent(grounds: Grounds) -> Check:
    """Marketing may quote somebody of every persona, or must paraphrase."""
    agreed = {one.id for one in grounds.cast.participants if one.consent is Consent.MARKETING}
    without = [one.name for one in grounds.cast.personas if not agreed & set(one.sample.participants)]
    figure = f"{len(agreed)} of {count(len(grounds.cast.participants), 'person', 'people')} may be quoted"
    return Check(
        what="Consent for marketing", ok=not without, figure=figure,
        remedy=f"Nobody to quote for {listed([f'“{name}”' for name in without], most=6)}: ask, or quote nobody"
        if without else "",
    )  # fmt: skip


def _dates(grounds: Grounds) -> Check:
    people = grounds.cast.participants
    dated = sum(any(name.lower() in DATES and value for name, value in one.attributes.items()) for one in people)
    return Check(
        what="Dates of interviews", ok=dated == len(people), figure=f"known for {dated} of {len(people)}",
        remedy="" if dated == len(people) else "Add a column `interview_date` to participants.csv",
    )  # fmt: skip


def _review(grounds: Grounds) -> Check:
    states = Counter(claim.review.state for one in grounds.cast.personas for claim in one.grounded_claims())
    seen = states.total() - states[ReviewState.PROPOSED]
    remedy = "" if seen == states.total() else "Read the claims of the personas you start with, against their quotes"
    figure = f"{seen} of {count(states.total(), 'claim')}"
    return Check(what="Reviewed by a person", ok=seen == states.total() > 0, figure=figure, remedy=remedy)
