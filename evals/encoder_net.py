"""The upper layers of MiniLM and the layer that answers, as torch computes them, for training.

The weights are a dict of tensors under the names they have in MiniLM's own file, with `answer.weight` and
`answer.bias` beside them. This module is imported only where torch is installed.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from retrieval.weights import EPSILON, HEADS, LAYERS

LOWER = 3  # layers that stay as they are
WIDE = 384
DROPOUT, ANSWER_DROPOUT = 0.1, 0.2
Weights = dict[str, torch.Tensor]


class Batch(NamedTuple):
    """Rows padded to one length: states (n, tokens, 384), `real` and `text` (n, tokens) with 1 for real
    tokens and for the text's tokens."""

    states: torch.Tensor
    real: torch.Tensor
    text: torch.Tensor


def batch(states: Sequence[NDArray[np.float16]], lengths: Sequence[int]) -> Batch:
    """`states` (tokens, 384) of each row; the `lengths` tokens after the first are the text's."""
    longest = max(len(row) for row in states)
    found = Batch(torch.zeros(len(states), longest, WIDE), *(torch.zeros(len(states), longest) for _ in range(2)))
    for number, (row, length) in enumerate(zip(states, lengths, strict=True)):
        found.states[number, : len(row)] = torch.from_numpy(row).float()
        found.real[number, : len(row)] = 1
        found.text[number, 1 : 1 + length] = 1
    return found


def trained(tensors: dict[str, NDArray[np.float32]], columns: int) -> Weights:
    """The tensors of the upper layers, ready to be trained, and an answering layer that begins near zero."""
    prefixes = tuple(f"encoder.layer.{number}." for number in range(LOWER, LAYERS))
    weights = {name: torch.tensor(table) for name, table in tensors.items() if name.startswith(prefixes)}
    weights["answer.weight"] = torch.randn(columns, 3 * WIDE) * 0.02
    weights["answer.bias"] = torch.zeros(columns)
    for weight in weights.values():
        weight.requires_grad_(True)
    return weights


def scores(weights: Weights, given: Batch) -> torch.Tensor:
    """(n, columns) scores of rows in training (with dropout), before softmax."""
    states, shown = given.states, given.real[:, None, None, :].bool()
    for number in range(LOWER, LAYERS):
        states = _layer(weights, f"encoder.layer.{number}", states, shown)
    states = states.float()
    rest = given.real - given.text
    means = [(states * part[..., None]).sum(1) / part.sum(1, keepdim=True) for part in (given.text, rest)]
    seen = functional.dropout(torch.cat([*means, states[:, 0]], dim=1), ANSWER_DROPOUT)
    return functional.linear(seen, weights["answer.weight"], weights["answer.bias"])


def _layer(weights: Weights, name: str, states: torch.Tensor, shown: torch.Tensor) -> torch.Tensor:
    rows, tokens, _ = states.shape

    def linear(part: str, of: torch.Tensor) -> torch.Tensor:
        return functional.linear(of, weights[f"{name}.{part}.weight"], weights[f"{name}.{part}.bias"])

    def added(part: str, change: torch.Tensor, to: torch.Tensor) -> torch.Tensor:
        norm = [weights[f"{name}.{part}.LayerNorm.{half}"] for half in ("weight", "bias")]
        return functional.layer_norm(to + functional.dropout(change, DROPOUT), (WIDE,), *norm, EPSILON)

    heads = [
        linear(f"attention.self.{part}", states).view(rows, tokens, HEADS, -1).transpose(1, 2)
        for part in ("query", "key", "value")
    ]
    heard = functional.scaled_dot_product_attention(*heads, attn_mask=shown).transpose(1, 2).reshape(rows, tokens, WIDE)
    states = added("attention.output", linear("attention.output.dense", heard), states)
    inner = functional.gelu(linear("intermediate.dense", states))
    return added("output", linear("output.dense", inner), states)
