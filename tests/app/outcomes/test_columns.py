"""What columns are called, as the documentation says it."""

from pathlib import Path

import pytest

from app.models.brief import Stage
from app.outcomes.columns import NAMES, Unfit, stage_of

PAGE = Path(__file__).parents[3] / "docs" / "outcomes.md"


def test_the_documentation_lists_every_name_of_every_column() -> None:
    rows = [line.strip("|").split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    listed = {name.strip(" `"): tuple(one.strip() for one in others.split(",")) for name, others, _ in rows}
    assert listed == {name: names[1:] for name, names in NAMES.items()}


@pytest.mark.parametrize(
    ("cell", "stage"), [("Top", Stage.TOP), ("MOFU", Stage.MIDDLE), ("Bottom-of-funnel", Stage.BOTTOM)]
)
def test_stages_are_known_by_the_names_of_the_trade(cell: str, stage: Stage) -> None:
    assert stage_of(cell) is stage


def test_another_stage_is_refused() -> None:
    with pytest.raises(Unfit, match="top, middle and bottom"):
        stage_of("retention")
