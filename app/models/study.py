"""Study: one product area or research question, and the frame everything is collected under."""

from typing import Literal

from app.models.base import Model


class Study(Model):
    """`id` is the slug used on the command line and in addresses; `name` is for people.

    `kind`: `customers` asks people who buy or might, `recruiting` people who work or might work somewhere.
    """

    id: str
    name: str
    kind: Literal["customers", "recruiting"] = "customers"
    product: str = ""
    product_area: str = ""
    research_question: str = ""
    note: str = ""

    @property
    def purpose(self) -> str:
        """What it wants to know, and about what, in a line; empty where nothing is said."""
        product = f"Product: {self.product}." if self.product else ""
        return " ".join(filter(None, [self.research_question, self.product_area, product]))
