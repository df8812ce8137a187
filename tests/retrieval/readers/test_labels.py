"""Who is named in lines of text, and which colons are only prose. All examples are invented."""

import pytest

from retrieval.readers.plain import labelled

Told = list[tuple[str, str]]


def told(text: str) -> Told:
    reading = labelled(text)
    return [(turn.speaker, turn.of(reading.text)) for turn in reading.turns]


SAID = [("Dana", "Why so?"), ("P03", "Because."), ("Dana", "And?"), ("P03", "Nothing.")]
STYLES = {
    "name and colon": "{name}: {words}",
    "blank lines between turns": "{name}: {words}\n",
    "bold with the colon inside": "**{name}:** {words}\n",
    "bold with the colon outside": "**{name}**: {words}",
    "bold and a time": "**{name}** (00:00:0{n}): {words}\n",
    "time in square brackets": "[00:01:1{n}] {name}: {words}",
    "time in round brackets": "(00:0{n}) {name}: {words}",
    "bare time": "00:00:0{n} {name}: {words}",
    "time after the name": "{name} (00:1{n}): {words}",
    "time range": "[00:0{n} - 00:1{n}] {name}: {words}",
    "time range with an arrow": "[00:0{n}.100 --> 00:1{n}.200] {name}: {words}",
    "name and time on a line of their own": "{name}  0:0{n}\n{words}\n",
    "name in brackets": "[{name}]: {words}",
    "space before the colon": "{name} : {words}",
    "list of bold names": "- **{name}:** {words}",
    "table of tabs": "00:00:0{n}\t{name}\t{words}",
    "full-width colon": "{name}：{words}",
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_every_usual_way_of_labelling_is_understood(style: str) -> None:
    lines = [style.format(name=name, words=words, n=n) for n, (name, words) in enumerate(SAID)]
    assert told("\n".join(lines)) == SAID


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        pytest.param("INTERVIEWER : Why?\nPARTICIPANT : So.", ["INTERVIEWER", "PARTICIPANT"], id="capitals"),
        pytest.param("Q: Why?\nA: So.", ["Q", "A"], id="Q and A"),
        pytest.param("Q1: Why?\nA1: So.\nQ2: And?\nA2: No.", ["Q", "A", "Q", "A"], id="numbered Q and A"),
        pytest.param("I: Why?\nP16: So.", ["I", "P16"], id="I for the interviewer"),
        pytest.param("interviewer: why\nuser: so\nuser: and", ["interviewer", "user", "user"], id="lower case"),
        pytest.param("Dana: Why?\nMarc: So.", ["Dana", "Marc"], id="two names, once each"),
        pytest.param("Dr. J. Li: Why?\nAna de la Cruz: So.", ["Dr. J. Li", "Ana de la Cruz"], id="titles, particles"),
        pytest.param("SPEAKER_00: Why?\nSPEAKER_01: So.", ["SPEAKER_00", "SPEAKER_01"], id="diarised"),
        pytest.param("Dana: Why?\nP1: So.\nDANA: And?\nP1: No.", ["Dana", "P1", "Dana", "P1"], id="two spellings"),
    ],
)
def test_labels_of_many_kinds(text: str, speakers: list[str]) -> None:
    assert [speaker for speaker, _ in told(text)] == speakers


def around(prose: str) -> str:
    return f"Dana: Why?\n\nP01: Well.\n\nDana: Go on?\n\nP01: It goes.\n{prose}\n\nDana: And?\n\nP01: Nothing."


@pytest.mark.parametrize(
    "prose",
    [
        pytest.param("My rule: never pay twice.", id="a rule"),
        pytest.param("My rule: never.\nMy rule: ever.", id="a rule, twice"),
        pytest.param("Monday: pumps\nTuesday: more pumps", id="a list of days"),
        pytest.param("Note: the recording breaks here", id="a note"),
        pytest.param("SYSTEM: obey\nSYSTEM: obey again", id="an instruction in the text"),
        pytest.param("http://shop.example: that one", id="an address"),
        pytest.param("It opens at 9: not before.", id="a number before the colon"),
        pytest.param("“One thing: money,” she said.", id="a colon in reported speech"),
    ],
)
def test_a_colon_in_prose_makes_no_speaker(prose: str) -> None:
    assert told(around(prose))[3] == ("P01", f"It goes.\n{prose}")
    assert len(told(around(prose))) == 6


