"""Planted: what is known to be true of an invented study, read from `truth.json` and `participants.csv`.

The truth is never an input: `evals.pipeline` imports the folder without it. A key that is missing or empty means
that nothing of the kind was planted, and the scores that need it are not evaluable. Unknown keys are passed over.
Who has withdrawn is known here (`withdrawn`), because every score leaves them out.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ValidationError, model_validator

from app.errors import BadInput
from app.intake.batch import ABOUT
from evals.dataset import DatasetRow
from retrieval.errors import UnreadableSource
from retrieval.evidence import Consent, Participant, sha256
from retrieval.readers.participants import ParticipantRow, read_participants

TRUTH = "truth.json"
TABLES = ("participants.csv", "participants.tsv", "participants.xlsx")


def _named(value: Any) -> Any:
    """A list of participant ids, however written: one id, ids, or objects that name a `participant`."""
    listed = value if isinstance(value, list) else [value]
    return [one.get("participant", one) if isinstance(one, dict) else one for one in listed]


Ids = Annotated[list[str], BeforeValidator(_named)]


class Group(DatasetRow):
    """A planted macro or micro segment, or a negative persona."""

    id: str
    label: str = ""
    members: Ids = []


class PlantedTheme(DatasetRow):
    id: str
    label: str = ""
    code: str
    kind: str = ""
    counter: list[str] = []


class Statement(DatasetRow):
    """Exact words of one turn, and what they are evidence of."""

    id: str
    participant: str
    file: str
    quote: str
    codes: list[str]
    theme: str | None = None
    stance: Literal["supports", "contradicts"] = "supports"


class Words(DatasetRow):
    """A distractor, an injection or an identifier: words of a file, and whose they are where that is told."""

    file: str
    text: str
    participant: str | None = None
    type: str = ""


class CentreMember(DatasetRow):
    participant: str
    conflicts_with: Ids = []


class Centre(DatasetRow):
    account: str = ""
    members: list[CentreMember] = []


class Planted(DatasetRow):
    """The truth about one study. `files` maps participants to their transcript, `interviewers` maps a file or a
    participant to the labels of who asks."""

    macro: list[Group] = []
    micro: list[Group] = []
    negative: list[Group] = []
    themes: list[PlantedTheme] = []
    statements: list[Statement] = []
    buying_centre: list[Centre] = []
    pii: list[Words] = []
    injections: list[Words] = []
    distractors: list[Words] = []
    table_stakes: list[str] = []
    withdrawn: Ids = []
    files: dict[str, str] = {}
    interviewers: dict[str, set[str]] = {}

    @model_validator(mode="before")
    @classmethod
    def _written(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        known = {key: value for key, value in given.items() if value is not None}
        return {**known, "interviewers": _interviewers(known.get("speakers"))}

    @property
    def heard(self) -> list[Statement]:
        """The statements of everybody who takes part."""
        return [one for one in self.statements if one.participant not in self.withdrawn]

    def said(self, theme: PlantedTheme) -> list[Statement]:
        """The statements that support a theme, by those who take part."""
        return [one for one in self.heard if one.theme == theme.id and one.stance == "supports"]

    def taking_part(self, words: list[Words]) -> list[Words]:
        """Those of `words` that neither belong to somebody withdrawn nor stand in their transcript."""
        gone = {self.files.get(one) for one in self.withdrawn}
        return [one for one in words if one.participant not in self.withdrawn and one.file not in gone]

    @property
    def stakes(self) -> list[PlantedTheme]:
        return [one for one in self.themes if one.id in self.table_stakes or one.kind == "table_stakes"]

    @property
    def pairs(self) -> list[tuple[PlantedTheme, PlantedTheme]]:
        """Themes that contradict each other, each pair once, where both were said by somebody who takes part."""
        by_id = {one.id: one for one in self.themes if self.said(one)}
        named = {frozenset((one.id, other)) for one in by_id.values() for other in one.counter if other in by_id}
        return [(by_id[a], by_id[b]) for a, b in sorted(tuple(sorted(pair)) for pair in named if len(pair) == 2)]


def read_planted(folder: Path) -> Planted:
    """The truth of a planted study. Raises UnreadableSource or BadInput with what to mend."""
    path = folder / TRUTH
    try:
        planted = Planted.model_validate(json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise BadInput(f"{path} cannot be opened. Give the folder of a planted study, with its {TRUTH}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise UnreadableSource(path, f"`{place}`: {first['msg']}", "Correct the truth") from error
    except ValueError as error:
        raise UnreadableSource(path, "the file is not JSON", "Correct the truth") from error
    return _with_participants(planted, folder)


def participants_of(folder: Path) -> list[Participant]:
    """Everybody in the participants table; none where there is no table."""
    return [row.participant for row in _listed(folder)]


def digest_of(dataset: Path) -> str:
    """Short digest of a file, or of every file of a study, by which a baseline knows what it was measured on."""
    files = sorted(path for path in dataset.rglob("*") if _is_data(path)) if dataset.is_dir() else [dataset]
    told = [f"{path.relative_to(dataset).as_posix()} {sha256(path.read_bytes().decode('latin-1'))}" for path in files]
    return sha256("\n".join(told))[:12]


def _is_data(path: Path) -> bool:
    """Neither a script nor a read me file: they lie beside a study and change nothing of it."""
    return path.is_file() and path.suffix != ".py" and path.name.casefold() not in ABOUT


def _listed(folder: Path) -> list[ParticipantRow]:
    table = next((folder / name for name in TABLES if (folder / name).is_file()), None)
    return read_participants(table).rows if table else []


def _with_participants(planted: Planted, folder: Path) -> Planted:
    """The truth, with what the participants table says of files and consent."""
    rows = _listed(folder)
    gone = {row.participant.id for row in rows if row.participant.consent is Consent.WITHDRAWN}
    files = {one.participant: one.file for one in planted.statements if one.file.startswith("transcripts/")}
    files |= {row.participant.id: row.file for row in rows if row.file}
    return planted.model_copy(update={"withdrawn": sorted({*planted.withdrawn, *gone}), "files": files})


def _interviewers(speakers: Any) -> dict[str, set[str]]:
    """Labels of interviewers by file or participant, from a mapping or a list of objects; else none."""
    if isinstance(speakers, Mapping):
        named = list(speakers.items())
    elif isinstance(speakers, list):
        objects = [one for one in speakers if isinstance(one, Mapping)]
        named = [(one.get("file") or one.get("participant"), one) for one in objects]
    else:
        named = []
    asks = {str(key): one.get("interviewer") for key, one in named if isinstance(one, Mapping)}
    return {key: set(label if isinstance(label, list) else [label]) for key, label in asks.items() if label}
