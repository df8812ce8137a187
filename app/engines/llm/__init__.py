"""The engine that reads and writes with a language model; the local engine's rules hold here as well."""
