"""One contender of bench `embed`, in a process of its own so that its memory and start can be told apart.

    python -m evals.bench.embed_contender NAME FOLDER THREADS < texts.json

Prints JSON: seconds to load, seconds to embed, peak memory in MB; writes the vectors to FOLDER/NAME.npy.
FOLDER holds what was prepared: `models` (built by this project) and `chroma` (see `minilm_onnx`).
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench.machine import peak_memory
from retrieval.weights import source_folder

Encode = Callable[[list[str]], Any]


def dramatis(folder: Path, threads: int) -> Encode:
    from retrieval.embeddings import MiniLM

    return MiniLM(folder / "models", threads).encode


def chroma(folder: Path, threads: int) -> Encode:
    """Chroma's own class as it is; it takes every core it may use."""
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

    class Offline(ONNXMiniLM_L6_V2):
        DOWNLOAD_PATH = folder / "chroma"

    return Offline()


def sentence_transformers(folder: Path, threads: int) -> Encode:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    model = SentenceTransformer(str(source_folder()), device="cpu")
    return lambda texts: model.encode(texts, normalize_embeddings=True, show_progress_bar=False)


CONTENDERS = {
    "dramatis": dramatis,
    "chroma": chroma,
    "sentence-transformers": sentence_transformers,
}


def measure(name: str, folder: Path, threads: int, texts: list[str]) -> dict[str, float]:
    """Load, embed one word to be warm, embed the texts."""
    _import(name)
    start = time.perf_counter()
    encode = CONTENDERS[name](folder, threads)
    encode(["ready"])
    loaded = time.perf_counter()
    vectors = np.asarray(encode(texts), dtype=np.float32)
    done = time.perf_counter()
    np.save(folder / f"{name}.npy", vectors)
    return {"load": loaded - start, "seconds": done - loaded, "memory": peak_memory()}


def _import(name: str) -> None:
    """Libraries are not part of the model's load: a program imports them once, whatever it embeds."""
    if name.startswith("dramatis"):
        # The product installs without these; the libraries below take them in wherever they find them.
        sys.modules.update({"torch": None, "transformers": None})  # type: ignore[dict-item]
        import ctranslate2
        import tokenizers

        import retrieval.embeddings  # noqa: F401

        del ctranslate2, tokenizers
    elif name == "chroma":
        import chromadb
        import onnxruntime

        del chromadb, onnxruntime
    else:
        import sentence_transformers

        del sentence_transformers


if __name__ == "__main__":
    os.environ["TOKENIZERS_PARALLELISM"] = "true"
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), json.load(sys.stdin))))
