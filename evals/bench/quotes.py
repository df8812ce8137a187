"""Bench `quotes`: are quotes found where they were said, and only there, and how fast, beside langextract's aligner.

Both answer the same question: did this participant say this, and where? langextract knows no speakers, so it is
given the participant's words alone, and both are right on a quote that was said where their span meets the
true one. What langextract calls `match_lesser` (a part of the quote was found) counts as found, as it is its
default to return it; the strict column leaves it out.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.bench.machine import version
from evals.bench.quote_cases import NOT_SAID, SAID, Case, make_cases
from evals.bench.section import Section, met, table
from evals.bench.texts import long_text, sample_sources, shared_sources
from retrieval.evidence import Span
from retrieval.passages import voices
from retrieval.quotes import locate_in_source, locate_quote
from retrieval.wording import BARRIER

TITLE = "Quotes"
EACH = 1
MOST_SHARED = 60
LENGTHS = (25_000, 50_000, 100_000, 200_000)
ROUNDS = 5
# Other work on the machine disturbs; quadratic would be 8.
LINEAR = 1.5

# Where a participant said a quote, in the source; None where they did not.
Locate = Callable[[Case], Span | None]


@dataclass(frozen=True)
class Result:
    """A locator's answers in the order of the cases, and what one took on average."""

    name: str
    spans: list[Span | None]
    milliseconds: float


@dataclass(frozen=True)
class Quality:
    precision: float
    recall: float


def run(each: int = EACH) -> Section:
    section = Section(TITLE, "python -m evals.bench.quotes")
    shared = shared_sources(MOST_SHARED)
    if not shared:
        section.skipped.append("the published interviews beside the sample: they are not at hand.")
    sources = [*sample_sources(), *shared]
    cases = make_cases(sources, each)
    results = [_measure("dramatis", _ours, cases)]
    if version("langextract"):
        results += [
            _measure("langextract", _theirs(strict=False), cases),
            _measure("strict", _theirs(strict=True), cases),
        ]
    else:
        section.skipped.append("langextract: not installed (it comes with the extra `bench`).")
    section.say(f"{len(cases)} quotes from {len({case.source.id for case in cases})} interviews.")
    section.say(_qualities(cases, results), _times(results))
    lengths = {words: _times_at(long_text(sources, words)) for words in LENGTHS}
    section.say(_lengths(lengths), _goals(cases, results) + "\n" + _length_goals(lengths))
    return section


def _ours(case: Case) -> Span | None:
    match = locate_in_source(case.source, case.quote, case.speaker)
    return match.span if match.status.value in ("exact", "normalised", "near") else None


def _theirs(strict: bool) -> Locate:
    from evals.bench.langextract_aligner import align

    def locate(case: Case) -> Span | None:
        voice = voices(case.source)[case.speaker]
        found = align(voice.text.replace(BARRIER, " "), case.quote, strict)
        pieces = voice.spans(found) if found else []
        return Span(start=pieces[0].start, end=pieces[-1].end) if pieces else None

    return locate


def _measure(name: str, locate: Locate, cases: Sequence[Case]) -> Result:
    """All answers; the time, of the processor, includes making each source ready, once."""
    start = time.process_time()
    spans = [locate(case) for case in cases]
    return Result(name, spans, 1000 * (time.process_time() - start) / len(cases))


def _is_right(case: Case, span: Span | None) -> bool:
    return span is None if case.truth is None else span is not None and case.truth.overlap(span) > 0


def quality(cases: Sequence[Case], spans: Sequence[Span | None], kind: str) -> Quality:
    """Of a kind that was said: `found`, against all that was not said; of the other kinds: `not found`.

    Recall: the share of the kind's quotes answered right. Precision: of all quotes of the kind and of the
    opposite kinds together that got this answer, the share for which it is right.
    """
    opposite = NOT_SAID if kind in SAID else SAID
    answered = list(zip(cases, spans, strict=True))
    right = [_is_right(case, span) for case, span in answered if case.kind == kind]
    wrong = [case for case, span in answered if case.kind in opposite and (span is not None) is (kind in SAID)]
    hits = sum(right)
    return Quality(hits / (hits + len(wrong)) if hits + len(wrong) else 0.0, hits / len(right))


def _qualities(cases: Sequence[Case], results: Sequence[Result]) -> str:
    heads = ["kind of quote", "quotes", *[f"{one.name}: {word}" for one in results for word in ("precision", "recall")]]
    rows: list[list[object]] = []
    for kind in (*SAID, *NOT_SAID):
        found = [quality(cases, one.spans, kind) for one in results]
        figures = [f"{value:.3f}" for one in found for value in (one.precision, one.recall)]
        rows.append([kind, sum(case.kind == kind for case in cases), *figures])
    return table(heads, rows)


def _times(results: Sequence[Result]) -> str:
    ours = results[0].milliseconds
    rows = [[one.name, one.milliseconds, one.milliseconds / ours] for one in results if one.name != "strict"]
    return table(["", "processor, ms a quote", "times ours"], rows)


def _lengths(measured: dict[int, list[float]]) -> str:
    """How the time grows with the text."""
    heads = ["words in the text", "made ready, once, ms", "exact, ms", "normalised, ms", "near, ms", "absent, ms"]
    rows = [[f"{words:,}", *times] for words, times in measured.items()]
    return "The same quotes in longer and longer texts, in time of the processor:\n\n" + table(heads, rows)


def _length_goals(measured: dict[int, list[float]]) -> str:
    """A text is made ready once, however many quotes are asked of it."""
    shortest, longest = min(measured), max(measured)
    slowest = max(measured[longest][1:])
    growth = [many / few for few, many in zip(measured[shortest], measured[longest], strict=True)]
    times = longest / shortest
    return "\n".join([
        met(f"a quote in {longest:,} words within 50 ms", slowest, slowest <= 50),
        met(f"linear: {times:g} times the words take at most {LINEAR * times:g} times as long", max(growth),
            max(growth) <= LINEAR * times),
    ])  # fmt: skip


def _times_at(text: str) -> list[float]:
    words = text.split()
    said = words[len(words) // 2 : len(words) // 2 + 20]
    typo = [word[:3] + word[4:] if len(word) > 7 else word for word in said]
    absent = "the laminated price list was never what our auditors asked of the night shift on the ferry home"
    quotes = [" ".join(said), " ".join(said).upper(), " ".join(typo[:9] + typo[10:]), absent]
    ready = _timed(text, absent)
    _timed(text, quotes[1])
    return [ready, *[min(_timed(text, quote) for _ in range(ROUNDS)) for quote in quotes]]


def _timed(text: str, quote: str) -> float:
    start = time.process_time()
    locate_quote(text, quote)
    return 1000 * (time.process_time() - start)


def _goals(cases: Sequence[Case], results: Sequence[Result]) -> str:
    if len(results) == 1:
        return "Goals that compare with langextract were not measured."
    ours, theirs = results[0], results[1]
    worse = [
        kind
        for kind in (*SAID, *NOT_SAID)
        for mine, other in [(quality(cases, ours.spans, kind), quality(cases, theirs.spans, kind))]
        if mine.precision < other.precision or mine.recall < other.recall
    ]
    ratio = theirs.milliseconds / ours.milliseconds
    return "\n".join([
        met("20 times as fast a quote as langextract's aligner", ratio, ratio >= 20),
        met("no kind of quote with lower precision or recall than langextract's", len(worse), not worse)
        + (f": {', '.join(worse)}" if worse else ""),
    ])  # fmt: skip


if __name__ == "__main__":
    print(run().markdown())
