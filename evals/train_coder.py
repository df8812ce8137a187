"""Train the local coder and write it to `data/models/coder`, with its model card.

    python -m evals.train_coder [--data DIR] [--out DIR] [--head-only]

DIR holds `train.jsonl` (interviews of the kind the coder is meant for), `founders.jsonl` and
`written.jsonl` (which teach the codes that are rare in interviews). The same files give the same coder
on the same machine. The scores on the card come from `evals.coder_validation.cross_validate`, nested, folds by source.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from numpy.typing import NDArray

from app.engines.coder import FOLDER, TUNED, Head, LocalCoder, Matrix
from app.engines.coder_tuned import TunedReader
from app.models.codebook import load_codebook
from app.settings import Settings
from evals import metrics
from evals.coder_validation import (
    CodedRow,
    CrossValidation,
    Material,
    cross_validate,
    folds_by_source,
    lines,
    material,
)
from evals.dataset import read_coding
from evals.encoder_material import INSTALL, installed, written
from retrieval.embeddings import MiniLM
from retrieval.evidence import stable_id

MAIN, EXTRA = ("train.jsonl",), ("founders.jsonl", "written.jsonl")
FOLDS = 5
FREQUENT = 14
RANGES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.01)
TEMPLATES = Path(__file__).parent / "templates"


def read(data: Path, names: Sequence[str]) -> list[CodedRow]:
    """The coded rows of the files `names` in `data`, in order."""
    codes = load_codebook().ids
    return [
        CodedRow(id=r.id, source=r.group, text=r.text, codes=r.codes, previous=r.before, question=r.question)
        for name in names
        for r in read_coding(data / name, codes)
    ]


def train(ready: Material, found: CrossValidation, folder: Path, seed: int = 7) -> LocalCoder:
    """The coder fitted to all rows, its encoder's file in `folder`; thresholds from rows it had not learnt from:
    main rows as cross-validation `found` them, the others by heads that left them out."""
    everything = np.arange(len(ready.labels))
    head, extra = ready.fit(everything), np.flatnonzero(~ready.main)
    probabilities = np.vstack([found.probabilities, left_out(ready, extra, seed)])
    tuning, main = ready.tuning, np.flatnonzero(ready.main)
    tuned = written(tuning.fit(main), folder / TUNED) if tuning else None
    return LocalCoder(
        head, found.codes, lines(probabilities, ready.labels, ready.main), version_of(head, tuned),
        frozenset(ready.sources.tolist()), tuned,
    )  # fmt: skip


def left_out(ready: Material, rows: NDArray[np.intp], seed: int) -> Matrix:
    """Probabilities of the extra `rows`, each by a head that did not see its source."""
    found = np.zeros((len(rows), ready.labels.shape[1]), dtype=np.float32)
    for test in folds_by_source(ready.sources[rows], FOLDS, seed) if len(rows) else []:
        found[test] = ready.read(np.delete(np.arange(len(ready.labels)), rows[test]), rows[test])
    return found


def version_of(head: Head, tuned: TunedReader | None) -> str:
    """An id made from the numbers of both readers."""
    numbers = [table.tobytes().hex() for table in head.tensors.values()]
    return stable_id("coder", *numbers, *([tuned.digest] if tuned else []))


def card(coder: LocalCoder, found: CrossValidation, sources: Sequence[str]) -> str:
    """The model card in Markdown. `sources` names the interview of each validated row."""
    # Markdown, and no text of anybody's in it: nothing to escape.
    environment = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=False)  # noqa: S701
    environment.trim_blocks = True
    interval = metrics.bootstrap_interval(
        sources, lambda rows: metrics.micro_f1(found.actual[rows], found.predicted[rows])
    )
    return environment.get_template("coder_card.md.j2").render(
        coder=coder,
        folds=len(found.folds),
        rows=len(found.actual),
        interviews=len(set(sources)),
        micro_f1=metrics.micro_f1(found.actual, found.predicted),
        interval=interval,
        macro_f1=metrics.macro_f1(found.actual, found.predicted, FREQUENT),
        frequent=FREQUENT,
        alpha=metrics.pooled_alpha(found.actual, found.predicted),
        precision=metrics.micro_precision(found.actual, found.high_precision),
        recall=metrics.micro_recall(found.actual, found.high_precision),
        reached=found.high_precision.any(axis=1).mean(),
        balanced=metrics.code_scores(found.actual, found.predicted, found.codes),
        high=metrics.code_scores(found.actual, found.high_precision, found.codes),
        reliability=metrics.reliability(found.actual, found.probabilities, RANGES),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Train the local coder.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/coding"), help="folder of the coded rows")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder to write the coder to")
    parser.add_argument("--head-only", action="store_true", help="train no encoder: needs no torch, reads less well")
    chosen = parser.parse_args(arguments)
    if not (chosen.head_only or installed()):
        parser.error(f"training the encoder needs torch: {INSTALL}; or train with --head-only")
    settings = Settings()
    embedder = MiniLM(settings.models, settings.threads)
    rows, extra_rows = read(chosen.data, MAIN), read(chosen.data, EXTRA)
    codes = load_codebook().ids
    ready = material(rows, extra_rows, codes, embedder, None if chosen.head_only else settings.models, settings.seed)
    found = cross_validate(ready, codes, FOLDS, settings.seed, settings.threads)
    chosen.out.mkdir(parents=True, exist_ok=True)
    coder = train(ready, found, chosen.out, settings.seed)
    coder.save(chosen.out)
    (chosen.out / "README.md").write_text(card(coder, found, [row.source for row in rows]), encoding="utf-8")
    print(f"{coder.version}: micro F1 {metrics.micro_f1(found.actual, found.predicted):.3f}, written to {chosen.out}")


if __name__ == "__main__":
    main()
