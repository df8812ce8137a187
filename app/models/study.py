"""Study: one product area or research question, and the frame everything is collected under."""

from app.models.base import Model


class Study(Model):
    """`id` is the slug used on the command line and in addresses; `name` is for people."""

    id: str
    name: str
    product: str = ""
    product_area: str = ""
    research_question: str = ""
    note: str = ""
