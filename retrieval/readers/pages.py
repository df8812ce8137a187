"""Pages of lines: which of them are furniture, and how the rest flows."""

import re
from collections import Counter

from retrieval.readers.labels import label_heads

# A running head stands among the first or last lines of a page, and on most pages.
EDGE = 3
SHARE = 0.6
NUMBER = re.compile(
    r"\W*(?:page|seite|página|p\.|s\.)?\s*(\d{1,4})(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?\W*", re.IGNORECASE
)
DIGITS = re.compile(r"\d+")
SENTENCE_END = re.compile(r"[.?!…:][\"”’')\]]*$")
DIVIDED = re.compile(r"([^\W\d_]+)-$")
# A line this much shorter than the longest ends its paragraph, if it ends a sentence.
SHORT = 0.75


def without_furniture(pages: list[list[str]]) -> tuple[list[str], list[str]]:
    """The lines of all pages less page numbers and running heads, and what was left out."""
    pages = [_trimmed(page) for page in pages]
    heads = _running(pages)
    offset = _numbering(pages)
    left: Counter[str] = Counter()
    lines: list[str] = []
    for number, page in enumerate(pages, 1):
        for index, line in enumerate(page):
            edge = index < EDGE or index >= len(page) - EDGE
            if edge and offset is not None and _number(line) == number + offset:
                left["page numbers"] += 1
            elif edge and _shape(line) in heads:
                left[f"“{line.strip()[:60]}”" if not DIGITS.search(line) else "running heads with numbers"] += 1
            else:
                lines.append(line)
    joined = max(0, len(pages) - 1)
    repairs = [f"left out of the pages: {', '.join(f'{what} ({n} times)' for what, n in left.items())}"] if left else []
    return lines, repairs + ([f"{joined + 1} pages were put together and broken lines joined"] if joined else [])


def _trimmed(page: list[str]) -> list[str]:
    """The page without blank lines at its top and bottom."""
    filled = [index for index, line in enumerate(page) if line.strip()]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _shape(line: str) -> str:
    return DIGITS.sub("#", " ".join(line.split())).casefold()


def _running(pages: list[list[str]]) -> set[str]:
    """Shapes of lines that stand at one place at the edge of most pages; never a line that begins a turn.

    On two pages a short line may recur by chance, and what recurs within a page is no running head.
    """
    places: Counter[tuple[int, str]] = Counter()
    for page in pages:
        shapes = [_shape(line) for line in page]
        once = {shape for shape, count in Counter(shapes).items() if count == 1}
        at = {(place, shapes[place]) for place in (*range(EDGE), *range(-EDGE, 0)) if -len(page) <= place < len(page)}
        places.update((place, shape) for place, shape in at if shape in once and _is_head(page[place]))
    enough = max(2, SHARE * len([page for page in pages if len(page) > 1]))
    return {shape for (_, shape), n in places.items() if n >= enough and (len(pages) > 2 or " " in shape)}


def _is_head(line: str) -> bool:
    return bool(line.strip()) and not label_heads(line) and not line.rstrip().endswith(("?", "!"))


def _number(line: str) -> int | None:
    found = NUMBER.fullmatch(line.strip()) if len(line) < 40 else None
    return int(found[1]) if found else None


def _numbering(pages: list[list[str]]) -> int | None:
    """What the printed page numbers are ahead of the count; None where pages are not numbered."""
    ahead: Counter[int] = Counter()
    for number, page in enumerate(pages, 1):
        printed = {_number(line) for line in page[:EDGE] + page[-EDGE:]} - {None}
        ahead.update({found - number for found in printed if found is not None})
    best = ahead.most_common(1)
    enough = max(1, SHARE * len(pages))
    return best[0][0] if best and best[0][1] >= enough and (len(pages) > 1 or best[0][0] == 0) else None


def flowing(lines: list[str], words: set[str]) -> str:
    """Lines as paragraphs: what breaks inside a sentence is joined, divided words are put together.

    `words` are those of the whole document; they tell a divided word from a compound.
    """
    widest = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    open_line = ""
    for line in map(str.strip, lines):
        if open_line and line:
            paragraphs[-1] = _joined(paragraphs[-1], line, words)
        elif line:
            paragraphs.append(line)
        ends = not line or (SENTENCE_END.search(line) and len(line) < SHORT * widest)
        open_line = "" if ends else line
    return "\n".join(paragraphs)


def _joined(before: str, line: str, words: set[str]) -> str:
    divided = DIVIDED.search(before)
    begin = re.match(r"[^\W\d_]+", line)
    if not divided or not begin or not begin[0][0].islower():
        return f"{before} {line}"
    compound = f"{divided[1]}-{begin[0]}"
    return before + line if compound in words else before[:-1] + line
