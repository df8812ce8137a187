"""An adversary: honest answers of a model with a share of their citations made bad, one kind of bad at a time."""
