"""Near: whether a sentence of ours is nearly the words of somebody that are withheld.

Claims are the study's sentences and are shown whoever reads them (docs/access.md). Where one is close to words that may
not be published, readers are told so, in briefs and in playbooks alike; it is never what a plan or a table leads with.
"""

from collections.abc import Collection, Iterable

from app.models.brief import Brief
from app.models.claim import Citation, Claim
from app.support.words import is_content, stem, tokens

# Of the content of a claim, the share that stands in one quote from which it is that quote in other words.
NEAR_VERBATIM = 0.8
REPHRASE = "Near to words that are withheld: say it in words of your own."
# What stands for a sentence where there is no room for it and a caution.
ELSEWHERE = "(near to words that are withheld: see the brief)"


def near_withheld(claim: Claim, cleared: Collection[str]) -> bool:
    """Whether the claim's sentence is nearly one of its quotes; `cleared` are the people who may be quoted."""
    return is_near_verbatim(claim, [one for one in claim.citations if one.participant_id not in cleared])


def is_near_verbatim(claim: Claim, withheld: Iterable[Citation]) -> bool:
    """Whether the claim's sentence is nearly one of these quotes."""
    own = {stem(word) for word in tokens(claim.text) if is_content(word)}
    return bool(own) and any(
        len(own & {stem(word) for word in tokens(one.text)}) / len(own) >= NEAR_VERBATIM for one in withheld
    )


def leads_near(brief: Brief) -> bool:
    """Whether a claim that the key message rests on is nearly words that are withheld."""
    return any(id in brief.cited and brief.cited[id].rephrase for id in brief.key_message.claims)
