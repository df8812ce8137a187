"""Coding with a language model: sentence numbers in, evidence out; the quote is cut from the source by us.

A point counts where its sentences exist, are one participant's, stand side by side in one turn, give no orders, and
carry a code of the codebook. Everything else is dropped and counted. Of sentences that do not stand together the
longest stretch counts; of sentences of two participants none does, because nobody knows whose the point is.
"""

from collections.abc import Iterator, Sequence

from app.engines.base import Interview
from app.engines.llm.account_book import AccountBook
from app.engines.llm.answers import CodedInterviews, Point
from app.engines.llm.asking import Ask
from app.engines.llm.client import ModelClient
from app.engines.llm.contexts import CodeInterview, CodeLine
from app.engines.llm.own_words import gives_orders
from app.engines.llm.packing import Pack, Spoken, pack_interviews, together
from app.models.codebook import Codebook
from app.models.evidence import Evidence
from app.models.run import Finding
from prompts.library import PromptLibrary
from retrieval.evidence import Quote

STEP = "code"
# A model says whether it is sure and no more; nothing finer is known, so confidence has two steps.
SURE, UNSURE = 0.9, 0.5
# A point of more sentences is a summary; it is cut to these.
MOST_SENTENCES = 6
MOST_CODES = 2
# Sentences of one point stand side by side; a filler between two of them may be passed over.
NEXT = 2
UNKNOWN = "not described."


def code_asks(
    interviews: Sequence[Interview], codebook: Codebook, purpose: str, prompts: PromptLibrary, most_tokens: int
) -> list[tuple[Pack, Ask[CodedInterviews]]]:
    """The prompts that read all the interviews, each with what it numbers."""
    codes = [CodeLine(id=code.id, definition=code.definition) for code in codebook.codes]
    asked = []
    for pack in pack_interviews(interviews, most_tokens):
        context = CodeInterview(about=purpose or UNKNOWN, codes=codes, interviews=pack.interviews)
        prompt = prompts.render("code_interview", context)
        asked.append((pack, Ask(STEP, prompt, CodedInterviews, sources=pack.source_ids)))
    return asked


def code(
    interviews: Sequence[Interview], codebook: Codebook, purpose: str, client: ModelClient, prompts: PromptLibrary
) -> list[list[Evidence]]:
    """What the model marked, one list for each interview, in order of place."""
    asked = code_asks(interviews, codebook, purpose, prompts, client.settings.pack_tokens)
    answers = client.ask_all([ask for _, ask in asked])
    reader = PointReader(codebook, client.name_for(STEP), client.account)
    found = [one for (pack, _), answer in zip(asked, answers, strict=True) for one in reader.read(pack, answer)]
    by_source: dict[str, list[Evidence]] = {interview.source.id: [] for interview in interviews}
    for one in found:
        by_source[one.quote.source_id].append(one)
    return [sorted(rows, key=lambda one: (one.quote.start, one.quote.end)) for rows in by_source.values()]


class PointReader:
    """Turns answers into evidence, and notes what does not count in `account`."""

    def __init__(self, codebook: Codebook, coder: str, account: AccountBook):
        self.known, self.coder, self.account = set(codebook.ids), coder, account

    def read(self, pack: Pack, answer: CodedInterviews) -> list[Evidence]:
        """The evidence that holds; the same words marked twice count once, with the codes of the first."""
        orders = {number for number in answer.instructions if (one := pack.at(number)) and self._noted(one)}
        found = (self._evidence(pack, point, orders) for point in answer.points)
        return list({one.id: one for one in reversed([one for one in found if one])}.values())

    def _noted(self, spoken: Spoken) -> bool:
        finding = Finding(source_id=spoken.source.id, start=spoken.span.start, end=spoken.span.end)
        self.account.found(finding)
        return True

    def _evidence(self, pack: Pack, point: Point, orders: set[int]) -> Evidence | None:
        codes = self._codes(point)
        run = self._run(pack, point, orders) if codes else []
        if not run:
            return None
        first, span = run[0], together(run)
        turn = first.source.turns[first.turn]
        value = SURE if point.sure else UNSURE
        return Evidence.of(
            Quote.cut(first.source, span.start, span.end, first.participant_id),
            dict.fromkeys(codes, value),
            sorted(codes) if point.sure else [],
            self.coder,
            first.source.question_before(turn),
            gist=self._gist(point),
        )

    def _gist(self, point: Point) -> str:
        """The gist; none where it repeats an order, because later prompts show it in the place of the sentence."""
        if gives_orders(point.gist):
            self._drop("an order to the reader", 1)
            return ""
        return point.gist.strip()

    def _codes(self, point: Point) -> list[str]:
        named = list(dict.fromkeys(point.codes))
        codes = [code for code in named if code in self.known]
        self._drop("unknown code", len(named) - len(codes))
        return codes[:MOST_CODES]

    def _run(self, pack: Pack, point: Point, orders: set[int]) -> list[Spoken]:
        """The longest stretch of the point's sentences that stand side by side in one turn; empty where none may
        count."""
        known = [number for number in dict.fromkeys(point.sentences) if pack.at(number)]
        self._drop("unknown sentence", len(point.sentences) - len(known))
        if len(people := {spoken.participant_id for number in known if (spoken := pack.at(number))}) > 1:
            self._drop("sentences of several participants", len(people))
            return []
        told = [number for number in known if not _barred(number, pack, orders)]
        self._drop("an order to the reader", len(known) - len(told))
        first = pack.at(told[0]) if told else None
        best = max(_stretches(sorted(told), pack, orders), key=lambda one: (len(one), first in one), default=[])
        self._drop("sentences that do not stand together", len(told) - len(best))
        return best[:MOST_SENTENCES]

    def _drop(self, reason: str, count: int) -> None:
        if count:
            self.account.drop(reason, count)


def _barred(number: int, pack: Pack, orders: set[int]) -> bool:
    """Whether the line gives orders, by the model's word or by ours."""
    spoken = pack.at(number)
    return number in orders or (spoken is not None and gives_orders(spoken.text))


def _stretches(numbers: Sequence[int], pack: Pack, orders: set[int]) -> Iterator[list[Spoken]]:
    """Runs of neighbouring sentences of one turn; an order between two of them may not be passed over, because the
    quote would hold it."""
    run: list[Spoken] = []
    last = 0
    for number in numbers:
        spoken = pack.at(number)
        if spoken and run and not (_neighbours(run[-1], spoken) and _passable(range(last + 1, number), pack, orders)):
            yield run
            run = []
        run += [spoken] if spoken else []
        last = number
    if run:
        yield run


def _passable(numbers: range, pack: Pack, orders: set[int]) -> bool:
    return not any(_barred(one, pack, orders) for one in numbers)


def _neighbours(one: Spoken, other: Spoken) -> bool:
    same_turn = one.source.id == other.source.id and one.turn == other.turn
    return same_turn and other.place - one.place <= NEXT
