"""Accounts are held against the rules of poor fits. The accounts are invented."""

import pytest

from app.exports.suppression import meets
from app.models.assignment import Suppression, Test
from retrieval.readers.measures import AccountFigures


@pytest.mark.parametrize(
    ("demo", "value", "met"),
    [(False, "no", True), (False, "false", True), (True, "no", False), (True, "yes", True), (True, "True", True),
     (None, "no", False)],
)  # fmt: skip
def test_yes_and_no_are_known_however_they_are_spelt(demo: bool | None, value: str, met: bool) -> None:
    rule = Suppression(persona_id="pe_n", name="Poor fit", k=1, review_due=None,
                       tests=[Test(field="demo_requested", operator="=", value=value)])  # fmt: skip
    assert meets(rule, AccountFigures(line=2, account="a", demo=demo)) is met
