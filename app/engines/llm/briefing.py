"""Writing briefs with a language model: the claims of a persona numbered in, sections that cite them by number out.

Sentences that cite are then checked against the quotes of their claims, as claims are (`judging`). Whether a sentence
needed to cite is for the gate of briefs to say.
"""

from collections.abc import Iterator, Sequence

from app.engines.base import BriefClaim, BriefPlan, WrittenSection, WrittenSentence
from app.engines.llm.account_book import AccountBook
from app.engines.llm.answers import WrittenBrief
from app.engines.llm.asking import Ask
from app.engines.llm.contexts import Gist, WriteBrief
from app.engines.llm.own_words import gives_orders, retypes
from app.engines.llm.rules import Cited
from prompts.library import PromptLibrary

STEP = "brief"
# A section of more is an article.
MOST_SENTENCES = 4


def brief_ask(plan: BriefPlan, prompts: PromptLibrary) -> Ask[WrittenBrief]:
    context = WriteBrief(
        audience=plan.audience,
        stage=plan.stage,
        intent=plan.intent,
        industry=plan.industry or "any",
        format=plan.format,
        claims=[Gist(number=number, participant=one.label, text=one.text) for number, one in enumerate(plan.claims, 1)],
        sections=list(plan.sections),
    )
    sources = tuple(dict.fromkeys(id for one in plan.claims for id in one.sources))
    return Ask(STEP, prompts.render("write_brief", context), WrittenBrief, sources=sources)


def resolve(answer: WrittenBrief, plan: BriefPlan, account: AccountBook) -> list[WrittenSection]:
    """The sections that were wanted, each once, with the claims their numbers stand for."""
    asked = [one for one in answer.sections if one.section in plan.sections]
    if len(asked) < len(answer.sections):
        account.drop("a section nobody asked for", len(answer.sections) - len(asked))
    found: dict[str, WrittenSection] = {}
    for one in asked:
        sentences = [made for said in one.sentences if (made := _sentence(said.text, said.evidence, plan, account))]
        found.setdefault(one.section, WrittenSection(section=one.section, sentences=sentences[:MOST_SENTENCES]))
    return list(found.values())


def _sentence(text: str, numbers: Sequence[int], plan: BriefPlan, account: AccountBook) -> WrittenSentence | None:
    """None for what may not stand: an order, a quotation, or citations that are all wrong."""
    known = [number for number in dict.fromkeys(numbers) if 0 < number <= len(plan.claims)]
    if len(known) < len(set(numbers)):
        account.drop("unknown evidence", len(set(numbers)) - len(known))
    if not text.strip() or gives_orders(text) or retypes(text) or (numbers and not known):
        account.drop("a sentence that cites nothing, or may not stand")
        return None
    return WrittenSentence(text=text.strip(), cites=[plan.claims[number - 1].id for number in known])


def cited(sections: Sequence[WrittenSection], plan: BriefPlan) -> list[Cited]:
    """The sentences that cite, with the quotes of their claims, to be judged as claims are."""
    by_id = {one.id: one for one in plan.claims}
    return [_cited(one, [by_id[id] for id in one.cites]) for one in _citing(sections)]


def _cited(one: WrittenSentence, own: Sequence[BriefClaim]) -> Cited:
    """The claims are a researcher's words for what the quotes say: the sentence is held to them as to gists."""
    widest = max(own, key=lambda claim: claim.k)
    return Cited(
        text=one.text,
        quotes=[quote for claim in own for quote in (claim.text, *claim.quotes)],
        k=widest.k,
        n=widest.n,
        sources=tuple(dict.fromkeys(id for claim in own for id in claim.sources)),
        gists=[claim.text for claim in own],
    )


def _citing(sections: Sequence[WrittenSection]) -> Iterator[WrittenSentence]:
    return (one for section in sections for one in section.sentences if one.cites)


def held(sections: Sequence[WrittenSection], texts: Iterator[str | None]) -> list[WrittenSection]:
    """The sections with the texts that held; `texts` has one for each sentence that cites, in their order."""
    return [section.model_copy(update={"sentences": _kept(section.sentences, texts)}) for section in sections]


def _kept(sentences: Sequence[WrittenSentence], texts: Iterator[str | None]) -> list[WrittenSentence]:
    judged = [one.model_copy(update={"text": next(texts)}) if one.cites else one for one in sentences]
    return [one for one in judged if one.text]
