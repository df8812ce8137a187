"""Paging: long lists a piece at a time. A cursor holds the id of the last item shown, so that what is added or removed
before it shifts nothing."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import Field

from app.errors import BadInput, Conflict
from app.models.base import Model

T = TypeVar("T")
U = TypeVar("U")


class Page(Model, Generic[T]):
    """A piece of a list. `next` is the cursor of the piece after it; null at the end."""

    items: list[T]
    total: int = Field(description="How many there are in all pieces together.")
    next: str | None = Field(None, description="Give it as `cursor` for what follows; null at the end.")


class Piece(Model):
    """Which piece is wanted."""

    cursor: str | None = None
    limit: int = 50

    def of(self, items: Sequence[T], id_of: Callable[[T], str], shown: Callable[[T], U]) -> Page[U]:
        """The piece of `items`, each as it is shown. BadInput for a cursor of ours that is none, Conflict for one whose
        item has gone."""
        first = self._first([id_of(one) for one in items])
        piece = items[first : first + self.limit]
        more = first + self.limit < len(items)
        following = urlsafe_b64encode(id_of(piece[-1]).encode()).decode().rstrip("=") if more and piece else None
        return Page(items=[shown(one) for one in piece], total=len(items), next=following)

    def _first(self, ids: Sequence[str]) -> int:
        if self.cursor is None:
            return 0
        last = _read(self.cursor)
        if last not in ids:
            raise Conflict("What the cursor pointed at has gone. Begin again without one.")
        return ids.index(last) + 1


def _read(cursor: str) -> str:
    try:
        return urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (Error, ValueError):
        raise BadInput("The cursor is none of ours. Use `next` of the piece before, as it is.") from None


def _piece(
    cursor: Annotated[str | None, Query(description="`next` of the piece before.", max_length=400)] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="How many at most.")] = 50,
) -> Piece:
    return Piece(cursor=cursor, limit=limit)


Wanted = Annotated[Piece, Depends(_piece)]
