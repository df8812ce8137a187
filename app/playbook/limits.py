"""How figures are read, and what the playbook cannot tell, in plain words."""

from app.models.cast import Cast
from app.models.claim import Status
from app.playbook.appendix import speaker_at
from app.playbook.quotes import QuoteDesk
from app.playbook.words import count, people
from retrieval.evidence import Consent

# The first is shown as the figure itself where pictures can be.
TERMS = (
    ("5 of 9",
     "Five of the nine people the sentence is about said it. It is a count of people, not of mentions, and not a share "
     "of any market."),
    ("Rest of core", "The people of the same core persona who are not in the micro persona."),
    ("Lift",
     "How much more often these people say it than the rest of the core: the ratio of the two shares, with half a "
     "person added to each count so that a zero does not make it infinite. In brackets: where the ratio would lie "
     "in 95 of 100 studies like this one (Katz’s interval). Where that includes 1, there may be no difference at all."),
    ("By luck",
     "How often a difference at least this large would come up if nothing lay behind it (Fisher’s exact test, "
     "one-sided). Groups are small: 1 in 20 is a lead to follow, not a law."),
    ("Confidence",
     "The machine’s own, from 0 to 1. It orders claims; it is not a probability that they are true."),
)  # fmt: skip
ALWAYS = (
    "Personas describe the people who were interviewed. What share of a market they stand for is not known from "
    "interviews.",
    "Claims are proposals until somebody has reviewed them; a reviewed claim says by whom.",
    "That nobody said something does not mean that nobody thinks it. Silence is shown as a gap, not as a no.",
    "Codes and themes were assigned by the coder named here. Check a claim by its quotes before you act on it.",
)


def limits(cast: Cast, desk: QuoteDesk) -> list[str]:
    """What was withheld, what is not covered, what the sample lacks, and what holds for every study."""
    outside = len({one.id for one in cast.participants} - cast.covered)
    lacks = dict.fromkeys(gap for persona in cast.macros for gap in persona.sample.gaps)
    silent = sum(claim.status is Status.NO_EVIDENCE for persona in cast.macros for claim in persona.claims())
    told = [
        _withheld(cast, desk),
        f"No core persona stands for {people(outside)} of {len(cast.participants)}." if outside and cast.macros else "",
        f"In {count(silent, 'field')} of the core personas too few people said something." if silent else "",
    ]
    return [*(one for one in told if one), *lacks, *ALWAYS]


def _withheld(cast: Cast, desk: QuoteDesk) -> str:
    """How many people’s words were counted, but are not shown; empty where all are."""
    shut = [one for one in cast.participants if one.id in desk.withheld and one.consent is not Consent.WITHDRAWN]
    if not shut:
        return ""
    places = [place for place in desk.uses if speaker_at(desk, *place) in desk.withheld]
    words = sum(len(desk.source(source_id).text[start:end].split()) for source_id, start, end in places)
    told = f"{count(len(places), 'quote')} ({count(words, 'word')}) of {people(len(shut))}"
    return f"Counted, but not shown: {told} who consented to research only."
