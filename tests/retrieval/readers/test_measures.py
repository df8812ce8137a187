"""What a CRM's table measures of accounts, whatever its columns are called."""

from pathlib import Path

import pytest

from retrieval.errors import UnreadableSource
from retrieval.readers import open_tables
from retrieval.readers.measures import AccountFigures, Outcome, is_measure, read_figures


def read(path: Path, text: str) -> list[AccountFigures]:
    path.write_text(text, encoding="utf-8")
    [table] = open_tables(path)
    return list(read_figures(table))


def test_a_row_says_what_was_done_with_an_account(tmp_path: Path) -> None:
    text = (
        "account,industry,stage,lifetime_value,days_to_close,assets_downloaded,pricing_page_visits,demo_requested,"
        "assigned_segment\nFjordlast,Logistics,closed won,42500,127,ROI calculator; Demo video,14,yes,Cost-driven\n"
    )
    [found] = read(tmp_path / "crm.csv", text)
    assert (found.label, found.value, found.days, found.outcome) == ("Cost-driven", 42500, 127, Outcome.WON)
    assert found.assets == ("ROI calculator", "Demo video") and (found.visits, found.demo, found.rfp) == (
        14,
        True,
        None,
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [("42500", 42500), ('"1,250,000.50"', 1250000.5), ('"1.250.000,50"', 1250000.5), ("€ 1 250", 1250),
     ('"12,5"', 12.5), ('"1,250"', 1250), ("1.250.000", 1250000), ("-", None), ("n/a", None)],
    ids=["plain", "English", "German", "currency and spaces", "decimal comma", "thousands", "points", "dash", "words"],
)  # fmt: skip
def test_numbers_as_people_write_them(tmp_path: Path, cell: str, value: float | None) -> None:
    [found] = read(tmp_path / "crm.csv", f"Company,Industry,Amount,Deal Stage\nA,Tea,{cell},won\n")
    assert found.value == value


@pytest.mark.parametrize(
    ("stage", "converted", "outcome"),
    [("Closed Won", "", Outcome.WON), ("closed lost", "no", Outcome.LOST), ("demo", "no", Outcome.OPEN),
     ("", "yes", Outcome.WON), ("", "no", Outcome.LOST), ("", "", None)],
    ids=["won", "lost", "under way", "converted only", "not converted only", "nothing said"],
)  # fmt: skip
def test_outcomes(tmp_path: Path, stage: str, converted: str, outcome: Outcome | None) -> None:
    [found] = read(tmp_path / "crm.csv", f"account,industry,stage,converted\nA,Tea,{stage},{converted}\n")
    assert found.outcome is outcome


def test_a_word_in_place_of_a_number_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"crm\.csv, line 3.*lifetime_value.*“plenty”"):
        read(tmp_path / "crm.csv", "account,industry,lifetime_value\nA,Tea,1\nB,Tea,plenty\n")


def test_contacts_and_tables_that_measure_nothing_give_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "contacts.csv", "company,contact name,industry,amount\nA,Jo Doe,Tea,5\n") == []
    assert read(tmp_path / "plain.csv", "account,industry,organisation_size\nA,Tea,5\n") == []


def test_measures_are_told_from_descriptions_of_people() -> None:
    assert is_measure("Lifetime Value") and is_measure("assigned_segment")
    assert not is_measure("industry") and not is_measure("role")
