"""What all models share: immutable, and strict about unknown fields."""

from retrieval.evidence import Noun as Model

__all__ = ["Model"]
