"""Output: results on standard output, words about them on standard error, errors as one sentence."""

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.table import Table


def say(message: str) -> None:
    """A line for the person at the terminal; never mixed into printed data. No markup: names may hold brackets."""
    from rich.console import Console

    Console(stderr=True).print(message, markup=False, highlight=False)


def show_table(table: "Table") -> None:
    from rich.console import Console

    Console().print(table)


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
    print(f"Error: {error}", file=sys.stderr)
    return exit_code(error)
