"""Measuring: datasets in, scores out. Deterministic scorers first, and an explicit *not evaluable* state."""
