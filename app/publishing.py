"""Publishing: the files a run leaves behind: personas.json for programs, playbook.html for people."""

import json
from pathlib import Path

from app.errors import BadInput
from app.models.cast import Cast
from app.models.review import without_rejected
from app.playbook import render_playbook
from app.strategy.advise import advise
from app.workbench import Workbench

PERSONAS, PLAYBOOK = "personas.json", "playbook.html"


def publish(bench: Workbench, cast: Cast, folder: Path | None = None) -> list[Path]:
    """Write both files into `folder` (default: `results/STUDY` in the home folder); returns their paths.
    BadInput where they cannot be written.

    What people rejected does not go out. Each file is written whole and then put in place, so that a reader never
    meets half of one.
    """
    folder = folder or bench.settings.results / cast.study.id
    return [
        _write(folder / PERSONAS, personas_json(going_out(cast))),
        _write(folder / PLAYBOOK, playbook_html(bench, cast)),
    ]


def going_out(cast: Cast) -> Cast:
    """The cast without the claims that people rejected."""
    return cast.model_copy(update={"personas": [without_rejected(one) for one in cast.personas]})


def playbook_html(bench: Workbench, cast: Cast) -> str:
    """The cast as one page, as it goes out."""
    with bench.store.transaction() as tx:
        sources, evidence = tx.sources.all(cast.study.id), tx.evidence.all(cast.study.id)
    strategy = advise(bench, cast.study.id) if cast.macros else None
    return render_playbook(going_out(cast), sources, evidence=evidence, strategy=strategy)


def republish(bench: Workbench, cast: Cast) -> None:
    """Write the files in the home folder anew where there are any, so that they do not hide what changed since."""
    if is_published(bench, cast.study.id):
        publish(bench, cast)


def is_published(bench: Workbench, study_id: str) -> bool:
    """Whether the study's files lie in the home folder."""
    return (bench.settings.results / study_id / PERSONAS).exists()


def personas_json(cast: Cast) -> str:
    """The cast as a JSON document; equal casts give equal bytes."""
    return json.dumps(cast.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> Path:
    try:
        return _replace(path, text)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Give another folder with --out.") from error


def _replace(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f"{path.suffix}.part")
    part.write_text(text, encoding="utf-8")
    return part.replace(path)
