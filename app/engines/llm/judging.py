"""Judging: does what a claim cites carry it? First by rule, then, where the rules doubt it, by the model.

A figure, a name or a quantifier that the quotes do not hold is a fault that no judge may overrule; a negation, an
opposite or little in common is a doubt that it may. A claim that does not hold is reworded once as the judge proposes,
checked by rule again, and dropped if that does not help.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.engines.llm.answers import JudgedClaims, VerdictAnswer
from app.engines.llm.asking import Ask
from app.engines.llm.client import ModelClient
from app.engines.llm.contexts import ClaimLine, JudgeClaim
from app.engines.llm.own_words import gives_orders, retypes
from app.support import polarity
from app.support.checker import SupportChecker
from app.support.verdict import FaultKind, Verdict
from app.support.words import content
from prompts.library import PromptLibrary

STEP = "judge"
# Claims in one prompt: more blur.
MOST_CLAIMS = 40
# Quotes shown for a claim: the first few say what it rests on.
MOST_QUOTES = 6
# Words of content; what has fewer (“They have what they need to do.”) stands in nearly any quote.
FEWEST_WORDS = 3
HARD = (FaultKind.NUMBER, FaultKind.NAME, FaultKind.QUANTIFIER)


class Cited(NamedTuple):
    """A claim and the quotes it cites; k of n people are behind it."""

    text: str
    quotes: Sequence[str]
    k: int
    n: int
    sources: tuple[str, ...] = ()


def _in_doubt(claim: Cited, verdict: Verdict) -> bool:
    """Whether the rules alone do not settle it: they find something, or the claim has too little to find."""
    says_little = len(set(content(claim.text))) < FEWEST_WORDS
    return says_little or not verdict.carried or bool(verdict.faults) or polarity.unlike(claim.text, claim.quotes)


class Judge:
    def __init__(self, client: ModelClient, prompts: PromptLibrary, checker: SupportChecker):
        self.client, self.prompts, self.checker = client, prompts, checker

    def held(self, claims: Sequence[Cited]) -> list[str | None]:
        """The text of each claim as it holds, perhaps reworded; None for those that do not."""
        found = [self._by_rule(one) for one in claims]
        doubted = [row for row, verdict in enumerate(found) if _in_doubt(claims[row], verdict)]
        kept: list[str | None] = [one.text for one in claims]
        for row, verdict in zip(doubted, self.verdicts([claims[row] for row in doubted]), strict=True):
            kept[row] = self._settled(claims[row], found[row], verdict)
        return kept

    def verdicts(self, claims: Sequence[Cited]) -> list[VerdictAnswer | None]:
        """The model's verdict on each claim; None where it gave none."""
        parts = [claims[first : first + MOST_CLAIMS] for first in range(0, len(claims), MOST_CLAIMS)]
        answers = self.client.ask_all([self._ask(part) for part in parts])
        found: list[VerdictAnswer | None] = []
        for part, answer in zip(parts, answers, strict=True):
            by_number = {one.claim: one for one in reversed(answer.verdicts)}
            found += [by_number.get(number) for number in range(1, len(part) + 1)]
        return found

    def _ask(self, claims: Sequence[Cited]) -> Ask[JudgedClaims]:
        lines = [
            ClaimLine(number=number, text=one.text, k=one.k, n=one.n, evidence=list(one.quotes[:MOST_QUOTES]))
            for number, one in enumerate(claims, 1)
        ]
        sources = tuple(dict.fromkeys(id for one in claims for id in one.sources))
        return Ask(STEP, self.prompts.render("judge_claim", JudgeClaim(claims=lines)), JudgedClaims, sources=sources)

    def _by_rule(self, claim: Cited) -> Verdict:
        return self.checker.check(claim.text, claim.quotes, claim.k, claim.n)

    def _at_fault(self, claim: Cited) -> bool:
        """Whether no judge may let it pass."""
        return gives_orders(claim.text) or retypes(claim.text) or self._by_rule(claim).has(*HARD)

    def _settled(self, claim: Cited, by_rule: Verdict, judged: VerdictAnswer | None) -> str | None:
        if judged and judged.verdict == "supported" and not by_rule.has(*HARD):
            return claim.text
        reworded = judged.repaired.strip() if judged else ""
        if reworded and not self._at_fault(claim._replace(text=reworded)):
            self.client.account.drop("a claim reworded to what its quotes say")
            return reworded
        self.client.account.drop("a claim its quotes do not carry")
        return None
