"""Negatives: poor fits, found in participants' own words and turned into tests anybody can check.

    passages → signs of poor fit, person by person → who shows enough of them → one persona for those who share them

A single sign never makes a negative persona, and no test may rest on a protected attribute.
"""

from collections.abc import Sequence

from app.models.cast import Refusal
from app.models.negative_persona import NegativePersona
from app.models.poor_fit import PoorFit, load_poor_fit
from app.synthesis.beside.negative_case import MIN_DISQUALIFIERS, Case
from app.synthesis.beside.passages import passages
from app.synthesis.beside.poor_fit import Fit, SignReader, read_fits
from app.synthesis.lints import protected_words
from app.synthesis.material import Material
from app.workbench import Workbench

# One kind of drain is a nuisance; from two on it is a loss.
MIN_DRAINS = 2
# Robust deviations that set somebody apart from the others of a study: everybody complains of something.
APART = 1.0


def draft_negatives(bench: Workbench, material: Material) -> tuple[list[NegativePersona], list[Refusal]]:
    """The study's negative personas; refused where a disqualifier rests on a protected attribute."""
    personas: list[NegativePersona] = []
    refused: list[Refusal] = []
    for case in _cases(bench, material):
        no = blocked(case)
        refused += [no] if no else []
        personas += [] if no else [case.persona()]
    return personas, refused


def poor_fits(bench: Workbench, material: Material) -> dict[str, str]:
    """Everybody whom a negative persona will name, and what makes them a poor fit: core personas are not for them."""
    cases = [case for case in _cases(bench, material) if not blocked(case)]
    return {person: ", ".join(test.label.lower() for test in case.tests) for case in cases for person in case.people}


def _cases(bench: Workbench, material: Material) -> list[Case]:
    known = load_poor_fit()
    reader = SignReader(passages(material), bench.embedder)
    fits = read_fits(reader, known) if reader.said else []
    groups = _groups([fit for fit in fits if is_poor_fit(fit, known)])
    return [Case(group, fits, known, reader, material, bench.embedder) for group in groups]


def is_poor_fit(fit: Fit, known: PoorFit) -> bool:
    """Apart from the others, with enough disqualifiers in different passages, of missing means and of conduct, and
    several drains."""
    shown = [test for test in known.disqualifiers if test.id in fit.disqualifiers]
    places = {(hit.evidence.quote.source_id, hit.evidence.quote.start) for hit in fit.disqualifiers.values()}
    sides = {test.side for test in shown}
    enough = min(len(shown), len(places)) >= MIN_DISQUALIFIERS and len(sides) > 1
    return enough and len(fit.drains) >= MIN_DRAINS and fit.departure >= APART


def _groups(poor: Sequence[Fit]) -> list[list[Fit]]:
    """People who share enough disqualifiers with the first of their group."""
    groups: list[list[Fit]] = []
    for fit in poor:
        home = next(
            (g for g in groups if len(g[0].disqualifiers.keys() & fit.disqualifiers) >= MIN_DISQUALIFIERS), None
        )
        if home is None:
            groups.append([fit])
        else:
            home.append(fit)
    return groups


def blocked(case: Case) -> Refusal | None:
    """Why this persona must not be: the test that rests on a protected attribute; None where none does."""
    for test in case.tests:
        words = protected_words(" ".join((test.label, test.called, test.test.field, test.test.value)))
        if words:
            reason = f"The disqualifier “{test.label}” rests on a protected attribute (“{words}”)."
            ask = "Take it out of data/poor_fit.yaml: exclusion is about fit, never about who somebody is."
            return Refusal(segment_id=case.id, name="Negative persona", reason=reason, ask_next=ask)
    return None
