"""The local coder as committed, and the features it shares with its training."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engines.coder import FOLDER, CodingInput, Head, LocalCoder
from app.engines.coder_cues import COLUMNS, CUES, cues
from app.engines.coder_features import asked, hashed_words, terms
from app.errors import BadInput
from app.models.codebook import load_codebook
from retrieval.embeddings import MiniLM

SENTENCES = [
    CodingInput("I use it every day to write emails to customers.", "", "What do you use AI for?"),
    CodingInput("Up to ten thousand I can sign myself; above that it waits for January.", "", "And the money?"),
    CodingInput("We are a 300-bed hospital in the north.", "", "Could you tell me about your work?"),
    CodingInput("Sure, sounds good.", "", "Shall we begin?"),
]


@pytest.fixture(scope="module")
def coder() -> LocalCoder:
    return LocalCoder.load()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "coder"))


def test_it_knows_the_codes_of_the_codebook(coder: LocalCoder) -> None:
    assert coder.codes == load_codebook().ids
    assert set(coder.thresholds) == {"f1", "high_precision"}
    assert (coder.thresholds["high_precision"] >= coder.thresholds["f1"]).all()


def test_plain_sentences_get_their_code(coder: LocalCoder, embedder: MiniLM) -> None:
    found = coder.assign(coder.predict(SENTENCES, embedder), "f1")
    for codes, expected in zip(found, ["behavior", "budget", "context"], strict=False):
        assert expected in codes
    assert found[3] == {}


def test_most_examples_of_the_codebook_get_their_code(coder: LocalCoder, embedder: MiniLM) -> None:
    examples = [(code.id, example) for code in load_codebook().codes for example in code.examples]
    best = coder.predict([CodingInput(text) for _, text in examples], embedder).argsort(axis=1)[:, -3:]
    hits = [code in [coder.codes[i] for i in row] for (code, _), row in zip(examples, best, strict=True)]
    assert np.mean(hits) > 0.7


def test_a_sentence_is_read_alike_alone_and_in_company(coder: LocalCoder, embedder: MiniLM) -> None:
    together = coder.predict(SENTENCES, embedder)
    alone = np.vstack([coder.predict([one], embedder) for one in SENTENCES])
    assert together.shape == (4, len(coder.codes))
    assert np.array_equal(together, alone)
    assert ((together >= 0) & (together <= 1)).all()
    assert (together.sum(axis=1) <= 1 + 1e-5).all()


def test_no_sentences_give_no_rows(coder: LocalCoder, embedder: MiniLM) -> None:
    assert coder.predict([], embedder).shape == (0, len(coder.codes))
    assert coder.assign(coder.predict([], embedder)) == []


def test_the_question_is_heard(coder: LocalCoder, embedder: MiniLM) -> None:
    plan, habit = "How do you see this evolving in the years ahead?", "What did you do last week?"
    rows = [CodingInput("More of the same, with two more tools.", "", question) for question in (plan, habit)]
    intent = coder.predict(rows, embedder)[:, coder.codes.index("intent")]
    assert intent[0] > intent[1]


def test_codes_are_given_from_the_threshold_upwards(coder: LocalCoder) -> None:
    line = coder.thresholds["high_precision"].astype(np.float32)
    at, below = line.copy(), line - 0.001
    at[0] += 0.001
    given, withheld = coder.assign(np.vstack([at, below]))
    assert coder.codes[0] in given
    assert withheld == {}


def test_what_is_saved_is_what_is_loaded(coder: LocalCoder, tmp_path: Path) -> None:
    coder.save(tmp_path)
    again = LocalCoder.load(tmp_path)
    assert (again.version, again.codes, again.sources) == (coder.version, coder.codes, coder.sources)
    assert all(np.array_equal(table, again.head.tensors[name]) for name, table in coder.head.tensors.items())
    for name in ("head.json", "head.safetensors"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("head.json", b"{"),
        ("head.json", b"{}"),
        ("head.json", b"[]"),
        ("head.safetensors", b"cut short"),
    ],
    ids=["description is no JSON", "description is empty", "description is a list", "coefficients cut short"],
)
def test_a_damaged_coder_is_refused(copy: Path, name: str, content: bytes) -> None:
    (copy / name).write_bytes(content)
    with pytest.raises(BadInput, match=r"missing or damaged.*evals\.train_coder"):
        LocalCoder.load(copy)


def test_experts_that_look_at_different_features_are_refused(coder: LocalCoder) -> None:
    tensors = coder.head.tensors
    with pytest.raises(ValueError, match="different features"):
        Head.of(tensors | {"expert1.words": tensors["expert1.words"][:-1]})
    with pytest.raises(KeyError):
        Head.of({name: table for name, table in tensors.items() if name != "expert1.bias"})


@pytest.mark.parametrize("change", [{"format": 99}, {"codes": ["motivation"]}], ids=["newer format", "fewer codes"])
def test_a_coder_that_does_not_fit_is_refused(copy: Path, change: dict[str, object]) -> None:
    about = json.loads((copy / "head.json").read_text()) | change
    (copy / "head.json").write_text(json.dumps(about))
    with pytest.raises(BadInput, match="missing or damaged"):
        LocalCoder.load(copy)


def test_a_missing_coder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="missing or damaged"):
        LocalCoder.load(tmp_path / "nowhere")


def test_no_sentence_of_anybody_is_in_the_committed_files() -> None:
    """The description holds short names only; the coefficients are tables of numbers."""
    about = json.loads((FOLDER / "head.json").read_text())
    assert set(about) == {"format", "version", "codes", "thresholds", "sources"}
    assert max(len(source) for source in about["sources"]) < 80
    assert (FOLDER / "head.safetensors").stat().st_size < 3_000_000


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Great. What do you use it for? And how often?", "And how often?"),
        ("How often? Take your time.", "How often?"),
        ("Tell me more.", "Tell me more."),
        ("", ""),
        ("Is that so? " + "word " * 100, "word " * 51 + "word"),
    ],
    ids=["two questions", "question, then a remark", "no question", "nothing", "a question too far back"],
)
def test_the_last_question_counts(said: str, question: str) -> None:
    assert asked(said) == question


def test_terms_are_words_and_neighbouring_pairs() -> None:
    assert terms("It’s $5, isn't it?") == [
        "it's", "$", "5", "isn't", "it", "?",
        "it's $", "$ 5", "5 isn't", "isn't it", "it ?",
    ]  # fmt: skip


@given(st.lists(st.text(), min_size=1, max_size=8))
def test_hashed_rows_have_length_one_or_nothing(texts: list[str]) -> None:
    rows = hashed_words(texts).toarray()
    lengths = np.linalg.norm(rows, axis=1)
    assert all(np.isclose(length, 1, atol=1e-5) or length == 0 for length in lengths)
    assert np.array_equal(rows[-1:], hashed_words(texts[-1:]).toarray())


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("We're going to renew in March.", "plan"),
        ("It cost us $400.", "money"),
        ("I'm a nurse.", "role"),
        ("We don’t do that.", "negation"),
        ("I wish it were faster.", "wish"),
        ("I check it daily.", "habit"),
    ],
)
def test_a_cue_is_noticed(text: str, cue: str) -> None:
    assert cues([text])[0, list(CUES).index(cue)] == 1


def test_every_text_has_its_row_of_cues() -> None:
    assert cues([]).shape == (0, COLUMNS)
    assert cues(["", "one, two"]).shape == (2, COLUMNS)
    assert not cues([""]).any()
