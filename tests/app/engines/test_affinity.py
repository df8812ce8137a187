"""Affinity: people who say alike things lie close together, however they word them."""

import numpy as np
from small_study import material_of

from app.engines.affinity import by_points, talk_rows, whole
from retrieval.embeddings import MiniLM

SAID = {
    "P1": [("The auditors will hold me responsible.", "stressor"), ("I only buy what others have tested.", "aptitude")],
    "P2": [("If the audit fails, it is my fault.", "stressor"), ("Let somebody else go first.", "aptitude")],
    "P3": [("We are growing and need to open new sites.", "motivation"), ("Give me the beta.", "aptitude")],
    "P4": [("Next year we expand to three more towns.", "motivation"), ("I love to try things early.", "aptitude")],
}


def people() -> list[list]:
    return [profile.evidence for profile in material_of(SAID).profiles()]


def test_rows_of_those_who_talk_alike_are_nearer(embedder: MiniLM) -> None:
    rows = talk_rows(people(), embedder)
    distance = np.linalg.norm(rows[:, None] - rows[None], axis=2)
    assert distance[0, 1] < min(distance[0, 2], distance[0, 3])
    assert distance[2, 3] < min(distance[2, 0], distance[2, 1])


def test_both_views_are_symmetric_and_scaled(embedder: MiniLM) -> None:
    for view in (whole, by_points):
        affinity = view(people(), embedder)
        others = ~np.eye(4, dtype=bool)
        assert np.allclose(affinity, affinity.T, atol=1e-5)
        assert np.isclose(affinity[others].mean(), 0.0, atol=1e-5)
        assert np.isclose(affinity[others].std(), 1.0, atol=1e-5)


def test_people_who_all_say_the_same_are_not_told_apart(embedder: MiniLM) -> None:
    same = [people()[0]] * 3
    assert np.allclose(np.ptp(whole(same, embedder), axis=0), 0.0, atol=1e-5)
