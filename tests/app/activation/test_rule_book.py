"""A study's rule book."""

import json

import jsonschema

from app.activation.fields import who_somebody_is
from app.activation.loading import load_rule_book
from app.activation.questions import find_asks
from app.activation.rules import rule_book
from app.models.assignment import RuleBook
from app.schemas import json_schema
from app.strategy.grounds import load_grounds
from app.workbench import Workbench


def test_the_book_is_the_same_whenever_it_is_made(ready: Workbench, book: RuleBook) -> None:
    grounds = load_grounds(ready, "flowline")
    assert rule_book(grounds.cast, find_asks(grounds)) == book
    jsonschema.validate(json.loads(book.model_dump_json()), json_schema("segment_rules"))


def test_it_is_made_once_until_the_study_changes(ready: Workbench) -> None:
    first = load_rule_book(ready, "flowline")
    assert load_rule_book(ready, "flowline") is first
    study = ready.study("flowline")
    for note in ("changed", study.note):
        with ready.store.transaction() as tx:
            tx.studies.save(study.model_copy(update={"note": note}))
    again = load_rule_book(ready, "flowline")
    assert again is not first and again == first


def test_every_condition_can_be_counted_and_says_nothing_of_who_somebody_is(book: RuleBook) -> None:
    conditions = [one for level in book.levels for rules in level.segments for one in rules.conditions]
    assert conditions
    for one in conditions:
        assert 2 <= one.k <= one.n and 0 <= one.rest_k <= one.rest_n
        assert not who_somebody_is(f"{one.field} {one.value}")
        assert one.field not in ("account", "stage", "converted", "lifetime_value")
    assert "stage" in book.left_out


def test_the_book_holds_nothing_that_anybody_said(ready: Workbench, book: RuleBook) -> None:
    with ready.store.transaction() as tx:
        labels = [one.label for one in tx.results.themes("flowline") if len(one.label.split()) > 3]
        people = {one.id for one in tx.participants.all("flowline")}
    text = book.model_dump_json()
    assert [one for one in labels if one in text] == []
    assert [one for one in people if f'"{one}"' in text] == []


def test_micro_personas_are_left_to_a_question_where_attributes_do_not_tell(book: RuleBook) -> None:
    inner = [level for level in book.levels if level.parent_id]
    assert len(inner) == 2
    for level in inner:
        assert level.bar.confidence is None
        assert all("nobody is assigned" in rules.caution for rules in level.segments)
        assert any(rules.ask for rules in level.segments)
