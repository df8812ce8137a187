"""Shaping segments and themes in the browser: by plain forms, in place, refused in words, and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sample_run import sample_run
from web_browser import Page, browser, page, send

import app.web.app
from app.access.principal import Principal
from app.models.segment import Segment
from app.models.user import Role
from app.web.rooms import Room
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

SEGMENTS, THEMES = "/studies/flowline/segments", "/studies/flowline/themes"


@pytest.fixture
def bench(tmp_path: Path, embedder: MiniLM) -> Iterator[Workbench]:
    with sample_run(tmp_path, embedder) as bench:
        yield bench


@pytest.fixture
def reader(bench: Workbench) -> Iterator[TestClient]:
    with browser(bench) as found:
        yield found


def room_of(reader: TestClient) -> Room:
    found: Room = reader.app.state.house.rooms.room("flowline")  # type: ignore[attr-defined]
    return found


def micros(reader: TestClient) -> list[Segment]:
    return [one for one in room_of(reader).cast.segments.drafted if one.parent_id]


def largest(reader: TestClient) -> tuple[Segment, Segment]:
    """The largest micro segment and another of the same core."""
    found = max(micros(reader), key=lambda one: len(one.members))
    return found, next(one for one in micros(reader) if one.parent_id == found.parent_id and one is not found)


def test_somebody_is_moved_by_their_menu_and_moved_back(reader: TestClient) -> None:
    donor, target = largest(reader)
    person = donor.participant_ids[0]
    before = room_of(reader).cast.segments
    menu = reader.get(f"{SEGMENTS}/people/{person}", headers={"hx-request": "true"}).text
    assert "<html" not in menu and f'<option value="{target.id}">' in menu
    assert f'<option value="{target.id}">' in page(reader, f"{SEGMENTS}/people/{person}").html
    answer = send(reader, f"{SEGMENTS}/decisions", {"change": "move", "person": person, "segment": target.id})
    found = Page(answer.text)
    assert f"{person} moved to “{target.name}”" in found.text and "Take it back" in found.text
    assert "drafted before something changed" in found.text and "No persona yet for" in found.text
    home = next(one for one in micros(reader) if person in one.participant_ids)
    assert home.name == target.name
    send(reader, f"{SEGMENTS}/decisions/1/take-back")
    assert room_of(reader).cast.segments == before
    assert not room_of(reader).cast.stale and "What people decided" not in page(reader, SEGMENTS).text


def test_a_segment_is_renamed_merged_and_split(reader: TestClient) -> None:
    donor, target = largest(reader)
    forms = page(reader, f"{SEGMENTS}/{donor.id}/shape").text
    assert "Rename" in forms and "Split off" in forms
    send(reader, f"{SEGMENTS}/decisions", {"change": "rename", "segment": donor.id, "name": "Called by us"})
    assert "Called by us" in [one.name for one in micros(reader)]
    half = donor.participant_ids[:2]
    send(
        reader, f"{SEGMENTS}/decisions",
        {"change": "split", "segment": donor.id, "person": half, "name": "Parted by us"},
    )  # fmt: skip
    parted = next(one for one in micros(reader) if one.name == "Parted by us")
    assert parted.participant_ids == half
    send(
        reader, f"{SEGMENTS}/decisions",
        {"change": "merge", "segment": [parted.id, target.id], "name": "Joined by us"},
    )  # fmt: skip
    joined = next(one for one in micros(reader) if one.name == "Joined by us")
    assert joined.participant_ids == sorted([*half, *target.participant_ids])
    assert page(reader, SEGMENTS).text.count("Take back") == 3


def test_somebody_is_kept_where_they_are(reader: TestClient) -> None:
    donor, _ = largest(reader)
    person = donor.participant_ids[0]
    found = Page(send(reader, f"{SEGMENTS}/decisions", {"change": "lock", "person": person}).text)
    assert f"{person} locked in “{donor.name}”" in found.text
    assert not room_of(reader).cast.stale


def test_what_would_break_a_rule_is_refused_in_words(reader: TestClient) -> None:
    donor, _ = largest(reader)
    small = min(micros(reader), key=lambda one: len(one.members))
    leaving = small.participant_ids[:-1]
    other = next(one for one in micros(reader) if one is not small)
    answer = send(reader, f"{SEGMENTS}/decisions", {"change": "move", "person": leaving, "segment": other.id})
    assert answer.status_code == 422 and "a segment never stands for one person" in Page(answer.text).text
    alone = send(reader, f"{SEGMENTS}/decisions", {"change": "merge", "segment": donor.id, "name": "x"})
    assert alone.status_code == 422 and "two segments or more" in Page(alone.text).text
    assert send(reader, f"{SEGMENTS}/decisions", {"change": "vanish"}).status_code == 422
    assert send(reader, f"{SEGMENTS}/decisions/7/take-back").status_code == 404
    assert "What people decided" not in page(reader, SEGMENTS).text


def test_a_theme_is_renamed_merged_and_restored(reader: TestClient) -> None:
    before = room_of(reader).cast.themes
    one = max(before, key=lambda theme: theme.k)
    other = next(theme for theme in before if theme.code == one.code and theme is not one)
    assert "Merge with" in page(reader, f"{THEMES}/{one.id}/shape").text
    send(reader, f"{THEMES}/decisions", {"change": "merge", "theme": [one.id, other.id], "label": "Joined by us"})
    joined = next(theme for theme in room_of(reader).cast.themes if theme.label == "Joined by us")
    assert set(joined.evidence_ids) == {*one.evidence_ids, *other.evidence_ids}
    answer = send(reader, f"{THEMES}/decisions", {"change": "rename", "theme": joined.id, "label": "Called by us"})
    assert "renamed “Called by us”" in Page(answer.text).text and "Draft again" in Page(answer.text).text
    for number in (2, 1):
        send(reader, f"{THEMES}/decisions/{number}/take-back")
    assert room_of(reader).cast.themes == before


def test_themes_of_two_codes_are_not_joined(reader: TestClient) -> None:
    themes = room_of(reader).cast.themes
    other = next(theme for theme in themes if theme.code != themes[0].code)
    answer = send(reader, f"{THEMES}/decisions", {"change": "merge", "theme": [themes[0].id, other.id]})
    assert answer.status_code == 422 and "different codes" in Page(answer.text).text


def test_who_may_not_shape_sees_no_menus(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.web.app, "owner", lambda name: Principal(name, Role.MARKETER))
    with browser(bench) as marketer:
        assert "Rename" not in page(marketer, SEGMENTS).text and 'aria-label="Move' not in page(marketer, SEGMENTS).html
        assert "Change" not in page(marketer, THEMES).text
        for path in (f"{SEGMENTS}/decisions", f"{THEMES}/decisions", f"{SEGMENTS}/decisions/1/take-back"):
            assert send(marketer, path, {"change": "rename", "theme": "t", "name": "x"}).status_code == 403
