"""Publishing: the files a run leaves behind: personas.json for programs, playbook.html for people, a zip of both."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.errors import BadInput, Conflict, NotFound
from app.models.base import Model
from app.models.cast import Cast
from app.models.review import without_rejected
from app.playbook import render_playbook
from app.settings import Settings
from app.strategy.advise import advise
from app.synthesis.material import must_stand
from app.workbench import Workbench

PERSONAS, PLAYBOOK, BUNDLE = "personas.json", "playbook.html", "study.zip"
EXPORTS = (PERSONAS, PLAYBOOK, BUNDLE)
# The earliest a zip can tell: equal files make an equal zip, whenever it is made.
NO_TIME = (1980, 1, 1, 0, 0, 0)


class Export(Model):
    """A file that was exported, how large it is and when it was written."""

    name: str
    size: int
    written: datetime


def publish(bench: Workbench, cast: Cast, folder: Path | None = None) -> list[Path]:
    """Write both files into `folder` (default: `results/STUDY` in the home folder); returns their paths.
    BadInput where they cannot be written.

    What people rejected does not go out. Each file is written whole and then put in place, so that a reader never
    meets half of one.
    """
    place = folder or bench.settings.results / cast.study.id
    written = [
        _write(place / PERSONAS, personas_json(going_out(cast))),
        _write(place / PLAYBOOK, playbook_html(bench, cast)),
    ]
    return written if folder else _kept(bench, cast, written)


def export(bench: Workbench, cast: Cast) -> list[Path]:
    """Write both files in the home folder, and a zip of them."""
    written = publish(bench, cast)
    return _kept(bench, cast, [*written, _replace(written[0].with_name(BUNDLE), _zipped(written))])


def _kept(bench: Workbench, cast: Cast, written: list[Path]) -> list[Path]:
    """The files, where nobody they quote withdrew while they were written; else none of them is left, and Conflict."""
    try:
        with bench.store.transaction(alone=True) as tx:
            must_stand(tx, cast.study.id, [one.id for one in cast.sources])
    except Conflict:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written


def find_exports(settings: Settings, study_id: str) -> list[Export]:
    """The exported files that there are."""
    return [_described(path) for name in EXPORTS if (path := settings.results / study_id / name).is_file()]


def find_export(settings: Settings, study_id: str, name: str) -> Path:
    """The exported file of that name; NotFound for one that was not written, and for any other name."""
    known = {one.name for one in find_exports(settings, study_id)}
    if name not in known:
        listed = f"There is {', '.join(sorted(known))}" if known else "Export the study first"
        raise NotFound("exported file", name[:80], listed)
    return settings.results / study_id / name


def _described(path: Path) -> Export:
    found = path.stat()
    return Export(name=path.name, size=found.st_size, written=datetime.fromtimestamp(found.st_mtime, UTC))


def _zipped(files: Sequence[Path]) -> bytes:
    """The files in one zip that is the same whenever it is made."""
    packed = BytesIO()
    with ZipFile(packed, "w") as bundle:
        for path in files:
            bundle.writestr(ZipInfo(path.name, NO_TIME), path.read_bytes(), compress_type=ZIP_DEFLATED)
    return packed.getvalue()


def going_out(cast: Cast) -> Cast:
    """The cast without the claims that people rejected."""
    return cast.model_copy(update={"personas": [without_rejected(one) for one in cast.personas]})


def playbook_html(bench: Workbench, cast: Cast) -> str:
    """The cast as one page, as it goes out."""
    with bench.store.transaction() as tx:
        sources, evidence = tx.sources.all(cast.study.id), tx.evidence.all(cast.study.id)
    strategy = advise(bench, cast.study.id) if cast.macros else None
    return render_playbook(going_out(cast), sources, evidence=evidence, strategy=strategy)


def is_published(bench: Workbench, study_id: str) -> bool:
    """Whether files of the study lie in the home folder."""
    folder = bench.settings.results / study_id
    return (folder / BUNDLE).exists() or (folder / PERSONAS).exists()


def republish(bench: Workbench, cast: Cast) -> None:
    """Write the files in the home folder anew where there are any, so that they do not hide what changed since."""
    folder = bench.settings.results / cast.study.id
    if (folder / BUNDLE).exists():
        export(bench, cast)
    elif (folder / PERSONAS).exists():
        publish(bench, cast)


def personas_json(cast: Cast) -> str:
    """The cast as a JSON document; equal casts give equal bytes."""
    return json.dumps(cast.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> Path:
    try:
        return _replace(path, text.encode())
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Give another folder with --out.") from error


def _replace(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f"{path.suffix}.part")
    part.write_bytes(content)
    return part.replace(path)
