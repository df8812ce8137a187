"""User: somebody who may log in, and what they are here for."""

from enum import StrEnum

from app.models.base import Model


class Role(StrEnum):
    """What somebody does here; `app.access.action` says what each may do.

    An admin keeps the house and may do everything; a researcher everything in the studies they belong to; a marketer
    drafts, reviews and briefs; a writer reads published personas and writes briefs from them.
    """

    ADMIN = "admin"
    RESEARCHER = "researcher"
    MARKETER = "marketer"
    WRITER = "writer"


class User(Model):
    """`name` is what they log in with and what their decisions are signed with."""

    id: str
    name: str
    role: Role
    active: bool = True
