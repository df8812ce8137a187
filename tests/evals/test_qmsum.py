"""Meetings and their questions are read from both formats; what cannot be used is refused with its file."""

import json
from pathlib import Path
from typing import Any

import pytest
from small_meetings import ASKED, SAID, qmsum, write_qmsum, write_rows

from app.errors import BadInput
from evals.qmsum import digest_of, read_meetings
from retrieval.errors import UnreadableSource


@pytest.mark.parametrize("write", [write_qmsum, write_rows], ids=["QMSum", "queries.jsonl"])
def test_both_formats_give_the_same_turns_and_questions(tmp_path: Path, write: Any) -> None:
    meetings = read_meetings(write(tmp_path))
    said = [[(turn.speaker, turn.of(one.source.text)) for turn in one.source.turns] for one in meetings]
    assert said == list(SAID.values())
    asked = [[(query.text, [list(span) for span in query.spans]) for query in one.queries] for one in meetings]
    assert asked == list(ASKED.values())


def test_one_file_is_a_dataset_too(tmp_path: Path) -> None:
    [meeting] = read_meetings(write_qmsum(tmp_path) / "second.json")
    assert meeting.source.name == "second"
    rows = tmp_path / "rows"
    rows.mkdir()
    assert len(read_meetings(write_rows(rows) / "queries.jsonl")) == 2


def test_in_qmsum_everybody_takes_part(tmp_path: Path) -> None:
    assert read_meetings(write_qmsum(tmp_path))[0].source.participant_ids == ["Ana", "Ben"]


def test_meetings_and_questions_without_marks_are_left_out(tmp_path: Path) -> None:
    write_qmsum(tmp_path)
    unasked = qmsum("first") | {"specific_query_list": []}
    (tmp_path / "third.json").write_text(json.dumps(unasked))
    unmarked = qmsum("second")
    unmarked["specific_query_list"].append({"query": "What for?", "relevant_text_span": []})
    (tmp_path / "second.json").write_text(json.dumps(unmarked))
    assert [(one.source.name, len(one.queries)) for one in read_meetings(tmp_path)] == [("first", 2), ("second", 1)]


def test_the_digest_changes_with_words_and_with_questions(tmp_path: Path) -> None:
    before = digest_of(read_meetings(write_qmsum(tmp_path)))
    assert before == digest_of(read_meetings(tmp_path))
    other = qmsum("first")
    other["specific_query_list"][0]["query"] = "Which battery?"
    (tmp_path / "first.json").write_text(json.dumps(other))
    assert digest_of(read_meetings(tmp_path)) != before


def changed(**parts: Any) -> str:
    return json.dumps(qmsum("first") | parts)


BAD_SPAN = [{"query": "Why?", "relevant_text_span": [["18", "20"]]}]
BACKWARDS = [{"query": "Why?", "relevant_text_span": [["5", "4"]]}]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Ana: Good morning", "the file is not JSON"),
        ("[]", "valid dictionary"),
        ("{}", "meeting_transcripts"),
        (changed(meeting_transcripts=[]), "meeting_transcripts"),
        (changed(meeting_transcripts=[{"speaker": "Ana"}]), "meeting_transcripts.0.content"),
        (changed(specific_query_list=[{"query": "Why?"}]), "specific_query_list.0.relevant_text_span"),
        (changed(specific_query_list=[{"query": "", "relevant_text_span": []}]), "specific_query_list.0.query"),
        (changed(specific_query_list=BAD_SPAN), "question “first-1” marks turns 18 to 20 of 20"),
        (changed(specific_query_list=BACKWARDS), "marks turns 5 to 4"),
    ],
    ids=["not JSON", "a list", "nothing in it", "no turn", "a turn without words", "no spans", "an empty question",
         "turns that are not there", "a span backwards"],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_named_with_the_reason(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "first.json").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableSource, match=reason) as refusal:
        read_meetings(tmp_path)
    assert "first.json" in str(refusal.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "first.json").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(UnreadableSource, match=r"first\.json.*not JSON"):
        read_meetings(tmp_path)


def test_an_empty_folder_and_a_missing_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no question with marked turns"):
        read_meetings(tmp_path)
    with pytest.raises(BadInput, match="no such dataset"):
        read_meetings(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("row", "error", "reason"),
    [
        ({"source": "lost.txt"}, BadInput, "names the source “lost.txt”"),
        ({"source": "../queries.jsonl"}, BadInput, "names the source"),
        ({"spans": [[0, 99]]}, UnreadableSource, "“q” marks turns 0 to 99 of 20"),
        ({"spans": [[-1, 2]]}, UnreadableSource, "marks turns -1 to 2"),
        ({"spans": [[1]]}, UnreadableSource, "queries.jsonl"),
        ({"spans": []}, BadInput, "no question with marked turns"),
    ],
    ids=["missing source", "source outside", "past the end", "before the start", "half a span", "no span"],
)
def test_a_row_that_cannot_be_used_is_refused(
    tmp_path: Path, row: dict[str, Any], error: type[Exception], reason: str
) -> None:
    write_rows(tmp_path)
    whole = {"id": "q", "query": "Why?", "source": "first.txt", "spans": [[0, 1]]} | row
    (tmp_path / "queries.jsonl").write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(error, match=reason):
        read_meetings(tmp_path)
