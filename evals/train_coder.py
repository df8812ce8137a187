"""Train the local coder and write it to `data/models/coder`, with its model card.

    python -m evals.train_coder --data DIR [--out DIR]

DIR holds `train.jsonl` (interviews of the kind the coder is meant for), `founders.jsonl` and
`written.jsonl` (which teach the codes that are rare in interviews). The same files give the same coder
on the same machine. The scores on the card come from `evals.coder_validation.cross_validate`, nested, folds by source.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.engines.coder import FOLDER, Head, LocalCoder
from app.models.codebook import load_codebook
from app.settings import Settings
from evals import metrics
from evals.coder_validation import INNER_FOLDS, CodedRow, CrossValidation, cross_validate, material
from evals.dataset import read_coding
from retrieval.embedder import Embedder
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


def train(rows: Sequence[CodedRow], extra_rows: Sequence[CodedRow], embedder: Embedder, seed: int = 7) -> LocalCoder:
    """The coder fitted to all rows; its thresholds from rows left out in turn."""
    codes = load_codebook().ids
    ready = material(rows, extra_rows, codes, embedder)
    everything = np.arange(len(ready.labels))
    head = ready.fit(everything)
    thresholds = ready.thresholds(everything, max(INNER_FOLDS, FOLDS), seed)
    return LocalCoder(head, codes, thresholds, version_of(head), frozenset(ready.sources.tolist()))


def version_of(head: Head) -> str:
    """An id made from the head's numbers."""
    return stable_id("coder", *(table.tobytes().hex() for table in head.tensors.values()))


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
    parser.add_argument("--data", type=Path, required=True, help="folder of the coded rows")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder to write the coder to")
    chosen = parser.parse_args(arguments)
    settings = Settings()
    embedder = MiniLM(settings.models, settings.threads)
    rows, extra_rows = read(chosen.data, MAIN), read(chosen.data, EXTRA)
    coder = train(rows, extra_rows, embedder, settings.seed)
    coder.save(chosen.out)
    found = cross_validate(rows, extra_rows, FOLDS, embedder, settings.seed)
    (chosen.out / "README.md").write_text(card(coder, found, [row.source for row in rows]), encoding="utf-8")
    print(f"{coder.version}: micro F1 {metrics.micro_f1(found.actual, found.predicted):.3f}, written to {chosen.out}")


if __name__ == "__main__":
    main()
