"""Names on lines of their own, as exports and people write them. All examples are invented."""

import pytest

from retrieval.readers.plain import labelled, read_plain

SAID = [("Dana Doe", "Why so?"), ("Sam Poe", "Because."), ("Dana Doe", "And?"), ("Sam Poe", "Nothing.")]
STYLES = {
    "name, words": "{name}\n{words}\n",
    "name, blank line, words": "{name}\n\n{words}\n",
    "capitals": "{NAME}\n\n{words}\n",
    "markdown heading": "### {name}\n\n{words}\n",
    "bold name": "**{name}**\n{words}\n",
    "name with a colon": "{name}:\n{words}\n",
    "Otter: name and time": "{name}  0:0{n} \n{words} \n",
    "Rev: name and time in brackets": "{name} (00:0{n}):\n{words}\n",
    "Sonix: name and time in square brackets": "{name} [00:00:0{n}]\n{words}\n",
    "Zoom captions: time and name": "16:02:3{n} {name}\n{words}\n",
    "Zoom captions: name in brackets": "[{name}] 16:02:3{n}\n{words}\n",
    "Happy Scribe": "[00:00:0{n}.04] - {name}\n{words}\n",
    "Teams document: range above the name": "0:0:{n}.0 --> 0:0:{n}.310\n{name}\n{words}",
    "Teams page: time spelled out": "{name}\n0 minutes {n} seconds\n0:0{n}\n{words}",
    "Teams page: time spelled out beside": "{name} 0 minutes {n} seconds\n{words}\n",
    "time below the name": "{name}\n0:0{n}\n{words}\n",
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_every_style_gives_the_same_turns(style: str) -> None:
    lines = [style.format(name=name, NAME=name.upper(), words=words, n=n) for n, (name, words) in enumerate(SAID, 1)]
    reading = labelled("\n".join(lines))
    assert [(turn.speaker.title(), turn.of(reading.text)) for turn in reading.turns] == SAID


@pytest.mark.parametrize("style", [name for name in STYLES if "Teams" in name or "time" in name])
def test_times_on_lines_of_their_own_are_read(style: str) -> None:
    lines = [STYLES[style].format(name=name, words=words, n=n) for n, (name, words) in enumerate(SAID, 1)]
    times = [turn.time_start for turn in labelled("\n".join(lines)).turns]
    assert [time % 60 % 10 for time in times if time is not None] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Q. Why?\nA. So.\nQ. And?\nA. No.", ["Q", "A", "Q", "A"]),
        ("Dana\tWhy?\nSam\tSo.\nDana\tAnd?\nSam\tNo.", ["Dana", "Sam", "Dana", "Sam"]),
        ("10:14:03 From Dana Doe to Everyone: Why?\n10:14:05 From Sam to Everyone: So.", ["Dana Doe", "Sam"]),
        ("Dana (she/her): Why?\nSam (Guest): So.\nDana (she/her): And?\nSam (Guest): No.",
         ["Dana (she/her)", "Sam (Guest)"] * 2),
    ],
    ids=["court reporter", "tabs", "Zoom chat", "names with remarks"],
)  # fmt: skip
def test_other_labels_before_the_words(text: str, speakers: list[str]) -> None:
    assert [turn.speaker for turn in labelled(text).turns] == speakers


@pytest.mark.parametrize(
    "text",
    [
        "Monday\n\nPumps were bad.\n\nTuesday\n\nPumps were good.\n\nAll in all fine.\n",
        "We met on Monday.\nIt was fine.\n\nThen we left.\n",
        "A. The first reason\nB. The second\nA. again",
    ],
    ids=["headings that do not recur", "prose", "a list by letters"],
)
def test_short_lines_alone_make_no_speakers(text: str) -> None:
    assert labelled(text).turns == []


def test_a_short_answer_is_no_name_even_if_it_recurs() -> None:
    text = "Study 4\n\n" + "DANA\n\nWhy?\n\nSAM\n\nMaybe\n\n" * 2
    assert [turn.of(text) for turn in labelled(text).turns] == ["Why?", "Maybe", "Why?", "Maybe"]


def test_the_last_line_of_a_speech_is_only_furniture_if_it_says_so() -> None:
    text = "Dana: Why?\nSam: I stay until the\nend of the day.\nDana: So?\nSam: Bye.\nEnd of recording"
    assert [turn.of(text) for turn in labelled(text).turns][1::2] == ["I stay until the\nend of the day.", "Bye."]


@pytest.mark.parametrize("sign", ["\t", " ", "1:", "*", "["], ids=["tabs", "spaces", "times", "stars", "brackets"])
def test_long_lines_of_one_sign_take_no_time(sign: str) -> None:
    raw = f"Dana{sign * 20_000}x\nSam: y\nDana: z\nSam: y\n".encode()
    assert "Sam" in read_plain(raw, "a.txt").text
