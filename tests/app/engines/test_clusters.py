"""How many groups there are."""

import numpy as np
import pytest

from app.engines.clusters import best_clusters, stability


def blobs(*sizes: int, spread: float = 0.05) -> np.ndarray:
    chance = np.random.default_rng(3)
    centres = np.eye(len(sizes) + 1)
    return np.vstack([centres[i] + spread * chance.normal(size=(n, len(sizes) + 1)) for i, n in enumerate(sizes)])


@pytest.mark.parametrize("sizes", [(6, 5), (6, 5, 4), (5, 5, 5, 5)], ids=["two", "three", "four"])
def test_finds_the_groups_that_are_there(sizes: tuple[int, ...]) -> None:
    labels = best_clusters(blobs(*sizes), smallest=2, most=6, seed=7)
    assert sorted(np.bincount(labels), reverse=True) == sorted(sizes, reverse=True)


def test_people_who_are_all_alike_are_one_group() -> None:
    assert set(best_clusters(np.ones((8, 3)), smallest=2, most=4, seed=7)) == {0}


def test_too_few_rows_are_one_group() -> None:
    assert set(best_clusters(blobs(2, 1), smallest=2, most=6, seed=7)) == {0}


def test_real_groups_are_stabler_than_noise() -> None:
    real = blobs(6, 6)
    noise = np.random.default_rng(5).normal(size=(12, 3))
    halves = np.repeat([0, 1], 6)
    assert stability(real, halves, seed=7) == 1.0
    assert stability(noise, halves, seed=7) < 0.7
