"""Answering a question with a language model: a few sentences, each citing excerpts that were found for it.

Each is then checked against what it cites, as claims are (`judging`).
"""

from collections.abc import Sequence

from app.engines.base import Excerpted, WrittenSentence
from app.engines.llm.account_book import AccountBook
from app.engines.llm.answers import AnsweredQuestion
from app.engines.llm.asking import Ask
from app.engines.llm.contexts import AnswerQuestion, Gist
from app.engines.llm.own_words import gives_orders, retypes
from app.engines.llm.rules import Cited
from prompts.library import PromptLibrary

STEP = "answer"


def answer_ask(question: str, found: Sequence[Excerpted], prompts: PromptLibrary) -> Ask[AnsweredQuestion]:
    evidence = [
        Gist(number=number, participant=one.participant_id or "a note", text=one.text)
        for number, one in enumerate(found, 1)
    ]
    rendered = prompts.render("answer_question", AnswerQuestion(question=question, evidence=evidence))
    return Ask(STEP, rendered, AnsweredQuestion, sources=tuple(dict.fromkeys(one.source_id for one in found)))


def resolve(answer: AnsweredQuestion, found: Sequence[Excerpted], account: AccountBook) -> list[WrittenSentence]:
    """The sentences that cite something that was found; nothing where the model says it is not enough."""
    sentences = []
    for one in answer.sentences if answer.enough else []:
        cited = [number for number in dict.fromkeys(one.evidence) if 0 < number <= len(found)]
        if len(cited) < len(set(one.evidence)):
            account.drop("unknown evidence", len(set(one.evidence)) - len(cited))
        if cited and one.text.strip() and not (gives_orders(one.text) or retypes(one.text)):
            sentences.append(WrittenSentence(text=one.text.strip(), cites=[found[number - 1].id for number in cited]))
        else:
            account.drop("a sentence that cites nothing, or may not stand")
    return sentences


def as_cited(one: WrittenSentence, found: Sequence[Excerpted]) -> Cited:
    """The sentence with the excerpts it cites, to be judged as a claim is."""
    own = [excerpt for excerpt in found if excerpt.id in one.cites]
    return Cited(
        text=one.text,
        quotes=[excerpt.text for excerpt in own],
        k=len({excerpt.participant_id for excerpt in own}),
        n=len({excerpt.participant_id for excerpt in found}),
        sources=tuple(dict.fromkeys(excerpt.source_id for excerpt in own)),
    )
