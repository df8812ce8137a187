"""Output: results on standard output, words about them on standard error, errors as one sentence."""

import json
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.table import Table


# C0 and C1 control characters but for tab and line feed: a transcript must not steer the terminal it is shown on.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def printable(text: str) -> str:
    """The text without control characters."""
    return CONTROLS.sub("", text)


def say(message: str) -> None:
    """A line for the person at the terminal; never mixed into printed data."""
    from rich.console import Console

    Console(stderr=True, markup=False, highlight=False, emoji=False).print(printable(message))


def add_row(table: "Table", *cells: str) -> None:
    """A row of plain text: neither markup nor control characters take effect."""
    table.add_row(*(printable(cell) for cell in cells))


def show_table(table: "Table") -> None:
    """No markup and no emoji codes: what people said and how studies are called may hold brackets and colons."""
    from rich.console import Console

    Console(markup=False, highlight=False, emoji=False).print(table)


def print_json(data: "BaseModel | list[Any] | dict[str, Any]") -> None:
    """One JSON document on standard output."""
    print(as_json(data))


def as_json(data: "BaseModel | list[Any] | dict[str, Any]") -> str:
    from pydantic import BaseModel

    plain = data.model_dump(mode="json") if isinstance(data, BaseModel) else data
    return json.dumps(plain, ensure_ascii=False, indent=2)


def fail(error: Exception) -> int:
    """Print an expected error and return its exit code; anything else is a defect and is raised again."""
    from app.errors import EXPECTED, exit_code

    if not isinstance(error, EXPECTED):
        raise error
    print(f"Error: {printable(str(error))}", file=sys.stderr)
    return exit_code(error)
