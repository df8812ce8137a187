"""The weights of all-MiniLM-L6-v2 as an ONNX graph, laid out where Chroma's default embedding function looks.

Chroma downloads its model from its own server. Here the same network is written down from the same weights
the project uses (BERT: Devlin et al. 2019), so that both read the same numbers, without a network and without
torch. Needs the package `onnx`.
"""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file

from retrieval.weights import EPSILON, HEADS, LAYERS, Tensors, check, source_folder

OPSET = 20
WIDTH = 384
# What Chroma looks for before it downloads; it reads the model and the tokenizer alone.
EXPECTED_FILES = (
    "config.json", "model.onnx", "special_tokens_map.json", "tokenizer_config.json", "tokenizer.json", "vocab.txt",
)  # fmt: skip


def write_model(folder: Path) -> Path:
    """Fill `folder`/onnx with all Chroma expects; returns `folder`. Raises WeightsMissing where there are none."""
    import onnx

    source = source_folder()
    check(source)
    target = folder / "onnx"
    target.mkdir(parents=True, exist_ok=True)
    for name in EXPECTED_FILES:
        if (source / name).is_file():
            shutil.copyfile(source / name, target / name)
    onnx.save(Graph(load_file(source / "model.safetensors")).model(), target / "model.onnx")
    return folder


class Graph:
    """A graph that grows a node at a time; every method answers the name of what it puts out."""

    def __init__(self, tensors: Tensors):
        self.tensors = tensors
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def model(self) -> Any:
        """From token ids to the last layer's states: shapes (texts, tokens) to (texts, tokens, 384)."""
        from onnx import TensorProto, helper

        states = self.embeddings()
        mask = self.mask()
        for number in range(LAYERS):
            states = self.layer(states, mask, f"encoder.layer.{number}")
        self.add("Identity", [states], output="last_hidden_state")
        shape = ["texts", "tokens"]
        names = ("input_ids", "attention_mask", "token_type_ids")
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in names]
        outputs = [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*shape, WIDTH])]
        graph = helper.make_graph(self.nodes, "minilm", inputs, outputs, list(self.constants.values()))
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)

    def embeddings(self) -> str:
        """Word, kind and place of each token, summed and normalised."""
        tokens = self.add("Shape", ["input_ids"], start=1, end=2)
        zero, one = self.integers("zero", [0]), self.integers("one", [1])
        places = self.add("Slice", [self.weight("embeddings.position_embeddings.weight"), zero, tokens, zero, one])
        words = self.add("Gather", [self.weight("embeddings.word_embeddings.weight"), "input_ids"])
        kinds = self.add("Gather", [self.weight("embeddings.token_type_embeddings.weight"), "token_type_ids"])
        return self.norm(self.add("Add", [self.add("Add", [words, kinds]), places]), "embeddings.LayerNorm")

    def mask(self) -> str:
        """0 for a token and a very low number for padding, to be added to attention: (texts, 1, 1, tokens)."""
        present = self.add("Cast", ["attention_mask"], to=1)
        missing = self.add("Sub", [present, self.number("present", 1.0)])
        low = self.add("Mul", [missing, self.number("very_high", 3.0e38)])
        return self.add("Unsqueeze", [low, self.integers("heads_and_queries", [1, 2])])

    def layer(self, states: str, mask: str, name: str) -> str:
        mixed = self.dense(self.attention(states, mask, f"{name}.attention.self"), f"{name}.attention.output.dense")
        states = self.norm(self.add("Add", [mixed, states]), f"{name}.attention.output.LayerNorm")
        inner = self.add("Gelu", [self.dense(states, f"{name}.intermediate.dense")])
        return self.norm(
            self.add("Add", [self.dense(inner, f"{name}.output.dense"), states]), f"{name}.output.LayerNorm"
        )

    def attention(self, states: str, mask: str, name: str) -> str:
        query = self.heads(self.dense(states, f"{name}.query"), [0, 2, 1, 3])
        key = self.heads(self.dense(states, f"{name}.key"), [0, 2, 3, 1])
        value = self.heads(self.dense(states, f"{name}.value"), [0, 2, 1, 3])
        scores = self.add("Mul", [self.add("MatMul", [query, key]), self.number("scale", (WIDTH / HEADS) ** -0.5)])
        weights = self.add("Softmax", [self.add("Add", [scores, mask])], axis=-1)
        mixed = self.add("Transpose", [self.add("MatMul", [weights, value])], perm=[0, 2, 1, 3])
        return self.add("Reshape", [mixed, self.integers("joined", [0, 0, WIDTH])])

    def heads(self, states: str, order: list[int]) -> str:
        split = self.add("Reshape", [states, self.integers("split", [0, 0, HEADS, WIDTH // HEADS])])
        return self.add("Transpose", [split], perm=order)

    def dense(self, states: str, name: str) -> str:
        matrix = self.constant(f"{name}.turned", np.ascontiguousarray(self.tensors[f"{name}.weight"].T))
        return self.add("Add", [self.add("MatMul", [states, matrix]), self.weight(f"{name}.bias")])

    def norm(self, states: str, name: str) -> str:
        scale, shift = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", [states, scale, shift], axis=-1, epsilon=EPSILON)

    def weight(self, name: str) -> str:
        return self.constant(name, self.tensors[name])

    def number(self, name: str, value: float) -> str:
        return self.constant(name, np.array(value, dtype=np.float32))

    def integers(self, name: str, values: list[int]) -> str:
        return self.constant(name, np.array(values, dtype=np.int64))

    def constant(self, name: str, values: Any) -> str:
        from onnx import numpy_helper

        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(values, name)
        return name

    def add(self, kind: str, inputs: list[str], output: str | None = None, **attributes: Any) -> str:
        from onnx import helper

        output = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output
