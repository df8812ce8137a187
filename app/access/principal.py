"""Principal: whoever asks, as the door knows them."""

from dataclasses import dataclass
from enum import StrEnum

from app.access.action import ALLOWED, Action
from app.errors import NotFound
from app.models.user import Role


class Sight(StrEnum):
    """Whose words somebody gets to see.

    `all` everybody's; `cleared` those of participants who consented to marketing; `published` the same, and only
    personas that were published.
    """

    ALL = "all"
    CLEARED = "cleared"
    PUBLISHED = "published"


SIGHTS = {
    Role.ADMIN: Sight.ALL,
    Role.RESEARCHER: Sight.ALL,
    Role.MARKETER: Sight.CLEARED,
    Role.WRITER: Sight.PUBLISHED,
}


@dataclass(frozen=True)
class Principal:
    """`name` signs what they decide. `studies` are those they belong to, None for every one; `scope`, where a token
    speaks for them, what the token may do. `key` tells sessions apart: pages are kept by it."""

    name: str
    role: Role
    studies: frozenset[str] | None = None
    scope: frozenset[Action] | None = None
    user_id: str = ""
    key: str = ""

    @property
    def actions(self) -> frozenset[Action]:
        allowed = ALLOWED[self.role]
        return allowed if self.scope is None else allowed & self.scope

    @property
    def sight(self) -> Sight:
        return SIGHTS[self.role]

    def may(self, action: Action | str) -> bool:
        return Action(action) in self.actions

    def belongs_to(self, study_id: str) -> bool:
        return self.studies is None or study_id in self.studies

    def must_belong_to(self, study_id: str) -> None:
        """NotFound where they do not: a stranger does not learn that there is such a study."""
        if not self.belongs_to(study_id):
            raise NotFound("study", study_id, "It may have been deleted, or you do not belong to it")


def owner(name: str) -> Principal:
    """The one person of local mode, who may do everything."""
    return Principal(name, Role.ADMIN)
