"""Engines: who does the reading. `base` is the port, `local` needs no network, `llm` a language model."""
