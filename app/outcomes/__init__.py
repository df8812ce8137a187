"""Outcomes: what became of what was written. A table in, per persona and stage a rate with its interval, and the order
in which briefs are worth writing; `reading` reads tables, `keeping` keeps them, `ranking` puts briefs in order."""
