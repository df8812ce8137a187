"""Judging: does what a claim cites carry it? First by rule, then, where the rules doubt it, by the model.

A figure, a name or a quantifier that the quotes do not hold is a fault that no judge may overrule (`rules`). Little in
common, a negation or an opposite is a doubt that it may. A claim that does not hold is reworded once as the judge
proposes, checked by rule again, and dropped if that does not help.
"""

from collections.abc import Sequence

from app.engines.llm.answers import JudgedClaims, VerdictAnswer
from app.engines.llm.asking import Ask
from app.engines.llm.client import ModelClient
from app.engines.llm.contexts import ClaimLine, JudgeClaim
from app.engines.llm.rules import Cited, Rules, Shown, nearest_part
from app.support.checker import SupportChecker
from prompts.library import PromptLibrary

STEP = "judge"
# Claims in one prompt: more blur.
MOST_CLAIMS = 40
# A claim's own evidence was chosen for it: its nearest words tell. What only bears on a statement is read widely.
BRIEFLY, WIDELY = Shown(quotes=3, words=30), Shown(quotes=8, words=120)


class Judge:
    def __init__(self, client: ModelClient, prompts: PromptLibrary, checker: SupportChecker):
        self.client, self.prompts, self.rules = client, prompts, Rules(checker)

    def held(self, claims: Sequence[Cited]) -> list[str | None]:
        """The text of each claim as it holds, perhaps reworded; None for those that do not. A claim that comes twice
        is judged once."""
        every = self.client.settings.judge == "all"
        doubted = list({one.key: one for one in claims if every or self.rules.doubt(one)}.values())
        settled = {
            one.key: self._settled(one, verdict) for one, verdict in zip(doubted, self.verdicts(doubted), strict=True)
        }
        return [settled.get(one.key, one.text) for one in claims]

    def verdicts(self, claims: Sequence[Cited], shown: Shown = BRIEFLY) -> list[VerdictAnswer | None]:
        """The model's verdict on each claim; None where it gave none."""
        parts = [claims[first : first + MOST_CLAIMS] for first in range(0, len(claims), MOST_CLAIMS)]
        answers = self.client.ask_all([self._ask(part, shown) for part in parts])
        found: list[VerdictAnswer | None] = []
        for part, answer in zip(parts, answers, strict=True):
            by_number = {one.claim: one for one in reversed(answer.verdicts)}
            found += [by_number.get(number) for number in range(1, len(part) + 1)]
        return found

    def _ask(self, claims: Sequence[Cited], shown: Shown) -> Ask[JudgedClaims]:
        lines = [
            ClaimLine(number=number, text=one.text, k=one.k, n=one.n, evidence=self._shown(one, shown))
            for number, one in enumerate(claims, 1)
        ]
        sources = tuple(dict.fromkeys(id for one in claims for id in one.sources))
        return Ask(STEP, self.prompts.render("judge_claim", JudgeClaim(claims=lines)), JudgedClaims, sources=sources)

    def _shown(self, claim: Cited, shown: Shown) -> list[str]:
        """The part of each quote that is nearest to the claim, of the nearest quotes."""
        return nearest_part(claim.text, claim.quotes, self.rules.checker.embedder, shown)

    def _settled(self, claim: Cited, judged: VerdictAnswer | None) -> str | None:
        if judged and judged.verdict == "supported" and not self.rules.fault(claim):
            return claim.text
        reworded = judged.repaired.strip() if judged else ""
        if reworded and not self.rules.fault(claim._replace(text=reworded)):
            self.client.account.drop("a claim reworded to what its quotes say")
            return reworded
        self.client.account.drop("a claim its quotes do not carry")
        return None
