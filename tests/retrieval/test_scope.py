"""What a scope holds, part by part."""

import pytest
from pydantic import ValidationError

from retrieval.evidence import Consent, Excerpt, SourceKind
from retrieval.scope import Scope

SAID = Excerpt(
    id="ex_1", source_id="src_1", participant_id="P01", kind=SourceKind.INTERVIEW, turn=0, start=0, end=4, text="So.",
    time=60.0,
)  # fmt: skip
UNTIMED = SAID.model_copy(update={"time": None})
NOTED = SAID.model_copy(update={"participant_id": None, "kind": SourceKind.NOTE, "time": None})
AGREED = frozenset({Consent.MARKETING})


@pytest.mark.parametrize(
    ("scope", "excerpt", "held"),
    [
        (Scope(), NOTED, True),
        (Scope(people=frozenset({"P01"})), SAID, True),
        (Scope(people=frozenset({"P02"})), SAID, False),
        (Scope(people=frozenset()), SAID, False),
        (Scope(people=frozenset({"P01"})), NOTED, False),
        (Scope(sources=frozenset({"src_1"})), SAID, True),
        (Scope(sources=frozenset({"src_2"})), SAID, False),
        (Scope(kinds=frozenset({SourceKind.NOTE})), NOTED, True),
        (Scope(kinds=frozenset({SourceKind.NOTE})), SAID, False),
        (Scope(since=60.0, until=60.0), SAID, True),
        (Scope(since=60.5), SAID, False),
        (Scope(until=59.5), SAID, False),
        (Scope(until=100.0), UNTIMED, False),
        (Scope(people=frozenset({"P01"}), since=61.0), SAID, False),
    ],
    ids=["open", "person", "somebody else", "nobody", "a note is nobody's", "source", "other source", "kind",
         "other kind", "time, ends included", "too early", "too late", "no time is known", "every part must hold"],
)  # fmt: skip
def test_a_scope_holds(scope: Scope, excerpt: Excerpt, held: bool) -> None:
    assert scope.holds(excerpt) is held


@pytest.mark.parametrize(
    ("consent", "held"), [(Consent.MARKETING, True), (Consent.RESEARCH, False), (None, False)],
    ids=["agreed", "to less", "nobody who could"],
)  # fmt: skip
def test_consent_must_be_among_those_wanted(consent: Consent | None, held: bool) -> None:
    assert Scope(consent=AGREED).holds(SAID, consent) is held


@pytest.mark.parametrize(
    ("wanted", "given", "held"),
    [({"budget"}, {"budget", "intent"}, True), ({"budget", "context"}, {"context"}, True), ({"budget"}, set(), False),
     (set(), {"budget"}, False)],
    ids=["one of its codes", "one of those wanted", "uncoded", "none wanted"],
)  # fmt: skip
def test_one_code_is_enough(wanted: set[str], given: set[str], held: bool) -> None:
    assert Scope(codes=frozenset(wanted)).holds(SAID, codes=frozenset(given)) is held


def test_only_a_scope_without_limits_is_open() -> None:
    assert Scope().is_open
    assert not Scope(people=frozenset()).is_open and not Scope(since=0.0).is_open


def test_a_limit_it_does_not_know_is_refused() -> None:
    with pytest.raises(ValidationError, match="persons"):
        Scope.model_validate({"persons": ["P01"]})
