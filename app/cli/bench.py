"""The workbench and the progress bar that commands work with."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from app.workbench import Workbench


def open_bench(budget: str | None = None) -> "Workbench":
    """The workbench of the settings in the environment, spending `budget` on language models at most."""
    from app.wiring import build_workbench, read_settings

    settings = read_settings()
    if budget:
        model = settings.model.model_copy(update={"budget": budget})
        settings = settings.model_copy(update={"model": model})
    return build_workbench(settings)


class BarProgress:
    """A `app.progress.Progress` drawn by rich on standard error; one bar a step."""

    def __init__(self, bar: "Bar"):
        self.bar = bar
        self.task: TaskID | None = None

    def start(self, step: str, total: int) -> None:
        self.task = self.bar.add_task(step, total=total)

    def advance(self) -> None:
        if self.task is not None:
            self.bar.advance(self.task)


@contextmanager
def progress_bar() -> Iterator[BarProgress]:
    """Draws while the block runs; the bars stay, so that one sees what was done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield BarProgress(bar)
