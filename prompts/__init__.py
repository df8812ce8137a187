"""The prompts of the house: versioned files, and the library that renders them."""

from prompts.errors import PromptError
from prompts.library import PromptLibrary, Rendered

__all__ = ["PromptError", "PromptLibrary", "Rendered"]
