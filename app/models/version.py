"""Version: how one draft of a persona differs from another, and what a draft rested on."""

from app.models.base import Model
from app.models.claim import Citation, Claim


class Basis(Model):
    """What segments and personas were made from, and who was heard.

    `evidence`: participant → evidence id → digest of its firm codes. `themes`: digest of a theme and its label → who
    takes part; None where it was kept by an earlier version.
    """

    evidence: dict[str, dict[str, str]]
    heard: list[str]
    themes: dict[str, list[str]] | None = None


class Stale(Model):
    """A persona whose people have said something since its draft, or whose words were coded anew; `why` in words."""

    persona_id: str
    why: str


class ChangedClaim(Model):
    before: Claim
    after: Claim


class Delta(Model):
    """What a later version says that an earlier one did not, and the quotes that came and went."""

    before: int
    after: int
    added: list[Claim]
    removed: list[Claim]
    changed: list[ChangedClaim]
    gained: list[Citation]
    lost: list[Citation]
