"""The llm engine: the same steps as the local engine, read and written by a language model.

    code      interviews packed into prompts, sentences numbered → points → evidence        `coding`
    themes    gists under their codes → groups that mean the same, and what opposes them     `theming`
    segments  who voices which theme → macro and micro segments                              `segmenting`
    draft     themes heard in each group → claims → checked against their quotes             `drafting`, `judging`
    answer    a question and the excerpts found → sentences that cite them, checked          `answering`, `judging`
    brief     the claims of a persona → sections that cite them, checked                     `briefing`, `judging`

A model answers with numbers and short words of its own; every number is looked up, and what does not hold is dropped
and counted in the account. What is left to arithmetic (labels of split themes, segments of very many people) the local
engine does.
"""

from collections.abc import Sequence

from app.engines.base import (
    BriefPlan,
    DraftClaim,
    Excerpted,
    FieldBrief,
    Interview,
    Profile,
    ThemeDraft,
    WrittenSection,
    WrittenSentence,
)
from app.engines.basics import basic_groups
from app.engines.llm import answering, briefing, coding, drafting, segmenting, theming
from app.engines.llm.client import ModelClient
from app.engines.llm.drafting import Made
from app.engines.llm.forecast import forecast
from app.engines.llm.judging import WIDELY, Judge
from app.engines.llm.rules import Cited
from app.engines.local import LocalEngine
from app.models.codebook import Codebook
from app.models.evidence import Evidence
from app.models.run import Account
from app.models.segment import SegmentTree
from app.models.theme import Theme
from app.support.checker import SupportChecker
from prompts.library import PromptLibrary

# The prompts that a run works with.
PIPELINE = ("code_interview", "name_themes", "propose_segments", "draft_persona", "judge_claim")
# What a verdict on a claim means for a statement that somebody else wrote.
OPINION = {
    "supported": "supported",
    "partly": "supported",
    "unsupported": "no_evidence",
    "contradicted": "contradicted",
}
# People whom one prompt can compare. Above, the local engine proposes: clustering does not mind how many there are.
MOST_PEOPLE = 150


class LLMEngine:
    """An Engine on a model client; `local` does what needs no reading."""

    # Prompts are packed with interviews and asked side by side: the more there are, the fuller and the fewer.
    at_once = 400

    def __init__(self, client: ModelClient, prompts: PromptLibrary, local: LocalEngine):
        self.client, self.library, self.local = client, prompts, local
        self.claim_judge = Judge(client, prompts, SupportChecker(local.embedder))

    @property
    def name(self) -> str:
        return self.client.name_for(coding.STEP)

    @property
    def prompts(self) -> list[str]:
        return [self.library.file(name).id for name in PIPELINE]

    @property
    def coder_version(self) -> str:
        return self.library.file("code_interview").id

    def code(self, interviews: Sequence[Interview], codebook: Codebook, purpose: str = "") -> list[list[Evidence]]:
        return coding.code(interviews, codebook, purpose, self.client, self.library)

    def find_themes(self, evidence: Sequence[Evidence], codebook: Codebook) -> list[ThemeDraft]:
        drafts = theming.find_themes(evidence, codebook, self.client, self.library)
        return theming.with_granted(drafts, basic_groups(evidence, self.local.embedder))

    def label_theme(self, evidence: Sequence[Evidence]) -> str:
        return self.local.label_theme(evidence)

    def propose_segments(self, profiles: Sequence[Profile], themes: Sequence[Theme], purpose: str = "") -> SegmentTree:
        if len(profiles) > MOST_PEOPLE:
            return self.local.propose_segments(profiles, themes, purpose)
        ask = segmenting.segments_ask(profiles, themes, purpose, self.library)
        model = self.client.name_for(segmenting.STEP)
        return segmenting.as_tree(self.client.ask(ask), profiles, model, self.client.account)

    def draft(self, briefs: Sequence[FieldBrief]) -> list[list[DraftClaim]]:
        sheets = drafting.sheets(briefs)
        answers = self.client.ask_all([sheet.ask(self.library) for sheet in sheets])
        made = [
            one
            for sheet, answer in zip(sheets, answers, strict=True)
            for one in sheet.resolve(answer, self.client.account)
        ]
        return drafting.in_order(briefs, drafting.no_more_than_wanted(self._carried(made)))

    def _carried(self, made: Sequence[Made]) -> list[Made]:
        """The claims that their quotes carry, reworded where need be."""
        texts = self.claim_judge.held([_cited(one) for one in made])
        return [
            one._replace(claim=one.claim.model_copy(update={"text": text}))
            for one, text in zip(made, texts, strict=True)
            if text is not None
        ]

    def judge(self, items: Sequence[tuple[str, Sequence[str]]]) -> list[str | None]:
        asked = [Cited(text, quotes, 0, 0) for text, quotes in items]
        return [OPINION[one.verdict] if one else None for one in self.claim_judge.verdicts(asked, WIDELY)]

    def answer(self, question: str, found: Sequence[Excerpted]) -> list[WrittenSentence]:
        ask = answering.answer_ask(question, found, self.library)
        written = answering.resolve(self.client.ask(ask), found, self.client.account)
        texts = self.claim_judge.held([answering.as_cited(one, found) for one in written])
        return [
            one.model_copy(update={"text": text}) for one, text in zip(written, texts, strict=True) if text is not None
        ]

    def write_briefs(self, plans: Sequence[BriefPlan]) -> list[list[WrittenSection]]:
        answers = self.client.ask_all([briefing.brief_ask(plan, self.library) for plan in plans])
        written = [
            briefing.resolve(answer, plan, self.client.account) for answer, plan in zip(answers, plans, strict=True)
        ]
        cited = [one for sections, plan in zip(written, plans, strict=True) for one in briefing.cited(sections, plan)]
        texts = iter(self.claim_judge.held(cited))
        return [briefing.held(sections, texts) for sections in written]

    def forecast(self, interviews: Sequence[Interview], codebook: Codebook, purpose: str = "") -> Account:
        asked = coding.code_asks(interviews, codebook, purpose, self.library, self.client.settings.pack_tokens)
        return forecast(self.client.estimate([ask for _, ask in asked]), self.client)

    def take_account(self) -> Account | None:
        return self.client.account.take()


def _cited(one: Made) -> Cited:
    by_id = {piece.id: piece for heard in one.brief.heard for piece in heard.evidence}
    own = [by_id[id] for id in one.claim.evidence_ids]
    theme = next(heard.theme for heard in one.brief.heard if heard.theme.id == one.claim.theme_id)
    return Cited(
        text=one.claim.text,
        quotes=[piece.quote.text for piece in own],
        k=len({piece.participant_id for piece in own}),
        n=one.brief.audience.n,
        sources=tuple(dict.fromkeys(piece.quote.source_id for piece in own)),
        gists=[piece.gist for piece in own] if all(piece.gist for piece in own) else (),
        label="" if one.brief.pool else theme.label,
    )
