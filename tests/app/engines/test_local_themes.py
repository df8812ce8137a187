"""Themes: what means the same is together, what does not is not, one person alone is none."""

from small_study import material_of

from app.engines.local_themes import group_evidence, without
from retrieval.embeddings import MiniLM

SAID = {
    "P1": [("I check every figure twice before it leaves the house.", "behavior"),
           ("The budget is fixed in January.", "budget")],
    "P2": [("I check all figures a second time before they leave.", "behavior"),
           ("My cat sleeps on the printer.", "behavior")],
    "P3": [("Our budget is fixed once a year, in January.", "budget")],
}  # fmt: skip


def test_paraphrases_of_two_people_are_a_theme(embedder: MiniLM) -> None:
    groups = group_evidence(material_of(SAID).evidence, embedder)
    found = {code: sorted(one.participant_id for one in group) for code, group in groups}
    assert found == {"behavior": ["P1", "P2"], "budget": ["P1", "P3"]}


def test_what_one_person_says_alone_is_no_theme(embedder: MiniLM) -> None:
    groups = group_evidence(material_of(SAID).evidence, embedder)
    assert "My cat sleeps on the printer." not in [one.quote.text for _, group in groups for one in group]


def test_what_was_only_noted_makes_a_theme_too(embedder: MiniLM) -> None:
    unsure = [one.model_copy(update={"firm": []}) for one in material_of(SAID).evidence]
    assert {code for code, _ in group_evidence(unsure, embedder)} == {"behavior", "budget"}


def test_no_evidence_no_themes(embedder: MiniLM) -> None:
    assert group_evidence([], embedder) == []


def test_what_other_groups_took_leaves_its_code_and_groups_of_one_person_with_it() -> None:
    one, two, three = (evidence for evidence in material_of(SAID).evidence if "behavior" in evidence.codes)
    groups = [("behavior", [one, two, three]), ("budget", [one, two])]
    assert without([("behavior", [three])], groups) == [("behavior", [one, two]), ("budget", [one, two])]
    assert without([("behavior", [one])], groups) == [("budget", [one, two])]
