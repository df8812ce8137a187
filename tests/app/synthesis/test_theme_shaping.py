"""Theme shaping: what people merge or split keeps its counter-themes, and these keep it."""

import pytest
from small_study import material_of, theme_of

from app.engines.local import LocalEngine
from app.models.reshaping import Anchor, Change, Decision
from app.models.theme import Theme
from app.synthesis.theme_shaping import carry_out
from retrieval.embeddings import MiniLM

EARLY = ["Give me the beta today.", "We try betas at once.", "Version one is for me.", "New versions come to us first."]
LATE = ["Never a first version.", "Others go first."]
MATERIAL = material_of({f"P{row}": [(words, "aptitude")] for row, words in enumerate([*EARLY, *LATE])})


def themed(id: str, *words: str, against: str) -> Theme:
    return theme_of(MATERIAL, id, "aptitude", *words).model_copy(update={"counter_ids": [against]})


def shaped(change: Change, themes: list[Theme], on: list[Theme], embedder: MiniLM, members: list[str]) -> list[Theme]:
    anchors = [Anchor(name=one.label, place=one.code, members=one.evidence_ids) for one in on]
    decision = Decision(about="theme", change=change, anchors=anchors, members=members, name="Early", by="ana")
    return carry_out(decision, themes, MATERIAL.by_id, LocalEngine(embedder))


@pytest.mark.parametrize("change", [Change.MERGE, Change.SPLIT])
def test_what_is_made_of_a_theme_stands_against_what_that_stood_against(change: Change, embedder: MiniLM) -> None:
    late = themed("late", *LATE, against="early")
    some, more = themed("early", *EARLY[:2], against="late"), theme_of(MATERIAL, "more", "aptitude", *EARLY[2:])
    whole = themed("early", *EARLY, against="late")
    early = [some, more] if change is Change.MERGE else [whole]
    found = shaped(change, [*early, late], early, embedder, some.evidence_ids)
    made = [one for one in found if one.id != "late"]
    assert len(made) == (1 if change is Change.MERGE else 2)
    assert all(one.counter_ids == ["late"] for one in made)
    assert next(one for one in found if one.id == "late").counter_ids == sorted(one.id for one in made)


def test_a_theme_that_was_renamed_keeps_what_it_stands_against(embedder: MiniLM) -> None:
    early, late = themed("early", *EARLY, against="late"), themed("late", *LATE, against="early")
    found = shaped(Change.RENAME, [early, late], [early], embedder, [])
    assert {one.id: one.counter_ids for one in found} == {"early": ["late"], "late": ["early"]}


def test_merging_a_theme_with_its_counter_theme_ends_the_opposition(embedder: MiniLM) -> None:
    early, late = themed("early", *EARLY, against="late"), themed("late", *LATE, against="early")
    [one] = shaped(Change.MERGE, [early, late], [early, late], embedder, [])
    assert one.counter_ids == []
