"""Every kind of bad citation: a share of an honest answer is made bad, always alike, and what is left is honest."""

from random import Random

import pytest
from prompt_samples import LIBRARY, answer_class, example_context

from app.engines.llm.answers import Point
from evals.adversary.model import BROKEN, Breaker, Liar
from evals.adversary.spoiling import Kind, nowhere, other_numbers, other_rows, some
from evals.adversary.texts import CHANGES
from evals.scripted.model import ScriptedModel
from evals.suites.adversarial import KINDS
from retrieval.embeddings import MiniLM

PROMPTS = {answer_class(LIBRARY.file(name)): name for name in LIBRARY.names}
# What the examples of the prompts are too small for.
NO_OCCASION = {"draft: evidence of another segment", "draft: evidence of another theme",
               "draft: a claim on unrelated evidence of its own people", "code: an order taken for evidence",
               "themes: a theme of one person", "segments: a member of another segment",
               "segments: a micro member of another macro", "answer: the reverse of what was said"}  # fmt: skip


def spoiled(kind: Kind, seed: int = 1) -> tuple[str, str, str, int]:
    """The example's own answer, what is bad, what is left, and how much is bad."""
    name = PROMPTS[kind.schema]
    example = LIBRARY.file(name).examples[0]
    honest = kind.schema.model_validate(example["answer"])
    found = kind.spoil(honest, LIBRARY.render(name, example_context(name)).user, Random(seed))  # noqa: S311
    return honest.model_dump_json(), found.bad.model_dump_json(), found.clean.model_dump_json(), found.many


@pytest.mark.parametrize("kind", [one for one in KINDS if one.name not in NO_OCCASION], ids=lambda kind: kind.name)
def test_a_kind_makes_some_of_an_answer_bad(kind: Kind) -> None:
    honest, bad, clean, many = next(found for seed in range(9) if (found := spoiled(kind, seed))[3])
    assert many >= 1
    assert bad not in (honest, clean)
    assert len(clean) <= len(honest)
    kind.schema.model_validate_json(bad)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_dice_decide_alone(kind: Kind) -> None:
    assert spoiled(kind, 3) == spoiled(kind, 3)


def test_names_of_kinds_are_their_own() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)


def test_a_share_is_three_in_ten_and_one_at_the_least() -> None:
    assert [len(some(range(size), Random(1))) for size in (0, 1, 3, 10, 100)] == [0, 1, 1, 3, 30]  # noqa: S311


def test_numbers_nowhere_are_before_or_behind_all_others() -> None:
    for seed in range(50):
        assert not any(0 < number <= 12 for number in nowhere(12, Random(seed)).values())  # noqa: S311


POINTS = [Point(sentences=[row, row + 1], codes=["context"], gist="", sure=True) for row in range(1, 11)]


def test_exchanged_numbers_are_missing_from_what_is_left() -> None:
    rows = other_numbers(POINTS, "sentences", lambda row, dice: 99, Random(1))  # noqa: S311
    bad = [number for row in rows.bad for number in row.sentences]
    left = [number for row in rows.clean for number in row.sentences]
    assert (bad.count(99), len(bad), len(left), rows.many) == (6, 20, 14, 6)
    assert [number for number in bad if number != 99] == left


def test_turned_rows_are_missing_from_what_is_left_unless_something_should_be() -> None:
    rows = other_rows(POINTS, lambda row, dice: row.model_copy(update={"codes": ["x"]}), Random(1))  # noqa: S311
    assert [row for row in rows.bad if row.codes != ["x"]] == rows.clean
    assert (len(rows.bad), len(rows.clean), rows.many) == (10, 7, 3)
    kept = other_rows(POINTS, lambda row, dice: row.model_copy(update={"codes": ["x"]}), Random(1), lambda row: row)  # noqa: S311
    assert kept.clean == POINTS


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_sentence_is_another(change: object) -> None:
    assert callable(change)
    text = "They have to wait for the forms."
    assert change(text, 2, 6, Random(1)) not in (None, text)  # noqa: S311


def test_nothing_is_changed_into_what_would_be_true() -> None:
    assert CHANGES["a quantifier that does not fit"]("They wait.", 1, 1, Random(1)) is None  # noqa: S311
    assert CHANGES["the reverse of what was said"]("They have no time.", 4, 6, Random(1)) is None  # noqa: S311


def test_a_broken_answer_is_whole_when_asked_for_again(embedder: MiniLM) -> None:
    name = "judge_claim"
    prompt, schema = LIBRARY.render(name, example_context(name)), answer_class(LIBRARY.file(name))
    honest = ScriptedModel(embedder)
    breaker = Breaker(honest, BROKEN["empty"], seed=1)
    assert breaker.complete(prompt.system, prompt.user, schema).text == ""
    again = breaker.complete(prompt.system, f"{prompt.user}\nagain", schema).text
    assert again == honest.complete(prompt.system, prompt.user, schema).text
    assert breaker.count == 1


def test_a_liar_calls_everything_supported(embedder: MiniLM) -> None:
    name = "judge_claim"
    prompt, schema = LIBRARY.render(name, example_context(name)), answer_class(LIBRARY.file(name))
    said = Liar(ScriptedModel(embedder)).complete(prompt.system, prompt.user, schema).text
    assert said.count('"supported"') == 4
