"""Benches: how good and how fast the evidence room is, beside what else one could use.

    make bench                     all of them, written to RESULTS.md
    python -m evals.bench.NAME     one of them, printed: quotes, embed, scale, llm, fuzz_readers, rows

A bench is a module with a TITLE and `run() -> Section`. Rivals (langextract, sentence-transformers, Chroma's own
embedding function) come with the extra `bench`; where one is not installed its rows are left out, and the
results say so.
"""
