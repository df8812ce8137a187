"""The joined style sheets, and what becomes of quotes that bring marks of their own."""

import gzip
import re

import pytest

from app.playbook.words import own_marks
from app.web.assets import SHEETS, STATIC, STYLES


def test_every_file_of_styles_is_in_the_sheet_once() -> None:
    assert sorted(STYLES) == sorted(path.stem for path in (STATIC / "styles").iterdir())
    for name in STYLES:
        assert (STATIC / "styles" / f"{name}.css").read_text(encoding="utf-8").strip() in SHEETS["web.css"]()


def test_the_braces_of_every_file_close() -> None:
    for name in STYLES:
        text = re.sub(r"/\*.*?\*/", "", (STATIC / "styles" / f"{name}.css").read_text(encoding="utf-8"), flags=re.S)
        assert text.count("{") == text.count("}") > 0, name


def test_no_rule_stands_in_two_files() -> None:
    """Outside of media queries, a selector has one home."""
    homes: dict[str, list[str]] = {}
    for name in STYLES:
        for line in (STATIC / "styles" / f"{name}.css").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith((" ", "@", "}", "/*")):
                homes.setdefault(line.partition(" {")[0], []).append(name)
    assert {selector: names for selector, names in homes.items() if len(names) > 1} == {}


def test_the_sheets_are_light() -> None:
    assert sum(len(gzip.compress(make().encode())) for make in SHEETS.values()) < 25 * 1024


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("We never know.", ""),
        ("“Editor” is what they call it.", "opens"),
        ('They ask: "why you?"', "closes"),
        ("“Editor”", "opens closes"),
        ("", ""),
    ],
)
def test_a_quote_tells_which_marks_it_brings(text: str, marks: str) -> None:
    assert own_marks(text) == marks
