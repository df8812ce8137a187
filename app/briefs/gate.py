"""The claims gate: what a finished brief may not say, whoever wrote it. Both engines' briefs pass it.

uncited    a sentence that says something about the audience and cites nothing
unknown    a citation of a claim that is not the persona's, was rejected, or has no evidence
beyond     a figure, a name or a word for how many that the cited claims do not hold
quotation  words between quotation marks that are no cited claim's
order      a sentence that repeats an order somebody hid in a transcript
consent    words of somebody who did not agree to marketing, or a sentence to be forwarded that is nearly such words
words      words that are not the quote the claim cites, letter by letter
stakes     a table stake used as a proof point
empty      no proof point at all
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from app.engines.hearsay import is_order
from app.engines.llm.own_words import retypes
from app.models.base import Model
from app.models.brief import MANY, Brief, CustomerWords, Line
from app.models.claim import Claim, ReviewState, Status
from app.playbook.near import near_withheld
from app.support import figures, names, quantifiers
from retrieval.evidence import Consent, Participant, sha256

Rule = Literal["uncited", "unknown", "beyond", "quotation", "order", "consent", "words", "stakes", "empty"]

# Who the audience is called in a sentence about them.
GROUP_NOUNS = (
    r"audience|readers?|buyers?|customers?|prospects?|users?|personas?|decision[- ]makers?|managers?|leads?|teams?|"
    r"people|persons?|participants?|interviewees?|respondents?|professionals?|companies|organi[sz]ations?|everybody|"
    r"everyone|nobody|no one|somebody|someone|candidates?|applicants?"
)
# What somebody says of people, and not to a writer.
STATES = (
    r"is|are|was|were|has|have|had|do|does|did|don't|doesn't|can|cannot|can't|will|won't|would|should|must|might|may|"
    r"wants?|needs?|likes?|loves?|hates?|fears?|worr(?:y|ies)|thinks?|believes?|knows?|feels?|prefers?|expects?|"
    r"values?|cares?|struggles?|trusts?|doubts?|decides?|buys?|uses?|pays?|asks?|says?|said|tends?|wish(?:es)?|"
    r"lacks?|spends?|works?|wonders?|hesitates?|compares?|approves?|rejects?|refuses?|demands?|requires?|insists?"
)
PRONOUN = re.compile(r"\b(?:they|they['’](?:re|ve|d|ll)|theirs?|themselves)\b", re.IGNORECASE)
SAID_OF = re.compile(rf"\b(?:{GROUP_NOUNS})\b(?:\s+\w+){{0,2}}?\s+(?:{STATES})\b", re.IGNORECASE)
HOW_MANY = re.compile(
    r"\b(?:\d+|\w+) (?:of|out of|in) (?:the |these )?(?:\d+|them|those)\b|\d\s?%|\bper ?cent\b|"
    rf"\b(?:most|many|all|few|several|some|half|no|every)(?: of)?(?: the| these| our)?(?: \w+)? (?:{GROUP_NOUNS})\b",
    re.IGNORECASE,
)


class Violation(Model):
    """`where` is the section, `text` the sentence or quote found fault with, `why` the rule in words."""

    rule: Rule
    where: str
    text: str
    why: str


def gate(brief: Brief, claims: Mapping[str, Claim], people: Mapping[str, Participant]) -> list[Violation]:
    """What is wrong with the brief; nothing where it may go out.

    `claims` are those that may be cited, by id, as they stand now; `people` the study's participants.
    """
    found = [fault for where, line in brief.lines() for fault in line_faults(where, line, claims, brief.audience.name)]
    found += _outline(brief, claims)
    if not brief.proof_points:
        found.append(Violation(rule="empty", where="proof_points", text="", why="Nothing proves a point."))
    for id in brief.proof_points:
        claim = claims.get(id)
        if claim is None or not _may_be_cited(claim):
            found.append(_unknown("proof_points", id, claim))
        elif claim.field == "table_stakes":
            found.append(Violation(rule="stakes", where="proof_points", text=claim.text,
                                   why="It is a table stake: everybody wants it, so it sells nothing."))  # fmt: skip
    found += _forwarded(brief, claims, people)
    words = [*brief.customer_words, *(words for one in brief.claims for words in one.words)]
    return found + [fault for one in words if (fault := _words_fault(one, claims, people))]


def line_faults(where: str, line: Line, claims: Mapping[str, Claim], audience: str = "") -> Iterator[Violation]:
    """What is wrong with one sentence."""
    own = [claims[id] for id in line.claims if id in claims and _may_be_cited(claims[id])]
    for id in line.claims:
        if id not in claims or not _may_be_cited(claims[id]):
            yield _unknown(where, id, claims.get(id))
    if any(line.text == claim.text for claim in own):
        return
    if is_order(line.text):
        yield Violation(rule="order", where=where, text=line.text, why="It gives an order to its reader's machine.")
    if retypes(line.text):
        yield Violation(rule="quotation", where=where, text=line.text, why="Quotes are cut from sources, not typed.")
    if not line.claims and asserts(line.text, audience):
        yield Violation(rule="uncited", where=where, text=line.text, why="It speaks of the audience and cites nothing.")
    if own and (why := _beyond(line.text, own)):
        yield Violation(rule="beyond", where=where, text=line.text, why=why)


def asserts(text: str, audience: str = "") -> bool:
    """Whether a sentence says something about the audience, rather than telling a writer what to do."""
    named = bool(audience) and audience.lower() in text.lower()
    return named or any(pattern.search(text) for pattern in (PRONOUN, SAID_OF, HOW_MANY))


def _forwarded(brief: Brief, claims: Mapping[str, Claim], people: Mapping[str, Participant]) -> list[Violation]:
    """Sentences to be forwarded that are nearly the words of somebody who did not agree to marketing."""
    agreed = {id for id, one in people.items() if one.consent is Consent.MARKETING}
    return [
        Violation(rule="consent", where="forwardable_summary", text=line.text,
                  why="It is nearly the words of somebody who did not agree to marketing.")
        for line in brief.forwardable_summary
        for claim in (claims[id] for id in line.claims if id in claims)
        if line.text == claim.text
        and near_withheld(claim, agreed)
    ]  # fmt: skip


def _outline(brief: Brief, claims: Mapping[str, Claim]) -> list[Violation]:
    ids = {id for part in brief.outline for id in part.claims}
    return [_unknown("outline", id, claims.get(id)) for id in sorted(ids) if not _known(id, claims)]


def _known(id: str, claims: Mapping[str, Claim]) -> bool:
    return id in claims and _may_be_cited(claims[id])


def _may_be_cited(claim: Claim) -> bool:
    return claim.status is not Status.NO_EVIDENCE and claim.review.state is not ReviewState.REJECTED


def _unknown(where: str, id: str, claim: Claim | None) -> Violation:
    why = "The persona has no such claim."
    if claim is not None:
        rejected = claim.review.state is ReviewState.REJECTED
        why = "The claim was rejected." if rejected else "The claim has no evidence."
    return Violation(rule="unknown", where=where, text=id, why=why)


def _beyond(text: str, own: Sequence[Claim]) -> str:
    """What the sentence says that its claims do not; empty where nothing."""
    said = [words for claim in own for words in (claim.text, *(one.text for one in claim.citations))]
    counts = {number for claim in own for number in (claim.support.k, claim.support.n)}
    lost = [one.written for one in figures.missing(text, said)[0] if one.value not in counts]
    strange = names.missing(text, said)
    if lost or strange:
        return f"What it cites does not say “{(lost + strange)[0]}”."
    widest = max(own, key=lambda claim: claim.support.k)
    wrong = quantifiers.misfit(text, widest.support.k, widest.support.n)
    return f"It {wrong}." if wrong else ""


def _words_fault(
    words: CustomerWords, claims: Mapping[str, Claim], people: Mapping[str, Participant]
) -> Violation | None:
    def fault(rule: Rule, why: str) -> Violation:
        return Violation(rule=rule, where="customer_words", text=f"{words.participant_id}:{words.start}", why=why)

    person = people.get(words.participant_id)
    if person is None or person.consent is not Consent.MARKETING:
        return fault("consent", "Whoever said it did not agree to marketing.")
    cited = [one for id in words.claims if id in claims for one in claims[id].supporting]
    places = {(one.source_id, one.start, one.end, one.participant_id, one.text) for one in cited}
    if (words.source_id, words.start, words.end, words.participant_id, words.text) not in places:
        return fault("words", "No claim of the brief cites these words.")
    return None if sha256(words.text) == words.sha256 else fault("words", "They are not word for word.")


def without(brief: Brief, violations: Sequence[Violation]) -> Brief:
    """The brief without the sentences and quotes that do not hold."""
    bad = {one.text for one in violations if one.where != "forwardable_summary"}
    unsent = {one.text for one in violations if one.where == "forwardable_summary"}

    def kept(lines: Sequence[Line]) -> list[Line]:
        return [line for line in lines if line.text not in bad and not set(line.claims) & bad]

    def said(words: Sequence[CustomerWords]) -> list[CustomerWords]:
        return [one for one in words if f"{one.participant_id}:{one.start}" not in bad]

    lists: dict[str, object] = {name: kept(getattr(brief, name)) for name in MANY}
    lists["forwardable_summary"] = [line for line in kept(brief.forwardable_summary) if line.text not in unsent]
    question = brief.reader_question
    lists["reader_question"] = question if question and kept([question]) else None
    lists["customer_words"] = said(brief.customer_words)
    lists["proof_points"] = [id for id in brief.proof_points if id not in bad]
    lists["claims"] = [one.model_copy(update={"words": said(one.words)}) for one in brief.claims]
    answered = [one.model_copy(update={"answers": kept(one.answers)}) for one in brief.objections_to_answer]
    lists["objections_to_answer"] = [one for one in answered if kept([one.objection])]
    return brief.model_copy(update=lists)
