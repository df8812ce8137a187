"""What can go wrong with a prompt file; a fault of the house, met by whoever writes prompts."""


class PromptError(Exception):
    """A prompt file that cannot be used, or was asked for with the wrong inputs; says which, what and what to do."""
