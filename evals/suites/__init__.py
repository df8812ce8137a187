"""One suite a file: `run(...)` returns an `evals.report.EvalReport`."""
