"""What a CRM's table measures of an account: value, days to close, outcome, use of content, the label sales gave it.

    for figures in read_figures(table): figures.label, figures.value, figures.outcome

Columns are known by their names, as letters and digits only; a user can name others with --map COLUMN=lifetime_value
and the like. Rows of contacts describe no account. The table is read row by row, whatever its length.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from retrieval.errors import UnreadableSource
from retrieval.readers.columns import Field, normal
from retrieval.readers.crm import MOST_VALUE
from retrieval.readers.tables import Record, Table


class Outcome(StrEnum):
    WON = "won"
    LOST = "lost"
    OPEN = "open"


@dataclass(frozen=True)
class AccountFigures:
    """One row. `days` to close; `visits` of the price page; None where the table does not say. Nothing of a person."""

    line: int
    account: str
    label: str = ""
    value: float | None = None
    days: float | None = None
    outcome: Outcome | None = None
    assets: tuple[str, ...] = ()
    visits: float | None = None
    demo: bool | None = None
    rfp: bool | None = None


# By measure, best first: where a table has several of them, the first counts.
MEASURES: Mapping[str, str] = {
    "label": "assignedsegment customersegment salessegment segment marketsegment buyerpersona persona icp icptier "
    "accounttier tier",
    "value": "lifetimevalue customerlifetimevalue clv ltv customervalue totalcontractvalue tcv contractvalue "
    "annualcontractvalue acv arr dealvalue dealamount amount totalrevenue opportunityamount",
    "days": "daystoclose salescycledays salescyclelength salescycle timetoclose closedays",
    "stage": "stage dealstage opportunitystage pipelinestage salesstage dealstatus opportunitystatus",
    "converted": "converted isconverted won iswon closedwon isclosedwon",
    "assets": "assetsdownloaded downloadedassets assets contentdownloads contentdownloaded downloads",
    "visits": "pricingpagevisits pricepagevisits pricingvisits visitstopricingpage pricingpageviews",
    "demo": "demorequested requesteddemo demo demorequest",
    "rfp": "rfpdownloaded downloadedrfp rfp rfpsent rfprequested",
}
MEASURE_OF = {alias: measure for measure, aliases in MEASURES.items() for alias in aliases.split()}
EMPTY = {"", "-", "–", "n/a", "na", "none", "null", "unknown", "?"}
YES = {"yes", "y", "true", "1", "ja", "oui", "sí", "si", "x"}
NO = {"no", "n", "false", "0", "nein", "non"}
# What may stand around a number: a currency, a unit.
AROUND = re.compile(r"^[^\d.,+-]*|[^\d.,]*$")
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")


def is_measure(name: str) -> bool:
    """Whether a column or attribute of this name measures an account rather than describes somebody."""
    return normal(name) in MEASURE_OF


def read_figures(table: Table) -> Iterator[AccountFigures]:
    """The figures of every row about an account; none where the table measures nothing.

    Raises UnreadableSource, with the line, for a value that should be a number and is none.
    """
    names = _measured(table)
    if not names:
        return
    for record in table.records():
        account = record.get(Field.ACCOUNT)
        if account and not record.get(Field.PARTICIPANT) and not record.get(Field.PERSON):
            yield _figures(table, record, account, names)


def _measured(table: Table) -> dict[str, str]:
    """Measure → the column it stands in."""
    found = {normal(one.name): one.name for one in table.columns if one.field is Field.ATTRIBUTE}
    named = {}
    for measure, aliases in MEASURES.items():
        column = next((found[alias] for alias in aliases.split() if alias in found), None)
        if column:
            named[measure] = column
    return named


def _figures(table: Table, record: Record, account: str, names: Mapping[str, str]) -> AccountFigures:
    cells = {measure: record.attributes.get(column, "").strip() for measure, column in names.items()}
    numbers = {
        measure: _number(cells.get(measure, ""), table, record, names.get(measure, ""))
        for measure in ("value", "days", "visits")
    }
    label = cells.get("label", "")
    return AccountFigures(
        line=record.line,
        account=account,
        label=label if label.lower() not in EMPTY and len(label) <= MOST_VALUE else "",
        value=numbers["value"],
        days=numbers["days"],
        outcome=_outcome(cells.get("stage", ""), _truth(cells.get("converted", ""))),
        assets=_parts(cells.get("assets", "")),
        visits=numbers["visits"],
        demo=_truth(cells.get("demo", "")),
        rfp=_truth(cells.get("rfp", "")),
    )


def _number(cell: str, table: Table, record: Record, column: str) -> float | None:
    if cell.lower() in EMPTY:
        return None
    found = _read_number(AROUND.sub("", cell))
    if found is None:
        reason = f"the column {column} holds “{cell[:40]}”, which is no number"
        raise UnreadableSource(table.name, reason, "Correct the cell or leave it empty", record.line)
    return found


def _read_number(text: str) -> float | None:
    """`1,250,000.50`, `1.250.000,50`, `1 250 000` and `12,5` as people write them; None for what is no number."""
    plain = re.sub(r"[\s'’]", "", text)
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma > point and (point >= 0 or not re.search(r",\d{3}$", plain)):
        plain = plain.replace(".", "").replace(",", ".")
    elif plain.count(".") > 1:
        plain = plain.replace(".", "")
    plain = plain.replace(",", "")
    return float(plain) if NUMBER.fullmatch(plain) else None


def _truth(cell: str) -> bool | None:
    plain = cell.lower()
    return True if plain in YES else False if plain in NO else None


def _outcome(stage: str, converted: bool | None) -> Outcome | None:
    """What the stage says; where it says nothing, whether the account converted."""
    plain = normal(stage)
    if plain.endswith("won") or (not plain and converted):
        return Outcome.WON
    if plain.endswith("lost") or (not plain and converted is False):
        return Outcome.LOST
    if plain:
        return Outcome.WON if converted else Outcome.OPEN
    return None


def _parts(cell: str) -> tuple[str, ...]:
    """The items of a cell that lists some: between semicolons, bars or, where there are none, commas."""
    separator = next((mark for mark in ";|" if mark in cell), ",")
    items = [item.strip() for item in cell.split(separator)]
    return tuple(dict.fromkeys(item for item in items if item.lower() not in EMPTY and len(item) <= MOST_VALUE))
