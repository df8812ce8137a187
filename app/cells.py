"""Cells: text that a spreadsheet will open, made inert, and back.

A program that opens a table runs a cell that begins like a formula. One single quote before it makes it text.

    inert("=1+1") == "'=1+1"      plain("'=1+1") == "=1+1"      inert("ROI") == "ROI"
"""

# What spreadsheets take for the beginning of a formula; the wide signs are read as their narrow ones.
FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
GUARD = "'"


def inert(cell: str | float | None) -> str:
    """The cell as it may be written into a table: a number stays a number, None is empty, a formula becomes text."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    return GUARD + cell if _runs(cell) else cell


def plain(cell: str) -> str:
    """What was made inert, as it was."""
    return cell[1:] if cell.startswith(GUARD) and _runs(cell) else cell


def _runs(cell: str) -> bool:
    """Whether it begins like a formula, quotes before it left aside: so that guarding can always be undone."""
    return cell.lstrip(GUARD)[:1] in FORMULA
