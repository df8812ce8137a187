"""Type and colours of the house on Word's own styles, so that whoever edits a style changes the whole document."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as Word

INK, FAINT, ACCENT = "1D1C1A", "524E47", "0B6A5B"
STYLES = (
    ("Normal", "Calibri", 11, INK), ("Title", "Calibri", 24, INK), ("Heading 1", "Calibri", 15, INK),
    ("Subtitle", "Calibri", 10, FAINT), ("Quote", "Georgia", 11, INK), ("Caption", "Calibri", 9, FAINT),
    ("Intense Quote", "Calibri", 10, ACCENT),
)  # fmt: skip


def dress(word: "Word", styles: tuple[tuple[str, str, float, str], ...] = STYLES) -> None:
    """Set name, font, size in points and colour of each style."""
    from docx.shared import Pt, RGBColor

    for name, font, size, colour in styles:
        style = word.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.font.color.rgb = RGBColor.from_string(colour)
