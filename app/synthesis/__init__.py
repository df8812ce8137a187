"""Synthesis: from words to personas, one verb a file.

    coding → themes → segments → personas (hearing → grounding → differences) → casting

`material` is what all of them read; `casting` runs them in a row.
"""
