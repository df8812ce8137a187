"""Labels and claims, made of participants' own words."""

import pytest
from small_study import material_of, theme_of

from app.engines.base import ThemeHeard
from app.engines.wording import draft_claim, label
from retrieval.embeddings import MiniLM

SAID = {
    "P1": [("I check every figure before it goes out.", "behavior")],
    "P2": [("That's why, you know, figures get checked by me, in the evening, e.g. on (most) Tuesdays.", "behavior")],
    "P3": [("The weather was fine.", "behavior")],
}
MATERIAL = material_of(SAID)


def heard(likeness: list[list[float]]) -> ThemeHeard:
    sentences = [rows[0][0] for rows in SAID.values()]
    theme = theme_of(MATERIAL, "t", "behavior", *sentences)
    return ThemeHeard(theme=theme, evidence=MATERIAL.evidence, likeness=likeness)


def test_the_clearest_sentence_speaks_and_cites_those_it_speaks_for() -> None:
    claim = draft_claim(heard([[1, 0.5, 0.0], [0.5, 1, 0.0], [0.0, 0.0, 1]]))
    assert claim
    assert claim.text == "They check every figure before it goes out."
    assert claim.evidence_ids == [MATERIAL.evidence[0].id, MATERIAL.evidence[1].id]


def test_a_sentence_that_speaks_for_one_person_is_no_claim() -> None:
    assert draft_claim(heard([[1, 0.0, 0.0], [0.0, 1, 0.0], [0.0, 0.0, 1]])) is None


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        (["Well, I check every figure twice, because the boss wants it."], "They check every figure twice"),
        (["Yes."], "Yes"),
    ],
    ids=["the telling clause", "nothing but a word"],
)
def test_label(embedder: MiniLM, quotes: list[str], expected: str) -> None:
    assert label(quotes, embedder) == expected
