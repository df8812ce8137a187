"""What goes wrong, as a page: the one table from errors to statuses, and titles people understand."""

from dataclasses import dataclass

from starlette.responses import HTMLResponse

from app.errors import BadInput, Conflict, Forbidden, InsufficientEvidence, ModelError, NotFound, TooLarge, TooManyTries
from app.web.templating import page
from retrieval.errors import EmbeddingFailed, IndexUnavailable, UnreadableSource, WeightsMissing

TITLES: tuple[tuple[type[Exception], int, str], ...] = (
    (NotFound, 404, "Not here"),
    (InsufficientEvidence, 409, "Not enough evidence yet"),
    (ModelError, 502, "The language model did not answer"),
    (WeightsMissing, 503, "The embedding model is not installed"),
    (EmbeddingFailed, 502, "The embedding service did not answer"),
    (IndexUnavailable, 503, "The index is not available"),
    (TooLarge, 413, "Too much at once"),
    (Conflict, 409, "This does not fit how things stand"),
    (BadInput, 422, "This cannot be used"),
    (UnreadableSource, 422, "This file cannot be read"),
    (TooManyTries, 429, "Too many tries"),
    (Forbidden, 403, "Not allowed"),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """`text` says what happened and what to do, in a sentence or two that are safe to show."""

    status: int
    title: str
    text: str


UNEXPECTED = Refusal(
    500,
    "Something broke",
    "The workbench met an error it does not know. Nothing was changed; see the terminal for more.",
)

NO_SUCH_PAGE = Refusal(404, "Not here", "There is no such page. It may have been of a study that was deleted since.")

UNREADABLE = Refusal(
    422, "This cannot be used", "Something in the form or the address is missing or misspelt. Go back."
)


def refusal_of(error: Exception) -> Refusal:
    """The refusal for an expected error; UNEXPECTED where the table is silent."""
    for kind, status, title in TITLES:
        if isinstance(error, kind):
            return Refusal(status, title, str(error))
    return UNEXPECTED


def refused(refusal: Refusal) -> HTMLResponse:
    """The refusal as a page."""
    return HTMLResponse(page("refused.html.j2", refusal=refusal), status_code=refusal.status)
