"""Human coding: a person says what a quote is, or is not, evidence of.

The words are looked up in the participants' speech by the project's own locator; only words that stand there,
letter for letter or but for case, commas and fillers, can be coded. What people decide goes before what an
engine says, stays when the engine reads again, and counts as firm.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import BadInput, NotFound
from app.models.coding import HumanCode, last_word
from app.models.evidence import Evidence
from app.store.store import Transaction
from app.synthesis.places import Place, find_place, find_place_at
from app.workbench import Workbench
from retrieval.evidence import Quote, Span

# Who codes without a person behind it, whatever engine is at work.
NO_PERSON = {"local", "llm", "none", "auto"}


@dataclass(frozen=True)
class Wanted:
    """Which words are meant: a `quote`, perhaps only in one source or of one participant; or a piece of evidence.

    With a `span` the quote is what stands there in `source`: words may stand twice, and a place says which are meant.
    """

    quote: str | None = None
    source: str | None = None
    participant: str | None = None
    evidence_id: str | None = None
    span: Span | None = None


def decide(
    bench: Workbench, study_id: str, wanted: Wanted, by: str, *, add: Sequence[str] = (), remove: Sequence[str] = ()
) -> list[HumanCode]:
    """Give and take away codes of one quote; returns the decisions as saved.

    Raises NotFound for an unknown study, code, source, participant or piece of evidence, and BadInput where the
    quote cannot be coded, the name is an engine's, or a code to be removed is not there.
    """
    bench = bench.for_study(study_id)
    _check(bench, by, add, remove)
    with bench.store.transaction() as tx:
        place = _place(tx, study_id, wanted)
        coded, before = tx.evidence.all(study_id), tx.codings.all(study_id)
        for code in remove:
            _need_code(place.quote, code, coded, before)
        made = [_decision(place, code, by, given) for given, codes in ((True, add), (False, remove)) for code in codes]
        tx.codings.save(study_id, made)
        saved = {one.id: one for one in tx.codings.all(study_id)}
    return [saved[one.id] for one in made]


def list_codes(
    bench: Workbench, study_id: str, *, code: str | None = None, by: str | None = None
) -> list[tuple[Evidence, str, str]]:
    """(evidence, code, who gave it) for everything coded in the study, by place."""
    bench = bench.for_study(study_id)
    if code is not None:
        _known([code], bench)
    with bench.store.transaction() as tx:
        evidence = tx.evidence.all(study_id)
    rows = [(one, given, one.coder_of(given)) for one in evidence for given in one.codes]
    return [row for row in rows if code in (None, row[1]) and by in (None, row[2])]


def removed_codes(
    bench: Workbench, study_id: str, *, code: str | None = None, by: str | None = None
) -> list[HumanCode]:
    """The decisions that a quote is not evidence of a code, in the order they were made."""
    with bench.store.transaction() as tx:
        decisions = tx.codings.all(study_id)
    return [one for one in decisions if not one.given and code in (None, one.code) and by in (None, one.by)]


def _check(bench: Workbench, by: str, add: Sequence[str], remove: Sequence[str]) -> None:
    if not by.strip() or by.casefold() in NO_PERSON | {bench.engine.name.casefold()}:
        raise BadInput(f"“{by}” cannot be a person's name here: engines are called so. Give another with --by.")
    if both := sorted(set(add) & set(remove)):
        raise BadInput(f"{both[0]} is both to be added and to be removed. Leave one out.")
    _known([*add, *remove], bench)


def _known(codes: Sequence[str], bench: Workbench) -> None:
    for code in codes:
        if code not in bench.codebook.ids:
            raise NotFound("code", code, f"Codes are {', '.join(bench.codebook.ids)}")


def _place(tx: Transaction, study_id: str, wanted: Wanted) -> Place:
    if wanted.span is not None:
        return find_place_at(tx, study_id, wanted.source or "", wanted.span, wanted.quote or "")
    if wanted.evidence_id is None:
        return find_place(tx, study_id, wanted.quote or "", wanted.source, wanted.participant)
    for one in tx.evidence.all(study_id):
        source = tx.sources.get(study_id, one.quote.source_id) if one.id == wanted.evidence_id else None
        if source:
            return Place(one.quote, source.name, one.question)
    raise NotFound("piece of evidence", wanted.evidence_id, f"List them with: dramatis code {study_id} --list")


def _need_code(quote: Quote, code: str, coded: Sequence[Evidence], decisions: Sequence[HumanCode]) -> None:
    """BadInput where there is nothing to remove: neither a code nor a decision on the words."""
    probe = HumanCode.of(quote, code, "", given=False, source_name="")
    if any(code in one.codes and probe.covers(one.quote.source_id, one.quote) for one in coded):
        return
    if last_word(decisions, code, quote.source_id, quote) is None:
        here = sorted({other for one in coded if probe.covers(one.quote.source_id, one.quote) for other in one.codes})
        known = f"It has {', '.join(here)}" if here else "It has no code"
        raise BadInput(f"“{quote.text}” is not coded {code}. {known}.")


def _decision(place: Place, code: str, by: str, given: bool) -> HumanCode:
    return HumanCode.of(place.quote, code, by.strip(), given=given, source_name=place.source, question=place.question)
