"""suppression.csv and suppression.json: whom not to write to: negative personas' rules over fields of records.

Nobody stands in it for what they said in an interview: a rule is for records. Known accounts are those of the study's
CRM table whose figures meet a rule, under the id they are kept by; the account's name is not kept.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from app.activation.assigning import SIGNS
from app.activation.rules import suppressions
from app.activation.testing import holds
from app.cells import to_csv
from app.exports.outgoing import Outgoing
from app.models.assignment import Suppression
from retrieval.readers.measures import AccountFigures

NOT_SET = "not set: look at the rule before it is used"
# The figures that are kept of an account, by field.
FIGURES = {
    "assigned_segment": "label",
    "lifetime_value": "value",
    "days_to_close": "days",
    "pricing_page_visits": "visits",
    "demo_requested": "demo",
    "rfp_downloaded": "rfp",
}


@dataclass(frozen=True)
class Known:
    """A rule, and the accounts it holds for."""

    rule: Suppression
    accounts: list[str]


def suppression_json(out: Outgoing) -> str:
    rules = [one.rule.model_dump(mode="json") | {"known_accounts": one.accounts} for one in known(out)]
    return json.dumps({"study_id": out.study_id, "rules": rules}, ensure_ascii=False, indent=1) + "\n"


def suppression_csv(out: Outgoing) -> bytes:
    """One row a test, its operator in words; `k` of a rule's `m` tests must hold together."""
    header = ["persona_id", "reason", "k", "m", "field", "operator", "value", "known_accounts", "review_due"]
    rows = [
        (one.rule.persona_id, one.rule.name, one.rule.k, len(one.rule.tests), test.field, SIGNS[test.operator],
         test.value,
         " ".join(one.accounts), one.rule.review_due or NOT_SET)
        for one in known(out)
        for test in one.rule.tests
    ]  # fmt: skip
    return to_csv(header, rows)


def known(out: Outgoing) -> Iterator[Known]:
    for rule in suppressions(out.cast):
        with out.bench.store.transaction() as tx:
            yield Known(rule, sorted({one.account for one in tx.accounts.each(out.study_id) if meets(rule, one)}))


def _cell(value: str | float | bool) -> str:
    """As a table of accounts would say it."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def meets(rule: Suppression, account: AccountFigures) -> bool:
    given = {field: getattr(account, name) for field, name in FIGURES.items()}
    values = {field: _cell(value) for field, value in given.items() if value is not None}
    return sum(bool(holds(test, values)) for test in rule.tests) >= rule.k
