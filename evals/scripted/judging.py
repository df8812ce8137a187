"""Judging as the scripted model does it: by the deterministic checker, on what the prompt shows."""

from collections.abc import Sequence

from app.engines.llm.answers import JudgedClaims, VerdictAnswer
from app.support import polarity
from app.support.checker import SupportChecker
from app.support.verdict import FaultKind
from app.support.words import content
from evals.scripted.pages import ClaimSeen

# A quote that has other words for the same thing is no fault.
NO_FAULT = {FaultKind.CONTENT}
NEARLY_ALL = 0.8


def judge(claims: Sequence[ClaimSeen], checker: SupportChecker) -> JudgedClaims:
    return JudgedClaims(verdicts=[_verdict(one, checker) for one in claims])


def _verdict(claim: ClaimSeen, checker: SupportChecker) -> VerdictAnswer:
    found = checker.check(claim.text, claim.quotes, claim.k, claim.n)
    faultless = all(fault.kind in NO_FAULT for fault in found.faults)
    sound = found.carried and faultless and _worded(claim) and not polarity.unlike(claim.text, claim.quotes)
    return VerdictAnswer(claim=claim.number, verdict="supported" if sound else "unsupported", repaired="")


def _worded(claim: ClaimSeen) -> bool:
    """Whether nearly all that the claim speaks of is in the quotes: this model words claims by what people said."""
    said = {word for quote in claim.quotes for word in content(quote)}
    words = content(claim.text)
    return sum(word in said for word in words) >= NEARLY_ALL * len(words)
