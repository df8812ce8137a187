"""Inert: other people's words as they are set into Markdown and into Word, where nothing of them is read as markup."""

import re

# What would be read as markup anywhere, and what would be at the beginning of a line.
MARKUP = re.compile(r"([\\`*_\[\]<>#|~&$])")
FIRST = re.compile(r"^(\d+)([.)])|^([-+=:])")
# What XML cannot hold: control characters, halves of characters, and the two that are none.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would read as markup."""
    line = MARKUP.sub(r"\\\1", " ".join(text.split()))
    line = re.sub(
        r"\b(https?|ftp|mailto)(:)|\b(www)(\.)", lambda m: f"{m[1] or m[3]}\\{m[2] or m[4]}", line, flags=re.I
    )
    return FIRST.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return NOT_XML.sub("", text)
