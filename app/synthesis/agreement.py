"""Agreement: what two coders said of the sentences that both have read.

A sentence carries a code by somebody where their decision, or the engine's evidence, covers half of it, or of
the quote. Removing a code is a decision too: the sentence was read, and does not carry it. Both have read the
participants' sentences in the sources in which both coded anything.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.errors import BadInput, NotFound
from app.models.coding import HumanCode, last_word
from app.models.evidence import Evidence
from app.synthesis.coding import load_interviews
from app.workbench import Workbench
from retrieval.evidence import Sentence, Source

Flags = NDArray[np.bool_]


class SharedReading(NamedTuple):
    """`first` and `second`: (n sentences, c codes), true where the coder gave the code. `sources` names each row's;
    `unknown` says of a code which engine never gives it: it may not know it, and then disagrees with nobody."""

    codes: list[str]
    sources: list[str]
    texts: list[str]
    first: Flags
    second: Flags
    unknown: dict[str, str] = {}


class _Coder(NamedTuple):
    """One coder's work: a person's decisions, or an engine's evidence."""

    decisions: list[HumanCode]
    evidence: list[Evidence]

    @property
    def sources(self) -> set[str]:
        return {one.quote.source_id for one in self.decisions} | {one.quote.source_id for one in self.evidence}

    def unknown(self, codes: Sequence[str]) -> set[str]:
        """Codes that an engine gave nowhere in the study. A person is taken to know them all."""
        given = {code for one in self.evidence for code in one.codes}
        return set(codes) - given if self.evidence and not self.decisions else set()

    def row(self, source: Source, sentence: Sentence, codes: Sequence[str]) -> list[bool]:
        said = {code for one in self.evidence if _is(one, source, sentence) for code in one.codes}
        last = {code: last_word(self.decisions, code, source.id, sentence) for code in codes}
        return [code in said or bool((word := last[code]) and word.given) for code in codes]


def shared_reading(bench: Workbench, study_id: str, first: str, second: str) -> SharedReading:
    """What the two coders, by name, said of the sentences both have read.

    Raises NotFound for an unknown study or coder, BadInput for one coder twice, InsufficientEvidence where the
    study has no interview.
    """
    if first == second:
        raise BadInput(f"“{first}” agrees with themselves. Name two coders: --coders A,B.")
    bench = bench.for_study(study_id)
    one, other = _coder(bench, study_id, first), _coder(bench, study_id, second)
    both = one.sources & other.sources
    read = [
        (interview.source, sentence)
        for interview in load_interviews(bench, study_id)
        if interview.source.id in both
        for sentence in _of_participants(interview.source, interview.sentences)
    ]
    codes = bench.codebook.ids
    return SharedReading(
        codes=codes,
        sources=[source.name for source, _ in read],
        texts=[sentence.of(source.text) for source, sentence in read],
        first=_matrix([one.row(*row, codes) for row in read], len(codes)),
        second=_matrix([other.row(*row, codes) for row in read], len(codes)),
        unknown={code: name for name, who in ((first, one), (second, other)) for code in who.unknown(codes)},
    )


def coders(bench: Workbench, study_id: str) -> list[str]:
    """Everybody who coded in the study: engines first, then people."""
    with bench.store.transaction() as tx:
        engines = {one.coder for one in tx.evidence.by_engine(study_id)}
        people = {one.by for one in tx.codings.all(study_id)}
    return sorted(engines) + sorted(people)


def _coder(bench: Workbench, study_id: str, name: str) -> _Coder:
    with bench.store.transaction() as tx:
        decisions = [one for one in tx.codings.all(study_id) if one.by == name]
        evidence = [one for one in tx.evidence.by_engine(study_id) if one.coder == name]
    if not decisions and not evidence:
        known = coders(bench, study_id)
        raise NotFound("coder", name, f"Coders are {', '.join(known)}" if known else "Nobody coded here yet")
    return _Coder(decisions, evidence)


def _of_participants(source: Source, sentences: Sequence[Sentence]) -> list[Sentence]:
    spoken = {turn.index for turn, _ in source.participant_turns()}
    return [one for one in sentences if one.turn in spoken]


def _is(one: Evidence, source: Source, sentence: Sentence) -> bool:
    """Engines code whole sentences."""
    return one.quote.source_id == source.id and one.quote.overlap(sentence) > 0


def _matrix(rows: Sequence[Sequence[bool]], columns: int) -> Flags:
    return np.array(rows, dtype=bool).reshape(len(rows), columns)
