"""Fuzz the readers: damaged files must be read or refused with one clear sentence, quickly, and never half.

    python -m evals.bench.fuzz_readers --count 10000

Every file of `sample_files` and of the sample study is damaged in seeded ways and read. A crash is any
error but UnreadableSource, a hang is a reading of more than two seconds of the processor. Every tenth file is
imported into a real store as well: what the report calls refused must have left nothing there.
"""

import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import typer

from app import DATA
from app.errors import DramatisError
from app.intake.ingest import ingest
from app.intake.studies import create_study, delete_study, describe_study
from app.settings import Settings
from app.wiring import build_workbench
from app.workbench import Workbench
from evals.bench.mutations import mutate
from evals.bench.sample_files import sample_files
from evals.bench.section import Section, met
from retrieval.embedder import Vectors
from retrieval.errors import EvidenceError, UnreadableSource
from retrieval.evidence import Source, SourceKind
from retrieval.index import MemoryIndex
from retrieval.readers import TABLES, open_tables, read_bytes, table_entries
from retrieval.readers.archives import ARCHIVES, Archive
from retrieval.readers.tables import TableKind

TITLE = "Readers under damaged files"
SLOWEST = 2.0  # seconds of the processor a file may take: a busy machine is no fault of a reader
GIVE_UP = 20  # seconds after which a hang is called one
IMPORTED = 10  # every so many files go through the whole import
STUDY = "fuzz"


class Broken(Exception):
    """Something that holds for every source, or every import, does not."""


@dataclass
class Tally:
    """What became of the files; `faults` name the seed of each file that went wrong."""

    count: int = 0
    read: int = 0
    refused: int = 0
    imports: int = 0
    slowest: float = 0.0
    slowest_name: str = ""
    faults: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def line(self, seed: int, seconds: float) -> str:
        return (
            f"{self.count} damaged files: {self.read} read, {self.refused} refused, {len(self.faults)} faults; slowest "
            f"{self.slowest:.2f} s ({self.slowest_name}); {self.imports} imports whole; seed {seed}, {seconds:.0f} s"
        )


class Counted:
    """An embedder that needs no model: the import is tested, not the meaning."""

    name = "counted"

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), 4), 0.5, dtype=np.float32)

    def encode_early(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 4), dtype=np.float32)

    def forget(self) -> None:
        return


def fuzz(count: int, seed: int) -> Tally:
    """Damage and read `count` files."""
    files = {**sample_files(), **_study_files()}
    names = sorted(files)
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder, _bench(Path(folder)) as bench:
        for number in range(count):
            dice = random.Random(f"{seed}/{number}")  # noqa: S311 (reproducible damage, no secret)
            name = names[number % len(names)]
            raw = mutate(files[name], dice, files)
            _try(tally, number, name, raw, dice)
            if number % IMPORTED == 0:
                _import(tally, number, name, raw, bench, Path(folder))
    return tally


def _study_files() -> dict[str, bytes]:
    folder = DATA / "sample" / "flowline"
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".vtt", ".srt", ".json", ".csv")
    }


@contextmanager
def _bench(folder: Path) -> Iterator[Workbench]:
    bench = build_workbench(Settings(home=folder / "home", engine="local"), embedder=Counted(), index=MemoryIndex())
    yield bench
    bench.store.close()


def _try(tally: Tally, number: int, name: str, raw: bytes, dice: random.Random) -> None:
    """Read one damaged file, timed, and check what came of it."""
    kind = dice.choice((SourceKind.INTERVIEW, SourceKind.NOTE))
    tally.count += 1
    begun = time.process_time()
    try:
        with _alarm():
            for source in _sources(raw, name, kind):
                _check(source)
        tally.read += 1
    except UnreadableSource as error:
        tally.refused += 1
        tally.reasons[error.reason[:40]] += 1
        if not str(error).endswith(".") or "\n" in error.remedy:
            tally.faults.append(f"{number} {name}: an unclear refusal: {error}")
    except Exception as error:
        tally.faults.append(f"{number} {name}: {type(error).__name__}: {str(error)[:120]}")
    seconds = time.process_time() - begun
    if seconds > tally.slowest:
        tally.slowest, tally.slowest_name = seconds, f"{number} {name}"
    if seconds > SLOWEST:
        tally.faults.append(f"{number} {name}: took {seconds:.1f} s")


