"""The engine of language models: prompts out, pointers in. Importing it loads no adapter."""
