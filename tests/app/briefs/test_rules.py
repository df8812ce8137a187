"""What is data: complete, and true to the gate."""

from app.briefs.gate import asserts
from app.briefs.rules import load_rules
from app.models.brief import Format, Intent, Stage
from app.models.field import Level, fields_of

RULES = load_rules()


def test_every_choice_is_described() -> None:
    assert set(RULES.stages) == set(Stage)
    assert set(RULES.intents) == set(Intent)
    assert set(RULES.formats) == set(Format)
    assert all(set(rule.assets) == set(Intent) for rule in RULES.formats.values())


def test_every_field_named_is_a_field() -> None:
    known = {spec.id for level in Level for spec in fields_of(level)} | {"common_ground"}
    named = {name for rule in RULES.stages.values() for name in rule.proof}
    named |= {name for rule in RULES.intents.values() for name in rule.proof} | set(RULES.questions)
    named |= {name for rule in RULES.formats.values() for part in rule.outline for name in part.fields}
    named |= {name for fields in RULES.fields.values() for name in fields}
    assert named <= known


def test_no_instruction_says_anything_about_the_audience() -> None:
    told = [text for rule in RULES.stages.values() for text in (rule.objective, rule.angle)]
    told += [rule.call_to_action for rule in RULES.intents.values()] + list(RULES.questions.values())
    told += [part.task for rule in RULES.formats.values() for part in rule.outline]
    told += [rule.channel for rule in RULES.formats.values()] + [RULES.standing["tone"]]
    assert [text for text in told if asserts(text)] == []


def test_notes_on_rules_are_told_by_whole_words() -> None:
    assert RULES.on_rules("We are audited twice a year.")
    assert RULES.on_rules("Past seventy-five thousand it's a public vote.")
    assert not RULES.on_rules("The auditorium was full.")
