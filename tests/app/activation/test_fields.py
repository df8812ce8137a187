"""Fields have one name, and some may carry no rule."""

import pytest

from app.activation.fields import field_of, left_out, usable


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Job Title", "role"), ("jobtitle", "role"), ("Title", "role"), ("Industry", "industry"),
        ("Number of Employees", "organisation_size"), ("organisation_size", "organisation_size"),
        ("Annual Revenue", "annual_revenue"), ("AnnualRevenue", "annual_revenue"), ("Demo requested", "demo_requested"),
        ("budget_line", "budget_line"), ("Budget Line", "budget_line"), ("Customer Segment", "assigned_segment"),
        ("Email", ""), ("First Name", ""), ("Company", ""), ("Record ID", ""), ("Phone", ""),
    ],
)  # fmt: skip
def test_what_crms_call_differently_is_one_field(header: str, field: str) -> None:
    assert field_of(header) == field


@pytest.mark.parametrize("field", ["age", "gender", "religion", "marital_status", "nationality", "health_status"])
def test_no_rule_rests_on_who_somebody_is(field: str) -> None:
    assert "protected" in left_out(field, ["x"])


@pytest.mark.parametrize(("field", "value"), [("nick_name", "x"), ("original_id", "w1"), ("reach", "a@example.com")])
def test_no_rule_reaches_a_person(field: str, value: str) -> None:
    assert left_out(field, [value]) == "names or reaches a person"


def test_the_rest_may_carry_rules() -> None:
    assert [left_out(one, ["x"]) for one in ("role", "role_family", "industry", "converted")] == [
        "", "", "", "says what became of a deal"]  # fmt: skip
    assert usable("logistics") and not usable("women's health") and not usable("x" * 61) and not usable("")
