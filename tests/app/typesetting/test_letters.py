"""What of a text may be set, and what has no shape in the typefaces that the PDFs are set in."""

import json
from io import BytesIO

import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.typesetting.letters import COVERED, clean, has_unset, settable


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_all_words_are_kept_and_nothing_that_controls(text: str) -> None:
    kept = settable(text)
    kept.encode()
    assert kept == settable(kept)
    assert [letter for letter in kept if letter.isalnum()] == [letter for letter in text if letter.isalnum()]
    assert not set(kept) & set("\x00\n\u202e\u2066\ud800")


def test_every_text_of_the_data_is_cleaned() -> None:
    told = {"a": ["one\u202etwo", ("\u2066three\x00",)], "k": 3, "none": None, "lines": "four\nfive"}
    assert clean(told) == {"a": ["onetwo", ["three"]], "k": 3, "none": None, "lines": "four five"}


def test_letters_without_a_shape_are_known() -> None:
    assert not has_unset({"a": ["Grüße, naïve – “ça” Ωμέγα Привет שלום\n", 3, None]})
    assert has_unset({"a": [("日本",)]})
    assert has_unset("😀")


def test_what_counts_as_covered_has_a_shape() -> None:
    """None of it comes out as the sign for a missing shape."""
    signs = [chr(at) for low, high in COVERED for at in range(low, high + 1) if chr(at).isprintable()]
    source = b'#set page(height: auto)\n#set text(font: "Libertinus Serif")\n#json(bytes(sys.inputs.data)).text'
    made = typst.compile(source, sys_inputs={"data": json.dumps({"text": " ".join(signs)})}, ignore_system_fonts=True)
    assert len(signs) > 2000
    assert "\x00" not in PdfReader(BytesIO(made)).pages[0].extract_text()
