"""All benches, or those named, into RESULTS.md.

python -m evals.bench                  all: a quarter of an hour on two idle cores
python -m evals.bench quotes rows      these, beside what RESULTS.md says of the others
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from evals.bench import embed, fuzz_readers, kills, llm, pages, quotes, rows, scale, startup, synthesis
from evals.bench.machine import facts
from evals.bench.results import write_results
from evals.bench.section import Section

RESULTS = Path(__file__).parent / "RESULTS.md"
# Name → the title of its section and what measures it.
BENCHES: dict[str, tuple[str, Callable[[], Section]]] = {
    "quotes": (quotes.TITLE, quotes.run),
    "embed": (embed.TITLE, embed.run),
    "scale": (scale.TITLE, scale.run),
    "synthesis": (synthesis.TITLE, synthesis.run),
    "llm": (llm.TITLE, llm.run),
    "fuzz_readers": (fuzz_readers.TITLE, fuzz_readers.run),
    "rows": (rows.TITLE, rows.run),
    "kills": (kills.TITLE, kills.run),
    "pages": (pages.TITLE, pages.run),
    "startup": (startup.TITLE, startup.run),
}


def main(
    names: Annotated[list[str] | None, typer.Argument(help=f"Of {', '.join(BENCHES)}; all by default.")] = None,
) -> None:
    """Measure, print and write RESULTS.md after each bench, so that one that fails costs only itself."""
    if unknown := set(names or ()) - BENCHES.keys():
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: no such bench; there are {', '.join(BENCHES)}")
    for name in names or BENCHES:
        start = time.perf_counter()
        section = BENCHES[name][1]()
        section.say(f"Took {time.perf_counter() - start:.0f} s.")
        print(section.markdown(), flush=True)
        write_results(RESULTS, [title for title, _ in BENCHES.values()], {section.title: section.markdown()}, facts())


if __name__ == "__main__":
    typer.run(main)
