"""Ask: one question to a model, and whether what came back answers it."""

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

A = TypeVar("A", bound=BaseModel)

# So many faults are named at once, and so much of an answer is shown to its writer again.
MOST_FAULTS, MOST_SHOWN = 8, 8000
REPAIR = """{user}

# Your answer before
<answer>
{answer}
</answer>
It cannot be used: {fault}
Answer the whole question again, in the form asked for, without this fault."""


class Prompt(Protocol):
    """A rendered prompt (`prompts.library.Rendered`); `id` names it with its version."""

    @property
    def id(self) -> str: ...

    @property
    def system(self) -> str: ...

    @property
    def user(self) -> str: ...


def no_fault(answer: Any) -> str:
    return ""


class Ask(NamedTuple, Generic[A]):
    """A prompt, and the form of its answer.

    `check` says in words what is wrong with an answer of the right form, "" for nothing; a fault of either kind is
    told to the model once. `sources` are the ids of the sources in the prompt: the kept answer goes where one of them
    goes, and an answer without any is kept until the next withdrawal.
    """

    step: str
    prompt: Prompt
    answer: type[A]
    check: Callable[[A], str] = no_fault
    sources: tuple[str, ...] = ()

    def read(self, text: str) -> tuple[A | None, str]:
        """The answer, or None and what is wrong with it."""
        try:
            answer = self.answer.model_validate_json(_unfenced(text))
        except ValidationError as error:
            return None, _in_words(error)
        fault = self.check(answer)
        return (None, fault) if fault else (answer, "")


def repair(user: str, answer: str, fault: str) -> str:
    """The question again, with the answer that cannot be used and why."""
    shown = answer[:MOST_SHOWN].replace("</answer>", "") or "(empty)"
    return REPAIR.format(user=user, answer=shown, fault=fault)


def _unfenced(text: str) -> str:
    """The JSON in a fence of Markdown, which models without strict schemas like to draw around it."""
    text = text.strip()
    if text.startswith("```") and text.endswith("```"):
        return text.strip("`").removeprefix("json").strip()
    return text


def _in_words(error: ValidationError) -> str:
    """What pydantic found, without what it found it in."""
    faults = error.errors(include_url=False, include_input=False, include_context=False)[:MOST_FAULTS]
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'the answer'}: {one['msg']}" for one in faults) + "."
