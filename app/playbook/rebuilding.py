"""Rebuilding a view: the same tree of frozen dataclasses with something changed in it, and looking all through it."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

Change = Callable[[Any], Any]


def rebuilt(thing: Any, change: Change) -> Any:
    """`thing` with `change` done to every dataclass and list in it, the innermost first."""
    if isinstance(thing, list):
        return change([rebuilt(one, change) for one in thing])
    if is_dataclass(thing) and not isinstance(thing, type):
        parts = {one.name: rebuilt(getattr(thing, one.name), change) for one in fields(thing)}
        return change(replace(thing, **parts))
    return thing


def parts_of(thing: Any) -> Iterator[Any]:
    """Every dataclass in `thing`, itself included."""
    if isinstance(thing, list):
        for one in thing:
            yield from parts_of(one)
    elif is_dataclass(thing) and not isinstance(thing, type):
        yield thing
        for one in fields(thing):
            yield from parts_of(getattr(thing, one.name))
