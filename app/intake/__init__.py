"""Intake: files in. `batch` what the user means, `roster` who takes part, `ingest` the story, and what is kept."""
