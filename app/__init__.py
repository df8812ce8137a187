"""Dramatis: interviews in, grounded personas out."""

from pathlib import Path

__version__ = "0.1.0"

# The folder of the repository that holds codebook, fields, samples and trained heads.
DATA = Path(__file__).resolve().parents[1] / "data"
