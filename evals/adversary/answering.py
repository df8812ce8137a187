"""Bad answers to questions: sentences that cite what was not found, and sentences that their excerpts do not carry."""

from random import Random

from app.engines.llm.answers import AnsweredQuestion, AnswerSentence
from evals.adversary.spoiling import NOWHERE, Kind, Rows, Spoil, Spoiled, nowhere, other_numbers, other_rows
from evals.adversary.texts import CHANGES, Change
from evals.scripted.pages import pieces


def _spoiled(answer: AnsweredQuestion, rows: Rows) -> Spoiled:
    return Spoiled(
        answer.model_copy(update={"sentences": rows.bad}), answer.model_copy(update={"sentences": rows.clean}),
        rows.many,
    )  # fmt: skip


def _nowhere(name: str) -> Spoil:
    def spoil(answer: AnsweredQuestion, user: str, dice: Random) -> Spoiled:
        last = len(pieces(user))
        return _spoiled(answer, other_numbers(answer.sentences, "evidence", lambda _, d: nowhere(last, d)[name], dice))

    return spoil


def _reworded(change: Change) -> Spoil:
    def spoil(answer: AnsweredQuestion, user: str, dice: Random) -> Spoiled:
        said = {piece.number: piece.participant for piece in pieces(user)}

        def turn(sentence: AnswerSentence, dice: Random) -> AnswerSentence | None:
            k = len({said[number] for number in sentence.evidence})
            text = change(sentence.text, k, len(set(said.values())), dice)
            return sentence.model_copy(update={"text": text}) if text else None

        return _spoiled(answer, other_rows(answer.sentences, turn, dice))

    return spoil


def _kind(name: str, spoil: Spoil) -> Kind:
    return Kind(f"answer: {name}", "answer", AnsweredQuestion, spoil)


KINDS = [
    *(_kind(f"evidence that is not there, {name}", _nowhere(name)) for name in NOWHERE),
    *(_kind(name, _reworded(change)) for name, change in CHANGES.items()),
]
