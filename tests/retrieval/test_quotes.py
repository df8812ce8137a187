"""Finding quotes: what counts as said, nearly said, said by another, and not said. All speech is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evidence import Source, SourceKind
from retrieval.passages import whole
from retrieval.quotes import MatchStatus, locate_in_source, locate_quote
from retrieval.readers import read_bytes

TEXT = (
    "Um, okay. So it's me, just me — no team. I look after the “dull” pages, all 1,400 of them… "
    "I would not pay for a new tool before June. We had, uh, we had three vendors last year, and every single one "
    "of them promised a boring Tuesday [laughs] and sent us a spreadsheet with forty-one tabs instead."
)
TALK = (
    "Dana: Would you pay for a boring Tuesday with fewer spreadsheets?\n\n"
    "P01: I would not pay before June. Ask me again in autumn, please.\n\n"
    "Dana: And the colleague?\n\n"
    "P02: My nurse signs for every single order that leaves the house.\n\n"
    "P01: Right."
)

NORMALISED = {
    "case": "i WOULD not pay for a new TOOL",
    "white space": "I would not\n  pay for a\tnew tool",
    "typographic quotes and dashes": 'it’s me, just me - no team. I look after the "dull" pages',
    "a dash without spaces": "just me—no team",
    "a hyphen for a dash": "just me -- no team",
    "a filler left out": "We had, we had three vendors",
    "a filler put in": "I would not, um, pay for a new tool",
    "a filler at the start": "Okay. So it's me",
    "a remark left out": "promised a boring Tuesday and sent us",
    "a comma left out": "So it's me just me",
    "an ellipsis over words": "every single one … sent us a spreadsheet",
    "an ellipsis in brackets": "we had three vendors last year [...] promised a boring Tuesday",
    "dots for the ellipsis sign": "all 1,400 of them... I would not",
    "a full stop for what goes on": "I would not pay for a new tool.",
}
NEAR = {
    "a typo": "I would not pay for a new tool befroe June",
    "letters left out": "We had three vendrs last year, and every single one of thm promised",
    "a small word left out": "I would not pay for new tool before June",
    "a small word changed": "I would not pay for the new tool before June",
    "a full stop changed": "I would not pay for a new tool before June! We had",
}
ABSENT = {
    "a number changed in a long quote": "we had four vendors last year, and every single one of them promised",
    "a negation left out of a long quote": "I would pay for a new tool before June. We had three vendors last year",
    "a content word changed": "I would not pay for a new tool before July",
    "invented": "Our auditors insist on a printed signature for every release",
    "invented from its words": "The vendors promised a tool that would boring us every Tuesday before June",
    "a paraphrase": "I won't spend money on software until the summer",
    "a short quote turned round": "I would pay for",
    "a short quote with another number": "two vendors last year",
    "words of the quote in another order": "June before tool new a for pay not would I",
    "an ellipsis over a negation": "So … I would … pay for a new tool",
    "an ellipsis between single words": "me … June",
    "no words": "… ?!",
    "blank": "  \n",
    "nothing": "",
    "longer than the text": TEXT + " " + TEXT,
}


@pytest.mark.parametrize("quote", ["I would not pay", " I would not pay ", "“I would not pay”", "all 1,400 of them…"])
def test_letter_for_letter_is_exact(quote: str) -> None:
    match = locate_quote(TEXT, quote)
    assert match.status is MatchStatus.EXACT and match.score == 1.0
    assert match.span and match.span.of(TEXT).strip() == quote.strip(" “”")


@pytest.mark.parametrize("quote", NORMALISED.values(), ids=NORMALISED.keys())
def test_the_same_words_are_normalised(quote: str) -> None:
    assert locate_quote(TEXT, quote).status is MatchStatus.NORMALISED


@pytest.mark.parametrize("quote", NEAR.values(), ids=NEAR.keys())
def test_nearly_the_same_words_are_near(quote: str) -> None:
    match = locate_quote(TEXT, quote)
    assert match.status is MatchStatus.NEAR and 0.8 <= match.score < 1


@pytest.mark.parametrize("quote", ABSENT.values(), ids=ABSENT.keys())
def test_anything_else_is_absent(quote: str) -> None:
    match = locate_quote(TEXT, quote)
    assert (match.status, match.span, match.score) == (MatchStatus.ABSENT, None, 0.0)


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("WE HAD, WE HAD THREE VENDORS", "We had, uh, we had three vendors"),
        ("every single one … sent us a spreadsheet",
         "every single one of them promised a boring Tuesday [laughs] and sent us a spreadsheet"),
        ("I would not pay for new tol before June", "I would not pay for a new tool before June"),
    ],
    ids=["normalised", "ellipsis", "near"],
)  # fmt: skip
def test_spans_slice_the_original_text(quote: str, stands: str) -> None:
    span = locate_quote(TEXT, quote).span
    assert span and span.of(TEXT) == stands


def test_an_ellipsis_hides_a_few_sentences_but_not_a_page() -> None:
    quote = "we looked at it … and then we left"
    assert locate_quote(f"We looked at it. {'So it was. ' * 10} And then we left.", quote).status == "normalised"
    assert locate_quote(f"We looked at it. {'So it was. ' * 60} And then we left.", quote).status == "absent"


def test_whole_words_are_preferred_to_pieces_of_words() -> None:
    match = locate_quote("I cannot say. Yes, I can.", "I can")
    assert match.span and match.span.start == 19


@pytest.mark.parametrize(
    ("text", "quote"),
    [("İstanbul'da ÇOK güzel bir gün", "çok GÜZEL bir gün"), ("un de\u0301ja\u0300 vu complet", "déjà vu complet"),
     ("un déjà vu complet", "de\u0301ja\u0300 VU complet"), ("we ate 😀 and left", "WE ATE 😀 AND LEFT"),
     ("いつも 火曜日 です", "いつも  火曜日  です")],
    ids=["letters that grow", "marks in the text", "marks in the quote", "an emoji", "another script"],
)  # fmt: skip
def test_every_script_keeps_its_offsets(text: str, quote: str) -> None:
    match = locate_quote(text, quote)
    assert match.status is MatchStatus.NORMALISED
    assert match.span and text.endswith(match.span.of(text))


@pytest.mark.parametrize(
    ("text", "quote", "stands"),
    [
        ("私は火曜日に古いツールを捨てました。", "火曜日に、古いツールを捨てました", "火曜日に古いツールを捨てました"),
        ("我觉得，这个工具很贵！", "这个工具很贵！", "这个工具很贵！"),
        ("我们在２０２４年换了供应商", "我们在 2024 年换了供应商", "我们在２０２４年换了供应商"),
        ("ฉันไม่จ่ายเงินก่อนเดือนมิถุนายน", "จ่ายเงิน ก่อนเดือน", "จ่ายเงินก่อนเดือน"),
        ("\u1112\u1161\u11ab 도구를 샀다", "한 도구를 샀다", "\u1112\u1161\u11ab 도구를 샀다"),
        ("قالَ: لَنْ أَدفَعَ، قبل يونيو!", "لن أدفع قبل يونيو", "لَنْ أَدفَعَ، قبل يونيو"),
        ("\u200fאני לא אֲשַׁלֵּם לפני יוני\u200f.", "אני לא אשלם לפני יוני", "אני לא אֲשַׁלֵּם לפני יוני"),
        ("वह हिन्दी में बोली।", "हिन्दी  में बोली.", "हिन्दी में बोली"),
        ("of\ufb01ce \u2764\ufe0f fire\u00adwall!", "OFFICE ❤ firewall", "of\ufb01ce \u2764\ufe0f fire\u00adwall"),
        ("my 👩\u200d💻 left 🇩🇪 in June", "My 👩\u200d💻 left 🇩🇪 in june", "my 👩\u200d💻 left 🇩🇪 in June"),
        ("ΟΔΟΣ ΕΔΩ", "οδός εδώ".replace("ό", "ο").replace("ώ", "ω"), "ΟΔΟΣ ΕΔΩ"),
    ],
    ids=["Japanese", "Chinese marks", "wide figures", "Thai", "Korean in parts", "Arabic points", "Hebrew points",
         "Hindi", "ligature and unseen signs", "joined emoji", "Greek"],
)  # fmt: skip
def test_what_scripts_may_spell_in_two_ways_is_the_same(text: str, quote: str, stands: str) -> None:
    match = locate_quote(text, quote)
    assert match.status in (MatchStatus.EXACT, MatchStatus.NORMALISED)
    assert match.span and match.span.of(text) == stands


@pytest.mark.parametrize(
    ("text", "quote"),
    [("我们今年不买这个新的工具", "我们今年买这个新的工具"), ("我们今年买三个新的工具", "我们今年买五个新的工具"),
     ("वह कल की बात करता है", "वह कल का बात करता है"), ("لن أدفع قبل يونيو", "سوف أدفع قبل يونيو")],
    ids=["a negation left out", "another number", "another vowel sign", "another word"],
)  # fmt: skip
def test_a_change_of_sense_is_absent_in_every_script(text: str, quote: str) -> None:
    assert locate_quote(text, quote).status is MatchStatus.ABSENT


SCRIPTS = (
    "aé e\u0301İßς火曜日ません。、「」가\u1112\u1161\u11ab שָׁאلَنْ हिน่👩\u200d💻❤\ufe0f\u00ad\u200f\ufb01１…'’“— \n.,!12"
)


@given(st.text(alphabet=st.sampled_from(SCRIPTS), max_size=40), st.data())
def test_a_tidied_piece_of_any_script_leads_back_into_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    match = locate_quote(text, f"  {text[start:end].upper()} ")
    if match.span:
        assert 0 <= match.span.start < match.span.end <= len(text)
        assert match.span.of(text).strip()
        assert list(match.pieces) == [match.span]


def test_a_quote_that_stands_twice_tells_both_places() -> None:
    text = "Yes, we pay. And then, as I said: yes, we pay. Yes we pay!"
    exact, normalised = locate_quote(text, "we pay"), locate_quote(text, "YES, we pay")
    assert [span.of(text) for span in (exact.span, *exact.also) if span] == ["we pay"] * 3
    assert [span.of(text) for span in (normalised.span, *normalised.also) if span] == [
        "Yes, we pay",
        "yes, we pay",
        "Yes we pay",
    ]
    assert locate_quote(text, "as I said").also == ()


class WalkedLine(str):
    """A line that tells how many of its characters were searched or counted."""

    walked = 0

    def find(self, wanted: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        found = super().find(wanted, start, len(self) if end is None else end)
        self.walked += (len(self) if found < 0 else found) - start
        return found

    def count(self, wanted: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        self.walked += (len(self) if end is None else end) - start
        return super().count(wanted, start, len(self) if end is None else end)


def test_a_line_is_walked_once_in_however_many_places_a_quote_stands() -> None:
    text = "We counted every pallet twice, and then the night shift went home early. Nobody said why. " * 9
    line = WalkedLine(whole(text).wording.line)
    vars(whole(text).wording)["line"] = line
    match = locate_quote(text, "COUNTED EVERY PALLET TWICE")
    assert (match.status, len(match.also)) == (MatchStatus.NORMALISED, 8)
    assert line.walked <= len(line)


@given(st.data())
def test_any_piece_of_a_text_is_exact_and_slices_back(data: st.DataObject) -> None:
    text = data.draw(st.text(min_size=1, max_size=60))
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    match = locate_quote(text, piece)
    if piece.strip():
        assert match.status is MatchStatus.EXACT
        assert match.span and match.span.of(text) == piece
    else:
        assert match.status is MatchStatus.ABSENT


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_two_texts_give_a_match_that_keeps_its_promises(text: str, quote: str) -> None:
    match = locate_quote(text, quote)
    assert 0 <= match.score <= 1
    assert (match.span is None) is (match.status is MatchStatus.ABSENT)
    if match.span:
        assert match.span.of(text).strip()


@given(st.lists(st.sampled_from(["tool", "june", "pay", "um", "we", "not"]), min_size=4, max_size=12), st.data())
def test_one_changed_word_is_never_the_same_words(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    if words[place] != "um":
        changed = [*words[:place], "harbour", *words[place + 1 :]]
        assert locate_quote(" ".join(words), " ".join(changed)).status in (MatchStatus.NEAR, MatchStatus.ABSENT)


@pytest.fixture(scope="module")
def talk() -> Source:
    return read_bytes(TALK.encode(), "talk.txt")


@pytest.mark.parametrize(
    ("quote", "speaker", "status"),
    [
        pytest.param("I would not pay before June", "P01", "exact", id="by their id"),
        pytest.param("I would not pay before June", "p01", "exact", id="by their id in lower case"),
        pytest.param("I would not pay before June", None, "exact", id="by anybody"),
        pytest.param("I WOULD NOT PAY", "P01", "normalised", id="in capitals"),
        pytest.param("I would not pay befor June", "P01", "near", id="with a typo"),
        pytest.param("I would not pay before June", "P02", "other_speaker", id="by another participant"),
        pytest.param("I WOULD NOT PAY BEFORE JUNE", "P02", "other_speaker", id="by another, in capitals"),
        pytest.param("I would not pay befor June", "P02", "other_speaker", id="by another, with a typo"),
        pytest.param("I would not pay before June", "P09", "other_speaker", id="of somebody who is not there"),
        pytest.param("a boring Tuesday with fewer spreadsheets", None, "other_speaker", id="by the interviewer"),
        pytest.param("a boring Tuesday with fewer spreadsheets", "P01", "other_speaker", id="put in a mouth"),
        pytest.param("in autumn, please. Dana: And", None, "absent", id="over two turns"),
        pytest.param("I adore spreadsheets on a Tuesday", "P01", "absent", id="invented"),
    ],
)
def test_who_said_it_is_told(talk: Source, quote: str, speaker: str | None, status: str) -> None:
    match = locate_in_source(talk, quote, speaker)
    assert match.status == status
    assert (match.span is None) is (status == "absent")


def test_the_span_of_anothers_words_points_at_where_they_said_them(talk: Source) -> None:
    match = locate_in_source(talk, "Would you pay for a boring Tuesday", "P01")
    assert match.span and match.span.of(talk.text) == "Would you pay for a boring Tuesday"
    assert talk.turn_at(match.span.start) == talk.turns[0]


def test_own_words_come_before_the_same_words_of_others(talk: Source) -> None:
    match = locate_in_source(talk, "pay", "P01")
    assert match.status is MatchStatus.EXACT and match.span and talk.turn_at(match.span.start) == talk.turns[1]


def test_the_words_of_a_note_are_its_authors() -> None:
    note = read_bytes(b"Called her twice. She was fine.", "note.txt", kind=SourceKind.NOTE)
    assert locate_in_source(note, "Called her twice").status is MatchStatus.EXACT
    assert locate_in_source(note, "Called her twice", "P01").status is MatchStatus.OTHER_SPEAKER


LISTENING = (
    "Dana: What happened?\n\nP01: We tried the old tool for a month,\n\nDana: Mm-hm.\n\n"
    "P01: and then we went back to paper.\n\n"
    "Dana: Was that cheaper?\n\nP01: Nobody counted the hours.\n\nP02: Yeah.\n\nP01: It was a relief to everybody here."
)


def pieces_of(source: Source, quote: str, speaker: str | None = None) -> list[str]:
    match = source.locate(quote, speaker)
    assert match.span is None or (match.pieces[0].start, match.pieces[-1].end) == (match.span.start, match.span.end)
    return [match.status.value, *[piece.of(source.text) for piece in match.pieces]]


@pytest.mark.parametrize("speaker", ["P01", None])
def test_a_quote_runs_on_where_somebody_only_listened(speaker: str | None) -> None:
    source = read_bytes(LISTENING.encode(), "listening.txt")
    quote = "We tried the old tool for a month, and then we went back to paper."
    expected = ["We tried the old tool for a month,", "and then we went back to paper"]
    assert pieces_of(source, quote, speaker) == ["normalised", *expected]
    assert pieces_of(source, quote.replace("the old", "an old"), speaker)[0] == "near"
    assert pieces_of(source, "counted the hours. It was a relief", speaker)[0] == "normalised"


@pytest.mark.parametrize(
    "quote",
    ["we went back to paper. Nobody counted the hours.", "we went back to paper … Nobody counted the hours.",
     "back to paper. Nobody counted the hour"],
    ids=["as if in one go", "with an ellipsis", "nearly"],
)  # fmt: skip
def test_no_quote_runs_over_a_question_or_into_anothers_words(quote: str) -> None:
    assert pieces_of(read_bytes(LISTENING.encode(), "listening.txt"), quote) == ["absent"]


def test_two_sources_are_never_mistaken_for_one_another() -> None:
    for number in range(20):
        source = read_bytes(f"Dana: And?\n\nP01: We own {number} red vans.\n\nDana: Right.".encode(), f"{number}.txt")
        assert source.locate(f"We own {number} red vans").status is MatchStatus.EXACT
