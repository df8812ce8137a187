"""Briefs: from personas to work that ships. `writing` is the verb; what it may say, `gate` decides.

`rules` what depends on stage, intent and format (`data/briefs.yaml`) · `ground` a study as briefs see it, loaded once ·
`choosing` which claims prove a point here · `words` what may be quoted, and what people search for · `assembling` the
brief out of both · `keeping` briefs that were written, and which are stale · `document` with `markdown`, `page` and
`office` for reading elsewhere.
"""
