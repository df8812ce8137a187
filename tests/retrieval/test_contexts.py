"""Vectors of excerpts that know the talk around them, made by the real embedder."""

import numpy as np
import pytest
from small_talk import excerpts_of, talk

from retrieval.contexts import embed_excerpts, in_context, unit, without_noise
from retrieval.embeddings import MiniLM

ASKED = talk("P01", "Nineteen days, and nobody knows why.", question="How long does the approval of an invoice take?")
OTHER = talk("P02", "We grow beans.", "And peas, in the glasshouse.", question="What do you grow?")


def test_one_unit_vector_for_each_excerpt_in_order(embedder: MiniLM) -> None:
    batch = [(source, excerpts_of(source)) for source in (ASKED, OTHER)]
    together = embed_excerpts(batch, embedder)
    assert together.shape == (3, 384) and together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    apart = np.vstack([embed_excerpts([one], embedder) for one in batch])
    assert together == pytest.approx(apart, abs=1e-6)


def test_a_short_answer_is_found_by_what_was_asked(embedder: MiniLM) -> None:
    [excerpt] = excerpts_of(ASKED)
    [mixed] = embed_excerpts([(ASKED, [excerpt])], embedder)
    question, alone = embedder.encode(["how slow is the approval of invoices?", excerpt.text])
    assert mixed @ question > alone @ question + 0.2


def test_part_of_a_sources_excerpts_get_the_vectors_they_had(embedder: MiniLM) -> None:
    first, last = excerpts_of(OTHER)
    assert embed_excerpts([(OTHER, [last])], embedder)[0] == pytest.approx(
        embed_excerpts([(OTHER, [first, last])], embedder)[1], abs=1e-6
    )


@pytest.mark.parametrize("batch", [[(ASKED, [])], [(ASKED, []), (OTHER, [])]], ids=["one source", "two"])
def test_sources_without_excerpts_give_no_rows(embedder: MiniLM, batch: list[tuple[object, list[object]]]) -> None:
    assert len(embed_excerpts(batch, embedder)) == 0  # type: ignore[arg-type]


def test_a_source_without_excerpts_does_not_shift_the_others(embedder: MiniLM) -> None:
    excerpts = excerpts_of(OTHER)
    shifted = embed_excerpts([(ASKED, []), (OTHER, excerpts)], embedder)
    assert shifted == pytest.approx(embed_excerpts([(OTHER, excerpts)], embedder), abs=1e-6)


def test_no_excerpt_needs_no_talk() -> None:
    empty = np.empty((0, 3), dtype=np.float32)
    assert in_context([], empty, [], empty).shape == (0, 3)


def test_unit_scales_rows_and_leaves_zeros_alone() -> None:
    scaled = unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    assert scaled == pytest.approx(np.array([[0.6, 0.8], [0.0, 0.0]]))


@pytest.mark.parametrize(
    ("said", "embedded"),
    [
        ("Uh, we {vocalsound} wait, um, a day.", "we wait, a day."),
        ("{disfmarker}", "{disfmarker}"),
        ("Um.", "Um."),
        ("P01: so\nDana: {gap} why", "P01: so\nDana: why"),
    ],
    ids=["fillers and remarks go", "nothing else was said", "only a filler", "lines stay"],
)
def test_noise_is_left_out(said: str, embedded: str) -> None:
    assert without_noise(said) == embedded
