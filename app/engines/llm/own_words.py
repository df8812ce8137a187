"""What a model may not write where it uses words of its own: an order it met in a transcript, and a quotation.

Quotes are cut from sources and shown as such; words that a model puts between quotation marks look like one and are
none. A term of a word or two in such marks is only a way of speaking.
"""

import re

from app.engines.hearsay import is_order

FEWEST_QUOTED = 3
QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]+)[”\"“»]")


def gives_orders(text: str) -> bool:
    return is_order(text)


def retypes(text: str) -> bool:
    """Whether the text puts words between quotation marks as if somebody had said them."""
    return any(len(said.split()) >= FEWEST_QUOTED for said in QUOTED.findall(text))