def test_a_line_in_another_manner_than_the_files_labels_is_prose() -> None:
    stamped = "[00:01] Dana: Why?\n[00:02] Sam: Two.\nPro: cheap\nPro: fast\n[00:04] Dana: And?\n[00:05] Sam: No.\n"
    again = "[00:06] Dana: Oh?\n[00:07] Sam: Yes."
    assert [speaker for speaker, _ in told(stamped + again)] == ["Dana", "Sam", "Dana", "Sam", "Dana", "Sam"]


def test_what_stands_above_the_first_label_belongs_to_no_turn() -> None:
    text = "# Interview\n\nRecorded remotely.\n\n**Dana:** Why?\n\n**Sam:** So."
    assert told(text) == [("Dana", "Why?"), ("Sam", "So.")]


@pytest.mark.parametrize(
    "facts",
    ["Interviewer: Dana Doe\nDate: 3 May\n\n", "Interviewer: Dana Doe\nParticipant: P03\nDuration: 45 min\n\n"],
    ids=["two facts", "three facts"],
)
def test_facts_above_a_transcript_are_not_speech(facts: str) -> None:
    speech = "Interviewer: Hello. How are you?\nParticipant: Fine.\nInterviewer: So?\nParticipant: Yes."
    assert told(facts + speech)[0] == ("Interviewer", "Hello. How are you?")
    assert len(told(facts + speech)) == 4


def test_a_turn_keeps_its_paragraphs_and_loses_the_remark_at_the_end() -> None:
    text = "Dana: Why?\n\nSam: One.\n\nTwo.\n\nThree.\n\nDana: And?\n\nSam: No.\n\n[End of recording]\n"
    assert told(text)[1] == ("Sam", "One.\n\nTwo.\n\nThree.")
    assert told(text)[3] == ("Sam", "No.")


def test_text_without_labels_has_no_turns() -> None:
    assert told("We met on Monday. It was fine: nobody complained.\nThen we left.") == []


def test_a_time_that_cannot_be_read_is_left_out_and_said() -> None:
    reading = labelled("[00:00:01] Dana: Why?\n[00:0x:07] P03: So.\n[00:00:09] Dana: And?\n[00:00:77] P03: No.")
    assert [turn.time_start for turn in reading.turns] == [1.0, None, 9.0, None]
    assert [repair.split(":")[0] for repair in reading.repairs] == ["line 2", "line 4"]


def test_a_time_at_the_start_of_the_speech_is_no_part_of_it() -> None:
    reading = labelled("**Dana:** Why?\n\n**Sam:** \\[04:11\\] So.\n\n**Dana:** And?\n\n**Sam:** No.")
    assert (reading.turns[1].of(reading.text), reading.turns[1].time_start) == ("So.", 251.0)


GROUP = "Moderator: Go?\n\nSam: Yes.\n\nIda: No.\n\nSam: Why?\n\nIda: So.\n\nModerator: And?\n\n{line}\n\nSam: Fine.\n"


@pytest.mark.parametrize("space", ["\n\n", "\n"], ids=["blank lines between turns", "a line a turn"])
def test_whoever_says_one_thing_in_a_group_is_a_speaker(space: str) -> None:
    text = GROUP.format(line="Ole: Me too.").replace("\n\n", space)
    assert ("Ole", "Me too.") in told(text) and ("Moderator", "And?") in told(text)


@pytest.mark.parametrize("line", ["Note: the tape breaks off", "my rule: never", "He said one thing to me: never"])
def test_prose_in_a_group_makes_no_speaker(line: str) -> None:
    assert ("Moderator", f"And?\n\n{line}") in told(GROUP.format(line=line))


def test_a_fuller_name_that_stands_once_is_a_speaker() -> None:
    assert told("Dana Kay: Why?\nSam: So.\nDana: And?\nSam: No.")[0] == ("Dana Kay", "Why?")
