"""The evidence room: words in, excerpts out. It knows nobody above it.

`evidence` holds the nouns, `readers` turns files into them, `splitting` cuts them, `quotes` finds
words in them, `embeddings` and `index` make them searchable, `chain` searches.
"""
