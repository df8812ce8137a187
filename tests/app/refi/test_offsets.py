"""How tools count characters. Each case is written as a tool writes it, and says which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.refi.offsets import MARK, WAYS, Counting, LineEnd, Ruler, Selected, find_way, line_ends_stored

PIECES = st.sampled_from(["a", "é", "日", "🏭", "𝒜", "\r\n", "\n", "\r", " ", "\t"])
TEXTS = st.builds(lambda mark, parts: mark + "".join(parts), st.sampled_from(["", MARK]), st.lists(PIECES, max_size=40))


def in_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS, st.sampled_from(WAYS), st.data())
def test_a_place_comes_back_from_every_way_of_counting(written: str, way: Counting, data: st.DataObject) -> None:
    stored, ruler = line_ends_stored(written), Ruler(written, way)
    place = data.draw(st.integers(0, len(stored)))
    assert ruler.stored(ruler.counted(place)) == place
    assert ruler.counted(len(stored)) == ruler.length
    assert ruler.stored(ruler.length + 1) is None
    assert ruler.stored(-1) is None


@given(TEXTS)
def test_each_way_counts_what_it_says(written: str) -> None:
    bare, stored = written.removeprefix(MARK), line_ends_stored(written)
    assert Ruler(written, Counting()).length == len(bare)
    assert Ruler(written, Counting(utf16=True)).length == in_units(bare)
    assert Ruler(written, Counting(mark=True)).length == len(written)
    assert Ruler(written, Counting(LineEnd.ONE)).length == len(stored)
    assert Ruler(written, Counting(LineEnd.TWO, utf16=True)).length == in_units(stored.replace("\n", "\r\n"))


@given(TEXTS, st.sampled_from(WAYS))
def test_no_counted_place_leads_out_of_the_text_or_backwards(written: str, way: Counting) -> None:
    ruler, stored = Ruler(written, way), line_ends_stored(written)
    places = [ruler.stored(counted) for counted in range(ruler.length + 1)]
    assert all(place is not None and 0 <= place <= len(stored) for place in places)
    assert places == sorted(places, key=lambda place: place or 0)


TEXT = "Interviewer: How are you?\n\nP01: Fine 🏭 today.\n\nInterviewer: Why?\n\nP01: The 😀 scanner works again.\n"
WORDS = "The 😀 scanner works"


@pytest.mark.parametrize("named", [True, False], ids=["selections named for their words", "selections without names"])
@pytest.mark.parametrize(
    ("file", "way"),
    [
        pytest.param(TEXT, Counting(), id="as the standard has it: code points of the file"),
        pytest.param(
            TEXT.replace("\n", "\r\n"), Counting(), id="NVivo on Windows: a line end of two characters counts two"
        ),
        pytest.param(
            TEXT.replace("\n", "\r\n"), Counting(LineEnd.ONE), id="ATLAS.ti: two characters written, one counted"
        ),
        pytest.param(TEXT, Counting(utf16=True), id="tools on .NET, Java and JavaScript: units of UTF-16"),
        pytest.param(TEXT.replace("\n", "\r\n"), Counting(utf16=True), id="the same with line ends of Windows"),
        pytest.param(TEXT, Counting(LineEnd.TWO), id="text written out with one character a line end, counted two"),
        pytest.param(MARK + TEXT, Counting(mark=True), id="a byte order mark that counts"),
    ],
)
def test_the_way_a_tool_counts_is_found_out(file: str, way: Counting, named: bool) -> None:
    ruler = Ruler(file, way)
    wanted = [words for words in ("Fine 🏭 today.", WORDS, "again.")]
    spans = [(TEXT.index(one), TEXT.index(one) + len(one)) for one in wanted]
    selected = [
        Selected(ruler.counted(start), ruler.counted(end), f"{TEXT[start:end][:12]}…" if named else "")
        for start, end in spans
    ]
    found = Ruler(file, find_way([(file, line_ends_stored(file), selected)]))
    got = [(found.stored(one.start), found.stored(one.end)) for one in selected]
    assert got == spans


def test_where_nothing_tells_the_plainest_way_is_meant_unless_the_tool_is_known() -> None:
    file = "one two\r\nthree four"
    told = [(file, line_ends_stored(file), [Selected(0, 3, "")])]
    assert find_way(told) == Counting()
    assert find_way(told, Counting(LineEnd.ONE)) == Counting(LineEnd.ONE)


def test_one_way_is_found_for_all_texts_of_a_project() -> None:
    """A text in which nothing tells is read as the others are."""
    odd, plain = "🏭🏭 scanner lost", "scanner lost"
    told = [
        (plain, plain, [Selected(0, 7, "")]),
        (odd, odd, [Selected(in_units("🏭🏭 "), in_units("🏭🏭 scanner"), "scanner")]),
    ]
    assert find_way(told) == Counting(utf16=True)
    assert "UTF-16" in str(find_way(told))
