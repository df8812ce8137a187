"""Support: does the evidence carry the claim? Deterministic checks that need no language model.

`SupportChecker(embedder).check(claim, evidence)` answers with a `Verdict`: a score from 0 to 1 and the faults found.
"""
