"""The compiler is shut in: it sets what it is given, reads nothing else, and says what to do where it fails."""

import re
from pathlib import Path

import pytest
import typst

from app.briefs.typeset import TEMPLATE
from app.errors import BadInput
from app.typesetting import TEMPLATES, set_pdf
from app.typesetting.press import press


@pytest.mark.parametrize(
    "code",
    [
        pytest.param('#read("/etc/hostname")', id="a file of the machine"),
        pytest.param('#read("../../settings.py")', id="a file above the templates"),
    ],
)
def test_templates_reach_nothing_outside_their_folder(tmp_path: Path, code: str) -> None:
    template = tmp_path / "a.typ"
    template.write_text(code)
    (tmp_path.parent / "settings.py").write_text("secret")
    with pytest.raises(typst.TypstError):
        press(tmp_path, template, "{}")


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("**/*.typ")), ids=lambda path: path.name)
def test_templates_evaluate_nothing_read_nothing_and_fetch_nothing(template: Path) -> None:
    code = template.read_text(encoding="utf-8")
    assert not re.findall(r"\b(eval|read|plugin|image|include|csv|yaml|xml|cbor|toml)\(|@preview|@local|https?:", code)
    assert re.findall(r"\bjson\(.*?\)\)", code) == (
        [] if template.name == "house.typ" else ["json(bytes(sys.inputs.data))"]
    )


def test_a_failure_says_what_to_do_and_repeats_nobodys_words() -> None:
    with pytest.raises(BadInput, match="Take HTML or Word instead") as failed:
        set_pdf(TEMPLATE, {"title": "their own words"})
    assert "their own words" not in f"{failed.value} {failed.value.__cause__}"


def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(BadInput, match="could not be set"):
        set_pdf(TEMPLATE, {}, seconds=0.001)


def test_templates_ask_for_typefaces_that_the_wheel_brings() -> None:
    brought = typst.Fonts(include_system_fonts=False).families()
    house = (TEMPLATES / "house.typ").read_text(encoding="utf-8")
    assert 'font: ("Libertinus Serif", "DejaVu Sans Mono")' in house
    assert {"Libertinus Serif", "DejaVu Sans Mono"} <= set(brought)
