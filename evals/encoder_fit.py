"""Fine-tuning the upper layers of MiniLM to tell codes apart. Needs torch, for training only.

What the lower layers make of a row is read once, by CTranslate2. The upper ones start from MiniLM and learn from
the extra rows first, then from the main ones, with dropout, warm-up and a rate that falls towards the lower
layers (Howard & Ruder 2018). Everything is seeded; on one thread the same rows give the same layers on one machine.
"""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file

from app.engines.coder import Matrix
from evals.encoder_net import Weights, batch, scores, trained
from retrieval.weights import LAYERS, SOURCE_FILES, source_folder

BATCH = 32
# Three passes over the main rows alone read the first fold no better than the head does.
EXTRA_EPOCHS, MAIN_EPOCHS = 2, 2
RATE, ANSWER_RATE, FALL, WARM_UP, DECAY, LONGEST_STEP = 1e-4, 1e-3, 0.85, 0.1, 0.01, 1.0

Rows = NDArray[np.intp]
Tensors = dict[str, NDArray[np.float32]]


class Lesson(NamedTuple):
    """Rows to learn from: token states (tokens, 384) below the trained layers, how many of the tokens are the
    text's, and what should be answered, in shares (n, columns)."""

    states: list[NDArray[np.float16]]
    lengths: list[int]
    wanted: Matrix


def beginning(lesson: Lesson, rows: Rows, seed: int) -> Tensors:
    """MiniLM's upper layers after learning from the extra `rows` alone."""
    torch.manual_seed(seed)
    weights = trained(load_file(source_folder() / SOURCE_FILES[0]), lesson.wanted.shape[1])
    return learn(weights, lesson, rows, EXTRA_EPOCHS, seed)


def finish(start: Tensors, lesson: Lesson, rows: Rows, seed: int) -> Tensors:
    """The layers `start` after learning from the main `rows`."""
    torch.manual_seed(seed)
    weights = {name: torch.tensor(table).requires_grad_(True) for name, table in start.items()}
    return learn(weights, lesson, rows, MAIN_EPOCHS, seed)


def learn(weights: Weights, lesson: Lesson, rows: Rows, epochs: int, seed: int) -> Tensors:
    """`weights` after `epochs` passes over `rows`; as they are where there are none."""
    torch.set_num_threads(1)
    random, optimiser = np.random.default_rng(seed), torch.optim.AdamW(_groups(weights), weight_decay=DECAY)
    steps = max(1, epochs * math.ceil(len(rows) / BATCH))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (WARM_UP * steps), 1.0) * (steps - step) / steps
    )
    for _ in range(epochs):
        for chosen in _batches(lesson, rows, random):
            optimiser.zero_grad()
            _loss(weights, lesson, chosen).backward()
            torch.nn.utils.clip_grad_norm_(list(weights.values()), LONGEST_STEP)
            optimiser.step()
            schedule.step()
    return {name: weight.detach().numpy() for name, weight in weights.items()}


def _loss(weights: Weights, lesson: Lesson, chosen: Rows) -> Any:
    """Cross-entropy of the wanted shares. Products of matrices in 16 bits: two thirds of the time."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = scores(weights, batch([lesson.states[i] for i in chosen], [lesson.lengths[i] for i in chosen]))
    return -(torch.from_numpy(lesson.wanted[chosen]) * torch.log_softmax(found.float(), dim=1)).sum(1).mean()


def _groups(weights: Weights) -> list[dict[str, Any]]:
    """One group of parameters a layer, each with its rate."""
    rates = {f"encoder.layer.{n}.": RATE * FALL ** (LAYERS - 1 - n) for n in range(LAYERS)} | {"answer.": ANSWER_RATE}
    return [
        {"params": found, "lr": rate}
        for prefix, rate in rates.items()
        if (found := [weight for name, weight in weights.items() if name.startswith(prefix)])
    ]


def _batches(lesson: Lesson, rows: Rows, random: np.random.Generator) -> Iterator[Rows]:
    """`rows` in random batches of similar length, so that little is computed for padding."""
    shuffled, pool = random.permutation(rows), 16 * BATCH
    found = []
    for start in range(0, len(rows), pool):
        near = sorted(shuffled[start : start + pool], key=lambda row: len(lesson.states[row]))
        found += [np.array(near[first : first + BATCH]) for first in range(0, len(near), BATCH)]
    yield from (found[number] for number in random.permutation(len(found)))
