"""Coding by hand: a person's decisions about quotes, and what they make of the engine's coding."""

from collections import defaultdict
from collections.abc import Sequence

from app.models.base import Model
from app.models.evidence import Evidence
from retrieval.evidence import Quote, Span, stable_id

# A person who codes a quote is sure of it; an engine never is.
SURE = 1.0


class HumanCode(Model):
    """One decision: the quote is evidence of the code (`given`), or it is not.

    `by` is the pseudonym of who decided, `source_name` the file as the user knows it, `question` what the
    interviewer had asked. Decisions of a study are numbered in the order they were made; the last one holds.
    """

    id: str
    code: str
    given: bool
    by: str
    quote: Quote
    source_name: str
    question: str = ""
    number: int

    @classmethod
    def of(
        cls, quote: Quote, code: str, by: str, *, given: bool, source_name: str, question: str = "", number: int = 0
    ) -> "HumanCode":
        """Somebody's second decision about the same words and code has the id of the first, and takes its place."""
        made_of = stable_id("hc", quote.source_id, quote.start, quote.end, code, by)
        return cls(
            id=made_of, code=code, given=given, by=by, quote=quote, source_name=source_name, question=question,
            number=number,
        )  # fmt: skip

    def covers(self, source_id: str, span: Span) -> bool:
        """Whether the decision is about these words: half of the shorter of the two spans is in both."""
        return self.quote.source_id == source_id and 2 * self.quote.overlap(span) >= min(
            _length(self.quote), _length(span)
        )


def overlay(coded: Sequence[Evidence], decisions: Sequence[HumanCode]) -> list[Evidence]:
    """The engine's evidence as people left it, by source and place.

    A code that anybody decided about is theirs: the engine's own goes, and what was given last stands with
    full confidence. So a code that was removed stays away however often the engine reads.
    """
    by_source: dict[str, list[HumanCode]] = defaultdict(list)
    for one in sorted(decisions, key=lambda one: one.number):
        by_source[one.quote.source_id].append(one)
    left = (_left(one, by_source[one.quote.source_id]) for one in coded)
    found = {one.id: one for one in left if one}
    for source_decisions in by_source.values():
        for one in source_decisions:
            if one.given and not _withdrawn_later(one, source_decisions):
                _add(found, one)
    return sorted(found.values(), key=lambda one: (one.quote.source_id, one.quote.start, one.id))


def last_word(decisions: Sequence[HumanCode], code: str, source_id: str, span: Span) -> HumanCode | None:
    """The latest decision about the code that covers the words; None where nobody decided."""
    about = [one for one in decisions if one.code == code and one.covers(source_id, span)]
    return max(about, key=lambda one: one.number, default=None)


def _left(one: Evidence, decisions: Sequence[HumanCode]) -> Evidence | None:
    """What of the engine's codes nobody decided about; None where nothing is left."""
    quote = one.quote
    free = [code for code in one.codes if last_word(decisions, code, quote.source_id, quote) is None]
    if len(free) == len(one.codes):
        return one
    codes = {code: one.codes[code] for code in free}
    return (
        one.model_copy(update={"codes": codes, "firm": [code for code in one.firm if code in codes]}) if codes else None
    )


def _withdrawn_later(given: HumanCode, decisions: Sequence[HumanCode]) -> bool:
    """Whether the code was taken off the same words after it was given."""
    last = last_word(decisions, given.code, given.quote.source_id, given.quote)
    return last is not None and not last.given


def _add(found: dict[str, Evidence], one: HumanCode) -> None:
    bare = Evidence.of(one.quote, {}, [], one.by, one.question)
    known = found.get(bare.id, bare)
    update = {
        "codes": dict(sorted({**known.codes, one.code: SURE}.items())),
        "firm": sorted({*known.firm, one.code}),
        "people": dict(sorted({**known.people, one.code: one.by}.items())),
    }
    found[bare.id] = known.model_copy(update=update)


def _length(span: Span) -> int:
    return span.end - span.start
