"""The texts benches read: the sample studies, and the interviews handed to the developers where they lie beside."""

import csv
import random
from pathlib import Path

from app import DATA
from evals.sample import read_interviews, relabel
from retrieval.evidence import Source
from retrieval.readers import read_bytes, read_source
from retrieval.splitting import make_excerpts, split_sentences

SAMPLE = DATA / "sample"
SHARED = DATA.parents[1] / "shared" / "data" / "interviews" / "ai_at_work" / "interviews.jsonl"
SEED = 7


def sample_sources() -> list[Source]:
    """The transcripts of both sample studies."""
    return [read_source(path) for path in sorted(SAMPLE.glob("*/transcripts/*"))]


def shared_sources(most: int, file: Path = SHARED) -> list[Source]:
    """Up to `most` published interviews that are not in the sample; none where the file is not there."""
    if not file.is_file():
        return []
    with (SAMPLE / "ai_at_work" / "participants.csv").open(encoding="utf-8", newline="") as rows:
        known = {row["original_id"] for row in csv.DictReader(rows)}
    texts = {name: relabel(text, "P01") for name, text in read_interviews(file).items() if name not in known}
    spoken = [(name, text) for name, text in texts.items() if text.count("\nP01:") > 1]
    return [read_bytes(text.encode(), f"{name}.txt") for name, text in spoken[:most]]


def sentences(sources: list[Source]) -> list[str]:
    """Every sentence of the sources once."""
    found = (one.of(source.text) for source in sources for one in split_sentences(source))
    return list(dict.fromkeys(found))


def excerpts(sources: list[Source]) -> list[str]:
    """Every excerpt of the sources once."""
    found = (one.text for source in sources for one in make_excerpts(source, split_sentences(source)))
    return list(dict.fromkeys(found))


def long_text(sources: list[Source], words: int) -> str:
    """A text of so many words, made of stretches of forty words drawn from the sources."""
    dice = random.Random(SEED)  # noqa: S311 (a reproducible draw, not a secret)
    said = " ".join(source.text for source in sources).split()
    stretches = [dice.randrange(len(said) - 40) for _ in range(-(-words // 40))]
    return " ".join([word for start in stretches for word in said[start : start + 40]][:words])
