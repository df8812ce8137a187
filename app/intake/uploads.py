"""Uploads: files that came through a door, kept until they are imported. Known by what they hold, never by their names.

    uploads/STUDY/ID/files/…        as they came, with the folders they lay in
    uploads/STUDY/ID/wishes.json    what the user said about them
    uploads/STUDY/ID/report.json    what became of each, once they are imported and gone

Reports name files, and a file's name may be a person's; so they go when somebody of the study withdraws.
"""

import json
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO
from uuid import uuid4

from app.errors import BadInput, NotFound, TooLarge
from app.intake.report import IngestReport
from app.models.base import Model
from app.settings import Settings
from retrieval.evidence import SourceKind

FILES, WISHES, REPORT = "files", "wishes.json", "report.json"
CHUNK = 1 << 20


class UploadWishes(Model):
    """What the user says about the files: see `app.intake.ingest.ingest`."""

    kind: SourceKind | None = None
    interviewer: str | None = None
    same: dict[str, str] = {}
    columns: dict[str, str] = {}


class Upload:
    """One upload of a study, by its id."""

    def __init__(self, settings: Settings, study_id: str, upload_id: str):
        self.id, self._study = upload_id, study_id
        self.folder = _of_study(settings, study_id) / upload_id

    def paths(self) -> list[Path]:
        """What to import: the files one by one, or the whole where they lie in folders. Empty once imported."""
        root = self.folder / FILES
        top = sorted(root.iterdir()) if root.exists() else []
        return [root] if any(path.is_dir() for path in top) else top

    def wishes(self) -> UploadWishes:
        return UploadWishes.model_validate_json((self.folder / WISHES).read_bytes())

    def report(self) -> dict[str, list[str]] | None:
        """What became of each file; None where they are not imported yet."""
        written = self.folder / REPORT
        return json.loads(written.read_text(encoding="utf-8")) if written.exists() else None

    def settle(self, report: IngestReport) -> None:
        """Keep the report and let the files go: what was imported is kept with its source."""
        text = json.dumps(report.as_dict(), ensure_ascii=False)
        part = self.folder / f"{REPORT}.part"
        part.write_text(text, encoding="utf-8")
        part.replace(self.folder / REPORT)
        shutil.rmtree(self.folder / FILES, ignore_errors=True)

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def find_upload(settings: Settings, study_id: str, upload_id: str) -> Upload:
    """The upload, or NotFound."""
    found = Upload(settings, study_id, upload_id)
    if not upload_id.isalnum() or not found.folder.is_dir():
        raise NotFound("upload", upload_id, "Send the files once more")
    return found


def keep_upload(
    settings: Settings, study_id: str, files: Iterable[tuple[str, IO[bytes]]], wishes: UploadWishes, limit: int
) -> Upload:
    """Write the files to disk, a piece at a time; the same files with the same wishes are the same upload.

    BadInput for no file or a name that cannot be a file's, TooLarge over `limit` bytes together.
    """
    part = _of_study(settings, study_id) / f".{uuid4().hex}"
    try:
        digests = _write_all(part / FILES, files, limit)
        (part / WISHES).write_text(wishes.model_dump_json(), encoding="utf-8")
        told = [*sorted(digests), wishes.model_dump_json()]
        upload = Upload(settings, study_id, sha256("\n".join(told).encode()).hexdigest()[:32])
        shutil.rmtree(upload.folder, ignore_errors=True)
        part.replace(upload.folder)
        return upload
    finally:
        shutil.rmtree(part, ignore_errors=True)


def drop_uploads(settings: Settings, study_id: str) -> None:
    """Remove everything that was uploaded to the study."""
    shutil.rmtree(_of_study(settings, study_id), ignore_errors=True)


def drop_reports(settings: Settings, study_id: str, but: str) -> None:
    """Remove the reports of all uploads but one: somebody they name may have withdrawn."""
    for report in _of_study(settings, study_id).glob(f"*/{REPORT}"):
        if report.parent.name != but:
            report.unlink(missing_ok=True)


def _of_study(settings: Settings, study_id: str) -> Path:
    return settings.uploads / study_id


def _write_all(folder: Path, files: Iterable[tuple[str, IO[bytes]]], limit: int) -> list[str]:
    """A line for each file: its name and the digest of its bytes."""
    folder.mkdir(parents=True)
    digests, left = [], limit
    for name, stream in files:
        place = folder / _inside(name)
        if place.exists():
            raise BadInput(f"{name} was sent twice. Send it once, or in two folders.")
        place.parent.mkdir(parents=True, exist_ok=True)
        digest, size = _write(place, stream, left, limit)
        digests.append(f"{place.relative_to(folder)} {digest}")
        left -= size
    if not digests:
        raise BadInput("No file was sent. Choose at least one.")
    return digests


def _write(place: Path, stream: IO[bytes], left: int, limit: int) -> tuple[str, int]:
    digest, size = sha256(), 0
    with place.open("wb") as written:
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > left:
                raise TooLarge(limit)
            digest.update(piece)
            written.write(piece)
    return digest.hexdigest(), size


def _inside(name: str) -> PurePosixPath:
    """The name as a path that stays in its folder; BadInput where it cannot be one."""
    path = PurePosixPath(name.replace("\\", "/"))
    odd = any(part.startswith(".") or "\0" in part or len(part.encode()) > 200 for part in path.parts)
    if not path.parts or path.is_absolute() or odd or len(path.parts) > 16:
        raise BadInput("A file has a name that cannot be kept. Give it a plain one, without .. or a dot in front.")
    return path
