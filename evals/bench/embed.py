"""Bench `embed`: texts a second, memory, load time and faithfulness, beside Chroma's default and sentence-transformers.

All read the same texts of the sample studies with the same weights, in one run, each in a process of its own.
Chroma's embedding function is Chroma's code, unchanged; only its model file is written here instead of being
downloaded (`minilm_onnx`). The original is what sentence-transformers answers in 32-bit floats.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.bench.machine import cores, version
from evals.bench.section import Section, met, table
from evals.bench.texts import SEED, excerpts, sample_sources, sentences
from retrieval.embedder import Vectors
from retrieval.embeddings import MiniLM

TITLE = "Embedding"
TEXTS = 600
ROUNDS = 2
THREADS = 2
NEEDS = {
    "dramatis": ("ctranslate2",), "chroma": ("chromadb", "onnxruntime", "onnx"),
    "sentence-transformers": ("sentence-transformers", "torch"),
}  # fmt: skip
TITLES = {
    "dramatis": "Dramatis (CTranslate2)",
    "chroma": "Chroma's default function (onnxruntime)",
    "sentence-transformers": "sentence-transformers (torch)",
}  # fmt: skip


@dataclass(frozen=True)
class Result:
    """`rate` in texts a second, `load` in seconds, `memory` in MB; the best of all rounds."""

    rate: float
    load: float
    memory: float
    vectors: Vectors


def run(texts: int = TEXTS, rounds: int = ROUNDS, threads: int = THREADS) -> Section:
    section = Section(TITLE, "python -m evals.bench.embed")
    chosen = draw(texts)
    with tempfile.TemporaryDirectory() as folder:
        names = [name for name in NEEDS if _is_here(name, section)]
        first_build = prepare(Path(folder), names)
        results = compete(names, Path(folder), chosen, rounds, threads)
        again = _from_cache(Path(folder), chosen, threads)
    words = sum(len(text.split()) for text in chosen) / len(chosen)
    section.say(
        f"{len(chosen)} texts (sentences and excerpts of the sample studies, {words:.0f} words on average), {threads} "
        f"threads of {cores()} cores, best of {rounds} rounds."
    )
    section.say(_table(results), _notes(first_build, again), _goals(results))
    return section


def draw(most: int) -> list[str]:
    """Sentences and excerpts of both sample studies, mixed."""
    sources = sample_sources()
    pool = list(dict.fromkeys([*sentences(sources), *excerpts(sources)]))
    return random.Random(SEED).sample(pool, min(most, len(pool)))  # noqa: S311


def _is_here(name: str, section: Section) -> bool:
    missing = [package for package in NEEDS[name] if version(package) is None]
    if missing:
        section.skipped.append(f"{TITLES[name]}: {', '.join(missing)} not installed (the extra `bench` brings them).")
    return not missing


def prepare(folder: Path, names: list[str]) -> float:
    """Make each contender's model; the seconds that building our own took."""
    start = time.perf_counter()
    MiniLM(folder / "models", 1).encode(["ready"])
    seconds = time.perf_counter() - start
    if "chroma" in names:
        from evals.bench.minilm_onnx import write_model

        write_model(folder / "chroma")
    return seconds


def compete(names: list[str], folder: Path, texts: list[str], rounds: int, threads: int) -> dict[str, Result]:
    """Round after round, each contender once: what disturbs the machine disturbs all."""
    figures: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            figures[name].append(_measure(name, folder, texts, threads))
    return {
        name: Result(
            rate=len(texts) / min(one["seconds"] for one in measured),
            load=min(one["load"] for one in measured),
            memory=min(one["memory"] for one in measured),
            vectors=np.load(folder / f"{name}.npy"),
        )
        for name, measured in figures.items()
    }


def _measure(name: str, folder: Path, texts: list[str], threads: int) -> dict[str, float]:
    command = [sys.executable, "-m", "evals.bench.embed_contender", name, str(folder), str(threads)]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)  # noqa: S603
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _from_cache(folder: Path, texts: list[str], threads: int) -> float:
    """Texts a second of a new process that finds them all in the vector cache."""
    MiniLM(folder / "models", threads, folder / "vectors.sqlite").encode(texts)
    start = time.perf_counter()
    MiniLM(folder / "models", threads, folder / "vectors.sqlite").encode(texts)
    return len(texts) / (time.perf_counter() - start)


def original(results: dict[str, Result]) -> Vectors | None:
    """The vectors of the original weights in 32-bit floats, by whoever is here to make them."""
    for name in ("sentence-transformers", "chroma"):
        if name in results:
            return results[name].vectors
    return None


def least_cosine(vectors: Vectors, truth: Vectors) -> float:
    """The cosine of the text that fares worst."""
    return float((vectors * truth).sum(axis=1).min())


def _table(results: dict[str, Result]) -> str:
    truth = original(results)
    ours = results["dramatis"].rate
    heads = ["", "texts a second", "we are times as fast", "load, s", "peak memory, MB", "least cosine to the original"]
    rows = [
        [
            TITLES[name], one.rate, ours / one.rate, one.load, one.memory,
            None if truth is None else f"{least_cosine(one.vectors, truth):.4f}",
        ]
        for name, one in results.items()
    ]  # fmt: skip
    return table(heads, rows)


def _notes(first_build: float, again: float) -> str:
    return (
        f"Building our model from the weights, once per machine, took {first_build:.1f} s. Texts embedded before come "
        f"from the vector cache on disk: {again:,.0f} a second in a new process."
    )


def _goals(results: dict[str, Result]) -> str:
    ours, truth = results["dramatis"], original(results)
    goals: list[str] = []
    for name, times in (("chroma", 12.0), ("sentence-transformers", 2.5)):
        if name in results:
            ratio = ours.rate / results[name].rate
            goals.append(met(f"{times:g} times as fast as {TITLES[name]}", ratio, ratio >= times))
    if truth is not None:
        least = least_cosine(ours.vectors, truth)
        goals.append(met("cosine to the original at least 0.98 on every text", least, least >= 0.98))
    goals.append(met("loaded in half a second after the first build", ours.load, ours.load <= 0.5))
    goals.append(met("peak memory at most 400 MB", ours.memory, ours.memory <= 400))
    return "\n".join(goals)


if __name__ == "__main__":
    print(run().markdown())