def _sources(raw: bytes, name: str, kind: SourceKind) -> Iterator[Source]:
    suffix = Path(name).suffix
    if suffix in ARCHIVES:
        with tempfile.NamedTemporaryFile(suffix=suffix) as file:
            file.write(raw)
            file.flush()
            archive = Archive(Path(file.name), name)
            yield from (read_bytes(archive.read(one, one), one, kind=SourceKind.NOTE) for one in archive.names)
            archive.close()
    elif suffix in TABLES and not any(TableKind.SPEECH in table.kinds for table in open_tables(raw, name)):
        yield from (entry.source for table in open_tables(raw, name) for entry in table_entries(table))
    else:
        yield read_bytes(raw, name, kind=kind)


def _check(source: Source) -> None:
    """What holds for every source: it can be stored, its turns are in order, apart, trimmed and somebody's."""
    source.text.encode()
    source.model_dump_json()
    _hold("\x00" not in source.text, "a zero character")
    _hold([turn.index for turn in source.turns] == list(range(len(source.turns))), "turns out of order")
    _hold(all(one.end <= other.start for one, other in pairwise(source.turns)), "turns overlap")
    for turn in source.turns:
        words = turn.of(source.text)
        _hold(bool(words) and words == words.strip(), "a turn with loose ends")
        source.speaker(turn.speaker)


def _hold(holds: bool, fault: str) -> None:
    if not holds:
        raise Broken(fault)


def _import(tally: Tally, number: int, name: str, raw: bytes, bench: Workbench, folder: Path) -> None:
    """Import the file into an empty study; store, index and report must agree."""
    path = folder / name
    path.write_bytes(raw)
    create_study(bench, describe_study("Fuzz", study_id=STUDY))
    try:
        with _alarm():
            report = ingest(bench, STUDY, [path])
        with bench.store.transaction() as tx:
            stored = {source.name for source in tx.sources.all(STUDY)}
            excerpts = len(tx.excerpts.all(STUDY))
        _hold(stored == set(report.imported + report.replaced), "the report and the store differ")
        _hold(excerpts == bench.index.count(STUDY), "the store and the index differ")
        _hold(path.suffix in ARCHIVES or not (report.refused and stored), "a refused file left something")
        tally.imports += 1
    except (EvidenceError, DramatisError):
        tally.imports += 1
    except Exception as error:
        tally.faults.append(f"{number} {name}: import: {type(error).__name__}: {str(error)[:120]}")
    finally:
        delete_study(bench, STUDY)
        path.unlink()


@contextmanager
def _alarm() -> Iterator[None]:
    """Ends what hangs, where the system can (not on Windows)."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    signal.alarm(GIVE_UP)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _stop(*_: object) -> None:
    raise TimeoutError(f"still reading after {GIVE_UP} s")


def run(count: int = 10_000, seed: int = 7) -> Section:
    """The bench's section of RESULTS.md."""
    begun = time.perf_counter()
    tally = fuzz(count, seed)
    section = Section(TITLE, "python -m evals.bench.fuzz_readers --count 10000")
    section.say(tally.line(seed, time.perf_counter() - begun) + ".", *(f"Fault: {one}" for one in tally.faults[:10]))
    section.say(met("no fault (crash, hang over 2 s, file half imported)", len(tally.faults), not tally.faults))
    return section


def main(count: int = 10_000, seed: int = 7, reasons: bool = False) -> None:
    """Fuzz the readers; exit code 1 where anything went wrong."""
    begun = time.perf_counter()
    tally = fuzz(count, seed)
    for fault in tally.faults[:50]:
        print(fault, file=sys.stderr)
    for reason, times in tally.reasons.most_common() if reasons else ():
        print(f"{times:6} {reason}", file=sys.stderr)
    print(tally.line(seed, time.perf_counter() - begun))
    if tally.faults:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
