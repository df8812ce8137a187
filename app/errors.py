"""Everything that can go wrong above the evidence room, and the one table of exit codes and HTTP statuses.

DramatisError
 ├── NotFound              a study, persona or participant that does not exist            exit 3
 ├── InsufficientEvidence  too little was said; carries what was found and what to ask     exit 4
 ├── ModelError            a model cannot be reached or answers nonsense                   exit 5
 │    ├── TruncatedAnswer  it stopped before its answer was whole
 │    ├── RefusedAnswer    it declined to answer
 │    └── BudgetSpent      the budget would not hold another call
 ├── BadInput              a file or argument that cannot be used                          exit 6
 │    ├── TooLarge         more bytes than a door takes
 │    └── Conflict         it does not fit how things stand: taken already, under way, at an end
 │         └── Changed     somebody else changed it since it was read
 └── Forbidden             the user may not do this                                        exit 7
      └── TooManyTries     they tried too often to log in, and wait

The evidence room has its own family (`retrieval.errors`); the table below covers both, so that every
door answers the same error in the same way.
"""

from retrieval.errors import EmbeddingFailed, EvidenceError, IndexUnavailable, UnreadableSource, WeightsMissing


class DramatisError(Exception):
    """Root of the family; `str(error)` is one sentence that is safe to show."""


class NotFound(DramatisError):
    """`what` (a study, a persona …) called `name` does not exist."""

    def __init__(self, what: str, name: str, remedy: str):
        self.what, self.name = what, name
        super().__init__(f"There is no {what} called “{name}”. {remedy}.")


class InsufficientEvidence(DramatisError):
    """Too little was said to draft from."""

    def __init__(self, about: str, found: int, needed: int, ask_next: str):
        self.about, self.found, self.needed, self.ask_next = about, found, needed, ask_next
        super().__init__(f"Not enough evidence for {about}: have {found}, need {needed}. {ask_next}")


class ModelError(DramatisError):
    """A model cannot be reached, or its answer cannot be used.

    `raw` is what it answered, for whoever looks into it; it may repeat what people said, so it is in no message.
    """

    def __init__(self, message: str, raw: str = ""):
        self.raw = raw
        super().__init__(message)


class TruncatedAnswer(ModelError):
    """The model stopped before its answer was whole; a smaller question may help."""


class RefusedAnswer(ModelError):
    """The model, or a filter before it, declined to answer."""


class BudgetSpent(ModelError):
    """Another call would go over the budget. What was answered is kept."""


class BadInput(DramatisError):
    """A file or argument that cannot be used; the message says where and what to do."""


class TooLarge(BadInput):
    """More bytes than a door takes at once."""

    def __init__(self, limit: int):
        self.limit = limit
        super().__init__(f"That is more than {limit // 1_000_000} MB. Send it in parts, or set DRAMATIS_UPLOAD_MB.")


class Conflict(BadInput):
    """What was asked for does not fit how things stand; look again."""


class Changed(Conflict):
    """Somebody else changed it since it was read."""


class Forbidden(DramatisError):
    """The user may not do this."""


class TooManyTries(Forbidden):
    """Nothing was checked; after `wait` seconds another try will be."""

    def __init__(self, wait: float):
        self.wait = max(int(wait + 0.999), 1)
        super().__init__(f"Too many tries. Wait {self.wait} seconds, then try again.")


# Error → the command line's exit code and the status over HTTP; the first that fits, so special cases stand first.
ANSWERS: tuple[tuple[type[Exception], int, int], ...] = (
    (NotFound, 3, 404),
    (InsufficientEvidence, 4, 409),
    (ModelError, 5, 502),
    (WeightsMissing, 5, 503),
    (EmbeddingFailed, 5, 502),
    (TooLarge, 6, 413),
    (Changed, 6, 412),
    (Conflict, 6, 409),
    (BadInput, 6, 400),
    (UnreadableSource, 6, 422),
    (TooManyTries, 7, 429),
    (Forbidden, 7, 403),
    (IndexUnavailable, 1, 503),
)

EXPECTED = (DramatisError, EvidenceError)


def exit_code(error: Exception) -> int:
    """The process exit code for an expected error; 1 where the table is silent."""
    return next((code for kind, code, _ in ANSWERS if isinstance(error, kind)), 1)


def http_status(error: Exception) -> int:
    """The HTTP status for an expected error; 500 where the table is silent."""
    return next((status for kind, _, status in ANSWERS if isinstance(error, kind)), 500)
