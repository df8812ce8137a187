"""The compiler is shut in: it sets what it is given, reads nothing else, and says what to do where it fails."""

import json
from io import BytesIO
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.errors import BadInput
from app.typesetting import COVERED, TEMPLATES, clean, has_unset, set_pdf, settable


@pytest.mark.parametrize("code", ['#read("/etc/hostname")', '#read("../settings.py")', '#import "@preview/x:1.0.0": *'])
def test_the_compiler_reads_nothing_outside_the_templates(tmp_path: Path, code: str) -> None:
    with pytest.raises(typst.TypstError, match="not found|escape|download"):
        typst.compile(code.encode(), root=TEMPLATES, package_path=TEMPLATES, package_cache_path=TEMPLATES)


def test_a_template_that_fails_says_what_to_do_and_repeats_nobodys_words(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Take the page") as failed:
        set_pdf(TEMPLATES / "briefs" / "brief.typ", {"title": "secret words"})
    assert "secret" not in str(failed.value)


def test_typefaces_are_those_of_the_wheel() -> None:
    families = typst.Fonts(include_system_fonts=False).families()
    assert {"Libertinus Serif", "DejaVu Sans Mono"} <= set(families)
    house = (TEMPLATES / "house.typ").read_text(encoding="utf-8")
    assert 'font: ("Libertinus Serif", "DejaVu Sans Mono")' in house


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_what_is_settable_has_no_control_letters_and_keeps_all_others(text: str) -> None:
    kept = settable(text)
    kept.encode()
    assert kept == settable(kept)
    assert [letter for letter in kept if letter.isalnum()] == [letter for letter in text if letter.isalnum()]


def test_marks_that_turn_text_around_are_taken_out_everywhere() -> None:
    told = {"a": ["one\u202etwo", ("\u2066three\x00",)], "k": 3, "none": None}
    assert clean(told) == {"a": ["onetwo", ["three"]], "k": 3, "none": None}


def test_letters_that_have_no_shape_are_known() -> None:
    assert not has_unset({"a": ["Grüße, naïve – “ça” Ωμέγα Привет שלום", 3, None]})
    assert has_unset({"a": ["日本"]}) and has_unset(["😀"])


def test_what_counts_as_covered_has_a_shape() -> None:
    """None of it comes out as the sign for a missing shape."""
    signs = [chr(at) for low, high in COVERED for at in range(low, high + 1) if chr(at).isprintable()]
    source = b'#set page(height: auto)\n#set text(font: "Libertinus Serif")\n#json(bytes(sys.inputs.data)).text'
    made = typst.compile(source, sys_inputs={"data": json.dumps({"text": " ".join(signs)})}, ignore_system_fonts=True)
    assert len(signs) > 2000
    assert "\x00" not in PdfReader(BytesIO(made)).pages[0].extract_text()
