"""Material: what takes the opposite stance of a theme, whether it makes a theme of its own or not."""

from dataclasses import replace

from small_study import material_of, theme_of

from app.models.evidence import Evidence

SAID = {
    "P01": [("I want it in writing.", "expectation")],
    "P02": [("Send me a mail.", "expectation")],
    "P03": [("Ring me at once.", "expectation")],
    "P04": [("I want a call.", "expectation")],
    "P05": [("Knock at my door.", "expectation")],
}
MATERIAL = material_of(SAID)
CALLS = theme_of(MATERIAL, "calls", "expectation", "I want a call.", "Ring me at once.")
KNOCK = next(one for one in MATERIAL.evidence if one.participant_id == "P05")
WRITES = theme_of(MATERIAL, "writes", "expectation", "I want it in writing.", "Send me a mail.").model_copy(
    update={"counter_ids": ["calls"], "dissent": [KNOCK.id]}
)
STUDY = MATERIAL.with_themes([WRITES, CALLS])


def words(found: list[Evidence]) -> list[str]:
    return [one.quote.text for one in found]


def test_what_counters_a_theme_is_its_opposite_and_then_single_dissent() -> None:
    assert words(STUDY.countering("writes")) == ["I want a call.", "Ring me at once.", "Knock at my door."]
    alone = MATERIAL.with_themes([WRITES.model_copy(update={"counter_ids": []}), CALLS])
    assert words(alone.countering("writes")) == ["Knock at my door."]


def test_nothing_counters_a_theme_without_opposite_or_a_claim_without_theme() -> None:
    assert STUDY.countering("calls") == []
    assert STUDY.countering(None) == []
    assert STUDY.countering("gone") == []


def test_evidence_that_was_erased_counters_nothing() -> None:
    left = replace(STUDY, evidence=[one for one in STUDY.evidence if one.participant_id not in ("P04", "P05")])
    assert words(left.countering("writes")) == ["Ring me at once."]
