"""How other people's words are written into a prompt: each on one line, which they can neither leave nor break.

The line begins with a number or mark of ours, and a fence with what no such line begins with; so words can close no
fence and open no role, whatever they say. Quotes are cut from the source by number, so nothing is lost by this.
"""

import re

# Everything that ends a line or steers a terminal.
BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# What is not seen, or turns around what is seen: orders are hidden in it.
UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
# Where a mark begins that some servers take for their own (`<|im_start|>`, `</s>`, `[INST]`), even inside a message.
MARK = re.compile(r"<(?=[|/<!A-Za-z_])|\[(?=/?(?:INST|SYS))")


def data_line(value: object) -> object:
    """`value` as a prompt shows it: text on one line and without marks, anything else as it is."""
    if not isinstance(value, str):
        return value
    seen = UNSEEN.sub("", BREAKS.sub(" ", value))
    return " ".join(MARK.sub(lambda mark: mark.group() + " ", seen).split())
